"""A process that renders takes memory from the system once."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bnviz.workers import memory

PROGRAM = """
import resource, sys
import numpy as np
from bnviz.workers.memory import keep_what_is_freed
if "keep" in sys.argv:
    keep_what_is_freed()
def faults(times):
    for _ in range(times):
        first, second = np.ones(3_000_000), np.ones(3_000_000)
        del first, second
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt
once = faults(1)
print(faults(20) - once)
"""


def faults(*arguments: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    return int(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has the GNU C library")
def test_what_is_freed_serves_again() -> None:
    assert faults("keep") < faults() / 10


def test_another_system_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(memory.ctypes, "CDLL", None)
    memory.keep_what_is_freed()


def test_another_c_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(memory.ctypes, "CDLL", lambda name: object())
    memory.keep_what_is_freed()
