"""The rows in the order of their target, what a guess says of each, and its miss, squared, levelled out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np
from manim import Mobject

from bn_math import Dataset
from scenes.kit import theme
from scenes.kit.drawing.canvas import PIXEL, Array, Canvas, Painted
from scenes.kit.lettering.places import Box
from scenes.pieces.guess.guess import Guess

FAINT, CLEAR = 0.06, 0.30  # opacity of one of many squares, and of row 1's
FILLED, LEVEL = 0.92, 0.34  # how much of the height the highest bar and their mean take at most
MANY = 250  # rows whose squares are drawn as one shape


@dataclass(frozen=True)
class RowChart:
    """Where each row stands in ``box``: from left to right by its target, which is its height too.

    Args:
        guess: its window says which predictions there must be room for.
        data: the rows.
        box: the place of the chart.
    """

    guess: Guess
    data: Dataset
    box: Box

    @cached_property
    def spacing(self) -> float:
        """From one row to the next, in picture units."""
        return self.box.width / self.data.count

    @cached_property
    def x(self) -> Array:
        """Where each row stands, (n,)."""
        rank = np.empty(self.data.count)
        rank[np.argsort(self.data.target, kind="stable")] = np.arange(self.data.count)
        return np.asarray(self.box.left + (rank + 0.5) * self.spacing)

    @cached_property
    def _limits(self) -> tuple[float, float]:
        said = self.guess.extremes @ self.data.features.T
        values = np.concatenate([said.ravel(), self.data.target])
        return float(values.min()), float(values.max())

    @cached_property
    def unit(self) -> float:
        """Picture units for one unit of the target."""
        low, high = self._limits
        return self.box.height / (high - low)

    def y(self, values: Array) -> Array:
        """Heights of values of the target, of the same shape."""
        return np.asarray(self.box.bottom + (np.asarray(values) - self._limits[0]) * self.unit)

    @cached_property
    def places(self) -> Array:
        """Where the rows' targets stand, (n, 3)."""
        return np.column_stack([self.x, self.y(self.data.target), np.zeros(self.data.count)])

    @property
    def said(self) -> Array:
        """What the guess says of each row, (n,)."""
        return np.asarray(self.data.features @ self.guess.weights)

    def highest(self, right: float) -> float:
        """How high a target, or what a guess says, comes to lie at most, of the rows up to ``right``."""
        said = self.guess.extremes @ self.data.features.T
        values = np.concatenate([said, self.data.target[None]]).max(axis=0)
        here = self.x <= right
        return float(self.y(values[here]).max(initial=self.box.bottom))

    @property
    def radius(self) -> float:
        """Of a row's dot, in picture units."""
        return float(np.clip(0.4 * self.spacing, 0.034, 0.075))


class Misses(Painted):
    """What a guess says of every row, and what becomes of the misses.

    Args:
        chart: where the rows stand.
    """

    kept: ClassVar[tuple[str, ...]] = ("chart",)
    blended: ClassVar[tuple[str, ...]] = (
        "opacity",
        "said",
        "missed",
        "first",
        "squared",
        "poured",
        "levelled",
        "gathered",
    )

    def __init__(self, chart: RowChart) -> None:
        super().__init__()
        self.chart = chart
        self.points = np.zeros((1, 3))
        self.said = self.missed = self.first = self.squared = 0.0
        self.poured = self.levelled = self.gathered = 0.0
        self.column: Array = np.zeros(4)
        self.sources: tuple[Mobject, ...] = (chart.guess,)

    def show(self, **shares: float) -> Misses:
        """Show so much, each 0 to 1.

        Args:
            shares: ``said`` (the guess's marks), ``missed`` (lines from the target to them), ``first`` (row
                1's square), ``squared`` (all squares), ``poured`` (squares become bars), ``levelled`` (bars
                of one height), ``gathered`` (bars make one column).
        """
        for name, share in shares.items():
            setattr(self, name, float(share))
        return self

    @property
    def bars(self) -> Array:
        """Each row's square, or what has become of it: left, right, bottom and top, (n, 4)."""
        chart, box = self.chart, self.chart.box
        true, said = chart.y(chart.data.target), chart.y(chart.said)
        side = np.abs(said - true)
        inwards = np.where(chart.x > box.center[0], -1.0, 1.0)
        edges = np.sort(np.stack([chart.x, chart.x + inwards * side]), axis=0)
        square = np.stack([*edges, np.minimum(said, true), np.maximum(said, true)], axis=1)
        high = side**2
        scale = min(
            FILLED * box.height / max(high.max(), 1e-12), LEVEL * box.height / max(high.mean(), 1e-12)
        )
        high = scale * ((1 - self.levelled) * high + self.levelled * high.mean())
        left = chart.x - chart.spacing / 2
        bottom = np.full(len(high), box.bottom)
        bar = np.stack([left, left + chart.spacing, bottom, bottom + high], axis=1)
        mixed = square + self.poured * (bar - square)
        if self.gathered == 0:
            return np.asarray(mixed)
        left, right, low, top = self.column
        thin = (right - left) / len(high)
        start = left + (chart.x - box.left) / box.width * (right - left) - thin / 2
        slab = np.stack([start, start + thin, np.full(len(high), low), np.full(len(high), top)], axis=1)
        return np.asarray(mixed + self.gathered * (slab - mixed))

    def paint(self, canvas: Canvas) -> None:
        """Lines of the misses, marks of the guess, squares or bars."""
        chart, palette, alpha = self.chart, theme.current(), self.opacity
        true, said = chart.y(chart.data.target), chart.y(chart.said)
        x, radius = chart.x, chart.radius
        if self.missed > 0:
            end = true + self.missed * (said - true)
            lines = list(np.stack([np.stack([x, true], axis=1), np.stack([x, end], axis=1)], axis=1))
            width = float(np.clip(0.45 * chart.spacing / PIXEL, 1.2, 5))
            canvas.stroke(
                lines, palette.loss, width, 0.8 * alpha * (1 - 0.6 * max(self.poured, self.squared))
            )
        if self.said > 0:
            dots = [np.array([[a, b], [a + 1e-4, b]]) for a, b in zip(x, said, strict=True)]
            canvas.stroke(dots, palette.muted, 1.7 * radius / PIXEL, self.said * alpha)
        bars = self.bars
        if self.squared > 0:
            self._fill(canvas, bars, self.squared * alpha)
        if self.first > 0:
            box = _outline(bars[0], self.first)
            canvas.fill(box, palette.loss, CLEAR * alpha)
            canvas.stroke([box], palette.loss, 4, alpha, closed=True)

    def _fill(self, canvas: Canvas, bars: Array, alpha: float) -> None:
        """All of them: see-through while they lie over each other, full once they stand side by side."""
        color, full = theme.current().loss, FAINT + self.poured * (0.85 - FAINT)
        outlines = [_outline(bar) for bar in bars]
        if len(bars) <= MANY and self.poured < 1:
            for outline in outlines:
                canvas.fill(outline, color, full * alpha)
            canvas.stroke(outlines, color, 1.4, 0.22 * alpha * (1 - self.poured), closed=True)
            return
        context = canvas.context
        context.new_path()
        canvas.trace(outlines, closed=True)
        context.set_source_rgba(*canvas.rgb(color), full * alpha)
        context.fill()


def _outline(bar: Array, share: float = 1.0) -> Array:
    """A rectangle's corners (4, 2), as much of it as ``share`` from the lower left on."""
    left, right, bottom, top = bar
    right, top = left + share * (right - left), bottom + share * (top - bottom)
    return np.array([[left, bottom], [right, bottom], [right, top], [left, top]])
