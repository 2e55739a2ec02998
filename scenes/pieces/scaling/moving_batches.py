"""Where the rows of each mini-batch are while it is standardized by its own mean and spread."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bn_math import Lesson
from bn_math.checks import Indices
from scenes.kit.drawing.canvas import Array

OWN = 0
"""The number, among :class:`MovingBatches`, of the mini-batch that holds row 1."""


@dataclass(frozen=True)
class MovingBatches:
    """The mini-batches of a lesson, that of row 1 first, and in it row 1 first.

    Args:
        lesson: whose they are.
    """

    lesson: Lesson

    @cached_property
    def numbers(self) -> tuple[Indices, ...]:
        """The numbers of each batch's rows, counted from 0, arrays (m,)."""
        batches = self.lesson.batches
        own = batches.with_first_row
        others = [rows for number, rows in enumerate(batches.rows) if number != own]
        return np.sort(batches.rows[own]), *others

    @cached_property
    def rows(self) -> tuple[Array, ...]:
        """The features of each batch's rows, arrays (m, 2)."""
        return tuple(self.lesson.data.features[it] for it in self.numbers)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.rows)

    @cached_property
    def means(self) -> Array:
        """What is subtracted from each, (k, 2)."""
        return np.array([rows.mean(axis=0) for rows in self.rows])

    @cached_property
    def stds(self) -> Array:
        """The spreads of each as it comes, (k, 2)."""
        return np.array([rows.std(axis=0) for rows in self.rows])

    @cached_property
    def roots(self) -> Array:
        """What each is divided by: the root of its variances and eps, (k, 2)."""
        return np.asarray(np.hypot(self.stds, np.sqrt(self.lesson.settings.eps)))

    def factor(self, batch: int, divided: float) -> Array:
        """What a batch's features are multiplied by when a share of the division is done, (2,)."""
        return np.asarray(self.roots[batch] ** -divided)

    def at(self, batch: int, centered: float, divided: float) -> Array:
        """A batch's rows with shares of its mean subtracted and of the division done, (m, 2)."""
        return np.asarray((self.rows[batch] - centered * self.means[batch]) * self.factor(batch, divided))

    @cached_property
    def standardized(self) -> tuple[Array, ...]:
        """What becomes of each, arrays (m, 2)."""
        return tuple(self.at(batch, 1.0, 1.0) for batch in range(self.count))
