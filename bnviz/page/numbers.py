"""The numbers' tables as data: what the lesson has computed of its four stages, in the film's own words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bnviz.errors import UserError
from bnviz.run.run_scene import manim_configured

if TYPE_CHECKING:
    from bn_math.lesson.stage import Stage
    from scenes.kit.script.words import Words
    from scenes.kit.settings import Settings

EXACT_UP_TO = 100  # a condition number; beyond it the second decimal says nothing


@dataclass(frozen=True)
class StageRow:
    """A row of the tables, all written out; ``unit`` is the word behind ``steps``: 1 step, 2 steps."""

    name: str
    condition: str
    steps: str
    unit: str
    smallest: str
    largest: str
    rate: str


@dataclass(frozen=True)
class Numbers:
    """The numbers' tables.

    Args:
        rows: a stage each, from raw to standardized.
        condition: what the column of condition numbers is called.
        steps: what the column of steps is called.
        rate: what the column of learning rates is called.
        before: what the first row's features are, where there is room to say it.
        after: what the last row's features are.
        start: where the descents begin, such as ``(0, 0)``.
        tolerance: the share of the distance at which they have arrived.
        subject: what the film is about.
        alike: what both descents that are compared have in common.
    """

    rows: tuple[StageRow, ...]
    condition: str
    steps: str
    rate: str
    before: str
    after: str
    start: str
    tolerance: str
    subject: str
    alike: tuple[str, ...]


def numbers_of(settings: Settings) -> Numbers:
    """What the lesson has computed of its stages.

    Raises:
        UserError: the language lacks a word that is needed.
    """
    with manim_configured(settings):
        from scenes.kit.script.words import Words

        lesson = settings.lesson
        try:
            words = Words("Question", lesson, settings.language)  # the film's first scene, and what is shared
            halves = Words("Bowl", lesson, settings.language)  # the scene that compares the stages
            names = words.text("raw"), *map(halves.text, ("centered", "scaled", "standardized"))
            return _numbers(
                settings, [_row(*pair, words) for pair in zip(lesson.stages, names, strict=True)], words
            )
        except KeyError as error:
            raise UserError(f"the page's words: {error.args[0]}") from error


def _numbers(settings: Settings, rows: list[StageRow], words: Words) -> Numbers:
    from scenes.kit.script.numbers import Style, write

    lesson = settings.lesson.settings
    return Numbers(
        rows=tuple(rows),
        condition=words.text("condition_number"),
        steps=words.text("steps"),
        rate=words.text("learning_rate"),
        before=words.text("raw"),
        after=words.text("standardized"),
        start=f"({', '.join(f'{weight:g}' for weight in lesson.start)})",
        tolerance=write(lesson.tolerance, ".0e", Style.CAPTION),
        subject=words.text("subject"),
        alike=tuple(map(words.text, ("data", "rule", "model"))),
    )


def _row(stage: Stage, name: str, words: Words) -> StageRow:
    from scenes.kit.script.numbers import Style, write

    def written(value: float, spec: str) -> str:
        return write(value, spec, Style.CAPTION) if math.isfinite(value) else "∞"

    found, steps = stage.spectrum, stage.steps
    condition = found.condition_number
    return StageRow(
        name=name,
        condition=written(condition, ".1f" if condition > EXACT_UP_TO else ".3f"),
        steps="never" if steps is None else written(steps, "d"),
        unit="" if steps is None else words.text("steps_taken", steps=steps),
        smallest=written(found.eigenvalues[0], ".2f"),
        largest=written(found.eigenvalues[1], ".2f"),
        rate=written(found.best_learning_rate, ".3e"),
    )
