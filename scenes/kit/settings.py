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
    """The settings in force.

    Raises:
        SystemExit: the environment's are none; ``manim render`` then ends with a sentence, no traceback.
    """
    try:
        return _chosen or Settings.from_environment()
    except ValueError as error:
        raise SystemExit(f"error: {error}") from error


def read_lesson(settings: Settings) -> Lesson:
    """The lesson that ``settings`` name, read anew.

    Raises:
        ValueError: the file says what no lesson can be, or what no scene could show.
        FileNotFoundError: there is no such file.
    """
    if isinstance(settings.lesson, Lesson):
        return settings.lesson
    if settings.lesson is None:
        return Lesson.article()
    lesson = Lesson.from_toml(settings.lesson)
    if reason := _why_not_shown(lesson):
        raise ValueError(f"{settings.lesson}: {reason}")
    return lesson


def _why_not_shown(lesson: Lesson) -> str | None:
    """What keeps a lesson from being filmed: told before a scene is begun that would fail."""
    if lesson.standardized.spectrum.eigenvalues[0] == 0:
        return "data must not have perfectly correlated features: their loss has no single minimum to show"
    for stage in lesson.stages:
        # To within rounding: what is left of such a way would be rounding's.
        if float(stage.loss.excess(stage.start)) <= 1e-18 * float((stage.data.target**2).mean()):
            return (
                f"start must not be where the {stage.name} data's loss is least: there is nothing to descend"
            )
        if stage.steps is None:
            return f"data must let gradient descent arrive, but on the {stage.name} data it never does"
    return None


@lru_cache(maxsize=4)
def _computed_once(path: Path | None) -> Lesson:
    return read_lesson(Settings(lesson=path))


def current_lesson() -> Lesson:
    """The lesson in force; a file is read and computed once a process.

    Raises:
        SystemExit: it is the environment's, and cannot be read.
        ValueError, OSError: it is the one that a program chose.
    """
    chosen = current().lesson
    try:
        return chosen if isinstance(chosen, Lesson) else _computed_once(chosen)
    except (ValueError, OSError) as error:
        if _chosen is not None:
            raise
        raise SystemExit(f"error: BNVIZ_LESSON: {error}") from error
