"""A loss upwards, each power of ten as far from the next as any other: what is so many times is so long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from manim import Line, VGroup

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import typography
from scenes.kit.lettering.places import Box

MOST = 4  # numbers at the axis
WIDEST = 1e4  # times the least loss that is seen whole, the greatest
SHORT = 0.2  # picture units from an axis to its numbers


@dataclass(frozen=True)
class LogAxis:
    """Losses between two bounds, in a box.

    box: whose height it has; least, most: the bounds.
    """

    box: Box
    least: float
    most: float

    @classmethod
    def of(cls, box: Box, losses: Array) -> LogAxis:
        """Bounds that hold all finite losses above 0, down to so many times less than the highest."""
        seen = losses[np.isfinite(losses) & (losses > 0)]
        if not len(seen):
            return cls(box, 0.1, 10.0)
        least, most = float(seen.min()), float(seen.max())
        least = max(least, most / WIDEST)
        return cls(box, least / 1.15, max(1.15 * most, 2 * least))

    def heights(self, losses: Array) -> Array:
        """Picture heights of losses; what is beyond the bounds lies at the edge of the box, or near it."""
        inside = np.clip(np.nan_to_num(losses, nan=np.inf, posinf=1e300), self.least, self.most * 1.02)
        share = np.log(inside / self.least) / np.log(self.most / self.least)
        return np.asarray(self.box.bottom + self.box.height * share)

    def ticks(self) -> list[float]:
        """Powers of ten within the bounds, a few; where there is none, one number near the middle."""
        low, high = np.ceil(np.log10(self.least)), np.floor(np.log10(self.most))
        step = max(int(np.ceil((high - low + 1) / MOST)), 1)
        found = [float(10.0**power) for power in np.arange(low, high + 1, step)]
        return found or [float(f"{np.sqrt(self.least * self.most):.0e}")]

    def drawn(self, right: float, write: Callable[[float], str]) -> VGroup:
        """A line at each tick, to ``right``, and its number, as it is to be written, left of the box."""
        palette, made = theme.current(), VGroup()
        for number in self.ticks():
            y = float(self.heights(np.array([number]))[0])
            text = typography.name(write(number), palette.muted)
            text.move_to([self.box.left - SHORT - text.width / 2, y, 0.0])
            ends = ([self.box.left, y, 0.0], [right, y, 0.0])
            made.add(Line(*ends, color=palette.grid, stroke_width=2), text)
        return made
