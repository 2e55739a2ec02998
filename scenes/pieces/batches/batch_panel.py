"""All mini-batches of two features in lanes above one line, each feature with its mean and spread."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Dot, Line, VGroup

from scenes.kit.charts.axes import RealLine
from scenes.kit.charts.features import feature_colors
from scenes.kit.charts.lanes import Lanes
from scenes.kit.charts.line_ticks import fitting
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import layout, typography
from scenes.kit.script.magnitude import Magnitude
from scenes.kit.script.words import Words

LANES, AXIS = (1.75, -2.5), -2.7  # where the lanes lie, and the line below them


def batch_panel(
    batches: Sequence[Array], ends: tuple[float, float], words: Words, key: str
) -> tuple[VGroup, list[VGroup]]:
    """The lanes' name, numbers and line; and what is in each lane: its dots, and their marks.

    Args:
        batches: the rows of each, (m, 2), in data units.
        ends: x of the line's left and right end.
        words: the scene's, which hold the label "name_in_powers".
        key: the label above the lanes.
    """
    power = Magnitude.of(np.concatenate(batches).ravel())
    batches = [power.share(1.0) * values for values in batches]
    span = roomy(np.concatenate([reached(values) for values in batches]))
    line = RealLine(span, ends[1] - ends[0], fitting(span, ends, 4, ends[0] - 0.6, ends[1] + 0.6))
    line.shift(layout.at(ends[0], AXIS) - line.at(span[0]))
    head = words.label(key)
    if power.power:
        head = words.label("name_in_powers", name=head, power=power.markup)
    lanes = Lanes(len(batches), *ends, *LANES, head)
    typography.align_baseline(lanes.head, LANES[0] + 0.2, left=ends[0])
    filled = [_lane(lanes, line, lane, values) for lane, values in enumerate(batches)]
    return VGroup(line, lanes.head, lanes.numbers), filled


def _lane(lanes: Lanes, line: RealLine, lane: int, values: Array) -> VGroup:
    """A batch's dots, A above B, and a bar for each from one SD below its mean to one above."""
    dots, marks, thick = VGroup(), VGroup(), 0.4 * lanes.thick(15.0)
    for column, color, side in zip(values.T, feature_colors(), (0.22, -0.22), strict=True):
        y = lanes.height(lane) + side * lanes.pitch
        radius = min(0.055, 0.2 * lanes.pitch)
        dots.add(*(Dot(layout.at(line.at(x)[0], y), radius, color=color, fill_opacity=0.4) for x in column))
        low, mean, high = (float(line.at(column.mean() + part * column.std())[0]) for part in (-1, 0, 1))
        bar = Line(layout.at(low, y), layout.at(high, y), stroke_width=thick)
        tall = 0.2 * lanes.pitch
        tick = Line(layout.at(mean, y - tall), layout.at(mean, y + tall), stroke_width=thick)
        marks.add(VGroup(bar, tick).set_color(color))
    return VGroup(dots, marks)


def reached(values: Array) -> Array:
    """The values (n, d), and the ends of a bar from one SD below each column's mean to one above."""
    mean, std = values.mean(axis=0), values.std(axis=0)
    return np.concatenate([values, [mean - std, mean + std]])


def roomy(values: Array) -> tuple[float, float]:
    """What a line spans to show the values, with a little room at its ends."""
    room = 0.04 * float(np.ptp(values)) or 1.0
    return float(values.min()) - room, float(values.max()) + room
