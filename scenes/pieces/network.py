"""A small network: columns of two neurons, what they put out as dots on a line, wires to the next column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import (
    LEFT,
    AnimationGroup,
    Circle,
    LaggedStart,
    Line,
    ManimColor,
    RoundedRectangle,
    ShowPassingFlash,
    VGroup,
)

from bn_math.checks import Indices
from scenes.kit import theme
from scenes.kit.charts.axes import turned
from scenes.kit.charts.cloud import Cloud, Place
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import layout, typography

ROWS = (0.8, -1.4)  # the heights of a column's two neurons
LAYER, LINE, LENGTH = (
    1.15,
    1.75,
    2.1,
)  # right of a neuron: the layer, the line of its values, that line's length
RADIUS, DOT = 0.44, 0.06
FAINT, STRONG = 0.1, 0.95


def neuron(x: float, y: float, color: ManimColor) -> Circle:
    """A neuron."""
    return Circle(RADIUS, color=color, stroke_width=4).move_to(layout.at(x, y))


def even(*values: Array) -> tuple[float, float]:
    """A span for the lines, even on both sides of 0, that holds all of ``values``."""
    most = max(float(np.abs(item).max()) for item in values)
    return -most, most


class Column(VGroup):
    """Two neurons at ``x``, and what they put out, ``values`` (n, 2): a dot for each row, on one scale.

    Args:
        x: of the neurons' centers, in picture units.
        values: what the two neurons put out for each row, (n, 2), not all of them equal.
        color: of the neurons and their dots.
    """

    def __init__(self, x: float, values: Array, color: ManimColor) -> None:
        super().__init__()
        self.x = x
        self.nodes = VGroup(*(neuron(x, y, color) for y in ROWS))
        ends = (x + RADIUS, x + LINE + LENGTH + 0.1)
        self.stems = VGroup(*(Line(*(layout.at(end, y) for end in ends)) for y in ROWS))
        self.stems.set_stroke(theme.current().rule, 2)
        span = (float(values.min()), float(values.max()))
        self.clouds = [Cloud(values[:, row], self._place(row, span), color, DOT, 0.32) for row in (0, 1)]
        for cloud in self.clouds:
            cloud.dots.set_opacity(0.55)
        self.add(self.stems, self.nodes, *self.clouds)

    def letters(self, names: Sequence[str], colors: Sequence[ManimColor]) -> VGroup:
        """Names for the neurons, in them; those that are too long stand above."""
        made = VGroup()
        for name, color, y in zip(names, colors, ROWS, strict=True):
            text = typography.Text(name, typography.HEADING, color).move_to(layout.at(self.x, y))
            if text.width > 1.6 * RADIUS:
                text = typography.label(name, color).move_to(layout.at(self.x, y + RADIUS + 0.27))
                text.shift([max(layout.LEFT_EDGE - text.get_left()[0], 0.0), 0, 0])
            made.add(text)
        return made

    def paint_in(self, colors: Sequence[ManimColor]) -> list[Any]:
        """The neurons and their dots take colors."""
        dots = [cloud.dots.animate.set_color(color) for cloud, color in zip(self.clouds, colors, strict=True)]
        return dots + [node.animate.set_color(color) for node, color in zip(self.nodes, colors, strict=True)]

    def spread(self, values: Array, span: tuple[float, float]) -> list[Any]:
        """The dots go to ``values`` (n, 2), where a line is ``span`` long."""
        places = [self._place(row, span) for row in (0, 1)]
        return [cloud.animate.put(values[:, row], places[row]) for row, cloud in enumerate(self.clouds)]

    def single_out(self, rows: Indices, values: Array, span: tuple[float, float]) -> list[Any]:
        """The dots of ``rows`` alone stand out, and go to ``values`` (m, 2)."""
        moves: list[Any] = []
        chosen = dict(zip(rows.tolist(), values, strict=True))
        for row, cloud in enumerate(self.clouds):
            place = self._place(row, span)
            for index, dot in enumerate(cloud.dots):
                if index in chosen:
                    moves.append(
                        dot.animate.set_opacity(STRONG).scale(1.3).move_to(place(chosen[index][row]))
                    )
                else:
                    moves.append(dot.animate.set_opacity(FAINT))
        return moves

    def layer(self, name: str) -> VGroup:
        """The layer of that name, between the neurons and their lines."""
        palette = theme.current()
        box = RoundedRectangle(
            0.12, width=0.6, height=ROWS[0] - ROWS[1] + 1.3, color=palette.bowl, stroke_width=3
        )
        box.set_fill(palette.panel, 1).move_to(layout.at(self.x + LAYER, sum(ROWS) / 2))
        return VGroup(box, turned(typography.Text(name, typography.LABEL, palette.bowl)).move_to(box))

    def wires_to(self, targets: VGroup) -> VGroup:
        """From the end of each line to each of the next column's neurons."""
        lines = (
            Line(stem.get_end(), target.get_edge_center(LEFT)) for stem in self.stems for target in targets
        )
        return VGroup(*lines).set_stroke(theme.current().rule, 2)

    def _place(self, row: int, span: tuple[float, float]) -> Place:
        low, high = span

        def place(value: float) -> Array:
            return layout.at(self.x + LINE + LENGTH * (value - low) / (high - low), ROWS[row])

        return place


def pulses_back(groups: Sequence[VGroup], color: ManimColor) -> LaggedStart:
    """Lights that run back along lines, one group after the other."""
    runs = []
    for lines in groups:
        lights = (Line(line.get_end(), line.get_start(), color=color, stroke_width=6) for line in lines)
        runs.append(AnimationGroup(*(ShowPassingFlash(light, time_width=0.6) for light in lights)))
    return LaggedStart(*runs, lag_ratio=0.45)
