"""One rule of the race: its name, its map, the ball's way on it, and below it the steps that it takes."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from manim import Mobject, ValueTracker
from manim.utils.color import ParsableManimColor

from bn_math.lesson.stage import Stage
from scenes.kit import theme
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.fit import wrapped
from scenes.kit.lettering.layout import fit_width
from scenes.kit.lettering.typography import KEY, NAME
from scenes.kit.script import numbers
from scenes.kit.surface.trough.trail import RunTrail
from scenes.pieces.race.boxes import Column
from scenes.pieces.race.race_map import RaceMap

NEARLY = 1e-6  # of a step, which a clock that fades may lose to rounding
LARGEST = 1_000_000  # counts from here on are written with a power of ten
BASE = 0.2  # in picture units, from the figures' bottom to where their digits stand
EARLIER = 0.35  # of the width, at most, what it took before


class Lane:
    """A rule on one loss.

    Args:
        stage: whose loss and whose runs.
        rule: the optimizer's name.
        called: what it is called.
        column: its places.
        clock: the step that all rules have reached; one that is home stays there.
    """

    def __init__(self, stage: Stage, rule: str, called: str, column: Column, clock: ValueTracker) -> None:
        self.stage, self.rule, self.column, self.clock = stage, rule, column, clock
        self.race_map = RaceMap(stage, column.map)
        self.name = column.name.put(wrapped(called, column.name.width, NAME, NAME), 0.5, 0.35)

    @property
    def steps(self) -> int | None:
        """That it takes; None for one that never settles."""
        return self.stage.optimizer_steps[self.rule]

    @property
    def last(self) -> int:
        """The last step that is drawn."""
        return self.race_map.last(self.rule)

    @property
    def place(self) -> tuple[Mobject, ...]:
        """The map and the start on it."""
        return self.race_map.map, self.race_map.start

    @cached_property
    def trail(self) -> RunTrail:
        """Its way, with the ball."""
        return self.race_map.trail(self.rule, self.clock)

    @cached_property
    def counter(self) -> Counter:
        """The steps that it has made, below the map at its right, in the color of the ball."""
        last, end = self.last, self.last if self.steps is None else self.steps

        def made(step: float) -> float:
            return float(end if step > last - NEARLY else np.floor(step + NEARLY))

        counter = Counter(self.clock, size=KEY, color=theme.current().ball, value=made, align_right=True)
        counter.shift(np.array([self.column.figure.right, self._base, 0.0]) - counter.corner)
        return counter

    def earlier(self, color: ParsableManimColor, never: str) -> typography.Text:
        """The steps that it took, smaller, at the left below its map; ``never`` if it does not settle."""
        text = typography.figure(self._written(never), color, NAME)
        fit_width(text, EARLIER * self.column.figure.width)
        return typography.align_baseline(text, self._base, left=self.column.figure.left)

    def result(self, never: str) -> typography.Text:
        """The steps that it takes in the place of the counter."""
        text = typography.figure(self._written(never), theme.current().ball, KEY)
        return typography.align_baseline(text, self._base, right=self.column.figure.right)

    def _written(self, never: str) -> str:
        if self.steps is None:
            return never
        return numbers.write(self.steps, "d" if self.steps < LARGEST else ".1e")

    @property
    def _base(self) -> float:
        return self.column.figure.bottom + BASE
