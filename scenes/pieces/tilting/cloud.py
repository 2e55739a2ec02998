"""Standardized rows that tilt while their correlation grows, and rulers that show what does not change."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from manim import Line, Mobject, Square, ValueTracker, VGroup

from bn_math import Lesson
from scenes.kit import theme
from scenes.kit.charts.features import feature_colors
from scenes.kit.charts.marks import dimension
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering.places import Box
from scenes.pieces.row_dots import RowDots
from scenes.pieces.rows.feature_plane import VEIL
from scenes.pieces.rows.row_one import RowOne

RADIUS, RING = 0.055, 0.8  # of a row's dot, in picture units; and row 1's size as a share of its usual one
GAP = 0.2  # from the square to a ruler


class TiltingCloud:
    """The rows in a square, both features to one scale, at the correlation that ``r`` holds.

    Args:
        lesson: whose standardized rows they are.
        r: the correlation.
        box: the place of square and rulers.
        goal: the place to which they can go, by default the same.
    """

    def __init__(self, lesson: Lesson, r: ValueTracker, box: Box, goal: Box | None = None) -> None:
        self.lesson, self.r, self.boxes = lesson, r, (box, goal or box)
        self.gone = ValueTracker(0)
        """How far it is on the way from the one place to the other, 0 to 1."""

    @property
    def side(self) -> float:
        """Of the square, in picture units."""
        one, other = (min(box.width, box.height) - GAP for box in self.boxes)
        return float(one + self.gone.get_value() * (other - one))

    @property
    def middle(self) -> Array:
        """Of the square, (3,)."""
        corners = [np.array([box.left + GAP, box.top, 0.0]) for box in self.boxes]
        corner = corners[0] + self.gone.get_value() * (corners[1] - corners[0])
        return np.asarray(corner + self.side / 2 * np.array([1.0, -1.0, 0.0]))

    @cached_property
    def _widest(self) -> float:
        """Of all that rows come to on their way, in spreads."""
        way = np.linspace(min(self.lesson.correlation, 0.0), 1, 21)
        clouds = [self.lesson.correlated(r).data.features for r in way]
        return float(np.abs(clouds).max())

    @property
    def unit(self) -> float:
        """How long a spread of 1 is in the picture, so that no row leaves the square on its way."""
        return self.side / 2 / (1.06 * self._widest)

    def at(self, features: Array) -> Array:
        """Standardized rows (..., 2) -> points of the picture (..., 3)."""
        flat = self.unit * np.asarray(features, dtype=float)
        return self.middle + np.concatenate([flat, np.zeros((*flat.shape[:-1], 1))], axis=-1)

    def frame(self) -> VGroup:
        """The square, and its two axes through the means."""
        palette, half = theme.current(), self.side / 2 / self.unit
        square = Square(self.side, color=palette.grid, stroke_width=2.0).move_to(self.middle)
        ends = half * np.array([[[-1, 0], [1, 0]], [[0, -1], [0, 1]]])
        axes = VGroup(*(Line(*self.at(pair)) for pair in ends)).set_stroke(palette.rule, 2.0)
        frame = VGroup(square, axes)

        def update(it: Mobject) -> None:
            it.scale(self.side / square.width).move_to(self.middle)

        follow(frame, (self.gone,), update)
        return frame

    def dots(self) -> VGroup:
        """Every row where the correlation puts it; row 1 in its ring."""
        first = RowOne(self._rows()[0], RING)
        others = RowDots(self._rows()[1:], RADIUS, theme.current().text).set_fill(opacity=VEIL)

        def update(_: Mobject) -> None:
            places = self._rows()
            first.put(places[0])
            others.put(places[1:])

        crowd = VGroup(others, first).set_z_index(0)  # the curtain is to fall over it
        follow(crowd, (self.r, self.gone), update)
        return crowd

    def _rows(self) -> Array:
        return self.at(self.lesson.correlated(self.r.get_value()).data.features)

    def rulers(self) -> tuple[VGroup, VGroup]:
        """For each feature its spread to both sides of its mean, along an edge of the square."""
        data, made = self.lesson.standardized.data, []
        for feature, color in enumerate(feature_colors()):
            mean, std = float(data.means[feature]), float(data.stds[feature])
            direction, across = np.eye(3)[feature], np.eye(3)[1 - feature]
            edge = self.middle - (self.side / 2 + GAP) * across
            low, middle, high = (edge + self.unit * (mean + sign * std) * direction for sign in (-1, 0, 1))
            ruler = dimension(low, high, color, 0.1, 4.0)
            made.append(ruler.add(Line(middle - 0.1 * across, middle + 0.1 * across).set_stroke(color, 4.0)))
        return made[0], made[1]
