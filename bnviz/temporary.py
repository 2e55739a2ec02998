"""Temporary folders whose names say which process made them: the next run clears what a killed one has left.

Beside an output such a folder holds what will take its place. A folder of another user, of another machine
(on a shared disk) or of a process that still runs is left alone.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bnviz import system

BEFORE = "before"
"""In a temporary folder: what was moved out of the way. It goes back where nothing has taken its name."""

_NAME = re.compile(r"\.?bnviz-([0-9a-f]{8})-([0-9a-f]{8})-(\d+)-(\d+)-\w+")


@dataclass(frozen=True)
class Owner:
    """A process: its machine and that machine's start as digests, its number and when it was started."""

    machine: str
    boot: str
    process: int
    started: int

    def __str__(self) -> str:
        """As it stands in a folder's name."""
        return f"{self.machine}-{self.boot}-{self.process}-{self.started}"

    @property
    def is_gone(self) -> bool:
        """Whether it was a process of this machine that runs no more; its number may be another's by now."""
        here = _this_process(os.getpid())
        if self.machine != here.machine:
            return False
        return self.boot != here.boot or system.started(self.process) not in (0, self.started)


@contextmanager
def temporary_folder(beside: Path | None = None) -> Iterator[Path]:
    """Give a new folder in ``beside``, hidden there, or in the system's folder for temporary files.

    It goes away again; before that, what earlier processes have left in the same place is cleared. A fork of
    this process that ends inside of the block leaves it alone.
    """
    owner = os.getpid()
    place = Path(tempfile.gettempdir() if beside is None else make_folder(beside)).absolute()
    clear_left_over(place)
    prefix = f"{'.' if beside else ''}bnviz-{_this_process(os.getpid())}-"
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=place))
    try:
        yield folder
    finally:
        if os.getpid() == owner:
            _put_back(folder)
            shutil.rmtree(folder, ignore_errors=True)  # what cannot be removed now is cleared later


def clear_left_over(place: Path) -> None:
    """Remove the temporary folders in ``place`` whose processes are gone."""
    with suppress(OSError), os.scandir(place) as entries:
        for entry in entries:
            found = _NAME.fullmatch(entry.name)
            if found and entry.is_dir(follow_symlinks=False) and _is_mine(entry):
                machine, boot, process, started = found.groups()
                if Owner(machine, boot, int(process), int(started)).is_gone:
                    _put_back(Path(entry.path))
                    shutil.rmtree(entry.path, ignore_errors=True)


def make_folder(folder: Path) -> Path:
    """Make ``folder`` and those above it, however many: pathlib's own recursion ends at a thousand."""
    missing = []
    for item in (folder, *folder.parents):
        if item.is_dir():
            break
        missing.append(item)
    for item in reversed(missing):
        item.mkdir(exist_ok=True)
    return folder


def _put_back(folder: Path) -> None:
    """What was moved out of the way and has no successor has its place again."""
    with suppress(OSError):
        for old in (folder / BEFORE).iterdir():
            if not os.path.lexists(folder.parent / old.name):
                os.rename(old, folder.parent / old.name)


def _is_mine(entry: os.DirEntry[str]) -> bool:
    return entry.stat(follow_symlinks=False).st_uid == system.user()


@lru_cache(maxsize=1)
def _this_process(process: int) -> Owner:
    namespace = ""  # containers on one machine count their processes apart
    with suppress(OSError):
        namespace = str(os.stat("/proc/self/ns/pid").st_ino)
    machine = f"{platform.node()} {system.text('/etc/machine-id')} {namespace}"
    boot = system.text("/proc/sys/kernel/random/boot_id")
    return Owner(_digest(machine), _digest(boot), process, system.started(process) or 0)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
