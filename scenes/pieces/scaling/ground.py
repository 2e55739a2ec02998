"""What lies below the clouds: a grid of round numbers that widens as the viewer comes nearer; two axes."""

from __future__ import annotations

from typing import ClassVar

import cairo
import numpy as np
from manim import ManimColor, Mobject, ValueTracker

from scenes.kit import theme
from scenes.kit.drawing.canvas import PIXEL, Array, Canvas, Painted
from scenes.pieces.scaling.plane import ScalingPlane

CLOSE, OPEN = 0.35, 1.4  # picture units from line to line, at which none is seen, and at which all is
GRID, AXIS = 2.0, 3.0  # of lines, in pixels at 1080p
EDGE = 0.82  # of the way from the middle to the corners, from where on the grid fades


class PlaneGround(Painted):
    """Grid and axes through zero of a plane.

    Args:
        plane: whose they are.
        near: how far the viewer has come, see :class:`ScalingPlane`.
    """

    kept: ClassVar[tuple[str, ...]] = ("plane", "near")

    def __init__(self, plane: ScalingPlane, near: ValueTracker) -> None:
        super().__init__()
        self.plane, self.near = plane, near
        self.points = np.zeros((1, 3))
        self.sources: tuple[Mobject, ...] = (near,)

    def paint(self, canvas: Canvas) -> None:
        """The lines of the two or three spacings that are far enough apart, then the axes."""
        near, palette, context = self.near.get_value(), theme.current(), canvas.context
        unit = self.plane.unit(near)
        decade = int(np.ceil(np.log10(CLOSE / unit)))
        context.save()
        for power in (decade, decade + 1):
            seen = float(np.clip(np.log(10.0**power * unit / CLOSE) / np.log(OPEN / CLOSE), 0, 1))
            self._stroke(canvas, self._grid(10.0**power * unit, near), palette.grid, GRID, seen)
        self._stroke(canvas, self._axes(near), palette.rule, AXIS, 1.0)
        context.restore()

    def _grid(self, spacing: float, near: float) -> list[Array]:
        """Lines so far apart, without the axes."""
        box, zero = self.plane.box, self.plane.origin(near)
        ends, lines = np.array([[box.left, box.bottom], [box.right, box.top]]), []
        for axis in (0, 1):
            first, last = (int(it) for it in np.trunc((ends[:, axis] - zero[axis]) / spacing))
            for number in range(first, last + 1):
                line = ends.copy()
                line[:, axis] = zero[axis] + number * spacing
                if number:
                    lines.append(line)
        return lines

    def _axes(self, near: float) -> list[Array]:
        box, (x, y) = self.plane.box, self.plane.origin(near)
        lying, upright = np.array([[box.left, y], [box.right, y]]), np.array([[x, box.bottom], [x, box.top]])
        is_in = (box.bottom <= y <= box.top, box.left <= x <= box.right)
        return [line for line, seen in zip((lying, upright), is_in, strict=True) if seen]

    def _stroke(
        self, canvas: Canvas, lines: list[Array], color: ManimColor, width: float, alpha: float
    ) -> None:
        """Lines that fade towards the ends of the box."""
        alpha *= self.opacity
        if alpha <= 0 or not lines:
            return
        box, context = self.plane.box, canvas.context
        x, y = box.center
        far = float(np.hypot(box.width, box.height)) / 2
        shade = cairo.RadialGradient(x, y, 0, x, y, far)
        for offset, share in ((0.0, 1.0), (EDGE * 0.75, 1.0), (1.0, 0.15)):
            shade.add_color_stop_rgba(offset, *canvas.rgb(color), share * alpha)
        context.new_path()
        canvas.trace(lines)
        context.set_source(shade)
        context.set_line_width(canvas.line_width(width * PIXEL))
        context.stroke()
