"""A dot for every row of a data set, that move: each on its own while they are few, else all as one shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from manim import Animation, Dot, LaggedStart, Transform, VGroup
from manim.utils.color import ParsableManimColor

from scenes.kit.drawing.canvas import Array

FEW = 250  # dots that are shapes of their own; more would take long to draw


class RowDots(VGroup):
    """Dots at ``places``, each (3,).

    Args:
        places: where the dots stand, in picture units.
        radius: of a dot, in picture units.
        color: of all dots.
    """

    def __init__(self, places: Sequence[Array] | Array, radius: float, color: ParsableManimColor) -> None:
        self._outline = Dot(radius=radius).points.copy()
        shapes = len(places) if len(places) <= FEW else 1
        super().__init__(*(Dot(radius=radius, color=color) for _ in range(shapes)))
        self.put(places)

    def put(self, places: Sequence[Array] | Array) -> Self:
        """Move every dot to its place."""
        for shape, points in zip(self.submobjects, self._points(places), strict=True):
            shape.points = points
        return self

    def move(self, places: Sequence[Array] | Array, path_arc: float = 0.0) -> list[Animation]:
        """Animations that take every dot to its place."""
        moves = []
        for shape, points in zip(self.submobjects, self._points(places), strict=True):
            goal = shape.copy()
            goal.points = points
            moves.append(Transform(shape, goal, path_arc=path_arc))
        return moves

    def fly(self, places: Sequence[Array] | Array, lag_ratio: float, run_time: float) -> Animation:
        """The dots fly to their places, one after another."""
        return LaggedStart(*self.move(places, path_arc=0.5), lag_ratio=lag_ratio, run_time=run_time)

    def _points(self, places: Sequence[Array] | Array) -> list[Array]:
        each = [self._outline + np.asarray(place) for place in places]
        return each if len(self.submobjects) == len(each) else [np.concatenate(each)]
