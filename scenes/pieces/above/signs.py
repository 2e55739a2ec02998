"""Small signs of three gestures: the needle in the circle, circles that shiver, a tilted circle."""

from __future__ import annotations

import numpy as np
from manim import Ellipse, ManimColor, VGroup

from scenes.kit import theme

SIZE = 0.8  # picture units, across
SHIVERS = ((0.9, 0.35), (0.8, -0.5), (0.86, 1.2))  # width over length, and turn, of the circles that shiver


def _ring(wide: float, color: ManimColor, turn: float = 0.0, stroke: float = 5.0) -> Ellipse:
    made: Ellipse = Ellipse(SIZE, SIZE * wide, color=color, stroke_width=stroke).rotate(turn)
    return made


def needle() -> VGroup:
    """The raw data's shape."""
    return VGroup(_ring(0.07, theme.current().valley, stroke=6.0))


def circle() -> VGroup:
    """That of standardized data."""
    return VGroup(_ring(1.0, theme.current().bowl, stroke=6.0))


def rounded() -> VGroup:
    """A needle in a circle."""
    palette = theme.current()
    return VGroup(_ring(1.0, palette.bowl), _ring(0.07, palette.valley))


def shivering() -> VGroup:
    """Three circles that are not quite one."""
    return VGroup(*(_ring(wide, theme.current().bowl, turn, 3.5) for wide, turn in SHIVERS))


def tilted() -> VGroup:
    """A circle that has become a valley."""
    return VGroup(_ring(0.34, theme.current().bowl, -np.pi / 4))
