"""Steps of training against the number of layers: two lines, which may leave the chart at its top."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import ManimColor, ValueTracker, VGroup

from bn_math.networks.trained.results import DepthStudy
from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.kit.lettering.places import Box
from scenes.kit.script import numbers
from scenes.pieces.digits.holding import steps_that_hold

ROOM = 0.17  # of the height, above the limit: what has not arrived stands there
BELOW = 0.68  # picture units below the axis, for numbers
EDGE = 0.06  # of the height, above all, where there is no limit
DASH = (20.0, 13.0)


class DepthChart:
    """The axes: depths side by side, and steps on a logarithmic scale.

    Args:
        depths: numbers of layers, ascending.
        span: the fewest and the most steps that are shown.
        limit: steps after which nobody waited any more, where that was so.
        box: where all of it stands.
    """

    def __init__(self, depths: Sequence[int], span: tuple[float, float], limit: int | None, box: Box) -> None:
        self.depths, self.limit = [int(depth) for depth in depths], limit
        self.low = np.log10(span[0]) - 0.08
        self.high = np.log10(max(limit or 1, span[1]))
        self.plot = Box(box.left + 1.25, box.right - 0.1, box.bottom + BELOW, box.top)
        self.box = box

    def x(self, place: float) -> float:
        """Of a depth, by its place in the row."""
        count = len(self.depths)
        share = (place + 0.5) / count
        return float(self.plot.at(share)[0])

    def y(self, steps: Array) -> Array:
        """Of so many steps; what is not finite stands above the limit."""
        top = self.plot.top - (ROOM if self.limit else EDGE) * self.plot.height
        share = (np.log10(np.maximum(steps, 1)) - self.low) / (self.high - self.low)
        heights = self.plot.bottom + share * (top - self.plot.bottom)
        return np.where(np.isfinite(steps), heights, self.plot.top - 0.4)

    def places(self, steps: Array) -> Array:
        """Points (D, 2) of steps (D,), one for each depth."""
        return np.stack([[self.x(place) for place in range(len(self.depths))], self.y(steps)], axis=1)

    def ticks(self) -> list[int]:
        """Round numbers on the scale, and the limit, if there is one."""
        room = 0.15 if self.limit else 0.0
        found = [
            int(f * 10**p)
            for p in range(7)
            for f in (1, 3)
            if self.low <= np.log10(f * 10**p) < self.high - room
        ]
        return [*found, *([self.limit] if self.limit else [])]

    def axes(self, steps: str, layers: str) -> VGroup:
        """Numbers of steps at the left, of layers below; their names."""
        palette, shown = theme.current(), VGroup()
        for tick in self.ticks():
            text = typography.name(numbers.write(tick), palette.muted)
            y = float(self.y(np.array(float(tick))))
            shown.add(text.move_to([self.plot.left - 0.2 - text.width / 2, y, 0]))
        for place, depth in enumerate(self.depths):
            text = typography.name(numbers.write(depth), palette.text)
            shown.add(typography.align_baseline(text, self.plot.bottom - 0.5).set_x(self.x(place)))
        name = typography.name(steps, palette.text)
        shown.add(typography.align_baseline(name, self.plot.top + 0.1, left=self.box.left))
        name = typography.name(layers, palette.muted)
        shown.add(typography.align_baseline(name, self.plot.bottom - 0.5, left=self.box.left))
        return shown


class Grid(Painted):
    """The chart's lines, one for each number of steps at its side.

    Args:
        chart: where they stand.
    """

    def __init__(self, chart: DepthChart) -> None:
        super().__init__()
        self.chart, box = chart, chart.box
        self.points = np.array([[box.left, box.bottom, 0.0], [box.right, box.top, 0.0]])

    kept = ("chart",)

    def paint(self, canvas: Canvas) -> None:
        """Lines; the limit's is broken."""
        palette, chart = theme.current(), self.chart
        left, right = chart.plot.left, chart.plot.right
        for tick in chart.ticks():
            y = float(chart.y(np.array(float(tick))))
            line = [np.array([[left, y], [right, y]])]
            is_limit = tick == chart.limit
            canvas.stroke(
                line,
                palette.rule if is_limit else palette.grid,
                2.5,
                self.opacity,
                dash=(10.0, 10.0) if is_limit else (),
            )
        bottom = chart.plot.bottom
        canvas.stroke([np.array([[left, bottom], [right, bottom]])], palette.rule, 3.0, self.opacity)


class DepthLines(Painted):
    """Without batch norm and with it: medians, arrows where it did not arrive.

    Args:
        chart: where they stand.
        study: of one activation.
        colors: of the two.
        drawn: how many of the depths are drawn, a number from 0 to all of them.
    """

    blended = ("opacity", "heights", "beyond")
    kept = ("chart",)

    def __init__(
        self, chart: DepthChart, study: DepthStudy, colors: Sequence[ManimColor], drawn: ValueTracker
    ) -> None:
        super().__init__()
        self.chart, self.tints = chart, tuple(colors)
        self.xs = np.array([chart.x(place) for place in range(len(chart.depths))])
        median = steps_that_hold(study)[0]
        self.heights, self.beyond = chart.y(median), np.isinf(median).astype(float)
        self.points = np.array(
            [[chart.plot.left, chart.plot.bottom, 0.0], [chart.plot.right, chart.plot.top, 0.0]]
        )
        self.now = 0.0
        follow(self, (drawn,), lambda it: setattr(it, "now", drawn.get_value()))

    def paint(self, canvas: Canvas) -> None:
        """The one that is slower first, so that the other lies on it."""
        for norm, color in enumerate(self.tints):
            reached = max(self.now - 1, 0.0)
            whole = int(reached)
            xs, ys = list(self.xs[: whole + 1]), list(self.heights[norm, : whole + 1])
            if reached > whole:
                xs.append(np.interp(reached, range(len(self.xs)), self.xs))
                ys.append(np.interp(reached, range(len(self.xs)), self.heights[norm]))
            alpha = self.opacity * min(self.now, 1.0)
            line = np.stack([xs, ys], axis=1)
            seen = [self._until_it_leaves(line, norm)]
            canvas.stroke(seen, color, 7.0, alpha, dash=DASH if norm == 0 else ())
            for place in range(whole + 1):
                self._mark(canvas, place, norm, alpha)

    def _until_it_leaves(self, line: Array, norm: int) -> Array:
        """A line ends where it first leaves the chart."""
        beyond = self.beyond[norm, : len(line)]
        if len(beyond) and beyond[0] > 0.5:
            return line[:0]
        first = int(np.argmax(beyond > 0.5)) if (beyond > 0.5).any() else len(line)
        return line[: first + 1] if first < len(line) else line

    def _mark(self, canvas: Canvas, place: int, norm: int, alpha: float) -> None:
        x, y = float(self.xs[place]), float(self.heights[norm, place])
        color, away = self.tints[norm], float(self.beyond[norm, place])
        if away < 1:
            canvas.disc(
                np.array([x, y]), 0.14, [(0.0, color, alpha * (1 - away)), (1.0, color, alpha * (1 - away))]
            )
        if away > 0:
            wide, tall = 0.2, 0.3
            canvas.stroke([np.array([[x, y - 0.62], [x, y - 0.1]])], color, 9.0, alpha * away)
            head = np.array([[x - wide, y - 0.1], [x + wide, y - 0.1], [x, y + tall - 0.1]])
            canvas.fill(head, color, alpha * away)
