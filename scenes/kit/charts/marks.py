"""Marks that measure: dimension lines; and signs that stand before words: tick, minus, cross."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Circle,
    Line,
    VGroup,
    VMobject,
)
from manim.utils.color import ParsableManimColor

from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import layout


def dimension(
    start: Array, end: Array, color: ParsableManimColor, tick: float = 0.13, width: float = 3.0
) -> VGroup:
    """A line from ``start`` to ``end`` with a mark across each end, as on a drawing with measures."""
    direction = np.asarray(end, dtype=float) - np.asarray(start, dtype=float)
    length = float(np.linalg.norm(direction))
    across = tick * (np.array([-direction[1], direction[0], 0.0]) / length if length else UP)
    marks = [Line(place - across, place + across) for place in (start, end)]
    return VGroup(Line(start, end), *marks).set_stroke(color, width)


def tick(color: ParsableManimColor) -> VMobject:
    """A tick, for what is settled."""
    mark = VMobject(stroke_color=color, stroke_width=7)
    return mark.set_points_as_corners([layout.at(-0.17, 0.0), layout.at(-0.05, -0.14), layout.at(0.2, 0.17)])


def minus(color: ParsableManimColor) -> VGroup:
    """A minus in a ring, for what it costs."""
    ring = Circle(0.2, color=color, stroke_width=4)
    return VGroup(ring, Line(LEFT * 0.1, RIGHT * 0.1, color=color, stroke_width=5))


def cross(color: ParsableManimColor) -> VGroup:
    """A cross, for what is not so."""
    lines = VGroup(Line(LEFT + DOWN, RIGHT + UP), Line(LEFT + UP, RIGHT + DOWN)).scale(0.15)
    return lines.set_stroke(color, 6)
