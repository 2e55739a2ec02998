"""A chart of a running average that follows the batches, and the key to its dots, line and dashes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import LEFT, RIGHT, DashedLine, Dot, Line, Mobject, ValueTracker, VGroup, VMobject

from scenes.kit import theme
from scenes.kit.charts.axes import Chart
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import layout, typography
from scenes.kit.script import numbers


class RunningChart(Chart):
    """A statistic over the batches seen: each batch's own, the running average, and that of all rows.

    A thin rule ends every pass. ``batches`` and ``line`` are drawn as far as ``clock`` has come.

    Args:
        clock: the number of batches seen, whole or not.
        values: each batch's own statistic, (n,), in the order of the batches.
        running: the running average, (n + 1,); it begins with what stands before the first batch.
        level: the statistic of all rows together.
        item: the number of batches in a pass, at least 1.
        span: the chart's width is the second of these two x less the first, in picture units.
        tall: length of the vertical axis, in picture units.
        name: Typst markup above the vertical axis; empty for no name.
        numbered: whether the horizontal axis has a number at the end of each pass.
    """

    def __init__(
        self,
        clock: ValueTracker,
        values: Array,
        running: Array,
        level: float,
        item: int,
        span: tuple[float, float],
        tall: float,
        name: str,
        numbered: bool,
    ) -> None:
        count, top = len(values), 1.08 * max(float(values.max()), float(running.max()), 0.0)
        self.base = min(0.0, 1.08 * float(min(values.min(), running.min())))
        top = top if top > self.base else 1.0
        ends = range(0, count + 1, item)
        super().__init__(
            (0, count),
            (self.base, top),
            span[1] - span[0],
            tall,
            [float(batch) for batch in ends] if numbered else [],
            [float(tick) for tick in numbers.ticks(self.base, top, 3)],
            y_name=name,
            x_spec="d",
            y_color=theme.current().feature_a,
        )
        palette = theme.current()
        for batch in ends[1:]:
            self.add_to_back(
                Line(self.at(batch, self.base), self.at(batch, top), color=palette.grid, stroke_width=2)
            )
        self.clock, self.values, self.running, self.goal = clock, values, running, level

    def level(self) -> DashedLine:
        """What all rows together have."""
        ends = self.at(0, self.goal), self.at(len(self.values), self.goal)
        return DashedLine(*ends, color=theme.current().muted, stroke_width=3, dash_length=0.12)

    def batches(self) -> VGroup:
        """A dot for each batch, which is there once the clock has come to it."""
        places = np.column_stack([np.arange(1, len(self.values) + 1), self.values])
        dots = self.dots(places, theme.current().feature_a, 0.065)

        def update(_: Mobject) -> None:
            now = self.clock.get_value()
            for number, dot in enumerate(dots, start=1):
                dot.set_opacity(0.9 * min(max(now - number + 1, 0.0), 1.0))

        follow(dots, (self.clock,), update)
        return dots

    def line(self) -> VMobject:
        """The running average."""
        places = np.array([self.at(batch, value) for batch, value in enumerate(self.running)])
        line = VMobject(stroke_color=theme.current().text, stroke_width=6)

        def update(it: VMobject) -> None:
            now = self.clock.get_value()
            whole = int(now)
            drawn = places[: whole + 1]
            if now > whole:
                drawn = np.vstack(
                    [drawn, places[whole] + (now - whole) * (places[whole + 1] - places[whole])]
                )
            it.set_points_as_corners(drawn if len(drawn) > 1 else np.repeat(drawn, 2, axis=0))

        follow(line, (self.clock,), update)
        return line


def running_key(names: Sequence[str]) -> VGroup:
    """What the dots, the line and the dashes are."""
    palette = theme.current()
    samples = (
        Dot(radius=0.09, color=palette.feature_a),
        Line(LEFT * 0.3, RIGHT * 0.3, color=palette.text, stroke_width=6),
        DashedLine(LEFT * 0.3, RIGHT * 0.3, color=palette.muted, stroke_width=3, dash_length=0.12),
    )
    rows = VGroup()
    for place, (sample, name) in enumerate(zip(samples, names, strict=True)):
        sample.move_to(layout.at(0.3, -0.55 * place))
        label = typography.label(name, palette.text)
        rows.add(VGroup(sample, typography.align_baseline(label, -0.55 * place - 0.09, left=0.85)))
    return rows
