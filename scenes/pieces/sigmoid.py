"""The sigmoid and its slope, one above the other, with the part where it is steep."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import RIGHT, UP, Dot, Line, Mobject, Rectangle, ValueTracker, VGroup, VMobject

from bn_math import sigmoid, sigmoid_slope
from bn_math.networks.stack import FLAT
from scenes.kit import theme
from scenes.kit.charts.axes import Chart
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.typography import LABEL, SMALL

HEIGHT = 1.9  # of either chart
UPPER, LOWER = 0.75, -2.3  # their feet


class SigmoidPicture:
    """Two charts over what goes in: the sigmoid above, its slope below.

    Args:
        farthest: the charts show what goes in from ``-farthest`` to ``farthest``, at least twice
            ``bn_math.networks.stack.FLAT``, where the outermost numbers stand.
        ends: x of the charts' left and right end, in picture units.
        label: gives the words, as Typst markup, for the keys ``sigmoid``, ``slope``, ``goes_in``, ``flat``
            and ``steep``.
    """

    def __init__(self, farthest: float, ends: tuple[float, float], label: Callable[[str], str]) -> None:
        self.farthest, self.tint = farthest, theme.current().ball
        span, wide, steepest = (-farthest, farthest), ends[1] - ends[0], float(sigmoid_slope(0.0))
        ticks = [-2 * FLAT, -FLAT, 0.0, FLAT, 2 * FLAT]
        self.upper = Chart(span, (0, 1), wide, HEIGHT, [], [0, 1], "", label("sigmoid"))
        self.lower = Chart(span, (0, steepest), wide, HEIGHT, ticks, [], label("goes_in"), label("slope"))
        self.upper.shift(layout.at(ends[0], UPPER) - self.upper.at(-farthest, 0))
        self.lower.shift(layout.at(ends[0], LOWER) - self.lower.at(-farthest, 0))
        self.bands = VGroup(self._band(self.upper, 1.0), self._band(self.lower, steepest))
        self.parts = VGroup()
        far = (FLAT + farthest) / 2
        for word, z in (("flat", -far), ("steep", 0.0), ("flat", far)):
            x, y, _ = self.upper.at(z, 0)
            self.parts.add(
                typography.align_baseline(typography.label(label(word), size=SMALL), y - 0.38).set_x(x)
            )
        zs = np.linspace(-farthest, farthest, 241)
        self.curve = self.upper.curve(zs, sigmoid(zs), theme.current().text, 5.0)

    def tangent(self, place: ValueTracker) -> Mobject:
        """A short line as steep as the sigmoid at ``place``, and the point where it touches."""
        line, dot = Line(color=self.tint, stroke_width=5.0), Dot(radius=0.1, color=self.tint)

        def update(_: Mobject) -> None:
            z = float(place.get_value())
            point = self.upper.at(z, float(sigmoid(z)))
            direction = self.upper.at(1, float(sigmoid_slope(z))) - self.upper.at(0, 0)
            direction *= 0.8 / np.linalg.norm(direction)
            line.put_start_and_end_on(point - direction, point + direction)
            dot.move_to(point)

        return follow(VGroup(line, dot), (place,), update)

    def traced(self, drawn: ValueTracker) -> Mobject:
        """The slope's curve, as far as it is drawn."""
        curve = VMobject(stroke_color=self.tint, stroke_width=5.0)

        def update(_: Mobject) -> None:
            zs = np.linspace(-self.farthest, max(float(drawn.get_value()), 0.01 - self.farthest), 161)
            curve.set_points_as_corners(np.array([self.lower.at(z, float(sigmoid_slope(z))) for z in zs]))

        return follow(curve, (drawn,), update)

    def reading(self, z: float, written: str) -> VGroup:
        """A point of the slope's curve with its value."""
        dot = Dot(self.lower.at(z, float(sigmoid_slope(z))), radius=0.09, color=self.tint)
        return VGroup(dot, typography.Text(written, LABEL, self.tint).next_to(dot, UP + RIGHT, buff=0.08))

    def _band(self, chart: Chart, high: float) -> Rectangle:
        low, top = chart.at(-FLAT, 0), chart.at(FLAT, high)
        area = Rectangle(width=(top - low)[0], height=(top - low)[1], stroke_width=0)
        return area.set_fill(theme.current().text, 0.1).move_to((low + top) / 2)
