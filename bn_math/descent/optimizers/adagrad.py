"""AdaGrad: steps divided by all gradients so far."""

from dataclasses import dataclass

import numpy as np

from bn_math.checks import Array
from bn_math.descent.guarded import State, checked_init, checked_update
from bn_math.descent.optimizers.entry import Entry
from bn_math.descent.optimizers.rule import POSITIVE, Gradient, check
from bn_math.descent.schedules import Rate, rate_at


@dataclass(frozen=True)
class AdaGrad:
    """w - learning_rate * g / (sqrt(sum of g^2 so far) + eps), as torch.optim.Adagrad.

    Raises ValueError unless the learning rate and eps are above 0.
    Source: Duchi, Hazan and Singer 2011, figure 1 (diagonal).
    """

    learning_rate: Rate
    eps: float = 1e-10

    def __post_init__(self) -> None:
        """Checks the settings."""
        check(self, eps=POSITIVE)

    @checked_init
    def init(self, start: Array) -> State:
        """(steps taken, sum of squares)."""
        return np.zeros(()), np.zeros_like(start)

    @checked_update
    def update(self, gradient: Gradient, point: Array, state: State) -> tuple[Array, State]:
        """One step, see `Optimizer.update`."""
        g = gradient(point)
        count, total = state
        total = total + g * g
        rate = rate_at(self.learning_rate, count)
        return point - rate * g / (np.sqrt(total) + self.eps), (count + 1, total)


ENTRY = Entry("adagrad", 2011, tuned=AdaGrad)
