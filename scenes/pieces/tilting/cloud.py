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
from scenes.pieces.rows.feature_plane import VEIL, FeaturePlane
from scenes.pieces.rows.row_one import RowOne

RADIUS, RING = 0.055, 0.8  # of a row's dot, in picture units; and row 1's size as a share of its usual one
GAP = 0.2  # from the square to a ruler


class TiltingCloud:
    """The rows in a square, both features to one scale, at the correlation that ``r`` holds.

    The feature that spans more lies, as wherever the rows are seen.

    Args:
        lesson: whose standardized rows they are.
        r: the correlation.
        box: the place of square and rulers.
    """

    def __init__(self, lesson: Lesson, r: ValueTracker, box: Box) -> None:
        self.lesson, self.r = lesson, r
        self.order = FeaturePlane(lesson.data, box).order
        """The feature that lies, and the upright one."""
        self.side = min(box.width, box.height) - GAP
        self.middle = np.array([box.left + GAP + self.side / 2, box.top - self.side / 2, 0.0])

    @cached_property
    def unit(self) -> float:
        """How long a spread of 1 is in the picture, so that no row leaves the square on its way."""
        way = np.linspace(min(self.lesson.correlation, 0.0), 1, 21)
        clouds = [self.lesson.correlated(r).data.features for r in way]
        return self.side / 2 / (1.06 * float(np.abs(clouds).max()))

    def at(self, features: Array) -> Array:
        """Standardized rows (..., 2) -> points of the picture (..., 3)."""
        flat = self.unit * np.asarray(features, dtype=float)[..., self.order]
        return self.middle + np.concatenate([flat, np.zeros((*flat.shape[:-1], 1))], axis=-1)

    def frame(self) -> VGroup:
        """The square, and its two axes through the means."""
        palette, half = theme.current(), self.side / 2 / self.unit
        square = Square(self.side, color=palette.grid, stroke_width=2.0).move_to(self.middle)
        ends = half * np.array([[[-1, 0], [1, 0]], [[0, -1], [0, 1]]])[:, :, self.order]
        axes = VGroup(*(Line(*self.at(pair)) for pair in ends)).set_stroke(palette.rule, 2.0)
        return VGroup(square, axes)

    def dots(self) -> VGroup:
        """Every row where the correlation puts it; row 1 in its ring."""
        first = RowOne(self._rows()[0], RING)
        others = RowDots(self._rows()[1:], RADIUS, theme.current().text).set_fill(opacity=VEIL)

        def update(_: Mobject) -> None:
            places = self._rows()
            first.put(places[0])
            others.put(places[1:])

        crowd = VGroup(others, first).set_z_index(0)  # the curtain is to fall over it
        follow(crowd, (self.r,), update)
        return crowd

    def _rows(self) -> Array:
        return self.at(self.lesson.correlated(self.r.get_value()).data.features)

    def rulers(self) -> tuple[VGroup, VGroup]:
        """For each feature its spread to both sides of its mean, along an edge of the square."""
        data, made = self.lesson.standardized.data, []
        for feature, color in enumerate(feature_colors()):
            mean, std = float(data.means[feature]), float(data.stds[feature])
            side = self.order.index(feature)
            direction, across = np.eye(3)[side], np.eye(3)[1 - side]
            edge = self.middle - (self.side / 2 + GAP) * across
            low, middle, high = (edge + self.unit * (mean + sign * std) * direction for sign in (-1, 0, 1))
            ruler = dimension(low, high, color, 0.14, 8.0)
            made.append(
                ruler.add(Line(middle - 0.14 * across, middle + 0.14 * across).set_stroke(color, 8.0))
            )
        return made[0], made[1]
