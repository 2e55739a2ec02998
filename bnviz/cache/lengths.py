"""How long scenes and their beats are, kept beside the scenes: it is told then without running them.

A scene's lengths are kept under what its picture depends on, size and colors apart, and the values of the
lesson that they were found with. Each entry is a small file that appears whole or not at all.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bnviz.cache.code_key import RenderEnvironment, everything
from bnviz.cache.manifest import Damaged, built
from bnviz.cache.read_tracking import digest, values_now
from bnviz.cache.store import LENGTHS, Store
from bnviz.errors import UserError
from bnviz.files import content_of, opened, replacing
from bnviz.run.quality import LOW
from scenes.kit.palettes import FILM

if TYPE_CHECKING:
    from bnviz.run.discover import SceneSource
    from bnviz.run.render import RenderedScene
    from scenes.kit.settings import Settings

LONGEST = 100_000  # bytes of an entry
_LESSON = "lesson."


@dataclass(frozen=True)
class SceneLengths:
    """A scene's title, and the names of its beats with their lengths in seconds, in order."""

    title: str
    beats: tuple[tuple[str, float], ...]


def lengths_of(scene: RenderedScene) -> SceneLengths:
    """Those of a scene that was rendered."""
    return SceneLengths(scene.title, tuple((beat.name, beat.end - beat.start) for beat in scene.beats))


@dataclass(frozen=True)
class _Entry:
    key: str
    scene: str
    reads: dict[str, str]
    lengths: SceneLengths


class LengthCache:
    """Finds and keeps how long scenes are.

    Args:
        store: where entries are kept.
        settings: voice, language and lesson; the theme counts for nothing.
    """

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._environment = RenderEnvironment(replace(settings, theme=FILM), LOW)
        self._values = values_now(settings)

    def key(self, source: SceneSource) -> str:
        """What the lengths of ``source`` depend on, the lesson apart."""
        return self._environment.key(source)

    def known(self, sources: Iterable[SceneSource]) -> dict[str, SceneLengths]:
        """What is kept of ``sources``, by name. A damaged entry is told and thrown away."""
        if not any(self._store.folder.glob(f"*{LENGTHS}")):
            return {}  # no key need be made
        found = {source.name: self._find(source) for source in sources}
        return {name: lengths for name, lengths in found.items() if lengths is not None}

    def keep(
        self, source: SceneSource, key: str, lengths: SceneLengths, reads: Mapping[str, str] | None = None
    ) -> None:
        """Keep what was found, unless the scene has been edited since it had ``key``.

        Args:
            source: the scene.
            key: what :meth:`key` was before it was run.
            lengths: its own.
            reads: digests of what it has read, by name; by default it counts as having read all of the
                lesson.
        """
        read = {name: value for name, value in (reads or self._values).items() if name.startswith(_LESSON)}
        if key != self.key(source):
            return
        entry = _Entry(key, source.name, read, lengths)
        try:
            with replacing(self._path(entry)) as beside:
                beside.write_text(json.dumps(asdict(entry)), encoding="utf-8", newline="\n")
        except (OSError, UserError) as error:
            self._store.tell(f"how long {source.name} is is not kept for the next time: {error}")

    def every(self, sources: Sequence[SceneSource]) -> dict[str, SceneLengths] | None:
        """Those of ``sources`` that are told, if all were kept together and nothing has changed since.

        It asks for no scene's key, which takes longer than all the rest.
        """
        text = self._store.noted(self._key_of_all(sources))
        try:
            return built(dict[str, SceneLengths], json.loads(text)) if text else None
        except (ValueError, RecursionError, Damaged):
            return None  # each of them is looked up

    def keep_every(self, sources: Sequence[SceneSource], found: Mapping[str, SceneLengths]) -> None:
        """Keep together what was found of ``sources``; those that are not in ``found`` are not told."""
        text = json.dumps({name: asdict(lengths) for name, lengths in found.items()})
        self._store.note(self._key_of_all(sources), text)

    def _key_of_all(self, sources: Sequence[SceneSource]) -> str:
        """What the lengths of all of ``sources`` depend on, coarsely: every file, and the whole lesson."""
        scenes = [(source.name, source.beats, content_of(source.path)) for source in sources]
        lesson = {name: value for name, value in self._values.items() if name.startswith(_LESSON)}
        parts = ("lengths", self._environment.chosen, everything(self._environment.root), scenes, lesson)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]

    def _path(self, entry: _Entry) -> Path:
        return self._store.folder / f"{entry.key}-{digest(entry.reads)}{LENGTHS}"

    def _find(self, source: SceneSource) -> SceneLengths | None:
        key = self.key(source)
        for path in [] if self._store.fresh else sorted(self._store.folder.glob(f"{key}-*{LENGTHS}")):
            try:
                entry = _read(path)
                if (entry.key, entry.scene, self._path(entry)) != (key, source.name, path):
                    raise Damaged("it is not what its name says")
                if entry.reads.items() <= self._values.items():
                    return entry.lengths
            except FileNotFoundError:
                continue  # another process has thrown it away
            except (OSError, Damaged) as error:
                self._store.tell(f"{path} is damaged ({error}): the lengths of {source.name} are found again")
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)
        return None


def _read(path: Path) -> _Entry:
    """The entry in a file.

    Raises:
        Damaged: it holds something else.
        OSError: it cannot be read.
    """
    with opened(path, LONGEST) as file:
        content = file.read()
    try:
        entry = built(_Entry, json.loads(content))
    except (ValueError, RecursionError) as error:
        raise Damaged(f"{type(error).__name__}: {error}") from error
    if not entry.lengths.beats or any(seconds < 0 for _, seconds in entry.lengths.beats):
        raise Damaged("it has no beat, or one of less than 0 seconds")
    return entry
