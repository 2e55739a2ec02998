"""Adam: RMSProp with momentum, and no bias at the start."""

from dataclasses import dataclass

import numpy as np

from bn_math.checks import Array
from bn_math.descent.guarded import State, checked_init, checked_update
from bn_math.descent.optimizers.entry import Entry
from bn_math.descent.optimizers.rule import DECAY, POSITIVE, Gradient, check
from bn_math.descent.schedules import Rate, rate_at


@dataclass(frozen=True)
class Adam:
    """w - learning_rate * m / (sqrt(v) + eps), as torch.optim.Adam.

    m and v are the running means of g and g^2, each divided by the weight it has gathered so far.
    Raises ValueError unless the learning rate and eps are above 0, and the betas at least 0 and below 1.
    Source: Kingma and Ba 2015 (arXiv 1412.6980), algorithm 1.
    """

    learning_rate: Rate
    beta1: float = 0.9
    beta2: float = 0.999
    eps: float = 1e-8

    def __post_init__(self) -> None:
        """Checks the settings."""
        check(self, beta1=DECAY, beta2=DECAY, eps=POSITIVE)

    @checked_init
    def init(self, start: Array) -> State:
        """(steps taken, running mean of g, running mean of g^2)."""
        return np.zeros(()), np.zeros_like(start), np.zeros_like(start)

    @checked_update
    def update(self, gradient: Gradient, point: Array, state: State) -> tuple[Array, State]:
        """One step, see `Optimizer.update`."""
        g = gradient(point)
        count, first, second = state
        rate = rate_at(self.learning_rate, count)
        count = count + 1
        first = self.beta1 * first + (1 - self.beta1) * g
        second = self.beta2 * second + (1 - self.beta2) * g * g
        # Both running means start at 0; dividing by the weight gathered so far takes that bias out.
        mean, mean_square = first / (1 - self.beta1**count), second / (1 - self.beta2**count)
        return point - rate * mean / (np.sqrt(mean_square) + self.eps), (count, first, second)


ENTRY = Entry("adam", 2015, tuned=Adam, decays=True)
