"""What a call in a notebook asks for, looked up before anything is rendered: each mistake is a sentence."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bnviz.errors import UserError
from bnviz.run.beats import beats_of, require_beat
from bnviz.run.discover import SceneSource, find

if TYPE_CHECKING:
    from bn_math import Lesson
    from scenes.kit.settings import Settings

    AnyLesson = Lesson | str | os.PathLike[str] | None
    """A lesson, the path of a file that holds one, or None for the article's."""

Value = TypeVar("Value")


def scene_and_beat(what: str) -> tuple[SceneSource, str | None]:
    """The scene that ``what`` names, and the beat of it, if it names one: ``Valley`` or ``Valley/descent``.

    Raises:
        UserError: it is no such name, or there is no such scene or beat; the message names the nearest.
    """
    if not isinstance(what, str):
        raise UserError(f"{what!r} must be a scene or a beat in quotes, such as 'Valley/descent'")
    name, slash, beat = what.partition("/")
    source = find(name)
    if slash and not beat:
        raise UserError(f"{what!r} names no beat; {name} has: {', '.join(beats_of(source))}")
    if beat:
        require_beat(source, beat)
    return source, beat or None


def lesson_of(lesson: AnyLesson) -> Lesson:
    """The lesson that is given as one, or in a file, which is read anew each time.

    Raises:
        UserError: it is neither, or the file cannot be read or says what no lesson can be.
    """
    from bn_math import Lesson
    from bn_math.checks import shown

    match lesson:
        case None:
            return Lesson.article()
        case Lesson():
            return lesson
        case str() | os.PathLike():
            try:
                return Lesson.from_file(lesson)
            except (ValueError, OSError) as error:
                raise UserError(f"lesson: {error}") from error
    raise UserError(f"lesson is {shown(lesson)}; it must be a Lesson, or the path of a file that holds one")


def settings_of(lesson: AnyLesson, theme: str, language: str, voice: bool = False) -> Settings:
    """What scenes are rendered with.

    Raises:
        UserError: there is no such theme or language, or the lesson is none.
    """
    from scenes.kit.settings import Settings

    found = lesson_of(lesson)
    try:
        return Settings(theme=theme, voice=voice, language=language, lesson=found)
    except ValueError as error:
        raise UserError(str(error)) from error


def require_shown(source: SceneSource, beat: str | None, settings: Settings) -> None:
    """Refuse what is not told of the lesson, and words, colors or letters that are missing.

    Raises:
        UserError: a sentence says which.
    """
    from bnviz.review.registries import require_complete
    from bnviz.run.told import is_told

    if not is_told(source if beat is None else replace(source, beats=(beat,)), settings):
        what = f"{source.name}/{beat}" if beat else source.name
        raise UserError(f"what {what} tells is not true of these data, so that there is nothing to show")
    require_complete([source], settings)


def chosen(argument: str, name: object, known: Mapping[str, Value]) -> Value:
    """What is known by ``name``, the value of an argument.

    Raises:
        UserError: there is nothing of that name; the message has those that there are.
    """
    if isinstance(name, str) and name in known:
        return known[name]
    raise UserError(f"{argument} is {name!r}; it must be {listed(known)}")


def listed(names: Iterable[str]) -> str:
    """Names in a row: ``low, medium or high``."""
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last


def folder_of(argument: str, path: str | os.PathLike[str]) -> Path:
    """The path that an argument names.

    Raises:
        UserError: it names none.
    """
    if not isinstance(path, (str, os.PathLike)) or not os.fspath(path):
        raise UserError(f"{argument} is {path!r}; it must be the path of a folder")
    return Path(path)
