"""A round glass that comes out of home and is set anew before every hop, home in its middle."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import ValueTracker
from numpy.typing import ArrayLike

from scenes.kit import theme
from scenes.kit.drawing.canvas import PIXEL, Array, Canvas
from scenes.kit.surface.trough.carrier import ROUND, at, draw_mark
from scenes.kit.surface.trough.trough import Trough
from scenes.pieces.trough.close_up import CloseUp

HOME, BALL = 12.0, 15.0  # pixels at 1080p: radius of home's disc at least, and of the ball


class HopGlass(CloseUp):
    """What is round home, so much enlarged that the hop to come is seen from rim to middle.

    Args:
        trough: the shape that it is held over.
        run: the weights after each step, (n, 2).
        clock: the step that the run has reached, whole or not.
        zoom: the hop that it is set for, whole or not.
        center: of the glass in the picture, (x, y).
        radius: of the glass, in picture units.
        tolerance: the share of the way that is left where home begins: so large is the white disc.
    """

    kept: ClassVar[tuple[str, ...]] = (*CloseUp.kept, "trough", "zoom")
    blended: ClassVar[tuple[str, ...]] = ("opacity", "grown")

    def __init__(
        self,
        trough: Trough,
        run: ArrayLike,
        clock: ValueTracker,
        zoom: ValueTracker,
        center: tuple[float, float],
        radius: float,
        tolerance: float,
    ) -> None:
        super().__init__(trough.window, run, clock, center, radius, 1e-300)
        self.trough, self.zoom, self.grown = trough, zoom, 1.0
        self._place, self._size, self.tolerance = self.middle, radius, tolerance
        left = np.linalg.norm(self._away, axis=1) / self._start
        self._decades = -np.log10(np.maximum(left, 1e-300))
        self.sources = (clock, zoom, *trough.sources)

    def grow(self, share: float) -> HopGlass:
        """From a point at home, 0, to its own place and size, 1."""
        self.grown = share
        return self

    @property
    def home(self) -> Array:
        """Where the lowest point stands in the picture, (2,)."""
        return self.trough.lay(self.window.loss.minimizer)[0]

    @property
    def enlarged(self) -> float:
        """How many times the glass enlarges now."""
        hops = np.arange(len(self._decades))
        return float(10 ** np.interp(self.zoom.get_value(), hops, self._decades))

    def paint(self, canvas: Canvas) -> None:
        """The way to home, then the glass."""
        share = self.grown
        self.middle = (1 - share) * self.home + share * self._place
        self.radius = max(share, 1e-3) * self._size
        away = self.middle - self.home
        far = float(np.linalg.norm(away))
        if far > self.radius:
            rim = self.middle - away * (self.radius / far)
            canvas.stroke([np.stack([self.home, rim])], theme.current().text, 2.5, 0.7 * self.opacity)
        super().paint(canvas)

    def _paint_run(self, canvas: Canvas) -> None:
        """The jumps; home in the middle, the ball on it where it has arrived."""
        super()._paint_run(canvas)
        palette = theme.current()
        size = max(self.tolerance * self._start * self.unit / PIXEL, HOME * self.grown)
        draw_mark(canvas, ROUND, self.middle, size, palette.sheen, self.opacity)
        here = self.middle + self.unit * at(self._away, self.clock.get_value())
        draw_mark(canvas, ROUND, here, BALL * self.grown, palette.shape_mark, self.opacity)
