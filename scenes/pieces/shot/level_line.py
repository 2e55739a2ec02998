"""Lines on a cut-out loss: of equal loss through a place, needle or circle, and two through the middle."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import numpy as np
from manim import ManimColor, Mobject

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.surface.trough.carrier import seen_parts, stroke_cased
from scenes.kit.surface.trough.floor import CutFloor
from scenes.kit.surface.trough.trough import Trough

WITHIN = 1 - 1e-9  # of the way to the cuts, at which a line ends
POINTS = 41


class LevelLine(Painted):
    """All weights at which the loss is what it is at ``weights``, as far as the window shows them.

    Args:
        trough: whose loss it is.
        weights: a place on the line, (2,).
        color: or what says it at every frame; by default white.
        on_floor: whether it lies on the floor, else on the shape.
        thickness: in pixels at 1080p.
        follows: what ``color`` reads, such as trackers.
    """

    kept: ClassVar[tuple[str, ...]] = ("trough", "_color")

    def __init__(
        self,
        trough: Trough,
        weights: Array,
        color: ManimColor | Callable[[], ManimColor] | None = None,
        on_floor: bool = False,
        thickness: float = 5.0,
        follows: tuple[Mobject, ...] = (),
    ) -> None:
        super().__init__()
        self.trough, self.weights, self.thickness = trough, np.asarray(weights, dtype=float), thickness
        self.carrier: Trough | CutFloor = trough.floor if on_floor else trough
        self._color = color or theme.current().sheen
        self.points = np.zeros((1, 3))
        self.z_index = self.carrier.on_it
        self.sources: tuple[Mobject, ...] = (*trough.sources, *follows)

    @property
    def lines(self) -> list[Array]:
        """Its two sides, weights (n, 2) each."""
        window, inner = self.trough.window, self.trough.seen().solid.inner
        share = float(np.sqrt(window.place(self.weights)[2] / window.top))
        return [window.weights(WITHIN * side) for side in inner.level(max(share, 1e-6))]

    def paint(self, canvas: Canvas) -> None:
        """Both sides; on the shape with a dark edge."""
        color = self._color() if callable(self._color) else self._color
        parts = seen_parts(self.carrier, self.lines)
        if self.carrier is self.trough:
            stroke_cased(canvas, parts, color, self.thickness, self.opacity)
        else:
            canvas.stroke(parts, color, self.thickness, self.opacity)


class MiddleLine(Painted):
    """The line through the lowest point along the flat direction, or across it, from rim to rim.

    Args:
        trough: what it lies on.
        across: whether it runs in the steepest direction, else in the flattest.
        dash: lengths that are drawn and left out in turn, in pixels at 1080p; () is a solid line.
    """

    kept: ClassVar[tuple[str, ...]] = ("trough",)
    blended: ClassVar[tuple[str, ...]] = ("opacity", "shown")

    def __init__(self, trough: Trough, across: bool, dash: tuple[float, ...] = ()) -> None:
        super().__init__()
        self.trough, self.across, self.dash, self.shown = trough, across, dash, 1.0
        self.points = np.zeros((1, 3))
        self.z_index = trough.on_it
        self.sources: tuple[Mobject, ...] = trough.sources

    def show(self, share: float) -> MiddleLine:
        """Draw this share of it, from the lowest point on to both sides."""
        self.shown = share
        return self

    def paint(self, canvas: Canvas) -> None:
        """A line with a dark edge."""
        window, inner = self.trough.window, self.trough.seen().solid.inner
        half = min(float(inner.half_axes[int(self.across)]), window.length if not self.across else np.inf)
        ground = np.linspace(-1, 1, POINTS)[:, None] * self.shown * WITHIN * half
        line = window.weights(ground * window.directions[int(self.across)])
        parts = seen_parts(self.trough, [line])
        stroke_cased(canvas, parts, theme.current().sheen, 5.0, self.opacity, self.dash)
