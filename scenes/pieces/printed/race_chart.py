"""How near the optimizers have come to the minimum after each step: both axes logarithmic."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from manim import LEFT, Circle, Line, ManimColor, Square, Star, Triangle, VGroup, VMobject

from bn_math.lesson.stage import Stage
from scenes.kit import theme
from scenes.kit.charts.axes import Chart
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import typography
from scenes.kit.lettering.places import Box

POINTS = 240  # of a curve at most
MARKS = 3  # on a curve
LINE = 3.5  # width of a curve, as Manim counts it
MARK = 0.19  # height of a mark, in picture units
SAMPLE, ROW = 0.75, 0.36  # of the key, in picture units: the length of a line, and the height of a row
FARTHEST = 1e4  # over the distance at the start: what flies farther is cut off


class RaceChart(VGroup):
    """A chart with a key below it.

    Args:
        stage: whose optimizers they are.
        box: the place of chart and key.
        labels: what they are called, by name.
        axes: Typst markup for steps, and for the distance.
    """

    def __init__(self, stage: Stage, box: Box, labels: Mapping[str, str], axes: tuple[str, str]) -> None:
        super().__init__()
        runs = {name: _distances(stage, name) for name in labels}
        steps = int(np.ceil(np.log10(max(len(run) for run in runs.values()))))
        low = int(np.floor(np.log10(stage.tolerance)))
        high = max(float(run.max()) for run in runs.values())
        top = int(np.ceil(np.log10(min(max(high, 1.0), FARTHEST))))
        rows = -(-len(labels) // 2)
        height = box.height - ROW * (rows + 1) - 1.6
        powers = range(low, top + 1, 2)
        self.chart = Chart(
            (0.0, float(steps)),
            (float(low), float(top)),
            0.8 * box.width,
            height,
            [10.0**power for power in range(steps + 1)],
            [10.0**power for power in powers],
            *axes,
            log=True,
            log_x=True,
        )
        self.chart.move_to(box.at(0.5, 1.0 - 0.5 * (height + 1.6) / box.height))
        self.add(self.chart)
        key = VGroup()
        for index, name in enumerate(labels):
            look = _looks()[index % len(_looks())]
            self.add(self._curve(runs[name], *look))
            at = box.at(0.5 * (index // rows), 0.0) + (rows - 1 - index % rows + 0.5) * np.array([0, ROW, 0])
            key.add(_row(labels[name], at, *look))
        self.add(key)

    def _curve(self, run: Array, color: ManimColor, dash: float, mark: VMobject) -> VGroup:
        step = np.unique(np.geomspace(1, max(len(run) - 1, 1), POINTS).round().astype(int))
        step = step[step < len(run)]
        line = VMobject(stroke_color=color, stroke_width=LINE)
        points = np.array([self.chart.at(float(k), float(run[k])) for k in step])
        line.set_points_as_corners(points if len(points) > 1 else np.repeat(points, 2, axis=0))
        line.set(dash=dash)
        places = points[np.linspace(0, len(points) - 1, MARKS + 2).round().astype(int)[1:-1]]
        return VGroup(line, *(mark.copy().move_to(place) for place in places))


def _distances(stage: Stage, name: str) -> Array:
    """From the minimizer after each step until it has arrived, over that at the start, (n,)."""
    distance = stage.loss.distance(stage.race()[name].points)
    shares = np.asarray(distance / (distance[0] or 1.0))
    return np.clip(shares, stage.tolerance, FARTHEST)


def _looks() -> list[tuple[ManimColor, float, VMobject]]:
    """Color, length of the dashes in picture units (0: none) and mark, each another one."""
    palette = theme.current()
    marks = Circle(), Square(), Triangle(), Star(), Square().rotate(np.pi / 4), Triangle().rotate(np.pi)
    colors = palette.valley, palette.bowl, palette.feature_a, palette.alarm, palette.loss, palette.feature_b
    dashes = 0.0, 0.22, 0.07, 0.14, 0.32, 0.1
    return [
        (
            color,
            dash,
            shape.set_style(fill_color=color, fill_opacity=1, stroke_width=0).scale_to_fit_height(MARK),
        )
        for color, dash, shape in zip(colors, dashes, marks, strict=True)
    ]


def _row(label: str, at: Array, color: ManimColor, dash: float, mark: VMobject) -> VGroup:
    """A line of the key: a piece of the curve with its mark, and the name."""
    line = Line(at, at + np.array([SAMPLE, 0.0, 0.0]), color=color, stroke_width=LINE).set(dash=dash)
    text = typography.label(label, theme.current().text)
    text.next_to(line, -LEFT, buff=0.18)
    return VGroup(line, mark.copy().move_to(line.get_center()), text)
