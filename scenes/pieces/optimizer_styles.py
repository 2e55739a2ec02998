"""How optimizers are drawn, the same in every scene: each in a color, a dash and a marker of its own.

There is a stock of styles. The optimizers of the race take them in turn, and the maths know nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from manim import Circle, ManimColor, RegularPolygon, Square, Star, Triangle, VMobject
from manim.constants import CapStyleType
from manim.utils.color import ParsableManimColor

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array

MARKER = 0.25  # the height of a marker


@dataclass(frozen=True)
class OptimizerStyle:
    """How an optimizer is drawn.

    Args:
        position: in the stock; the theme's color for it has the same one.
        dash: lengths that are drawn and left out in turn, in picture units; () is solid.
        outline: makes the marker's shape, of any size.
        stature: makes slender markers taller, so that all look alike in size.
    """

    position: int
    dash: tuple[float, ...]
    outline: Callable[[], VMobject]
    stature: float = 1.0

    @property
    def color(self) -> ManimColor:
        """The theme's color for it."""
        return theme.current().optimizers[self.position]

    def marker(self, color: ParsableManimColor | None = None, hollow: bool = False) -> VMobject:
        """The marker, filled and with an edge of the background round it, or its outline alone."""
        shape = self.outline().scale_to_fit_height(MARKER * self.stature).move_to(np.zeros(3))
        color = self.color if color is None else color
        if hollow:
            return shape.set_style(fill_color=color, fill_opacity=0, stroke_color=color, stroke_width=4.0)
        shape.set_style(fill_color=color, fill_opacity=1, stroke_width=0)
        return shape.set_stroke(theme.current().background, 6.0, background=True)

    def line(self, color: ParsableManimColor | None = None, width: float = 4.0) -> VMobject:
        """An empty line in its dash, for :meth:`draw` to lay out."""
        color = self.color if color is None else color
        return VMobject(stroke_color=color, stroke_width=width, cap_style=CapStyleType.ROUND)

    def draw(self, line: VMobject, start: Array, end: Array) -> VMobject:
        """Lay ``line`` out from ``start`` to ``end``; a dash stays where it is while the line grows."""
        line.points = dashes(np.asarray(start, dtype=float), np.asarray(end, dtype=float), self.dash)
        return line


def dashes(start: Array, end: Array, pattern: Sequence[float]) -> Array:
    """The Bézier points of a straight line in a dash, (4 k, 3)."""
    length = float(np.linalg.norm(end - start))
    edges = [0.0]
    while pattern and edges[-1] < length:
        edges.append(edges[-1] + pattern[(len(edges) - 1) % len(pattern)])
    inside = np.minimum(edges[: len(edges) // 2 * 2] if pattern else [0.0, length], length)
    ends = np.array(inside).reshape(-1, 2) / (length or 1.0)
    parts = ends[:, :1] + (ends[:, 1:] - ends[:, :1]) * np.linspace(0, 1, 4)
    return np.asarray(start + parts.reshape(-1, 1) * (end - start))


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


_SHAPES: tuple[tuple[tuple[float, ...], Callable[[], VMobject], float], ...] = (
    ((), Circle, 1.0),
    ((0.30, 0.14), Square, 0.92),
    ((0.14, 0.14), Triangle, 1.05),
    ((0.01, 0.12), _diamond, 1.25),
    ((0.30, 0.13, 0.01, 0.13), _plus, 1.1),
    ((0.30, 0.13, 0.01, 0.13, 0.01, 0.13), Star, 1.45),
    ((0.44, 0.14, 0.14, 0.14), _pentagon, 1.08),
    ((0.14, 0.12, 0.01, 0.12), _pointing_down, 1.05),
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
