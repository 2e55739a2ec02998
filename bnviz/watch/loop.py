"""Looking, choosing the beat that a change is about, making it, telling: until the author has seen enough."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bnviz.errors import SceneFailed, UserError
from bnviz.run import discover
from bnviz.run.discover import SceneSource
from bnviz.watch import beats
from bnviz.watch.files import Snapshot, Watched, changed
from bnviz.watch.picture import Made, Wish, make, named

LOOK_EVERY = 0.2  # seconds


@dataclass(frozen=True)
class Target:
    """What is watched: a scene, or one beat of it where ``beat`` is not empty."""

    source: SceneSource
    beat: str = ""

    def holds(self, scene: str, beat: str) -> bool:
        """Whether a change to a beat is its business; an empty beat is any of the scene."""
        return scene == self.source.name and (not self.beat or not beat or beat == self.beat)


@dataclass(frozen=True)
class News:
    """A beat was made, or could not be: its ``title``, how long that took, and a sentence where it failed."""

    title: str
    made: Made | None
    seconds: float
    error: str = ""
    details: str = ""


class Author:
    """Knows what was last seen of every file, and which beat is being looked at.

    Args:
        watched: where to look.
        targets: scenes and beats that are of interest; () are all.
        wish: what is made of a beat; its scene and beat are the ones that are shown first, None is none.
        language: whose words file is read.
    """

    def __init__(self, watched: Watched, targets: Sequence[Target], wish: Wish, is_shown: bool) -> None:
        self._watched, self._targets = watched, targets
        self.wish, self.is_shown = wish, is_shown
        self._words_file = watched.root / "scenes" / "words" / f"{wish.language}.toml"
        self._words = beats.parsed(_text(self._words_file)) or {}
        self._codes = {path: _text(path) for path in (watched.root / "scenes").glob("*.py")}

    def choose(self, files: Sequence[Path]) -> Wish | None:
        """What is to be made after ``files`` have changed; None if that is nobody's business here.

        The beat that is shown stays if the change is about it, or about no beat in particular.
        """
        found: list[tuple[str, str]] = []
        is_general = False
        for path in files:
            concerned = self._concerned(path)
            is_general |= concerned is None
            found += concerned or []
        found = [item for item in found if not self._targets or any(t.holds(*item) for t in self._targets)]
        shown = (self.wish.source.name, self.wish.beat)
        if self.is_shown and (is_general or shown in found or (shown[0], "") in found):
            return self.wish
        if not found:
            return None
        scene, beat = found[0]
        self.wish = named(self.wish, discover.find(scene), beat or self._beat_of_target(scene))
        self.is_shown = True
        return self.wish

    def settled(self, made: Made) -> None:
        """The beat that was made is the one that is shown."""
        self.wish = named(self.wish, self.wish.source, made.beat)

    def _beat_of_target(self, scene: str) -> str:
        return next((item.beat for item in self._targets if item.source.name == scene), "")

    def _concerned(self, path: Path) -> list[tuple[str, str]] | None:
        """Scenes and beats that a file's change is about; None if it is about any that uses it."""
        if path == self._words_file:
            words = beats.parsed(_text(path))
            if words is None:
                return None  # what is wrong with it is told
            last, self._words = self._words, words
            return beats.in_words(last, words) or None
        if path.parent == self._watched.root / "scenes" and path.match("[!_]*.py"):
            before, now = self._codes.get(path, ""), _text(path)
            self._codes[path] = now
            scene = discover.class_name(path)
            of_code = beats.in_code(before, now) if now else []
            return [(scene, "")] if of_code is None else [(scene, beat) for beat in of_code]
        return None


def follow(
    author: Author,
    watched: Watched,
    on_start: Callable[[str], None],
    is_over: Callable[[], bool] = lambda: False,
) -> Iterator[News]:
    """Make what is shown first, and then what every change is about; without end, unless ``is_over``.

    Args:
        author: chooses.
        watched: where to look.
        on_start: called with a beat's name before it is made.
        is_over: asked between two looks.
    """
    seen = watched.snapshot()
    if author.is_shown:
        yield _news(author, author.wish, on_start)
    while not is_over():
        now = watched.snapshot()
        if now != seen:
            now = _at_rest(watched, now)
        files, seen = changed(seen, now), now
        wish = author.choose(files) if files else None
        if wish is not None:
            yield _news(author, wish, on_start)
        else:
            time.sleep(LOOK_EVERY)


def _at_rest(watched: Watched, now: Snapshot) -> Snapshot:
    """The files as soon as nothing changes any more: an editor may write several, or one in two goes."""
    while True:
        time.sleep(LOOK_EVERY / 4)
        if (later := watched.snapshot()) == now:
            return now
        now = later


def _news(author: Author, wish: Wish, on_start: Callable[[str], None]) -> News:
    title = _title(wish, wish.beat)
    on_start(title)
    start = time.monotonic()
    try:
        made = make(wish)
    except SceneFailed as failure:
        return News(title, None, time.monotonic() - start, failure.reason, failure.details)
    except UserError as error:
        return News(title, None, time.monotonic() - start, str(error))
    author.settled(made)
    return News(_title(wish, made.beat), made, time.monotonic() - start)


def _title(wish: Wish, beat: str) -> str:
    return f"{wish.source.name}/{beat}" if beat else wish.source.name


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
