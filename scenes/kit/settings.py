"""What a process renders with: theme, voice, language and lesson. No drawing happens here.

Plain ``manim render`` obeys the environment (``BNVIZ_THEME``, ``BNVIZ_VOICE``, ``BNVIZ_LANGUAGE``,
``BNVIZ_LESSON``); a program calls :func:`use` instead.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path

from bn_math import Lesson
from scenes.kit import languages, palettes, trained_networks
from scenes.kit.file_names import portable
from scenes.kit.languages import Language


@cache
def _article() -> Lesson:
    """The article's lesson, so that it is computed once a process."""
    return Lesson.article()


@dataclass(frozen=True)
class Settings:
    """One choice of everything that a scene's storyboard leaves open.

    Args:
        theme: a name in palettes.py.
        voice: whether the scenes are narrated.
        language: its code of two letters, see languages.py.
        lesson: where the numbers come from.
        lesson_name: what the lesson's file is called, without its ending and without what no name of a file
            may hold everywhere; it goes into the names of what is made. None for the article's lesson, which
            has no file.
        letters: in which words are drawn, a name in languages.LETTERS.

    Raises:
        ValueError: there is no such theme or language, or there are no such letters.
    """

    theme: str = palettes.FILM
    voice: bool = True
    language: str = languages.ENGLISH.code
    lesson: Lesson = field(default_factory=_article)
    lesson_name: str | None = None
    letters: str = languages.SANS

    def __post_init__(self) -> None:
        """Refuse a theme or a language that does not exist."""
        if self.theme not in palettes.PALETTES:
            known = ", ".join(palettes.PALETTES)
            raise ValueError(f"theme is {self.theme!r}; it must be one of {known}")
        languages.named(self.language, self.letters)

    def with_lesson(self, path: Path) -> Settings:
        """These settings with the lesson in the file at ``path``, see :func:`load_lesson`."""
        return replace(self, lesson=load_lesson(path), lesson_name=portable(path.stem))

    @classmethod
    def from_environment(cls) -> Settings:
        """The settings that the ``BNVIZ_*`` variables describe.

        Raises:
            ValueError: a variable names what does not exist, or a lesson that cannot be loaded.
        """
        voice = os.environ.get("BNVIZ_VOICE", "1")
        if voice not in ("0", "1"):
            raise ValueError(f"BNVIZ_VOICE is {voice!r}; it must be 1 (narrated) or 0 (silent)")
        found = cls(
            theme=os.environ.get("BNVIZ_THEME", palettes.FILM),
            voice=voice == "1",
            language=os.environ.get("BNVIZ_LANGUAGE", languages.ENGLISH.code),
        )
        lesson = os.environ.get("BNVIZ_LESSON")
        try:
            return found.with_lesson(Path(lesson)) if lesson else found
        except (ValueError, OSError) as error:
            raise ValueError(f"BNVIZ_LESSON: {error}") from error


_chosen: Settings | None = None


def use(settings: Settings | None) -> None:
    """Make ``settings`` this process's; ``None`` goes back to the environment."""
    global _chosen
    _chosen = settings


def current() -> Settings:
    """The settings in force.

    Raises:
        SystemExit: the environment's are none; ``manim render`` then ends with a sentence, no traceback.
    """
    try:
        return _chosen or _from_environment()
    except ValueError as error:
        raise SystemExit(f"error: {error}") from error


def _from_environment() -> Settings:
    """What plain Manim renders with; who chooses settings has a place for what is computed."""
    trained_networks.say_what_is_trained()
    return Settings.from_environment()


@lru_cache(maxsize=4)
def load_lesson(path: Path) -> Lesson:
    """The lesson in a file, see :meth:`bn_math.Lesson.from_file`; read and computed once a process.

    Raises:
        ValueError: the file says what no lesson can be.
        OSError: the file cannot be read.
    """
    return Lesson.from_file(path)


def current_language() -> Language:
    """The language in force, with the letters in force."""
    return languages.named(current().language, current().letters)


def current_lesson() -> Lesson:
    """The lesson in force."""
    return current().lesson
