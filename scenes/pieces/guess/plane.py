"""The plane of all guesses: the floor of a loss before there is a loss over it."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas
from scenes.kit.drawing.fading import fading_out
from scenes.kit.surface.trough.floor import CutFloor
from scenes.kit.surface.trough.shading import FLOOR
from scenes.kit.surface.trough.trough import Trough

SOFT = 2.2  # of the left of what it may fill, where it comes out of the dark, in picture units


class GuessPlane(CutFloor):
    """A :class:`Trough`'s floor that begins bare, where J is 0; ``mapped`` takes it down below the shape.

    There it has the shape's shadow and lines of equal loss on it.

    Args:
        trough: what will stand above it.
        minimum: the least loss.
    """

    blended: ClassVar[tuple[str, ...]] = ("opacity", "mapped", "within")

    def __init__(self, trough: Trough, minimum: float) -> None:
        super().__init__(trough, trough.floor.gap)
        self.minimum = minimum
        self.within: Array = np.array([-1e3, 1e3, -1e3, 1e3])
        self.z_index, self.on_it, self.mapped = trough.floor.z_index, trough.floor.on_it, 0.0

    @property
    def level(self) -> float:
        """Where the plane is: as low as J = 0 while it is bare, then as low as the shape's floor."""
        low = super().level
        zero = max(low, -self.minimum * self.trough.window.height_per_loss)
        return zero + self.mapped * (low - zero)

    def map(self, share: float) -> GuessPlane:
        """Show so much of the shadow and of the lines of equal loss."""
        self.mapped = share
        return self

    def keep(self, within: Array) -> GuessPlane:
        """Draw only what lies between left, right, bottom and top, (4,); at the left it fades in."""
        self.within = within
        return self

    def paint(self, canvas: Canvas) -> None:
        """The bare floor with its grid, and over it, as far as it is there, the floor of a loss."""
        left, right, bottom, top = self.within
        with fading_out(canvas, (left, right, bottom, top), SOFT, 0.0):
            self._paint(canvas)

    def _paint(self, canvas: Canvas) -> None:
        seen, palette, [corners] = self.trough.seen(), theme.current(), self.outlines
        if self.mapped < 1:
            canvas.fill(corners, palette.panel.interpolate(palette.grid, FLOOR), self.opacity)
            for lines, strength in self._grid(seen, self.reach):
                canvas.stroke(list(self._flat(seen, lines)), palette.grid, 1.6, strength * self.opacity)
            edge = np.concatenate([corners, corners[:1]])
            canvas.stroke([edge], palette.rule, 1.8, self.opacity)
        if self.mapped > 0:
            whole = self.opacity
            self.opacity = whole * self.mapped
            super().paint(canvas)
            self.opacity = whole
