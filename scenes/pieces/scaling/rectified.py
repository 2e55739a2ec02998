"""What ReLU does, as a bent line."""

from __future__ import annotations

from manim import Line, VGroup, VMobject

from scenes.kit import theme

LINE, AXIS = 8.0, 3.0  # as Manim counts them


def bent_line(width: float) -> VGroup:
    """Zero for all that is negative, and then the number itself, over two short axes."""
    palette, half = theme.current(), width / 2
    axes = [Line([-half, 0, 0], [half, 0, 0]), Line([0, -0.4 * half, 0], [0, half, 0])]
    line = VMobject(color=palette.text, stroke_width=LINE)
    line.set_points_as_corners([[-half, 0, 0], [0, 0, 0], [0.9 * half, 0.9 * half, 0]])
    return VGroup(*(axis.set_stroke(palette.rule, AXIS) for axis in axes), line)
