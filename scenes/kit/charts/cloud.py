"""A mini-batch of one feature on a line: its dots, its mean, and one standard deviation to each side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

import numpy as np
from manim import Dot, Line, VGroup
from manim.utils.color import ParsableManimColor

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array

Place = Callable[[float], Array]
"""Takes a value to its point of the picture."""


class Cloud(VGroup):
    """Dots for ``values`` at ``place``, a tall tick at their mean, a bar from one SD below it to one above.

    :meth:`put` lays everything out anew, at other values or another place.

    Args:
        values: the numbers of the mini-batch, (n,), in data units. Their number stays the same in ``put``.
        place: takes a value to its point of the picture, (3,).
        color: of the dots.
        radius: of a dot, in picture units.
        above: how far the bar lies above the dots, in picture units.
    """

    def __init__(
        self,
        values: Array,
        place: Place,
        color: ParsableManimColor,
        radius: float = 0.1,
        above: float = 0.42,
    ) -> None:
        super().__init__()
        self.above = above
        self.dots = VGroup(*(Dot(radius=radius, color=color, fill_opacity=0.8) for _ in values))
        color = theme.current().text
        self.tick = Line(color=color, stroke_width=4.0)
        self.bar = VGroup(*(Line(color=color, stroke_width=4.0) for _ in range(3)))
        self.add(self.bar, self.tick, self.dots)
        self.put(values, place)

    def put(self, values: Array, place: Place) -> Self:
        """Move every dot to its value, and the marks to the values' own mean and standard deviation."""
        up = np.array([0.0, 1.0, 0.0])
        mean, std = float(np.mean(values)), float(np.std(values))
        for dot, value in zip(self.dots, values, strict=True):
            middle = (dot.points.min(axis=0) + dot.points.max(axis=0)) / 2
            dot.points += place(value) - middle
        middle, low, high = place(mean), place(mean - std), place(mean + std)
        self.tick.set_points_as_corners([middle - 0.2 * up, middle + (self.above + 0.2) * up])
        end = min(0.1, 0.4 * (high - low)[0]) * up  # a short bar has small ends, or it would be all ends
        ends = ((low, high), (low - end, low + end), (high - end, high + end))
        for line, (start, end) in zip(self.bar, ends, strict=True):
            line.set_points_as_corners([start + self.above * up, end + self.above * up])
        return self
