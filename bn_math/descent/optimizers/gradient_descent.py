"""Gradient descent: straight down the slope."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import Array, finite_array
from bn_math.descent.guarded import State, checked_init, checked_update
from bn_math.descent.optimizers.entry import Entry
from bn_math.descent.optimizers.rule import Gradient, check, companion, one_rate
from bn_math.descent.schedules import Rate, rate_at


@dataclass(frozen=True)
class GradientDescent:
    """w - learning_rate * gradient. Raises ValueError unless the learning rate is above 0.

    Source: Cauchy 1847.
    """

    learning_rate: Rate

    def __post_init__(self) -> None:
        """Checks the settings."""
        check(self)

    @checked_init
    def init(self, start: Array) -> State:
        """(steps taken,)."""
        return (np.zeros(()),)

    @checked_update
    def update(self, gradient: Gradient, point: Array, state: State) -> tuple[Array, State]:
        """One step, see `Optimizer.update`."""
        (count,) = state
        return point - rate_at(self.learning_rate, count) * gradient(point), (count + 1,)

    def transition(self, eigenvalues: ArrayLike) -> Array:
        """See `LinearOptimizer.transition`."""
        return companion(1 - one_rate(self) * finite_array("eigenvalues", eigenvalues), 0.0)


ENTRY = Entry("gradient_descent", 1847, best=lambda spectrum: GradientDescent(spectrum.best_learning_rate))
