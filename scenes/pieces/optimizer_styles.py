"""How optimizers are drawn, the same in every scene: each in a color and with a marker of its own.

There is a stock of styles. The optimizers of the race take them in turn, and the maths know nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
from manim import Circle, ManimColor, RegularPolygon, Square, Star, Triangle, VMobject

from scenes.kit import theme

MARKER = 0.25  # the height of a marker


@dataclass(frozen=True)
class OptimizerStyle:
    """How an optimizer is drawn.

    Args:
        position: in the stock; the theme's color for it has the same one.
        outline: makes the marker's shape, of any size.
        stature: makes slender markers taller, so that all look alike in size.
    """

    position: int
    outline: Callable[[], VMobject]
    stature: float = 1.0

    @property
    def color(self) -> ManimColor:
        """The theme's color for it."""
        return theme.current().optimizers[self.position]

    def marker(self) -> VMobject:
        """The marker, filled and with an edge of the background round it."""
        shape = self.outline().scale_to_fit_height(MARKER * self.stature).move_to(np.zeros(3))
        shape.set_style(fill_color=self.color, fill_opacity=1, stroke_width=0)
        return shape.set_stroke(theme.current().background, 6.0, background=True)


def _plus() -> VMobject:
    arm = 0.36
    corners = [(arm, 1), (arm, arm), (1, arm), (1, -arm), (arm, -arm), (arm, -1)]
    half = np.array([(x, y, 0.0) for x, y in corners])
    return VMobject().set_points_as_corners([*half, *-half, half[0]])


def _diamond() -> VMobject:
    return Square().rotate(np.pi / 4)


def _pentagon() -> VMobject:
    return RegularPolygon(5, start_angle=np.pi / 2)


def _pointing_down() -> VMobject:
    return Triangle().rotate(np.pi)


_SHAPES: tuple[tuple[Callable[[], VMobject], float], ...] = (
    (Circle, 1.0),
    (Square, 0.92),
    (Triangle, 1.05),
    (_diamond, 1.25),
    (_plus, 1.1),
    (Star, 1.45),
    (_pentagon, 1.08),
    (_pointing_down, 1.05),
)
STYLES = tuple(OptimizerStyle(position, *shape) for position, shape in enumerate(_SHAPES))
"""The stock."""


def styled(names: Collection[str]) -> dict[str, OptimizerStyle]:
    """A style for each of ``names``, in order.

    Raises:
        ValueError: there are more of them than styles.
    """
    if len(names) > len(STYLES):
        raise ValueError(
            f"there are {len(names)} optimizers and {len(STYLES)} styles in optimizer_styles.py; "
            "add a style, and its color to every palette"
        )
    return dict(zip(names, STYLES, strict=False))
