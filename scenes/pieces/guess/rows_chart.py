"""Where the rows stand beside the plane of guesses: in the order of their target, which is their height."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bn_math import Dataset
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering.places import Box
from scenes.pieces.guess.guess import Guess

SMALL = 0.3  # of row 1's miss: that of the row whose square stands beside its square


@dataclass(frozen=True)
class RowChart:
    """Where each row stands in ``box``: from left to right by its target, which is its height too.

    Args:
        guess: its window says which predictions there must be room for.
        data: the rows.
        box: the place of the chart.
        later: where it steps aside to when the landscape comes; it keeps its shape there.
    """

    guess: Guess
    data: Dataset
    box: Box
    later: Box

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
        values = np.concatenate([said.ravel(), self.data.target, [0.0]])
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
    def true(self) -> Array:
        """The heights of the rows' targets, (n,)."""
        return self.y(self.data.target)

    @cached_property
    def places(self) -> Array:
        """Where the rows' targets stand, (n, 3)."""
        return np.column_stack([self.x, self.true, np.zeros(self.data.count)])

    @property
    def parts(self) -> Array:
        """What each feature times its weight adds to what the guess says of each row, (n, 2)."""
        return np.asarray(self.data.features * self.guess.weights)

    @property
    def said(self) -> Array:
        """What the guess says of each row, as heights, (n,)."""
        return self.y(self.parts.sum(axis=1))

    @property
    def squares(self) -> Array:
        """Each row's miss, squared, in the picture: left, right, bottom and top, (n, 4).

        One side is the miss itself; the square lies towards the middle of the chart.
        """
        said = self.said
        inwards = np.where(self.x > self.box.center[0], -1.0, 1.0)
        edges = np.sort(np.stack([self.x, self.x + inwards * np.abs(said - self.true)]), axis=0)
        return np.stack([*edges, np.minimum(said, self.true), np.maximum(said, self.true)], axis=1)

    @cached_property
    def shown(self) -> tuple[int, int]:
        """Row 1, and the row whose miss is nearest to a part of row 1's at the guess that is told of."""
        weights = self.guess.window.weights(self.guess.home)
        misses = np.abs(self.data.features @ weights - self.data.target)
        return 0, int(np.argmin(np.abs(misses - SMALL * misses[0])))

    def highest(self, right: float) -> float:
        """How high a target, or what a guess says, comes to lie at most, of the rows up to ``right``."""
        said = self.guess.extremes @ self.data.features.T
        values = np.concatenate([said, self.data.target[None]]).max(axis=0)
        here = self.x <= right
        return float(self.y(values[here]).max(initial=self.box.bottom))

    @property
    def radius(self) -> float:
        """Of a row's dot, in picture units."""
        return float(np.clip(0.45 * self.spacing, 0.034, 0.08))

    @property
    def shrunk(self) -> float:
        """Its size where it steps aside to, as a share of its size here."""
        return min(self.later.width / self.box.width, self.later.height / self.box.height)

    def aside(self, points: Array, share: float = 1.0) -> Array:
        """Points of the chart (..., 2) -> where they are when it has gone ``share`` of the way aside."""
        box, later = self.box, self.later
        corner = np.array([box.left, box.bottom])
        moved = np.array([later.left, later.bottom]) + (points - corner) * self.shrunk
        return np.asarray(points + share * (moved - points))
