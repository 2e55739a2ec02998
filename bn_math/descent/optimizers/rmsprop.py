"""RMSProp: steps divided by the gradients of late."""

from dataclasses import dataclass

import numpy as np

from bn_math.checks import Array
from bn_math.descent.guarded import State, checked_init, checked_update
from bn_math.descent.optimizers.entry import Entry
from bn_math.descent.optimizers.rule import DECAY, POSITIVE, Gradient, check
from bn_math.descent.schedules import Rate, rate_at


@dataclass(frozen=True)
class RMSProp:
    """w - learning_rate * g / (sqrt(running mean of g^2) + eps), as torch.optim.RMSprop (decay: alpha).

    Raises ValueError unless the learning rate and eps are above 0, and decay at least 0 and below 1.
    Source: Hinton 2012, Neural Networks for Machine Learning, lecture 6e.
    """

    learning_rate: Rate
    decay: float = 0.99
    eps: float = 1e-8

    def __post_init__(self) -> None:
        """Checks the settings."""
        check(self, decay=DECAY, eps=POSITIVE)

    @checked_init
    def init(self, start: Array) -> State:
        """(steps taken, running mean of squares)."""
        return np.zeros(()), np.zeros_like(start)

    @checked_update
    def update(self, gradient: Gradient, point: Array, state: State) -> tuple[Array, State]:
        """One step, see `Optimizer.update`."""
        g = gradient(point)
        count, mean_square = state
        mean_square = self.decay * mean_square + (1 - self.decay) * g * g
        rate = rate_at(self.learning_rate, count)
        return point - rate * g / (np.sqrt(mean_square) + self.eps), (count + 1, mean_square)


ENTRY = Entry("rmsprop", 2012, tuned=RMSProp, decays=True)
