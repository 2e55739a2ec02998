"""The squares of all misses pour into one column, whose height is their mean. One scale for all of them."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import Mobject, ValueTracker

from bn_math import Dataset
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.pieces.guess.guess import Guess
from scenes.pieces.guess.pin import Pin
from scenes.pieces.guess.rows_chart import RowChart
from scenes.pieces.guess.sums import draw_square

FLIGHT = 0.16  # of the whole pouring, that one square takes
LANDS = 0.8  # of its flight, from when on the column grows by it
ARC = 0.55  # how high it flies over the straight way, in picture units


class Pouring(ValueTracker):
    """How far the pouring has come, 0 to 1: one row after another, the smallest target first.

    Args:
        guess: whose misses they are.
        data: the rows.
    """

    def __init__(self, guess: Guess, data: Dataset) -> None:
        super().__init__(0.0)
        self.guess, self.data = guess, data
        self.rank = np.argsort(np.argsort(data.target, kind="stable"), kind="stable")

    def __deepcopy__(self, memo: dict[int, object]) -> Pouring:
        copied: Pouring = object.__new__(Pouring)
        copied.__dict__.update(self.__dict__)
        copied.points = self.points.copy()
        return copied

    @property
    def times(self) -> Array:
        """How far each square is on its way, 0 to 1, (n,)."""
        starts = self.rank / len(self.rank) * (1 - FLIGHT)
        return np.asarray(np.clip((self.get_value() - starts) / FLIGHT, 0, 1))

    @property
    def shares(self) -> Array:
        """Each row's share of the sum of all squares, (n,)."""
        areas = (self.data.features @ self.guess.weights - self.data.target) ** 2
        return np.asarray(areas / max(float(areas.sum()), 1e-300))

    @property
    def layers(self) -> Array:
        """How high each row's layer ends, as shares of the column, in the order of pouring, (n,)."""
        return np.cumsum(self.shares[np.argsort(self.rank)])

    @property
    def landed(self) -> float:
        """How much of the sum of all squares the column has, 0 to 1."""
        if self.get_value() >= 1:
            return 1.0
        return float(self.shares @ np.clip((self.times - LANDS) / (1 - LANDS), 0, 1))


class Pour(Painted):
    """Every square on its way from its miss to its layer of the column.

    All shrink alike: a layer is as high as the square is large, over the number of rows.

    Args:
        pouring: how far it has come.
        chart: where the squares are.
        pin: whose column grows.
    """

    kept: ClassVar[tuple[str, ...]] = ("pouring", "chart", "pin")

    def __init__(self, pouring: Pouring, chart: RowChart, pin: Pin) -> None:
        super().__init__()
        self.pouring, self.chart, self.pin = pouring, chart, pin
        self.points = np.zeros((1, 3))
        self.sources: tuple[Mobject, ...] = (pouring, *pin.sources)

    def paint(self, canvas: Canvas) -> None:
        """What flies; row 1's square, and the small one beside it, stand until it is their turn."""
        times, shares = self.pouring.times, self.pouring.shares
        left, right, bottom, top = self.pin.column
        squares, order = self.chart.squares, np.argsort(self.pouring.rank)
        layers = np.empty(len(shares))
        layers[order] = self.pouring.layers
        for row in order[::-1]:
            if not (times[row] > 0 or row in self.chart.shown) or times[row] >= 1:
                continue
            time, high = float(times[row]), bottom + layers[row] * (top - bottom)
            layer = np.array([left, right, high - shares[row] * (top - bottom), high])
            box = _between(squares[row], layer, (1 - np.cos(np.pi * time)) / 2, 1 - (1 - time) ** 3)
            draw_square(canvas, box, 1.0 if row in self.chart.shown else min(1.0, time / 0.1))


def _between(square: Array, layer: Array, flown: float, shrunk: float) -> Array:
    """A square on its way: how far it has flown, and how far it has shrunk to its layer."""
    (left, right, bottom, top), (west, east, south, north) = square, layer
    x = (left + right + flown * (west + east - left - right)) / 2
    y = (bottom + top + flown * (south + north - bottom - top)) / 2 + ARC * np.sin(np.pi * flown)
    width = right - left + shrunk * (east - west - right + left)
    height = top - bottom + shrunk * (north - south - top + bottom)
    return np.array([x - width / 2, x + width / 2, y - height / 2, y + height / 2])
