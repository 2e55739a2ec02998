"""Small sketches of what others measured: the shape of a finding, not its data.

Each stands in a field of ``WIDE`` by ``TALL`` around the origin. What is without batch normalization has the
valley's color and is dashed where it is a curve; what is with it has the bowl's and is whole.
"""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Arrow,
    Circle,
    DashedVMobject,
    Dot,
    Line,
    Rectangle,
    VGroup,
    VMobject,
)
from manim.utils.color import ParsableManimColor

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import typography

WIDE, TALL = 3.3, 1.35
NOTE = 30.0
_LEFT, _FLOOR = -WIDE / 2, -TALL / 2


def axes(left: float = _LEFT, wide: float = WIDE) -> VGroup:
    """A floor and an upright, without numbers."""
    lines = VGroup(
        Line([left, _FLOOR, 0], [left + wide, _FLOOR, 0]),
        Line([left, _FLOOR, 0], [left, -_FLOOR, 0]),
    )
    return lines.set_stroke(theme.current().rule, 2)


def drifting() -> tuple[VGroup, VGroup]:
    """A distribution at three times of training: without batch norm it wanders, with it it is held."""
    palette = theme.current()
    groups = []
    places = (((-0.55, 0.22), (0.0, 0.16), (0.55, 0.28)), ((0.0, 0.2), (0.05, 0.21), (-0.04, 0.2)))
    for middle, color, bells, dashed in zip(
        (-1.35, 1.35), (palette.valley, palette.bowl), places, (True, False), strict=True
    ):
        floor = Line([middle - 1.1, _FLOOR, 0], [middle + 1.1, _FLOOR, 0], color=palette.rule, stroke_width=2)
        across = np.linspace(-1.05, 1.05, 81)
        drawn = [
            curve(middle + across, _FLOOR + 0.2 / sd * np.exp(-0.5 * ((across - mean) / sd) ** 2), color)
            for mean, sd in bells
        ]
        groups.append(VGroup(floor, *(_dashed(bell, 26) if dashed else bell for bell in drawn)))
    return groups[0], groups[1]


def two_bars(ratio: float) -> tuple[VGroup, VGroup]:
    """A bar, and one shorter by ``ratio``: lengths are to scale."""
    palette, wide = theme.current(), 1.55 * WIDE
    bars = []
    for y, length, color in ((0.28, wide, palette.valley), (-0.28, wide / ratio, palette.bowl)):
        bar = Rectangle(width=length, height=0.3, stroke_width=0, fill_color=color, fill_opacity=1)
        bars.append(VGroup(bar.move_to([-wide / 2, y, 0], aligned_edge=LEFT)))
    return bars[0], bars[1]


def rough_and_smooth(
    rough: float = 1.0, left: float = _LEFT, wide: float = WIDE, turned: bool = False
) -> VGroup:
    """Loss along a step: rough without batch norm, smooth with it; ``turned`` the other way round."""
    palette = theme.current()
    t = np.linspace(0, 1, 161)
    fall = 0.42 - 0.75 * t * (1.6 - 0.6 * t)
    wiggle = 0.13 * np.sin(19 * t) + 0.09 * np.sin(41 * t + 1) + 0.05 * np.sin(83 * t + 2)
    x = left + wide * (0.06 + 0.9 * t)
    roughness = (0.22, 0.85) if turned else (1.0, 0.0)
    without = curve(x, 0.1 + fall + rough * roughness[0] * wiggle, palette.valley)
    with_it = curve(x, -0.12 + fall + rough * roughness[1] * wiggle, palette.bowl)
    return VGroup(axes(left, wide), _dashed(without, round(14 * wide)), with_it)


def drift_put_back() -> VGroup:
    """Bells that wander although batch norm is there; beside them the loss, which falls smoothly with it."""
    palette = theme.current()
    across = np.linspace(-0.75, 0.75, 61)
    middle = _LEFT + 0.75
    bells = [
        curve(middle + across, _FLOOR + 0.17 / sd * np.exp(-0.5 * ((across - mean) / sd) ** 2), palette.bowl)
        for mean, sd in ((-0.38, 0.15), (0.02, 0.2), (0.38, 0.14))
    ]
    floor = Line([middle - 0.75, _FLOOR, 0], [middle + 0.75, _FLOOR, 0], color=palette.rule, stroke_width=2)
    return VGroup(floor, *bells, rough_and_smooth(1.0, middle + 1.0, WIDE / 2 - 0.05))


def diverging() -> VGroup:
    """Loss over the steps, with large steps: without batch norm it explodes, with it it falls."""
    palette = theme.current()
    t = np.linspace(0, 1, 61)
    left = _LEFT + 0.08
    up = curve(left + 1.5 * t, -0.25 + 0.06 * (np.exp(2.85 * t) - 1), palette.valley)
    down = curve(left + 3.0 * t, _FLOOR + 0.16 + 0.3 * np.exp(-4 * t), palette.bowl)
    tip = Arrow([left + 1.44, 0.55, 0], [left + 1.57, 0.95, 0], color=palette.alarm, buff=0)
    cross = VGroup(Line(LEFT + DOWN, RIGHT + UP), Line(LEFT + UP, RIGHT + DOWN)).scale(0.12)
    cross.set_stroke(palette.alarm, 6).move_to(tip.get_start())
    return VGroup(axes(), _dashed(up, 18), down, cross)


def length_and_direction() -> VGroup:
    """An arrow is a length times a direction."""
    palette = theme.current()
    direction = np.array([np.cos(0.65), np.sin(0.65), 0.0])
    style = {"buff": 0, "stroke_width": 6, "max_tip_length_to_length_ratio": 0.3, "tip_length": 0.22}
    base = np.array([-1.6, -0.4, 0.0])
    arrow = Arrow(base, base + 1.3 * direction, color=palette.text, **style)
    bar = Line([-0.1, 0, 0], [0.55, 0, 0], color=palette.bowl, stroke_width=6)
    ends = (Line(UP * 0.13, DOWN * 0.13, color=palette.bowl, stroke_width=4) for _ in range(2))
    length = VGroup(
        bar, *(end.move_to(at) for end, at in zip(ends, (bar.get_start(), bar.get_end()), strict=True))
    )
    center = np.array([1.45, 0.0, 0.0])
    ring = Circle(0.5, color=palette.rule, stroke_width=3).move_to(center)
    dial = Arrow(center, center + 0.5 * direction, color=palette.bowl, **style)
    equals = VGroup(*(Line(LEFT * 0.11, RIGHT * 0.11).shift([-0.4, y, 0]) for y in (-0.05, 0.05)))
    times = (
        VGroup(Line(LEFT + DOWN, RIGHT + UP), Line(LEFT + UP, RIGHT + DOWN)).scale(0.08).shift(RIGHT * 0.75)
    )
    for sign in (equals, times):
        sign.set_stroke(palette.text, 3)
    return VGroup(arrow, equals, length, times, ring, dial).center()


def penalty(name: str) -> VGroup:
    """A parabola that pulls what is drawn under it back to its bottom."""
    palette = theme.current()
    t = np.linspace(-1, 1, 61)
    bowl = curve(1.25 * t, _FLOOR + 0.18 + 0.95 * t**2, palette.bowl)
    ball = Dot([-0.85, _FLOOR + 0.18 + 0.95 * (0.85 / 1.25) ** 2 + 0.1, 0], 0.11, color=palette.text)
    pull = Arrow(
        [-0.68, 0.05, 0], [-0.3, -0.32, 0], color=palette.text, buff=0, stroke_width=4, tip_length=0.16
    )
    label = typography.label(name, palette.text, typography.LABEL).move_to([1.5, _FLOOR + 0.2, 0])
    return VGroup(
        Line([_LEFT, _FLOOR, 0], [-_LEFT, _FLOOR, 0], color=palette.rule, stroke_width=2),
        bowl,
        ball,
        pull,
        label,
    )


def exploding(name: str, count: int = 9) -> VGroup:
    """Gradients layer by layer, each a fixed factor above the one before."""
    palette = theme.current()
    tall = TALL * 0.98 * 1.55 ** (np.arange(count) - count + 1.0)
    pitch = (WIDE - 0.5) / count
    bars = VGroup(
        *(
            Rectangle(
                width=0.62 * pitch, height=height, stroke_width=0, fill_color=palette.bowl, fill_opacity=1
            ).move_to([_LEFT + 0.25 + pitch * (place + 0.5), _FLOOR, 0], aligned_edge=DOWN)
            for place, height in enumerate(tall)
        )
    )
    label = typography.label(name, size=typography.LABEL).move_to([_LEFT + 0.2, 0.45, 0], aligned_edge=LEFT)
    return VGroup(axes(), bars, label)


def by_depth(shallow: str, deep: str) -> VGroup:
    """Roughness of the loss in shallow and in deep networks."""
    parts = VGroup()
    for left, name, turned in ((_LEFT, shallow, True), (0.15, deep, False)):
        sketch = rough_and_smooth(1.0, left, WIDE / 2 - 0.15, turned)
        label = typography.label(name, size=NOTE)
        parts.add(VGroup(*sketch, label.move_to([left + 0.95, 0.6, 0])))
    return parts


def curve(xs: Array, ys: Array, color: ParsableManimColor) -> VMobject:
    """A line through points."""
    line = VMobject(stroke_color=color, stroke_width=4)
    return line.set_points_as_corners(np.column_stack([xs, ys, np.zeros(len(xs))]))


def _dashed(line: VMobject, dashes: int) -> VMobject:
    return DashedVMobject(line, num_dashes=dashes, dashed_ratio=0.65)
