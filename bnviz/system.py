"""What differs between Linux, macOS and Windows, in one place: the rest of the program asks here.

Each difference is decided by ``sys.platform``, which the type checker follows for every system, or by asking
whether the system has the thing.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from pathlib import Path

if sys.platform == "win32":
    import ctypes
    import msvcrt
    from ctypes import wintypes
else:
    import fcntl

NO_LINKS: int = getattr(os, "O_NOFOLLOW", 0)
"""For ``os.open``: a symbolic link is not followed, where the system can promise that."""

NO_WAITING: int = getattr(os, "O_NONBLOCK", 0)
"""For ``os.open``: a pipe that nobody writes to is not waited for."""

_LONGEST_NAME = 255  # characters, on NTFS
_QUERY, _STILL_ACTIVE, _NO_SUCH_PROCESS = 0x1000, 259, 87  # as Windows' headers number them


def signals(*names: str) -> tuple[signal.Signals, ...]:
    """Those of the named signals that this system has: SIGHUP is none of Windows'."""
    return tuple(signal.Signals[name] for name in names if name in signal.Signals.__members__)


def user() -> int:
    """The number of the user whom this process belongs to; 0, as root's, where users have none."""
    if sys.platform == "win32":
        return 0
    else:  # the type checker does not look below a return
        return os.geteuid()


def longest_name(folder: Path) -> int:
    """How many bytes the name of a file in ``folder`` may have.

    Raises:
        OSError: the folder cannot be looked at.
    """
    if sys.platform == "win32":
        return _LONGEST_NAME
    else:
        return os.pathconf(folder, "PC_NAME_MAX")


def lock(descriptor: int) -> None:
    """Wait until this process holds the lock of an open file alone; it goes with the descriptor.

    Raises:
        OSError: the file's disk knows no locks.
    """
    if sys.platform == "win32":
        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
                return
            except OSError as error:
                if error.errno != errno.EDEADLK:  # it gives up after ten seconds
                    raise
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def sync(path: Path) -> None:
    """Bring a file or folder to the disk, or a power failure may leave a name without its content."""
    if sys.platform == "win32" and path.is_dir():
        return  # Windows opens no folder as a file
    descriptor = os.open(path, os.O_RDWR if sys.platform == "win32" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # a disk that has nothing to bring
            raise
    finally:
        os.close(descriptor)


def started(process: int) -> int | None:
    """When a process was started, in ticks of the system's own; 0 if untold, None if it is gone."""
    if sys.platform == "win32":
        return _started_on_windows(process)
    if not Path("/proc/self/stat").exists():
        try:
            os.kill(process, 0)  # on Windows this would end it
        except ProcessLookupError:
            return None
        except PermissionError:
            pass
        return 0
    fields = text(f"/proc/{process}/stat").rpartition(")")[2].split()
    return int(fields[19]) if fields and fields[0] not in "ZX" else None


def text(path: str) -> str:
    """What a file of the system's says; nothing where it is not there."""
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _started_on_windows(process: int) -> int | None:
    """In units of 100 ns since 1601, from the time at which Windows says that it was created."""
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = wintypes.HANDLE  # a pointer, which need not fit into an int
        handle = wintypes.HANDLE(kernel.OpenProcess(_QUERY, False, process))
        if not handle:
            return None if ctypes.get_last_error() == _NO_SUCH_PROCESS else 0
        try:
            code, times = wintypes.DWORD(), [wintypes.FILETIME() for _ in range(4)]
            if not kernel.GetExitCodeProcess(handle, ctypes.byref(code)):
                return 0
            if code.value != _STILL_ACTIVE:
                return None
            kernel.GetProcessTimes(handle, *map(ctypes.byref, times))
            return int(times[0].dwHighDateTime) << 32 | int(times[0].dwLowDateTime)
        finally:
            kernel.CloseHandle(handle)
    raise NotImplementedError("only Windows is asked in this way")
