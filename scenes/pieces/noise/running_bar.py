"""A bar over the running mean, from one running spread below it to one above, that goes after the batches."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import DOWN, Mobject, ValueTracker, VGroup

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.lettering import typography
from scenes.kit.script import numbers
from scenes.pieces.noise.axis import Axis
from scenes.pieces.noise.company import LINE, TALL, Company, bar

HEAVY = 2.4  # of a batch's bar: its line
DASH = (10.0, 12.0)  # pixels at 1080p
TRACE = 0.5  # how much is seen of where it has been


class RunningBar(Painted):
    """What a layer keeps of all batches so far, in the color of batch normalization.

    Args:
        axis: the line it stands over.
        means: the running mean before and after each batch, (k + 1,), in the line's units.
        stds: the root of the running variance, (k + 1,).
        clock: how many batches have been seen.
        above: how high over the line, in picture units.
        pulls: the batches, whose bars tug at it; None where it stands still.
    """

    kept: ClassVar[tuple[str, ...]] = ("axis", "means", "stds", "clock", "pulls")
    blended: ClassVar[tuple[str, ...]] = ("opacity", "chased", "weight")

    def __init__(
        self,
        axis: Axis,
        means: Array,
        stds: Array,
        clock: ValueTracker,
        above: float,
        pulls: Company | None = None,
    ) -> None:
        super().__init__()
        self.axis, self.means, self.stds, self.clock, self.above = axis, means, stds, clock, above
        self.pulls, self.chased, self.weight = pulls, 0.0 if pulls is None else 1.0, HEAVY
        self.points = np.zeros((1, 3))
        self.sources: tuple[Mobject, ...] = (clock,) if pulls is None else (clock, *pulls.sources)

    def stay(self) -> RunningBar:
        """Be tugged at no more; where it has been is forgotten."""
        self.chased = 0.0
        return self

    def weigh(self, weight: float) -> RunningBar:
        """Be drawn with a line so many times as thick as that of a batch's bar."""
        self.weight = weight
        return self

    @property
    def now(self) -> tuple[float, float]:
        """Running mean and spread, as the clock has it."""
        at = np.arange(len(self.means))
        clock = self.clock.get_value()
        return float(np.interp(clock, at, self.means)), float(np.interp(clock, at, self.stds))

    @property
    def middle(self) -> Array:
        """Where its mean stands in the picture, (3,), no farther out than the line's ends."""
        return self.at(self.now[0])

    def at(self, value: float) -> Array:
        """Where a value stands at the bar's height, no farther out than the line's ends, (3,)."""
        return self.axis.at(float(np.clip(value, *self.axis.span)), self.above)

    def ruler(self) -> VGroup:
        """Below its ends and its middle, how many spreads they are from its mean."""
        (mean, std), made = self.now, VGroup()
        low, high = self.axis.span
        for spreads in (-1.0, 0.0, 1.0):
            if low <= mean + spreads * std <= high:
                number = typography.name(numbers.tick(spreads, "d"), theme.current().bowl)
                made.add(number.next_to(self.at(mean + spreads * std), DOWN, buff=1.6 * TALL))
        return made

    def paint(self, canvas: Canvas) -> None:
        """Where its mean has been, what tugs at it, and the bar, cut off where it leaves the line's width."""
        palette, context = theme.current(), canvas.context
        if self.pulls is not None and self.chased > 0:
            been = [self.at(mean)[:2] for mean in self.means[: int(self.clock.get_value()) + 1]]
            ticks = [np.stack([it + [0.0, -TALL], it + [0.0, TALL]]) for it in been]
            canvas.stroke(ticks, palette.bowl, 3.0, TRACE * self.chased * self.opacity)
            tug = np.stack([self.pulls.middle, self.middle[:2] + [0.0, TALL]])
            seen = self.chased * self.opacity * self.pulls.lit
            canvas.stroke([tug], palette.text, 4.0, 0.8 * seen, dash=DASH)
        left, right = (float(self.axis.at(end)[0]) for end in self.axis.span)
        context.save()
        context.new_path()
        context.rectangle(left - 0.1, -10.0, right - left + 0.2, 20.0)
        context.clip()
        mean, std = self.now
        lines = bar(self.axis.lane, mean, std, self.above)
        canvas.stroke(lines, palette.bowl, self.weight * LINE, self.opacity)
        context.restore()
