"""Steps needed against the learning rate, both logarithmic, and the cliffs past which all diverges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, Dot, Line, ManimColor, ValueTracker, VGroup, VMobject

from scenes.kit import theme
from scenes.kit.charts.axes import Chart
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.typography import SMALL

SLANT = 0.24  # how wide the hatching is
MOST_NUMBERS = 12  # on an axis, not counting the first


def powers(lowest: float, highest: float, every: int = 1) -> Array:
    """The powers of ten from ``lowest`` to ``highest``, ``every`` so many of them."""
    first, last = int(np.ceil(np.log10(lowest) - 1e-9)), int(np.floor(np.log10(highest) + 1e-9))
    return np.asarray(10.0 ** np.arange(first, last + 1, every))


class RateChart(Chart):
    """The empty chart: learning rates between the two ``rates``, and from 1 to ``most`` steps.

    Args:
        rates: the least and the greatest learning rate, both positive.
        most: a number of steps; the axis ends at the first power of ten that is not below it, and at 10 at
            least.
        size: lengths of the horizontal and the vertical axis, in picture units.
        names: Typst markup for the horizontal and the vertical axis; empty for no name.
        every: how many powers of ten there are from one number to the next, on either axis, at least 1; more
            where there would be more numbers than :data:`MOST_NUMBERS`.
    """

    def __init__(
        self,
        rates: tuple[float, float],
        most: float,
        size: tuple[float, float],
        names: tuple[str, str],
        every: tuple[int, int] = (1, 1),
    ) -> None:
        low, high = np.log10(rates)
        top = max(float(np.ceil(np.log10(most))), 1.0)
        apart = [
            max(least, int(np.ceil(decades / MOST_NUMBERS)))
            for least, decades in zip(every, (high - low, top), strict=True)
        ]
        super().__init__(
            (float(low), float(high)),
            (0.0, top),
            *size,
            x_ticks=powers(*rates, apart[0]).tolist(),
            y_ticks=powers(1.0, 10**top, apart[1]).tolist(),
            x_name=names[0],
            y_name=names[1],
            log=True,
            log_x=True,
        )
        self.top = 10**top

    def stay_inside(self) -> None:
        """Shift the last numbers below the axis to the left, as far as the frame's margin asks for."""
        for text in self.numbers:
            text.shift(min(layout.RIGHT_EDGE - text.get_right()[0], 0.0) * RIGHT)

    def cliff(
        self, rate: float, color: ManimColor, label: str, curves: Sequence[Array] = (), **style: Any
    ) -> Cliff:
        """The wall at ``rate``. Its label stands at the foot, or at the head if a curve goes through there.

        ``curves`` are points of the picture, (k, 3) each.
        """
        ends = self.at(rate, 1.0), self.at(rate, self.top)
        cliff = Cliff(*ends, color, label, **style)
        low, high = cliff.label.get_corner(DOWN + LEFT)[:2], cliff.label.get_corner(UP + RIGHT)[:2]
        for places in curves:
            if ((places[:, :2] > low - 0.08) & (places[:, :2] < high + 0.08)).all(axis=1).any():
                return Cliff(*ends, color, label, is_high=True, **style)
        return cliff


class Cliff(VGroup):
    """A wall from ``base`` to ``head`` with hatching on its right, as drawings mark what is closed.

    Args:
        base: lower end, a point of the picture, (3,).
        head: upper end, (3,), straight above ``base``.
        color: of the wall; hatching and label have the theme's color of alarm.
        label: Typst markup at the right of the foot; at its left where the frame ends.
        gap: from one line of the hatching to the next, in picture units.
        is_high: the label stands beside the head instead.
    """

    def __init__(
        self,
        base: Array,
        head: Array,
        color: ManimColor,
        label: str,
        gap: float = 0.3,
        is_high: bool = False,
    ) -> None:
        super().__init__()
        alarm = theme.current().alarm
        self.wall = Line(base, head, color=color, stroke_width=4)
        self.hatching = VGroup()
        for y in np.arange(base[1], head[1] - SLANT / 2, gap):
            start = np.array([base[0], y, 0.0])
            rise = min(SLANT, head[1] - y)
            self.hatching.add(Line(start, start + rise * np.array([1.0, 1.0, 0.0])))
        self.hatching.set_stroke(alarm, 2.5)
        self.label = typography.label(label, alarm, SMALL)
        beside = head + 0.3 * DOWN if is_high else base + 0.3 * UP
        self.label.next_to(beside + SLANT * RIGHT, RIGHT, buff=0.12)
        if self.label.get_right()[0] > layout.RIGHT_EDGE:
            self.label.next_to(beside, LEFT, buff=0.12)
        self.add(self.wall, self.hatching, self.label)


class RateCurve(VGroup):
    """A curve of the chart that is drawn as far as ``clock`` says, 0 to 1 of its length, a dot at its tip.

    ``clock`` is an attribute of its own, and stands at 0 in the beginning.

    Args:
        chart: the chart in which the curve lies, where it already has its place.
        rates: learning rates, ascending, (k,).
        steps: the steps that each of them needs, (k,). Those above the chart are left out, and at least two
            have to remain.
        color: of the curve and its tip.
    """

    def __init__(self, chart: RateChart, rates: Array, steps: Array, color: ManimColor) -> None:
        super().__init__()
        inside = steps <= chart.top
        self.rates, self.steps = rates[inside], steps[inside]
        self.places = np.array([chart.at(*pair) for pair in zip(self.rates, self.steps, strict=True)])
        lengths = np.linalg.norm(np.diff(self.places, axis=0), axis=1)
        self.shares = np.concatenate([[0.0], np.cumsum(lengths)])
        self.shares /= self.shares[-1]
        self.clock = ValueTracker(0)
        self.line = VMobject(stroke_color=color, stroke_width=6)
        self.tip = Dot(radius=0.1, color=color)
        self.add(self.line, self.tip)
        follow(self, (self.clock,), lambda _: self._draw())

    def share_at(self, rate: float) -> float:
        """How much of the curve is drawn when it has come to ``rate``."""
        return float(np.interp(rate, self.rates, self.shares))

    def draw(self, rate: float, run_time: float) -> Animation:
        """Draw on up to ``rate``."""
        return self.clock.animate(run_time=run_time).set_value(self.share_at(rate))

    def _draw(self) -> None:
        share = min(max(self.clock.get_value(), 0.0), 1.0)
        end = [np.interp(share, self.shares, column) for column in self.places.T]
        done = self.places[self.shares < share]
        self.line.set_points_as_corners(np.vstack([self.places[:1] if not len(done) else done, end]))
        self.tip.move_to(end).set_opacity(0 if share >= 1 else 1)
