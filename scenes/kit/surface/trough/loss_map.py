"""A loss as a flat map: its colors and lines of equal loss in a rectangle, the weights' axes upright."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import numpy as np
from manim import Mobject

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.drawing.shade import shade
from scenes.kit.surface.trough.shading import ramp
from scenes.kit.surface.trough.solid import Paraboloid
from scenes.kit.surface.trough.trough import INSIDE, LINES, ON_IT
from scenes.kit.surface.trough.window import CutWindow, quadratic

Pair = tuple[float, float]
DIMMED = 0.88  # of the ramp, whose bright end covers much of a map


class LossMap(Painted):
    """A loss seen from straight above in a rectangle, one unit of space a picture unit.

    Where the loss is above the window's level the color stays that of the rim.

    Args:
        window: the loss, its scale, and the level at which the colors end; or a function that says them.
        center: the middle of the rectangle in the picture, (x, y); or a function that says it.
        size: width and height of the rectangle, in picture units; or a function that says them.
        follows: what these functions read, such as trackers.
        lines: how many lines of equal loss there are, evenly spaced in its square root.
        offset: from the middle of the rectangle to the minimizer, (x, y) in picture units.
    """

    shows_a_loss: ClassVar[bool] = True
    kept: ClassVar[tuple[str, ...]] = ("_window", "_center", "_size")

    def __init__(
        self,
        window: CutWindow | Callable[[], CutWindow],
        center: Pair | Callable[[], Pair],
        size: Pair | Callable[[], Pair],
        follows: tuple[Mobject, ...] = (),
        lines: int = LINES,
        offset: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        super().__init__()
        self._window, self.lines = window, lines
        self._center, self._size, self.offset = center, size, np.array(offset)
        self.points = np.zeros((1, 3))
        self.z_index, self.on_it = INSIDE, ON_IT
        self.sources: tuple[Mobject, ...] = follows

    @property
    def window(self) -> CutWindow:
        """What is shown now."""
        return self._window if isinstance(self._window, CutWindow) else self._window()

    @property
    def middle(self) -> Array:
        """The middle of the rectangle, (2,)."""
        return np.array(self._center() if callable(self._center) else self._center)

    @property
    def half(self) -> Array:
        """Half its width and half its height, (2,)."""
        return np.array(self._size() if callable(self._size) else self._size) / 2

    @property
    def outlines(self) -> list[Array]:
        """The rectangle, (4, 2)."""
        return [self.middle + self.half * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])]

    @property
    def scale_factor(self) -> float:
        """Picture units for one unit of a weight."""
        return self.window.scale

    def lay(self, weights: Array) -> tuple[Array, Array]:
        """Weights (..., 2) -> the picture (..., 2), and how far they are from the rectangle's edge (...)."""
        picture = self.window.ground(weights) + self.middle + self.offset
        return picture, (self.half - np.abs(picture - self.middle)).min(axis=-1)

    def paint(self, canvas: Canvas) -> None:
        """Colors, lines of equal loss, a frame."""
        window, palette = self.window, theme.current()
        origin = self.middle + self.offset

        def color_at(places: Array) -> Array:
            height = quadratic(window.form, places - origin)
            return DIMMED * ramp(np.sqrt(np.clip(height / window.top, 0, 1)), palette)

        shade(canvas, self.outlines, color_at, self.opacity)
        far = float(np.linalg.norm(self.half + np.abs(self.offset)))  # beyond which nothing is drawn
        shape = Paraboloid(window.form, 0.0, window.top, far, window.directions, window.curvatures)
        shares = [(k + 1) / (self.lines + 1) for k in range(self.lines)]
        levels = [side + origin for share in shares for side in shape.level(share)]
        context = canvas.context
        context.save()
        context.new_path()
        canvas.trace(self.outlines, closed=True)
        context.clip()
        canvas.stroke(levels, palette.iso, 1.8, 0.34 * self.opacity)
        context.restore()
        canvas.stroke(self.outlines, palette.rule, 1.8, self.opacity, closed=True)
