"""A neuron's sums over all rows, and what batch norm makes of them: two lines of dots, threads between."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import ManimColor, Mobject, ValueTracker

from bn_math import standardize
from scenes.kit import theme
from scenes.kit.drawing.canvas import PIXEL, Array, Canvas, Painted
from scenes.kit.lettering.places import Box

MOST = 120  # rows that are drawn
DOT, RING = 7.0, 19.0  # radii, in pixels at 1080p
SCATTER = 0.34  # of the dots, up and down, in picture units
LINE, THREAD, FIRST = 2.0, 1.6, 4.5  # widths, in pixels at 1080p
BRACKET, TICK = 0.62, 0.14  # above a line, in picture units: the mark of a spread, and of its ends
TWICE = 2.0  # how many times as long the weights become


class Sums:
    """What one neuron adds up for each row, at weights ``times`` as long, and what batch norm makes of it.

    Args:
        features: of all rows, (n, 2).
        weights: of the neuron, (2,).
        eps: the layer's.
    """

    def __init__(self, features: Array, weights: Array, eps: float) -> None:
        self.once, self.eps = features @ weights, eps

    def added(self, times: float) -> Array:
        """The sums, (n,)."""
        return times * self.once

    def spread(self, times: float) -> float:
        """The sums' standard deviation."""
        return float(self.added(times).std())

    def out(self, times: float) -> Array:
        """What comes out of the layer, (n,)."""
        return np.asarray(standardize(self.added(times)[:, None], eps=self.eps)[:, 0])


class SumsAndOutputs(Painted):
    """Above the sums, below what comes out, on one scale; the first row ringed in both.

    Args:
        sums: what is drawn.
        box: where it stands: the sums on its upper edge, what comes out on its lower one.
        times: how many times as long the weights are.
    """

    blended: ClassVar[tuple[str, ...]] = ("opacity", "handed")
    kept: ClassVar[tuple[str, ...]] = ("sums", "times", "shown")

    def __init__(self, sums: Sums, box: Box, times: ValueTracker) -> None:
        super().__init__()
        self.sums, self.box, self.times, self.handed = sums, box, times, 1.0
        self.points = np.zeros((1, 3))
        self.sources: tuple[Mobject, ...] = (times,)
        count = len(sums.once)
        self.shown = np.unique(np.linspace(0, count - 1, min(count, MOST)).astype(int))
        middle = float(sums.once.mean())
        farthest = max(
            float(np.abs(TWICE * (sums.once - middle)).max()), float(np.abs(sums.out(1.0)).max()), 1e-12
        )
        self.unit = 0.5 * box.width / farthest

    def hand(self, share: float) -> SumsAndOutputs:
        """Let so much of the way from the sums to what comes out be drawn."""
        self.handed = share
        return self

    def x(self, values: Array, times: float | None = None) -> Array:
        """Where values stand, from left to right: sums, at weights ``times`` as long, or what comes out."""
        zero = 0.0 if times is None else float(self.sums.added(times).mean())
        return np.asarray(self.box.center[0] + self.unit * (values - zero))

    def paint(self, canvas: Canvas) -> None:
        """Lines, threads, dots, the spreads above them, rings."""
        palette, box, times = theme.current(), self.box, self.times.get_value()
        sums, out = self.sums.added(times), self.sums.out(times)
        height = SCATTER * (np.modf(np.arange(len(sums)) * 0.6180339887)[0] - 0.5)
        height[0] = 0.0
        above = np.column_stack([self.x(sums, times), box.top + height])
        below = np.column_stack([self.x(out), box.bottom + height])
        now = above + self.handed * (below - above)
        for y in (box.top, box.bottom) if self.handed > 0 else (box.top,):
            canvas.stroke([np.array([[box.left, y], [box.right, y]])], palette.rule, LINE, self.opacity)
        threads = [np.stack([above[row], now[row]]) for row in self.shown if row]
        canvas.stroke(threads, palette.text, THREAD, 0.16 * self.opacity)
        canvas.stroke([np.stack([above[0], now[0]])], palette.text, FIRST, self.opacity)
        self._spread(canvas, above[:, 0], box.top, palette.valley)
        if self.handed > 0:
            self._dots(canvas, now, palette.bowl)
        self._dots(canvas, above, palette.valley)
        if self.handed >= 1:
            self._spread(canvas, below[:, 0], box.bottom, palette.bowl, -1.0)
        for place in (above[0], now[0]):
            self._disc(canvas, place, DOT + 1, palette.text)
            angle = np.linspace(0, 2 * np.pi, 49)
            ring = place + RING * PIXEL * np.column_stack([np.cos(angle), np.sin(angle)])
            canvas.stroke([ring], palette.text, 3.6, self.opacity)

    def _dots(self, canvas: Canvas, places: Array, color: ManimColor) -> None:
        for row in self.shown:
            if row:
                self._disc(canvas, places[row], DOT, color)

    def _disc(self, canvas: Canvas, place: Array, radius: float, color: ManimColor) -> None:
        stops = [(0.0, color, 0.9 * self.opacity), (0.85, color, 0.9 * self.opacity), (1.0, color, 0.0)]
        canvas.disc(place, radius * PIXEL, stops)

    def _spread(self, canvas: Canvas, x: Array, y: float, color: ManimColor, side: float = 1.0) -> None:
        """From the mean less the spread to the mean plus the spread."""
        level, ends = y + side * BRACKET, x.mean() + np.array([-1.0, 1.0]) * x.std()
        lines = [np.array([[ends[0], level], [ends[1], level]])]
        lines += [np.array([[end, level - TICK], [end, level + TICK]]) for end in ends]
        canvas.stroke(lines, color, 5.0, self.opacity)
