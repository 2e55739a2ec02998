"""The still or the clip of one beat as bytes, made in a new process: it sees every file as it is now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bnviz.errors import UserError
from bnviz.run.discover import SceneSource, load
from bnviz.run.quality import HIGH, LOW
from bnviz.temporary import temporary_folder
from bnviz.workers.pool import Done, Task, run_tasks

if TYPE_CHECKING:
    from scenes.kit.settings import Settings

ENDINGS = {False: "png", True: "mp4"}
"""Of a still, and of a clip."""


@dataclass(frozen=True)
class Wish:
    """What to make: a beat of a scene, its still or its clip, in theme and language, with a lesson's file.

    An empty ``beat`` is the one that stands for the scene.
    """

    source: SceneSource
    beat: str
    theme: str
    language: str
    lesson: Path | None = None
    is_clip: bool = False


@dataclass(frozen=True)
class Made:
    """A beat's picture: a PNG, or an MP4, as bytes."""

    beat: str
    content: bytes


def make(wish: Wish) -> Made:
    """What is wished for.

    Raises:
        SceneFailed: words, scene or lesson do not allow for it; ``reason`` is a sentence.
    """
    for event in run_tasks([Task(wish.source.name, _make, (wish.source, wish))], 1):
        if isinstance(event, Done):
            return event.result  # type: ignore[no-any-return]
    raise AssertionError("a task is done, or fails")


def _make(source: SceneSource, wish: Wish, report: Callable[[int], None]) -> Made:
    """The process's task; ``source`` stands for itself, so that an error names its line."""
    try:
        return _made(source, wish, report)
    except (KeyError, ValueError) as error:
        sentence = str(error.args[0]) if error.args else ""
        if sentence.startswith("words/"):
            raise UserError(sentence) from error
        raise


def _made(source: SceneSource, wish: Wish, report: Callable[[int], None]) -> Made:
    settings = _settings(wish)
    beat = wish.beat or _beat_for(source)
    if wish.is_clip:
        return Made(beat, _clip(source, beat, settings, report))
    from bnviz.run import png
    from bnviz.run.beats import require_beat
    from bnviz.run.stills import beat_stills

    require_beat(source, beat)
    stills = beat_stills(source, settings, *HIGH.size, only=beat)
    if beat not in stills:
        raise UserError(f"{source.name}/{beat} is left out: it is not true of these data")
    with temporary_folder() as folder:
        path = folder / "still.png"
        png.write(stills[beat].picture, path, optimize=False)
        return Made(beat, path.read_bytes())


def _settings(wish: Wish) -> Settings:
    from scenes.kit.settings import Settings

    settings = Settings(theme=wish.theme, voice=False, language=wish.language)
    if wish.lesson is None:
        return settings
    try:
        return settings.with_lesson(wish.lesson)
    except (ValueError, OSError) as error:
        raise UserError(f"--lesson {error}") from error


def _beat_for(source: SceneSource) -> str:
    from bnviz.run.beats import beats_of

    beats = beats_of(source)
    poster = load(source).poster
    return poster if poster in beats else beats[-1]


def _clip(source: SceneSource, beat: str, settings: Settings, report: Callable[[int], None]) -> bytes:
    from bnviz.media.encoders import FORMATS
    from bnviz.talk.clip import ClipRequest, write_clip

    kind = FORMATS[ENDINGS[True]]
    with temporary_folder() as folder:
        path = folder / f"clip.{kind.name}"
        request = ClipRequest(source, beat, settings, kind, LOW.size, LOW.frame_rate, path)
        write_clip(source, request, path, report)
        return path.read_bytes()


def named(wish: Wish, scene: SceneSource, beat: str) -> Wish:
    """The same wish for another beat."""
    return replace(wish, source=scene, beat=beat)
