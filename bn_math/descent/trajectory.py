"""Descending a loss: `descend` runs any optimizer on any loss and returns every point."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bn_math.checks import Array, few_numbers, instance, integer, real_array, shown, weights
from bn_math.descent.losses import Loss
from bn_math.descent.optimizers import Optimizer

# A run has diverged when its loss exceeds this many times the loss at its start (or at 0, if that is larger).
DIVERGENCE = 1e12


@dataclass(frozen=True, eq=False)
class Trajectory:
    """What `descend` returns.

    points: (steps + 1, ..., d), the start first; losses: (steps + 1, ...); diverged: (...) booleans.
    A run that diverged stays at the last point before that from there on.
    Raises ValueError for other shapes.
    """

    points: Array
    losses: Array
    diverged: NDArray[np.bool_]

    def __post_init__(self) -> None:
        """Checks the shapes."""
        points, losses = real_array("points", self.points), real_array("losses", self.losses)
        if points.ndim < 2 or not len(points):
            raise ValueError(f"points must be (steps + 1, ..., d), but has shape {points.shape}")
        if losses.shape != points.shape[:-1]:
            raise ValueError(f"losses must have shape {points.shape[:-1]}, but has {losses.shape}")
        runs = self.diverged
        if not isinstance(runs, np.ndarray) or runs.dtype != np.bool_ or runs.shape != points.shape[1:-1]:
            raise ValueError(
                f"diverged must be booleans {points.shape[1:-1]}, one a run, but is {shown(runs)}"
            )

    @property
    def steps(self) -> int:
        """The number of steps taken."""
        return len(self.points) - 1


def descend(loss: Loss, start: ArrayLike, optimizer: Optimizer, steps: int) -> Trajectory:
    """`steps` steps of `optimizer` on `loss` from `start` (..., d), one run for each leading index.

    A run whose loss stops being finite, or grows past `DIVERGENCE` times what it was, is stopped and marked.
    Raises ValueError for a start that is not finite or of the wrong size, and for a negative number of steps.
    """
    loss = instance("loss", loss, Loss, "LeastSquares(data)")
    optimizer = instance("optimizer", optimizer, Optimizer, "GradientDescent(0.1)")
    point = weights("start", start, loss.size)
    steps = integer("steps", steps, at_least=0)
    few_numbers("steps", (steps + 1) * max(point.size, 1))
    points, losses = np.empty((steps + 1, *point.shape)), np.empty((steps + 1, *point.shape[:-1]))
    points[0], losses[0] = point, loss.value(point)
    if not np.isfinite(losses[0]).all():
        raise ValueError("start is too far away: the loss there overflows")
    state = optimizer.init(point)
    diverged = np.zeros(point.shape[:-1], dtype=np.bool_)
    with np.errstate(all="ignore"):
        bound = DIVERGENCE * np.maximum(losses[0], loss.value(np.zeros(loss.size)))
        for step in range(1, steps + 1):
            point, state = optimizer.update(loss.gradient, point, state)
            value = loss.value(point)
            # Written so that NaN counts as diverged.
            diverged = diverged | ~(value <= bound)
            if diverged.any():
                point = np.where(diverged[..., None], points[step - 1], point)
                value = np.where(diverged, losses[step - 1], value)
                if diverged.all():
                    points[step:], losses[step:] = point, value
                    break
            points[step], losses[step] = point, value
    return Trajectory(points, losses, np.asarray(diverged))
