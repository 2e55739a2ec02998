"""The plane that cuts a loss along the way downhill: it comes down like a blade, and stays on the surface."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import Mobject

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.surface.trough.trough import Trough
from scenes.pieces.downhill.cut import CutView

FINE = 81  # points of its lower edge
OVER = 0.4  # how far it stands over the rim, in units of space
DENSE = 0.3  # of its color


class CutPlane(Painted):
    """An upright sheet over the way downhill, as far as it has come down.

    Args:
        sight: how the cut is seen; what is laid flat takes the sheet along, and it fades.
        trough: what is cut.
    """

    kept: ClassVar[tuple[str, ...]] = ("sight",)
    blended: ClassVar[tuple[str, ...]] = ("opacity", "lowered")

    def __init__(self, sight: CutView, trough: Trough) -> None:
        super().__init__()
        self.sight, self.lowered = sight, 0.0
        self.points = np.zeros((1, 3))
        self.z_index = trough.on_it
        self.sources: tuple[Mobject, ...] = (sight, sight.view)

    def lower(self, share: float) -> CutPlane:
        """Let it come down this much of its way, from 0 to 1."""
        self.lowered = share
        return self

    @property
    def edges(self) -> tuple[Array, Array]:
        """Heights of its lower and its upper edge over its places, and those places: (2, n) and (n,)."""
        cut = self.sight.cut
        low, high = cut.ends
        places = np.linspace(low, high, FINE)
        top = cut.window.top + OVER
        lower = np.maximum(cut.height(places), (1 - self.lowered) * top)
        return np.stack([lower, np.full(FINE, top)]), places

    def paint(self, canvas: Canvas) -> None:
        """The sheet, its frame, and the line along which it touches the surface."""
        (lower, upper), places = self.edges
        palette, alpha = theme.current(), self.opacity * (1 - self.sight.lifted)
        if alpha <= 0 or self.lowered <= 0:
            return
        below, above = self.sight.laid(places, lower), self.sight.laid(places, upper)
        outline = np.concatenate([below, above[::-1]])
        canvas.fill(outline, palette.loss, DENSE * alpha)
        canvas.stroke([outline], palette.loss, 3.0, 0.8 * alpha, closed=True)
