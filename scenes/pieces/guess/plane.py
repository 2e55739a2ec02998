"""The plane of all guesses: the floor of a loss before there is a loss over it."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from scenes.kit import theme
from scenes.kit.drawing.canvas import Canvas
from scenes.kit.surface.trough.floor import CutFloor
from scenes.kit.surface.trough.shading import FLOOR
from scenes.kit.surface.trough.trough import Trough


class GuessPlane(CutFloor):
    """A :class:`Trough`'s floor that begins bare; ``mapped`` lays shadow and lines of equal loss on it.

    Args:
        trough: what will stand above it.
    """

    blended: ClassVar[tuple[str, ...]] = ("opacity", "mapped")

    def __init__(self, trough: Trough) -> None:
        super().__init__(trough, trough.floor.gap)
        self.z_index, self.mapped = trough.floor.z_index, 0.0

    def map(self, share: float) -> GuessPlane:
        """Show so much of the shadow and of the lines of equal loss."""
        self.mapped = share
        return self

    def paint(self, canvas: Canvas) -> None:
        """The bare floor with its grid, and over it, as far as it is there, the floor of a loss."""
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
