"""Lion: the sign of a momentum, as far as the learning rate goes."""

from dataclasses import dataclass

import numpy as np

from bn_math.checks import Array
from bn_math.descent.guarded import State, checked_init, checked_update
from bn_math.descent.optimizers.entry import Entry
from bn_math.descent.optimizers.rule import DECAY, Gradient, check
from bn_math.descent.schedules import Rate, rate_at


@dataclass(frozen=True)
class Lion:
    """w - learning_rate * sign(beta1 * m + (1 - beta1) * g); m is the running mean of g with beta2.

    Raises ValueError unless the learning rate is above 0, and the betas at least 0 and below 1.
    Source: Chen et al. 2023 (arXiv 2302.06675), algorithm 2, without weight decay.
    """

    learning_rate: Rate
    beta1: float = 0.9
    beta2: float = 0.99

    def __post_init__(self) -> None:
        """Checks the settings."""
        check(self, beta1=DECAY, beta2=DECAY)

    @checked_init
    def init(self, start: Array) -> State:
        """(steps taken, running mean of g)."""
        return np.zeros(()), np.zeros_like(start)

    @checked_update
    def update(self, gradient: Gradient, point: Array, state: State) -> tuple[Array, State]:
        """One step, see `Optimizer.update`."""
        g = gradient(point)
        count, mean = state
        step = np.sign(self.beta1 * mean + (1 - self.beta1) * g)
        return point - rate_at(self.learning_rate, count) * step, (
            count + 1,
            self.beta2 * mean + (1 - self.beta2) * g,
        )


ENTRY = Entry("lion", 2023, tuned=Lion, decays=True)
