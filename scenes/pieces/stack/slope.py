"""The sigmoid and its slope, large; then the slope alone, upright beside a stack's layers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Dot,
    Line,
    Mobject,
    UpdateFromAlphaFunc,
    ValueTracker,
    VGroup,
    VMobject,
)

from bn_math import sigmoid, sigmoid_slope
from bn_math.networks.stack import FLAT
from scenes.kit import theme
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.kit.lettering.places import Box
from scenes.kit.script import numbers
from scenes.pieces.stack.panes import Panes

POINTS = 161
ENDS = 4  # names that belong to the large picture alone come first
TANGENT = 0.75  # half its length, in picture units
BESIDE, WIDE = 0.3, 0.62  # from the first layer to the upright slope's foot, and how wide that is


class SlopePicture:
    """One chart over what goes in: the sigmoid from 0 to 1, and below it its slope at the same scale.

    Args:
        box: where it stands.
        farthest: what goes in is shown from ``-farthest`` to ``farthest``, more than ``FLAT``.
        at: how far the slope has been drawn, from ``-farthest`` on.
        label: gives the words, as Typst markup, for the keys ``sigmoid``, ``slope``, ``flat`` and ``steep``.
    """

    def __init__(self, box: Box, farthest: float, at: ValueTracker, label: Callable[[str], str]) -> None:
        self.box, self.farthest = box, farthest
        palette = theme.current()
        self.zs = np.linspace(-farthest, farthest, POINTS)
        self.axis = Line(
            self.point(-farthest, 0), self.point(farthest, 0), color=palette.rule, stroke_width=3
        )
        self.top = Line(
            self.point(-farthest, 1), self.point(farthest, 1), color=palette.rule, stroke_width=1.5
        )
        self.curve = VMobject(stroke_color=palette.text, stroke_width=6.0)
        self.curve.set_points_as_corners(self._along(sigmoid(self.zs)))
        self.hump = VMobject(stroke_color=palette.ball, stroke_width=5.0, fill_color=palette.ball)
        self.hump.set_fill(opacity=0.3)
        follow(self.hump, (at,), lambda _: self._draw(float(at.get_value())))
        self.tangent = self._tangent(at)
        self.names = self._names(label)
        self.steepest = self._steepest()

    def point(self, z: float, value: float) -> Array:
        """Where what goes in and what comes out stand."""
        return self.box.at((z + self.farthest) / (2 * self.farthest), value)

    def stand_up(self, panes: Panes, left: float, run_time: float) -> Animation:
        """The hump turns and goes to the side of the first pane, which is at ``left``."""
        self.hump.clear_updaters()

        def turn(it: Mobject, share: float) -> None:
            it.set_points_as_corners(self.turned(panes, left, share))

        return UpdateFromAlphaFunc(self.hump, turn, run_time=run_time)

    def turned(self, panes: Panes, left: float, share: float) -> Array:
        """The hump's outline (n, 3) on its way; in the end what goes in stands upwards, at their scale."""
        reach, middle, steepest = panes.sums.reach, float(panes.height(0.0)), float(sigmoid_slope(0.0))
        there = np.array([left - BESIDE, middle, 0.0])
        origin = self.point(0, 0) + share * (there - self.point(0, 0))
        lengths = [self.box.width / (2 * self.farthest), (float(panes.height(1.0)) - middle) / reach]
        heights = [self.box.height, WIDE / steepest]
        far = [self.farthest, min(self.farthest, reach)]
        length, height, end = ((1 - share) * a + share * b for a, b in (lengths, heights, far))
        along, up = np.clip(self.zs, -end, end) * length, sigmoid_slope(self.zs) * height
        c, s = np.cos(share * np.pi / 2), np.sin(share * np.pi / 2)
        places = np.stack([c * along - s * up, s * along + c * up, np.zeros(POINTS)], axis=-1)
        return closed(origin + places)

    def upright_names(self, panes: Panes, left: float) -> VGroup:
        """Its parts' names at its side."""
        names = self.names[ENDS:].copy()
        far = FLAT / panes.sums.reach
        for name, place in zip(names, (-(1 + far) / 2, 0.0, (1 + far) / 2), strict=True):
            right = left - BESIDE - (WIDE + 0.15 if place == 0 else 0.24)
            name.move_to([right, float(panes.height(place)), 0.0], aligned_edge=RIGHT)
        return names

    def _along(self, values: Array) -> Array:
        return np.array([self.point(z, value) for z, value in zip(self.zs, values, strict=True)])

    def _draw(self, until: float) -> None:
        """The hump, from the left up to there."""
        zs = np.linspace(-self.farthest, max(until, -self.farthest + 1e-3), POINTS)
        places = [self.point(z, float(sigmoid_slope(z))) for z in zs]
        self.hump.set_points_as_corners(closed(np.array(places), self.point(-self.farthest, 0)[1]))

    def _tangent(self, at: ValueTracker) -> Mobject:
        """A short line as steep as the sigmoid, its point, and a thread down to the slope."""
        tint = theme.current().ball
        line, dot = Line(color=tint, stroke_width=7.0), Dot(radius=0.12, color=tint)
        thread = Line(color=tint, stroke_width=2.0)

        def update(_: Mobject) -> None:
            z = float(at.get_value())
            point, slope = self.point(z, float(sigmoid(z))), float(sigmoid_slope(z))
            way = self.point(1, slope) - self.point(0, 0)
            way *= TANGENT / np.linalg.norm(way)
            line.put_start_and_end_on(point - way, point + way)
            dot.move_to(point)
            thread.put_start_and_end_on(point, self.point(z, slope) + 1e-3 * DOWN)

        return follow(VGroup(thread, line, dot), (at,), update)

    def _names(self, label: Callable[[str], str]) -> VGroup:
        """The names of both curves, and of the parts of what goes in, below the axis."""
        palette = theme.current()
        curve = typography.name(label("sigmoid"), palette.text)
        curve.next_to(self.point(self.farthest, 1), UP, buff=0.2).align_to(self.axis, RIGHT)
        slope = typography.name(label("slope"), palette.ball)
        slope.next_to(self.point(0.62 * self.farthest, 0.09), UP, buff=0.12)
        names = VGroup(curve, slope)
        for value in (0, 1):
            number = typography.name(numbers.write(value), palette.muted)
            names.add(number.next_to(self.point(-self.farthest, value), LEFT, buff=0.2))
        far = (FLAT + self.farthest) / 2
        for key, z in (("flat", -far), ("steep", 0.0), ("flat", far)):
            name = typography.name(label(key), palette.muted)
            names.add(typography.align_baseline(name, self.point(z, 0)[1] - 0.5).set_x(self.point(z, 0)[0]))
        return names

    def _steepest(self) -> typography.Text:
        """The greatest slope, written in the hump."""
        most, tint = float(sigmoid_slope(0.0)), theme.current().ball
        text = typography.figure(numbers.write(most, ".2f"), tint, 64.0)
        return text.move_to(self.point(0.0, 0.46 * most))


def closed(places: Array, foot: float | None = None) -> Array:
    """The outline (n, 3), closed straight, or by way of the height ``foot``."""
    if foot is None:
        return np.concatenate([places, places[:1]])
    ends = places[[-1, 0]].copy()
    ends[:, 1] = foot
    return np.concatenate([places, ends, places[:1]])
