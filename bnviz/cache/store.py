"""The store: rendered scenes, kept for the next film, in a folder that several films may share at once.

A scene is found by what its picture depends on: a key of code, words and settings (code_key.py), and the
values that it has read of lesson and theme (read_tracking.py). An entry is one file, which appears whole or
not at all and says itself what it must hold. Beside them lie notes on what films were joined from
(film/join_once.py), how long scenes are (lengths.py), and what was found by training networks (networks.py).
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bnviz.cache import entry
from bnviz.cache.entry import CacheEntry
from bnviz.cache.manifest import Damaged
from bnviz.cache.read_tracking import digest
from bnviz.errors import UserError
from bnviz.files import opened, replacing
from bnviz.temporary import clear_left_over

CACHE = Path("media/cache")
"""Where it is by default, from the working directory on."""

LIMIT = 4_000_000_000  # bytes: a film of eight minutes at 1080p60 has less than 100 MB
SCENE, NOTE = ".scene", ".film"
LENGTHS = ".lengths"  # see lengths.py
LONGEST_NOTE = 10_000  # bytes
NETWORK, LOCK = ".network", ".network.lock"  # see networks.py
_OURS = re.compile(
    rf"[0-9a-f]{{32}}(-[0-9a-f]{{32}}({re.escape(SCENE)}|{re.escape(LENGTHS)})|{re.escape(NOTE)}"
    rf"|-[a-z.]+({re.escape(NETWORK)}|{re.escape(LOCK)}))"
)


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
            UserError: it is a file, or cannot be looked at.
        """
        try:
            is_folder = stat.S_ISDIR(folder.stat().st_mode)
        except FileNotFoundError:
            is_folder = True  # it is made when there is something to keep
        except OSError as error:
            raise UserError(f"--cache {folder} cannot be used: {error.strerror}") from error
        if not is_folder:
            raise UserError(f"--cache {folder} is a file; it must name a folder for rendered scenes")
        self.folder, self.fresh, self.limit, self.tell = folder, fresh, limit, tell

    def find(self, key: str, values: Mapping[str, str], scene: str) -> CacheEntry | None:
        """The scene that was kept under ``key`` and has read nothing that is not among ``values``.

        A damaged entry, or one that is not what its name says, is told and thrown away.
        """
        for path in [] if self.fresh else sorted(self.folder.glob(f"{key}-*{SCENE}")):
            try:
                reads = entry.reads_of(path, key)
                if path.name != _entry_name(key, reads):
                    raise Damaged("it has read something else than its name says")
                if reads.items() <= values.items():
                    found = entry.read(path, key)
                    if found.scene.name != scene:
                        raise Damaged(f"it holds {found.scene.name} and not {scene}")
                    with contextlib.suppress(OSError):
                        os.utime(path)  # the longest unused go first
                    return found
            except FileNotFoundError:
                continue  # another process has thrown it away
            except OSError as error:
                self.tell(f"{path} cannot be read ({error.strerror}): its scene is rendered again")
            except Damaged as damage:
                self.tell(
                    f"{path} is damaged ({damage}): its scene is rendered again. If that is told again and "
                    f"again: bnviz cache clear --cache {shlex.quote(str(self.folder))}"
                )
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)
        return None

    def keep(self, key: str, found: CacheEntry) -> None:
        """Keep a scene under ``key`` and what it has read. A full disk is told, and is no failure."""
        path = self.folder / _entry_name(key, found.reads)
        try:
            with replacing(path) as beside:
                entry.write(found, beside, key)
            self._make_room(path)
        except (OSError, UserError) as error:
            self.tell(f"{found.scene.name} is not kept for the next film: {error}")

    def note(self, key: str, text: str) -> None:
        """Keep a short text under ``key``."""
        try:
            with replacing(self.folder / f"{key}{NOTE}") as beside:
                beside.write_text(text, encoding="utf-8", newline="\n")
        except (OSError, UserError) as error:
            self.tell(f"the film is not known the next time: {error}")

    def noted(self, key: str) -> str | None:
        """The text that was kept under ``key``."""
        if self.fresh:
            return None
        try:
            with opened(self.folder / f"{key}{NOTE}", LONGEST_NOTE) as file:
                return file.read().decode(errors="replace")
        except OSError:
            return None

    @property
    def contents(self) -> Contents:
        """What is there now."""
        every = self._files()
        scenes = [path for path in every if path.suffix == SCENE]
        return Contents(len(scenes), sum(size for size, _ in every.values()))

    def clear(self) -> Contents:
        """Throw everything away that this store has made, and nothing else; say what it was.

        Raises:
            UserError: it cannot be thrown away.
        """
        before = self.contents
        clear_left_over(self.folder)
        try:
            for path in self._files():
                path.unlink(missing_ok=True)
        except OSError as error:
            raise UserError(f"--cache {self.folder} cannot be cleared: {error}") from error
        return before

    def _files(self) -> dict[Path, tuple[int, float]]:
        """Size and time of last use of every file of the store's own."""
        found = {}
        for path in self.folder.glob("*"):
            if _OURS.fullmatch(path.name):
                with contextlib.suppress(FileNotFoundError):
                    status = path.lstat()
                    if stat.S_ISREG(status.st_mode):
                        found[path] = status.st_size, status.st_mtime
        return found

    def _make_room(self, newest: Path) -> None:
        files = self._files()
        size = sum(size for size, _ in files.values())
        for path in sorted(files, key=lambda path: files[path][1]):
            if size <= self.limit:
                return
            if path != newest and not path.name.endswith(LOCK):  # a lock has no size, and may be held
                path.unlink(missing_ok=True)
                size -= files[path][0]


def _entry_name(key: str, reads: Mapping[str, str]) -> str:
    return f"{key}-{digest(reads)}{SCENE}"
