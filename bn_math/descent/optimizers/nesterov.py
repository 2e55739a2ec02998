"""Nesterov's method: heavy ball that looks at the slope ahead of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import Array, finite_array
from bn_math.descent.guarded import State, checked_init, checked_update
from bn_math.descent.optimizers.entry import Entry
from bn_math.descent.optimizers.rule import SHARE, Gradient, check, companion, one_rate
from bn_math.descent.schedules import Rate, rate_at


@dataclass(frozen=True)
class Nesterov:
    """v - learning_rate * gradient(v), with v = w + momentum * (w - previous w): the slope ahead of the ball.

    torch.optim.SGD(nesterov=True) is the same rule with v as its parameters.
    Raises ValueError unless the learning rate is above 0 and the momentum within 0 to 1.
    Source: Nesterov 1983; Sutskever et al. 2013, equations 3 and 4.
    """

    learning_rate: Rate
    momentum: float

    def __post_init__(self) -> None:
        """Checks the settings."""
        check(self, momentum=SHARE)

    @checked_init
    def init(self, start: Array) -> State:
        """(steps taken, previous point), at first the start itself."""
        return np.zeros(()), start

    @checked_update
    def update(self, gradient: Gradient, point: Array, state: State) -> tuple[Array, State]:
        """One step, see `Optimizer.update`."""
        count, previous = state
        ahead = point + self.momentum * (point - previous)
        return ahead - rate_at(self.learning_rate, count) * gradient(ahead), (count + 1, point)

    def transition(self, eigenvalues: ArrayLike) -> Array:
        """See `LinearOptimizer.transition`."""
        shrink = 1 - one_rate(self) * finite_array("eigenvalues", eigenvalues)
        return companion((1 + self.momentum) * shrink, -self.momentum * shrink)


ENTRY = Entry("nesterov", 1983, best=lambda spectrum: Nesterov(*spectrum.nesterov))
