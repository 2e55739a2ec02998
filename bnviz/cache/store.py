"""The store: rendered scenes, kept for the next film, in a folder that several films may share at once.

A scene is found by what its picture depends on: a key of code, words and settings (dependencies.py), and the
values that it has read of lesson and theme (reads.py). An entry is one file, which appears whole or not at
all and says itself what it must hold. Beside them lie notes on what films were joined from (joined.py).
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bnviz.cache import entry
from bnviz.cache.entry import Damaged, Parcel
from bnviz.cache.read_tracking import digest
from bnviz.errors import UserError
from bnviz.files import overwriting

LIMIT = 4_000_000_000  # bytes: a film of eight minutes at 1080p60 has less than 100 MB
SCENE, NOTE = ".scene", ".film"


@dataclass(frozen=True)
class Contents:
    """What a store holds: scenes, and the bytes of all its files."""

    scenes: int
    size: int


class Store:
    """A folder of entries; over ``limit`` bytes the longest unused go. ``tell`` hears what goes wrong."""

    def __init__(
        self,
        folder: Path,
        fresh: bool = False,
        limit: int = LIMIT,
        tell: Callable[[str], None] = lambda sentence: None,
    ) -> None:
        """Use ``folder``, which need not exist yet; ``fresh`` finds nothing in it, and keeps everything.

        Raises:
            UserError: it is a file.
        """
        if folder.exists() and not folder.is_dir():
            raise UserError(f"--cache {folder} is a file; it must name a folder for rendered scenes")
        self.folder, self.fresh, self.limit, self.tell = folder, fresh, limit, tell

    def find(self, key: str, values: Mapping[str, str]) -> Parcel | None:
        """The scene that was kept under ``key`` and has read nothing that is not among ``values``.

        A damaged entry is told and thrown away.
        """
        for path in [] if self.fresh else sorted(self.folder.glob(f"{key}-*{SCENE}")):
            try:
                if entry.reads_of(path).items() <= values.items():
                    found = entry.read(path)
                    with contextlib.suppress(OSError):
                        os.utime(path)  # the longest unused go first
                    return found
            except FileNotFoundError:
                continue  # another process has thrown it away
            except Damaged as damage:
                self.tell(f"{path} is damaged ({damage}): its scene is rendered again")
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)
        return None

    def keep(self, key: str, found: Parcel) -> None:
        """Keep a scene under ``key`` and what it has read. A full disk is told, and is no failure."""
        path = self.folder / f"{key}-{digest(found.reads)}{SCENE}"
        try:
            with overwriting(path) as beside:
                entry.write(found, beside)
            self._make_room(path)
        except OSError as error:
            self.tell(f"{found.scene.name} is not kept for the next film: {error}")

    def note(self, key: str, text: str) -> None:
        """Keep a short text under ``key``."""
        try:
            with overwriting(self.folder / f"{key}{NOTE}") as beside:
                beside.write_text(text, encoding="utf-8")
        except OSError as error:
            self.tell(f"the film is not known the next time: {error}")

    def noted(self, key: str) -> str | None:
        """The text that was kept under ``key``."""
        if self.fresh:
            return None
        try:
            return (self.folder / f"{key}{NOTE}").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None

    @property
    def contents(self) -> Contents:
        """What is there now."""
        every = self._files()
        scenes = [path for path in every if path.suffix == SCENE and not path.name.startswith(".")]
        return Contents(len(scenes), sum(size for size, _ in every.values()))

    def clear(self) -> Contents:
        """Throw everything away that this store has made, and nothing else; say what it was."""
        before = self.contents
        for path in self._files():
            path.unlink(missing_ok=True)
        return before

    def _files(self) -> dict[Path, tuple[int, float]]:
        """Size and time of last use of every file of the store's own, left-overs of killed processes too."""
        found = {}
        for path in self.folder.glob("*"):
            if path.suffix in (SCENE, NOTE):
                with contextlib.suppress(FileNotFoundError):
                    status = path.stat()
                    found[path] = status.st_size, status.st_mtime
        return found

    def _make_room(self, newest: Path) -> None:
        files = self._files()
        size = sum(size for size, _ in files.values())
        for path in sorted(files, key=lambda path: files[path][1]):
            if size <= self.limit:
                return
            if path != newest:
                path.unlink(missing_ok=True)
                size -= files[path][0]
