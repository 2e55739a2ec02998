"""Marks that measure: dimension lines; and signs that stand before words: tick, minus, cross, stop."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Circle,
    Line,
    Mobject,
    RegularPolygon,
    RoundedRectangle,
    VGroup,
    VMobject,
)
from manim.utils.color import ParsableManimColor

from scenes.kit import theme
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


def stop_sign(head: Mobject, words: Mobject) -> VGroup:
    """A stop sign, and at its right a heading above words, in a frame in the color of alarm."""
    palette = theme.current()
    octagon = RegularPolygon(8, start_angle=np.pi / 8, color=palette.alarm, stroke_width=6).scale(0.55)
    bar = Line(LEFT * 0.28, RIGHT * 0.28, color=palette.alarm, stroke_width=9).move_to(octagon)
    text = VGroup(head, words).arrange(DOWN, buff=0.25, aligned_edge=LEFT)
    inside = VGroup(VGroup(octagon, bar), text).arrange(RIGHT, buff=0.45)
    frame = RoundedRectangle(
        width=inside.width + 0.9, height=inside.height + 0.6, corner_radius=0.15, stroke_width=3
    )
    frame.set_stroke(palette.alarm).set_fill(palette.panel, 1).move_to(inside)
    return VGroup(frame, inside)
