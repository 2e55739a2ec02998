"""Row 1 of the data, which the film follows: a white dot in a ring, the same wherever it is met."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import Circle, Dot, VGroup

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array

DOT, RING, LINE = 0.075, 0.19, 4.0
"""Radius of any row's dot and of row 1's ring, in picture units; and the ring's line, as Manim counts it."""


class RowOne(VGroup):
    """The dot of row 1 and its ring, at ``place``.

    Args:
        place: where it stands, (3,).
        size: its size, as a share of the size at which scenes hand it over.
    """

    def __init__(self, place: Array, size: float = 1.0) -> None:
        color = theme.current().text
        self.dot = Dot(radius=size * DOT, color=color)
        self.ring = Circle(radius=size * RING, color=color, stroke_width=LINE)
        super().__init__(self.dot, self.ring)
        self.put(place).set_z_index(1)

    @property
    def place(self) -> Array:
        """Where it stands, (3,)."""
        return np.asarray(self.dot.get_center(), dtype=float)

    def put(self, place: Array) -> Self:
        """Move it to ``place``."""
        return self.shift(np.asarray(place) - self.place)
