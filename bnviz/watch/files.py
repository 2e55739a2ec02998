"""The files that a picture is made from, looked at again and again: which of them have changed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bnviz.cache.code_key import ROOMS, ROOT

SUFFIXES = frozenset({".py", ".toml", ".csv", ".txt"})
Snapshot = Mapping[Path, tuple[int, int]]
"""By file: when it was changed, in nanoseconds, and its size."""


@dataclass(frozen=True)
class Watched:
    """Where to look: the project's packages below ``root``, and a lesson's own file with its data."""

    lesson: Path | None = None
    root: Path = ROOT

    def snapshot(self) -> Snapshot:
        """The files as they are now."""
        return {path: stamp for path in self._files() for stamp in _stamps(path)}

    def _files(self) -> Iterator[Path]:
        for room in ROOMS:
            for path in (self.root / room).rglob("*"):
                if path.suffix in SUFFIXES:
                    yield path
        if self.lesson is not None:
            yield self.lesson
            yield from _data_of(self.lesson)


def changed(before: Snapshot, now: Snapshot) -> list[Path]:
    """The files that are new, gone or others, in order."""
    return sorted(path for path in before.keys() | now.keys() if before.get(path) != now.get(path))


def _stamps(path: Path) -> Iterable[tuple[int, int]]:
    try:
        status = path.stat()
    except OSError:
        return  # it has just gone: an editor may be about to put another one in its place
    yield status.st_mtime_ns, status.st_size


def _data_of(lesson: Path) -> Iterator[Path]:
    """The files of data that a lesson's file names, if it can be read."""
    if lesson.suffix != ".toml":
        return
    try:
        read = tomllib.loads(lesson.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    network = read.get("network")
    for table in (read, network if isinstance(network, dict) else {}):
        if isinstance(name := table.get("data"), str):
            yield lesson.parent / name
