"""What a guess says of every row, built as a sum; by how much it misses; two misses squared."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import ManimColor, Mobject

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.pieces.guess.rows_chart import RowChart

BAR, MISS = 0.72, 0.72  # widths, as shares of the way from one row to the next
CLEAR, PALE = 0.42, 0.22  # opacity of a square, and of the misses behind squares
BROAD = 0.42  # of row 1's bar while it is alone, in picture units
LINE = 9.0  # of a square, in pixels at 1080p for one picture unit of its side
BRIGHT, DIM = 0.85, 0.55  # of the sums, before the misses are shown and then


class RowSums(Painted):
    """A bar for every row: a weight times the one feature, and on it the other weight times the other.

    Args:
        chart: where the rows stand.
    """

    kept: ClassVar[tuple[str, ...]] = ("chart",)
    blended: ClassVar[tuple[str, ...]] = (
        "opacity",
        "one",
        "other",
        "rest",
        "missed",
        "pale",
        "first",
        "aside",
    )

    def __init__(self, chart: RowChart) -> None:
        super().__init__()
        self.chart = chart
        self.points = np.zeros((1, 3))
        self.one = self.other = self.rest = self.missed = self.pale = self.first = self.aside = 0.0
        self.sources: tuple[Mobject, ...] = (chart.guess,)

    def show(self, **shares: float) -> RowSums:
        """Show so much, each 0 to 1.

        Args:
            shares: ``one`` and ``other`` (what the two features add), ``rest`` (all rows, else row 1 alone,
                broad), ``missed`` (from what is said to what
                is true), ``pale`` (how far the misses step back behind their squares), ``first`` (row 1's
                square and a small one's), ``aside`` (how far the chart has stepped aside).
        """
        for name, share in shares.items():
            setattr(self, name, float(share))
        return self

    def paint(self, canvas: Canvas) -> None:
        """Two bars a row, one on the other; the misses over them; two squares."""
        chart, palette = self.chart, theme.current()
        there = np.where(np.arange(chart.data.count) == 0, 1.0, self.rest)
        one, other = (chart.parts * [self.one, self.other] * there[:, None]).T
        zero, middle, top = chart.y(np.zeros(len(one))), chart.y(one), chart.y(one + other)
        strength = (BRIGHT + self.missed * (DIM - BRIGHT)) * self.opacity
        self._bars(canvas, zero, middle, palette.feature_a, strength, BAR)
        self._bars(canvas, middle, top, palette.feature_b, strength, BAR)
        if self.missed > 0:
            end = top + self.missed * (chart.true - top)
            full = 0.9 + self.pale * (PALE - 0.9)
            self._bars(canvas, top, end, palette.loss, full * self.opacity, MISS)
        if self.first > 0:
            for row in chart.shown:
                draw_square(canvas, self._grown(row), self.opacity)

    def _grown(self, row: int) -> Array:
        """A row's square on its way from the miss that is one of its sides."""
        left, right, bottom, top = self.chart.squares[row]
        start = self.chart.x[row]
        if abs(start - left) < abs(start - right):
            return np.array([left, left + self.first * (right - left), bottom, top])
        return np.array([right - self.first * (right - left), right, bottom, top])

    def _bars(
        self, canvas: Canvas, low: Array, high: Array, color: ManimColor, alpha: float, wide: float
    ) -> None:
        half = np.full(len(low), wide * self.chart.spacing / 2)
        half[0] += (1 - self.rest) * max(BROAD / 2 - half[0], 0.0)
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
    width = float(np.clip(LINE * (top - bottom), 1.0, 4.0))
    canvas.stroke([box], color, width, alpha, closed=True)
