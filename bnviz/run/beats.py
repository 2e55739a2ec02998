"""The beats that a scene has, by its words: what is asked for is looked up before anything is rendered."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from bnviz.errors import UserError
from bnviz.run.discover import FOLDER, SceneSource, load
from scenes.kit.file_names import alike, fault


def beats_of(source: SceneSource) -> tuple[str, ...]:
    """The names of the scene's beats that ``source`` shows, in order: the same for every lesson and language.

    Raises:
        UserError: the scene has no words, or a beat whose name can be no file's.
    """
    from bn_math import Lesson
    from scenes.kit.script.words import Words

    if source.path.resolve().parent != FOLDER:
        load(source)  # a scene of one's own may bring its words
    try:
        every = Words(source.name, Lesson.article()).beats
    except KeyError as error:
        raise UserError(f"{source.path}: {error.args[0]}") from error
    _require_names(source, every)
    return tuple(beat for beat in every if source.shows(beat))


def _require_names(source: SceneSource, beats: Sequence[str]) -> None:
    """Refuse beats after which no file can be named on every system: stills and figures are."""
    for beat in beats:
        if reason := fault(beat):
            raise UserError(f"{source.name} has a beat {beat!r}, and {reason}: call it otherwise")
    if same := alike(beats):
        raise UserError(
            f"{source.name} has the beats {' and '.join(same)}, which are one file where capitals do not "
            "count: call them otherwise"
        )


def require_beat(source: SceneSource, beat: str) -> None:
    """Refuse a beat that the scene does not have.

    Raises:
        UserError: the message names the closest beat, or all of them.
    """
    beats = beats_of(source)
    if beat in beats:
        return
    close = difflib.get_close_matches(beat, beats, n=1)
    hint = f"did you mean {source.name}/{close[0]}?" if close else f"it has: {', '.join(beats)}"
    raise UserError(f"{source.name} has no beat {beat!r}; {hint}")
