"""What a layer hands on, as a cloud of dots that is moved, stretched and shaken."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import ManimColor

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted

DOT = 16.0  # pixels at 1080p, across
HALO = 7.0
WIDER, OFF = 1.06, 0.16  # times as wide, and so many spreads off, a cloud is held in a ring all the same


def inside(rows: Array, radius: float) -> float:
    """Picture units of one spread such that a ring of that radius holds all rows, tugged as they are."""
    farthest = float(np.linalg.norm(rows, axis=1).max()) if len(rows) else 1.0
    return 0.96 * radius / max(WIDER * farthest + OFF, 1e-9)


class Cloud(Painted):
    """Dots round a place.

    Args:
        rows: standardized, (n, 2).
        place: of their mean, (x, y).
        unit: picture units of one spread.
        color: by default that of text.
    """

    blended: ClassVar[tuple[str, ...]] = ("opacity", "place", "unit", "offset", "stretch", "dot")
    kept: ClassVar[tuple[str, ...]] = ("rows",)

    def __init__(self, rows: Array, place: Array, unit: float, color: ManimColor | None = None) -> None:
        super().__init__()
        self.rows, self.place, self.unit, self.color = rows, np.asarray(place, dtype=float)[:2], unit, color
        self.offset, self.stretch, self.dot = np.zeros(2), np.ones(2), DOT
        self.points = np.zeros((1, 3))
        self.z_index = 1

    def shift_by(self, offset: Array, stretch: Array) -> Cloud:
        """Lie off its place by so many spreads, and be so many times as wide and high."""
        self.offset, self.stretch = np.asarray(offset, dtype=float), np.asarray(stretch, dtype=float)
        return self

    def stand(self, place: Array, unit: float, dot: float = DOT) -> Cloud:
        """Move the place, and draw to another scale."""
        self.place, self.unit, self.dot = np.asarray(place, dtype=float)[:2], unit, dot
        return self

    def paint(self, canvas: Canvas) -> None:
        """Every dot on a dark ground."""
        palette = theme.current()
        middles = self.place + self.unit * (self.offset + self.stretch * self.rows)
        dots = list(np.stack([middles, middles + [1e-4, 0.0]], axis=1))
        canvas.stroke(dots, palette.background, self.dot + HALO * self.dot / DOT, 0.6 * self.opacity)
        canvas.stroke(dots, self.color or palette.text, self.dot, self.opacity)
