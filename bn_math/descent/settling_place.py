"""Where a ball settles that mini-batches drive, ever larger ones, by their own statistics or by all rows'.

The descents are `descent/minibatch_descent.py`'s; here is what the film compares of them.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np

from bn_math.checks import Array, readonly
from bn_math.data.dataset import Dataset
from bn_math.descent.minibatch_descent import MiniBatchDescent

# How many sizes are compared at most, and the steps of one run that are shown of each.
MOST_SIZES, SHOWN_STEPS = 3, 260


class Batches(Protocol):
    """A lesson's mini-batches, as far as they are asked here."""

    @property
    def data(self) -> Dataset:
        """The data set whose rows are split."""

    @property
    def descent_sizes(self) -> tuple[int, ...]:
        """The batch sizes that are compared, ascending, all rows last."""

    @property
    def descents(self) -> tuple[MiniBatchDescent, ...]:
        """The descents with these sizes."""

    def descent(self, batch_size: int, by_all_rows: bool = False) -> MiniBatchDescent:
        """Descents with mini-batches of one size."""


@dataclass(frozen=True, eq=False)
class Settling:
    """Descents with batches of up to three sizes, each standardized by its own statistics or by all rows'.

    batches: those of a lesson.
    """

    batches: Batches

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Rows of a batch, ascending, at most half of all rows; there may be none."""
        return self.batches.descent_sizes[:-1][:MOST_SIZES]

    @cached_property
    def ways(self) -> tuple[float, ...]:
        """For each size, how much of the way to the minimum is done where the ball settles, 1 at home.

        Along the straight way from the start; the median of many runs.
        """
        return tuple(self._way(size) for size in self.sizes)

    @cached_property
    def control_way(self) -> float:
        """The same with the smallest batches, standardized by all rows' statistics; NaN without any."""
        return self._way(self.sizes[0], True) if self.sizes else float("nan")

    @cached_property
    def shivers(self) -> tuple[float, ...]:
        """For each size, how far the ball strays from where it settles, as a share of the start's way."""
        return tuple(self._shiver(size) for size in self.sizes)

    @cached_property
    def control_shiver(self) -> float:
        """The same with the smallest batches, standardized by all rows' statistics; NaN without any."""
        return self._shiver(self.sizes[0], True) if self.sizes else float("nan")

    @cached_property
    def left(self) -> tuple[float, ...]:
        """For each size, the share of the start's loss that is left in use, by running statistics."""
        return tuple(self._left(size) for size in self.sizes)

    @cached_property
    def control_left(self) -> float:
        """The same with the smallest batches and all rows' statistics, in use, too; NaN without any."""
        return self._left(self.sizes[0], True) if self.sizes else float("nan")

    @cached_property
    def runs(self) -> tuple[Array, ...]:
        """For each size one run's weights, (steps + 1, 2), from the start on."""
        return tuple(self._run(size) for size in self.sizes)

    @cached_property
    def control_run(self) -> Array:
        """The first of them, its mini-batches standardized by all rows' statistics, (steps + 1, 2)."""
        return self._run(self.sizes[0], True)

    def left_after(self, step: float, which: int | None) -> float:
        """The share of the start's loss that is left on average after ``step`` steps, 1 at the start.

        Every step leaves the same share of what is left to where the size settles; None is the control.
        """
        way = self.control_way if which is None else self.ways[which]
        settled = self.control_left if which is None else self.left[which]
        contraction = (1 - 2 * self.batches.descents[0].learning_rate) ** step
        above = (1 - way * (1 - contraction)) ** 2 - (1 - way) ** 2  # of a bowl whose lowest point is nought
        return float(settled + (1 - settled) * above / max(1 - (1 - way) ** 2, 1e-9))

    def _run(self, size: int, by_all_rows: bool = False) -> Array:
        return readonly(replace(self._descent(size, by_all_rows), runs=1).points[: SHOWN_STEPS + 1])

    def _left(self, size: int, by_all_rows: bool = False) -> float:
        found = self._descent(size, by_all_rows)
        share = found.training_share if by_all_rows else found.evaluation_share
        return float(share * np.var(self.batches.data.target) / found.losses[0])

    def _descent(self, size: int, by_all_rows: bool = False) -> MiniBatchDescent:
        """One that is computed once."""
        key = size, by_all_rows
        if key not in self._known:
            self._known[key] = self.batches.descent(size, by_all_rows)
        return self._known[key]

    @cached_property
    def _known(self) -> dict[tuple[int, bool], MiniBatchDescent]:
        return {}

    def _way(self, size: int, by_all_rows: bool = False) -> float:
        found = self._descent(size, by_all_rows)
        start = np.asarray(found.start)
        whole = found.minimizer - start
        return float((found.settled_at - start) @ whole / (whole @ whole))

    def _shiver(self, size: int, by_all_rows: bool = False) -> float:
        found = self._descent(size, by_all_rows)
        whole = np.linalg.norm(found.minimizer - np.asarray(found.start))
        return float(np.median(np.linalg.norm(found.shiver, axis=1)) / whole)
