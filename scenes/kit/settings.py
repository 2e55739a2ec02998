"""What a process renders with: theme, voice, language and lesson. No drawing happens here.

Plain ``manim render`` obeys the environment (``BNVIZ_THEME``, ``BNVIZ_VOICE``, ``BNVIZ_LANGUAGE``,
``BNVIZ_LESSON``); a program calls :func:`use` instead.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bn_math import Lesson
from scenes.kit import languages, palettes


@dataclass(frozen=True)
class Settings:
    """One choice of everything that is not the storyboard's business.

    ``lesson`` is a TOML file for :meth:`bn_math.Lesson.from_toml`, or what was read from it; ``None`` is the
    article's lesson.
    """

    theme: str = palettes.FILM
    voice: bool = True
    language: str = languages.ENGLISH.code
    lesson: Path | Lesson | None = None

    def __post_init__(self) -> None:
        """Refuse a theme or a language that does not exist."""
        if self.theme not in palettes.PALETTES:
            known = ", ".join(palettes.PALETTES)
            raise ValueError(f"theme is {self.theme!r}; it must be one of {known}")
        languages.named(self.language)

    @property
    def lesson_name(self) -> str | None:
        """What the lesson's file is called, without its ending; None when there is no file."""
        return self.lesson.stem if isinstance(self.lesson, Path) else None

    @classmethod
    def from_environment(cls) -> Settings:
        """The settings that the ``BNVIZ_*`` variables describe."""
        voice = os.environ.get("BNVIZ_VOICE", "1")
        if voice not in ("0", "1"):
            raise ValueError(f"BNVIZ_VOICE is {voice!r}; it must be 1 (narrated) or 0 (silent)")
        lesson = os.environ.get("BNVIZ_LESSON")
        return cls(
            theme=os.environ.get("BNVIZ_THEME", palettes.FILM),
            voice=voice == "1",
            language=os.environ.get("BNVIZ_LANGUAGE", languages.ENGLISH.code),
            lesson=Path(lesson) if lesson else None,
        )


_chosen: Settings | None = None


def use(settings: Settings | None) -> None:
    """Make ``settings`` this process's; ``None`` goes back to the environment."""
    global _chosen
    _chosen = settings


def current() -> Settings:
    """The settings in force."""
    return _chosen or Settings.from_environment()


def read_lesson(settings: Settings) -> Lesson:
    """The lesson that ``settings`` name, read anew.

    Raises:
        ValueError: the file says what no lesson can be.
        FileNotFoundError: there is no such file.
    """
    if isinstance(settings.lesson, Lesson):
        return settings.lesson
    return Lesson.from_toml(settings.lesson) if settings.lesson else Lesson.article()


@lru_cache(maxsize=4)
def _computed_once(path: Path | None) -> Lesson:
    return read_lesson(Settings(lesson=path))


def current_lesson() -> Lesson:
    """The lesson in force; a file is read and computed once a process."""
    chosen = current().lesson
    return chosen if isinstance(chosen, Lesson) else _computed_once(chosen)
