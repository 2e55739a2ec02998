"""Every still and every word of a lesson's film, looked at: what crashes, and what cannot be read."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bnviz.review.legibility import still_problems
from bnviz.review.text_measures import HEIGHT, WIDTH
from bnviz.run.discover import FOLDER, SceneSource
from bnviz.run.stills import beat_stills
from bnviz.run.told import is_told
from bnviz.workers.pool import Done, Task, run_tasks

if TYPE_CHECKING:
    from scenes.kit.script.words import Words
    from scenes.kit.settings import Settings

# How no number is to be written, with what is wrong about it.
_ODD = {
    re.compile(r"(?<![\w.,])0\.0{4,}(?![\d])"): "a number of noughts alone",
    re.compile(r"(?<![A-Za-z])(inf|nan|infinity)(?![A-Za-z])"): "what is no number",
    re.compile(r"(?<![\d.,])1 (steps|rows|batches|times|layers)\b"): "one in the plural",
    re.compile(r"[\u2212-] ?[\u2212-] ?\d"): "two minus signs",
    re.compile(r"\{[a-z_]+[.:\[}]"): "a placeholder that was not filled",
    re.compile(r"\bNone\b"): "nothing where a number should be",
}


@dataclass(frozen=True)
class Look:
    """What was found in scenes of one lesson: how many stills were made, and a sentence for each fault."""

    stills: int
    problems: tuple[str, ...]


def look_at(
    lessons: Mapping[str, Settings],
    sources: Sequence[SceneSource],
    workers: int,
    hear: Callable[[str, Look], None] = lambda name, look: None,
) -> dict[str, Look]:
    """Make every still of ``sources`` for every lesson, in processes, and check each as a film's is.

    A scene that raises an exception is a fault like any other, and the next ones are looked at all the same.

    Args:
        lessons: by the name under which it is told, the settings with the lesson.
        sources: the scenes.
        workers: how many processes at a time.
        hear: called with a lesson's name and all that was found, as soon as all its scenes are looked at.

    Raises:
        SceneFailed: a process died twice.
    """
    # A lesson is computed once a process: its scenes are spread only where there are few lessons.
    parts = min(max(workers // max(len(lessons), 1), 1), len(sources))
    tasks = [
        Task(f"{name}\n{part}", _look, (tuple(sources[part::parts]), settings))
        for name, settings in lessons.items()
        for part in range(parts)
    ]
    found: dict[str, list[Look]] = {name: [] for name in lessons}
    for event in run_tasks(tasks, workers):
        if isinstance(event, Done):
            name = event.scene.rpartition("\n")[0]
            found[name].append(event.result)
            if len(found[name]) == parts:
                hear(name, _together(found[name]))
    return {name: _together(looks) for name, looks in found.items()}


def look(sources: Sequence[SceneSource], settings: Settings) -> Look:
    """What is wrong with the stills and words of ``sources`` for the lesson of ``settings``."""
    stills, problems = 0, []
    for source in sources:
        try:
            problems += word_problems(source.name, settings)
            if not is_told(source, settings):
                continue
            for still in beat_stills(source, settings, WIDTH, HEIGHT, behind=True).values():
                stills += 1
                problems += still_problems(still)
                where = f"{still.scene}, beat {still.beat!r}: "
                problems += [where + text for box in still.texts for text in odd_numbers(box.text)]
        except Exception as error:
            problems.append(f"{source.name}: {type(error).__name__}: {error}{_place_of(error)}")
    return Look(stills, tuple(problems))


def word_problems(scene: str, settings: Settings) -> list[str]:
    """What is odd, or cannot be filled in, in what the scene says of the lesson: cheap, nothing is drawn."""
    from scenes.kit.script.words import Words

    try:
        page = Words(scene, settings.lesson, settings.language)
    except KeyError:
        return []  # a scene with words of its own
    found = []
    for place, text in _texts(page):
        found += [f"{scene}, {place}: {odd}" for odd in odd_numbers(text)]
    return found


def odd_numbers(text: str) -> list[str]:
    """A sentence for each way in which a number in ``text`` is not written as one is."""
    return [
        f"{what} in {text!r} ({found.group().strip()!r})"
        for pattern, what in _ODD.items()
        if (found := pattern.search(text))
    ]


def _texts(page: Words) -> Iterator[tuple[str, str]]:
    yield "title", page.title
    for beat in page.beats:
        yield f"the title of beat {beat!r}", page.beat_title(beat)
        yield f"the alt text of beat {beat!r}", page.alt(beat)
        for sentence in page.narration(beat):
            yield f"beat {beat!r}", sentence.caption
            yield f"beat {beat!r}", sentence.spoken


def _together(looks: Sequence[Look]) -> Look:
    return Look(
        sum(item.stills for item in looks), tuple(problem for item in looks for problem in item.problems)
    )


def _place_of(error: BaseException) -> str:
    """The last line of a scene or of the kit where the exception was under way."""
    places = [
        f" at {frame.filename.removeprefix(f'{FOLDER.parent}/')}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(f"{FOLDER.parent}/") and "site-packages" not in frame.filename
    ]
    return places[-1] if places else ""


def _look(sources: Sequence[SceneSource], settings: Settings, report: Callable[[int], None]) -> Look:
    return look(sources, settings)
