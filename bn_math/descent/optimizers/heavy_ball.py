"""Heavy ball: gradient descent that keeps some of its last step."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import Array, finite_array
from bn_math.descent.guarded import State, checked_init, checked_update
from bn_math.descent.optimizers.entry import Entry
from bn_math.descent.optimizers.rule import SHARE, Gradient, check, companion, one_rate
from bn_math.descent.schedules import Rate, rate_at


@dataclass(frozen=True)
class HeavyBall:
    """w - learning_rate * gradient(w) + momentum * (w - previous w); torch.optim.SGD with momentum.

    Raises ValueError unless the learning rate is above 0 and the momentum within 0 to 1.
    Source: Polyak 1964, equation 9.
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
        step = rate_at(self.learning_rate, count) * gradient(point)
        return point - step + self.momentum * (point - previous), (count + 1, point)

    def transition(self, eigenvalues: ArrayLike) -> Array:
        """See `LinearOptimizer.transition`."""
        return companion(
            1 + self.momentum - one_rate(self) * finite_array("eigenvalues", eigenvalues), -self.momentum
        )


ENTRY = Entry("heavy_ball", 1964, best=lambda spectrum: HeavyBall(*spectrum.heavy_ball))
