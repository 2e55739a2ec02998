"""The page as data: scenes, beats, figures and numbers, as its template writes them. Nothing is made here."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bnviz.run.run_scene import manim_configured

if TYPE_CHECKING:
    from bn_math.lesson.stage import Stage
    from bnviz.figures.make import Figure
    from bnviz.film.timeline import Timeline
    from scenes.kit.settings import Settings

STAGES = {"centered": "only centred", "scaled": "only scaled"}


@dataclass(frozen=True)
class PageBeat:
    """A chapter of the film: ``start`` in seconds from the film's start."""

    name: str
    title: str
    start: float


@dataclass(frozen=True)
class PageScene:
    """A scene: ``start`` in the film, ``seconds`` long; ``stem`` is what its files are called."""

    name: str
    stem: str
    title: str
    start: float
    seconds: float
    beats: tuple[PageBeat, ...]


@dataclass(frozen=True)
class PageFigure:
    """A figure to be shown, in a picture for each scheme, and the same to be taken away, by format."""

    figure: Figure
    dark: str
    files: dict[str, Path]


@dataclass(frozen=True)
class StageRow:
    """A row of the numbers' table, all written out."""

    name: str
    smallest: str
    largest: str
    condition: str
    rate: str
    steps: str


@dataclass(frozen=True)
class Numbers:
    """The numbers' table, from where its descents start, and how near they have to come."""

    rows: tuple[StageRow, ...]
    start: str
    tolerance: str


def scenes_of(plan: Timeline, stems: Sequence[str]) -> list[PageScene]:
    """The scenes as they stand in the film; ``stems`` are what their files are called."""
    return [
        PageScene(
            name=placed.scene.name,
            stem=stem,
            title=placed.scene.title,
            start=placed.start,
            seconds=placed.scene.duration,
            beats=tuple(PageBeat(item.beat.name, item.beat.title, item.start) for item in placed.beats),
        )
        for placed, stem in zip(plan.scenes, stems, strict=True)
    ]


def numbers_of(settings: Settings) -> Numbers:
    """What the lesson has computed of its stages."""
    with manim_configured(settings):
        from scenes.kit.script.numbers import Style, write

        lesson = settings.lesson
        start = ", ".join(f"{weight:g}" for weight in lesson.settings.start)
        tolerance = write(lesson.settings.tolerance, ".0e", Style.CAPTION)
        return Numbers(tuple(_row(stage) for stage in lesson.stages), f"({start})", tolerance)


def _row(stage: Stage) -> StageRow:
    from scenes.kit.script.numbers import Style, write

    def written(value: float, spec: str) -> str:
        return write(value, spec, Style.CAPTION) if math.isfinite(value) else "∞"

    found = stage.spectrum
    condition = found.condition_number
    return StageRow(
        name=STAGES.get(stage.name, stage.name),
        smallest=written(found.eigenvalues[0], ".2f"),
        largest=written(found.eigenvalues[1], ".2f"),
        condition=written(condition, ".1f" if condition > 100 else ".3f"),
        rate=written(found.best_learning_rate, ".3e"),
        steps="never" if stage.steps is None else written(stage.steps, "d"),
    )


def page_themes(chosen: str) -> tuple[str, str]:
    """The names of the page's themes for a light and for a dark system.

    ``chosen`` is one of them; the other one is the figures' light theme or the film's dark one.
    """
    from scenes.kit.palettes import FILM, PRINT
    from scenes.kit.theme import is_dark

    return (PRINT, chosen) if is_dark(chosen) else (chosen, FILM)


def theme_css(chosen: str) -> str:
    """The page's two themes as CSS variables; which of them holds is the reader's preference."""
    from scenes.kit import theme

    def variables(name: str) -> str:
        palette = theme.named(name)
        roles = [role for role in theme.ROLES if role not in theme.ROWS]
        return " ".join(f"--{role.replace('_', '-')}: {getattr(palette, role).to_hex()};" for role in roles)

    light, dark = map(variables, page_themes(chosen))
    on_dark = f"@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}"
    return f":root {{ color-scheme: light dark; {light} }}\n{on_dark}\n"


def clock(seconds: float) -> str:
    """Minutes and seconds: ``2:05``."""
    minutes, rest = divmod(int(seconds + 1e-6), 60)
    return f"{minutes}:{rest:02}"


def size(path: Path) -> str:
    """How big a file is: ``3.4 MB``, ``87 kB``."""
    count = path.stat().st_size
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(count / 1e3, 1):.0f} kB"


def captions_script(place: Path) -> str:
    """The caption files in ``place`` as a script, by their addresses on the page.

    A page that is opened from its file may not read a file beside it, but may run it.
    """
    texts = {
        path.relative_to(place).as_posix(): path.read_text(encoding="utf-8") for path in place.rglob("*.vtt")
    }
    return f"window.captionFiles = {json.dumps(texts, indent=1, ensure_ascii=False, sort_keys=True)};\n"
