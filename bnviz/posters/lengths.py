"""How long scenes are: from what is kept, from their words, or by running through them without a picture."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from bnviz import doctor
from bnviz.cache.lengths import LengthCache, SceneLengths
from bnviz.cache.store import Store
from bnviz.errors import SceneFailed, UserError
from bnviz.run.discover import FOLDER, SceneSource, load
from bnviz.run.stills import beat_times
from bnviz.workers.pool import Done, Task, run_tasks
from scenes.kit.script.beat import HOLD, PAUSE
from scenes.kit.script.captions import time_needed
from scenes.kit.script.words import Words

if TYPE_CHECKING:
    from scenes.kit.settings import Settings


class Origin(Enum):
    """Where a scene's lengths come from."""

    FILM = "as the film has them"
    SILENT = "as the silent film has them"
    WORDS = "reckoned from the words"


@dataclass(frozen=True)
class Found:
    """The lengths of a scene, and where they come from."""

    lengths: SceneLengths
    origin: Origin

    @property
    def is_exact(self) -> bool:
        """Whether the film that was asked about has these lengths."""
        return self.origin is Origin.FILM


def kept(sources: Sequence[SceneSource], settings: Settings, store: Store) -> dict[str, Found]:
    """What ``store`` knows of ``sources``, by name: of the film, else of the silent one."""
    known = LengthCache(store, settings).known(sources)
    found = {name: Found(lengths, Origin.FILM) for name, lengths in known.items()}
    rest = [source for source in sources if source.name not in found]
    if rest and is_spoken(settings):
        silent = LengthCache(store, replace(settings, voice=False)).known(rest)
        found |= {name: Found(lengths, Origin.SILENT) for name, lengths in silent.items()}
    return found


def is_spoken(settings: Settings) -> bool:
    """Whether a film with ``settings`` is narrated on this machine."""
    return settings.voice and not doctor.missing_voice()


def reckoned(source: SceneSource, settings: Settings) -> Found:
    """A scene's silent lengths from its words: a beat lasts as long as its captions need.

    Where its animations last longer, or go on over the pause between two sentences, it differs a little.

    Raises:
        UserError: the scene has no words.
    """
    if source.path.resolve().parent != FOLDER:
        load(source)  # a scene of one's own may bring its words
    try:
        words = Words(source.name, settings.lesson, settings.language)
    except KeyError as error:
        raise UserError(f"{source.path}: {error.args[0]}") from error
    beats = [beat for beat in words.beats if source.shows(beat)]
    return Found(
        SceneLengths(words.title, tuple((beat, _reckoned(words, beat)) for beat in beats)), Origin.WORDS
    )


def _reckoned(words: Words, beat: str) -> float:
    needed = [time_needed(sentence.caption) for sentence in words.narration(beat)]
    return sum(needed) + PAUSE * max(len(needed) - 1, 0) + HOLD


def run_through(
    sources: Sequence[SceneSource], settings: Settings, store: Store, workers: int
) -> dict[str, Found]:
    """The lengths of ``sources`` as they are in the film with ``settings``, which are kept in ``store``.

    Each process runs several scenes, so that what they share of the lesson is computed once in it.

    Raises:
        SceneFailed: a scene raised an exception.
    """
    cache = LengthCache(store, settings)
    keys = {source.name: cache.key(source) for source in sources}
    groups = [group for group in (list(sources[first::workers]) for first in range(workers)) if group]
    tasks = [Task(", ".join(item.name for item in group), _lengths, (group, settings)) for group in groups]
    results: dict[str, SceneLengths] = {}
    for event in run_tasks(tasks, workers):
        if isinstance(event, Done):
            results |= _sound(event.result)
    for source in sources:
        cache.keep(source, keys[source.name], results[source.name])
    return {source.name: Found(results[source.name], Origin.FILM) for source in sources}


def _sound(results: Mapping[str, SceneLengths | SceneFailed]) -> dict[str, SceneLengths]:
    sound = {}
    for name, result in results.items():
        if isinstance(result, SceneFailed):
            raise result
        sound[name] = result
    return sound


def _lengths(
    sources: Sequence[SceneSource], settings: Settings, report: Callable[[int], None]
) -> dict[str, SceneLengths | SceneFailed]:
    """A worker's task: the lengths of some scenes, or what kept one from being run."""
    found: dict[str, SceneLengths | SceneFailed] = {}
    for source in sources:
        try:
            title, beats = beat_times(source, settings)
        except Exception as error:
            reason = str(error) if isinstance(error, UserError) else f"{type(error).__name__}: {error}"
            found[source.name] = SceneFailed(source.name, reason, traceback.format_exc())
            break
        found[source.name] = SceneLengths(title, tuple((name, float(seconds)) for name, seconds in beats))
    return found
