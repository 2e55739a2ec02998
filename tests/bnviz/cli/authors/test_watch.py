"""The command that watches, as a process: it writes what it made, goes on, and ends with nothing left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from PIL import Image

from bnviz.cli import app

ROOT = Path(app.__file__).parents[2]


def children_of(process: int) -> set[int]:
    """Every process below it."""
    found = set[int]()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == process:
            below = int(path.parent.name)
            found |= {below} | children_of(below)
    return found


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_it_writes_the_beat_that_is_shown_and_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    still, temporary = tmp_path / "still.png", tmp_path / "tmp"
    temporary.mkdir()
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(temporary), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "bnviz", "watch", "Recap/costs", "--file", str(still)]
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        deadline = time.monotonic() + 120
        while not still.exists() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.1)
        below = children_of(process.pid)
        process.send_signal(signal.SIGINT)
        said, complaints = process.communicate(timeout=60)
    finally:
        process.kill()
    assert (process.returncode, complaints) == (0, "")
    assert said.startswith("Recap/costs  ") and said.endswith("watching has ended\n")
    with Image.open(still) as image:
        assert image.size == (1920, 1080)
    deadline = time.monotonic() + 30
    while any(map(is_running, below)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [item for item in below if is_running(item)] == []
    assert list(temporary.iterdir()) == []
