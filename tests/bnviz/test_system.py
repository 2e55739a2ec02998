"""What systems differ in: this one's for real, and Windows' part against a pretended Windows."""

from __future__ import annotations

import ctypes
import errno
import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from bnviz import system

RUNNING, GONE, OTHERS, ENDED = 11, 12, 13, 14  # processes of the pretended Windows
CREATED = 0x01DB_0000_0000_0007
_ERRORS = {GONE: 87, OTHERS: 5}


class Kernel:
    """As much of kernel32 as is asked."""

    def __init__(self, name: str, use_last_error: bool) -> None:
        assert (name, use_last_error) == ("kernel32", True)
        self.open: list[int] = []
        self.OpenProcess = self._OpenProcess()
        self.OpenProcess.kernel = self

    class _OpenProcess:
        restype: Any = None
        kernel: Any

        def __call__(self, access: int, inherit: bool, process: int) -> int:
            assert (access, self.restype) == (0x1000, ctypes.c_void_p)
            if process in _ERRORS:
                ctypes.set_last_error(_ERRORS[process])  # type: ignore[attr-defined]
                return 0
            self.kernel.open.append(process)
            return process

    def GetExitCodeProcess(self, handle: Any, code: Any) -> int:  # noqa: N802
        code._obj.value = 0 if handle.value == ENDED else 259
        return 1

    def GetProcessTimes(self, handle: Any, created: Any, *others: Any) -> int:  # noqa: N802
        created._obj.dwHighDateTime, created._obj.dwLowDateTime = CREATED >> 32, CREATED & 0xFFFF_FFFF
        return 1

    def CloseHandle(self, handle: Any) -> None:  # noqa: N802
        self.open.remove(handle.value)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module as Windows would import it."""
    errors = [0]
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(LK_LOCK=1, locking=None))
    monkeypatch.setattr(ctypes, "WinDLL", Kernel, raising=False)
    monkeypatch.setattr(ctypes, "set_last_error", lambda code: errors.append(code), raising=False)
    monkeypatch.setattr(ctypes, "get_last_error", lambda: errors[-1], raising=False)
    spec = importlib.util.spec_from_file_location("system_on_windows", system.__file__)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_running_process_is_told_from_one_that_is_gone() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        first = system.started(process.pid)
        assert first is not None and system.started(process.pid) == first
        process.communicate(b"\n")
    assert system.started(process.pid) is None


def test_windows_says_when_a_process_was_created(windows: ModuleType) -> None:
    assert windows.started(RUNNING) == CREATED
    assert windows.started(ENDED) is None
    assert windows.started(GONE) is None
    assert windows.started(OTHERS) == 0  # untold: it is another user's


def test_a_lock_is_waited_for_on_windows_too(windows: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [errno.EDEADLK, errno.EDEADLK, None, errno.EACCES]
    asked: list[tuple[int, int, int]] = []

    def locking(descriptor: int, mode: int, count: int) -> None:
        asked.append((descriptor, mode, count))
        if (answer := answers[len(asked) - 1]) is not None:
            raise OSError(answer, "no")

    monkeypatch.setattr(windows.msvcrt, "locking", locking)
    windows.lock(7)
    assert asked == [(7, 1, 1)] * 3
    with pytest.raises(OSError, match="no"):
        windows.lock(7)


def test_windows_brings_files_to_the_disk_and_opens_no_folder(
    windows: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes: list[int] = []
    opening = os.open

    def watched(path: Any, flags: int, *rest: Any) -> int:
        modes.append(flags)
        return opening(path, flags, *rest)

    (tmp_path / "file").touch()
    monkeypatch.setattr(os, "open", watched)
    for path in (tmp_path, tmp_path / "file"):
        windows.sync(path)
    assert modes == [os.O_RDWR]  # Windows syncs only what may be written
    system.sync(tmp_path)


def test_users_and_names_on_windows(windows: ModuleType, tmp_path: Path) -> None:
    assert windows.user() == 0
    assert windows.longest_name(tmp_path) == 255


def test_signals_that_a_system_lacks_are_none_of_its() -> None:
    assert system.signals("SIGINT", "SIGNONE") == (signal.SIGINT,)
    assert system.user() == os.geteuid()
    assert system.longest_name(Path.home()) == os.pathconf(Path.home(), "PC_NAME_MAX")
