"""What a guess says of every row, built as a sum; by how much it misses; row 1's miss squared."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import ManimColor, Mobject

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.pieces.guess.rows_chart import RowChart

BAR, MISS = 0.72, 0.72  # widths, as shares of the way from one row to the next
CLEAR = 0.30  # opacity of a square
BRIGHT, DIM = 0.85, 0.42  # of the sums, before the misses are shown and then


class RowSums(Painted):
    """A bar for every row: a weight times the one feature, and on it the other weight times the other.

    Args:
        chart: where the rows stand.
    """

    kept: ClassVar[tuple[str, ...]] = ("chart",)
    blended: ClassVar[tuple[str, ...]] = ("opacity", "one", "other", "missed", "first", "aside")

    def __init__(self, chart: RowChart) -> None:
        super().__init__()
        self.chart = chart
        self.points = np.zeros((1, 3))
        self.one = self.other = self.missed = self.first = self.aside = 0.0
        self.sources: tuple[Mobject, ...] = (chart.guess,)

    def show(self, **shares: float) -> RowSums:
        """Show so much, each 0 to 1.

        Args:
            shares: ``one`` and ``other`` (what the two features add), ``missed`` (from what is said to what
                is true), ``first`` (row 1's square), ``aside`` (how far the chart has stepped aside).
        """
        for name, share in shares.items():
            setattr(self, name, float(share))
        return self

    def paint(self, canvas: Canvas) -> None:
        """Two bars a row, one on the other; the misses over them; row 1's square."""
        chart, palette = self.chart, theme.current()
        one, other = (chart.parts * [self.one, self.other]).T
        zero, middle, top = chart.y(np.zeros(len(one))), chart.y(one), chart.y(one + other)
        strength = (BRIGHT + self.missed * (DIM - BRIGHT)) * self.opacity
        self._bars(canvas, zero, middle, palette.feature_a, strength, BAR)
        self._bars(canvas, middle, top, palette.feature_b, strength, BAR)
        if self.missed > 0:
            end = top + self.missed * (chart.true - top)
            self._bars(canvas, top, end, palette.loss, 0.9 * self.opacity, MISS)
        if self.first > 0:
            draw_square(canvas, self._grown(chart.squares[0]), self.opacity)

    def _grown(self, square: Array) -> Array:
        """A square on its way from the miss that is one of its sides."""
        left, right, bottom, top = square
        start = self.chart.x[0]
        if abs(start - left) < abs(start - right):
            return np.array([left, left + self.first * (right - left), bottom, top])
        return np.array([right - self.first * (right - left), right, bottom, top])

    def _bars(
        self, canvas: Canvas, low: Array, high: Array, color: ManimColor, alpha: float, wide: float
    ) -> None:
        half = wide * self.chart.spacing / 2
        left, right = self.chart.x - half, self.chart.x + half
        corners = np.stack([left, low, right, low, right, high, left, high], axis=1).reshape(-1, 4, 2)
        context = canvas.context
        context.new_path()
        canvas.trace(list(self.chart.aside(corners, self.aside)), closed=True)
        context.set_source_rgba(*canvas.rgb(color), alpha)
        context.fill()


def draw_square(canvas: Canvas, square: Array, alpha: float) -> None:
    """A see-through square in J's color: left, right, bottom and top."""
    left, right, bottom, top = square
    box, color = np.array([[left, bottom], [right, bottom], [right, top], [left, top]]), theme.current().loss
    canvas.fill(box, color, CLEAR * alpha)
    canvas.stroke([box], color, 4, alpha, closed=True)
