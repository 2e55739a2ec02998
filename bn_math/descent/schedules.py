"""Learning-rate schedules: the rate as a function of the steps taken so far.

An optimizer takes a number or a schedule as its `learning_rate`, as in Optax and Keras. A schedule is called
with the number of steps taken before, 0 for the first step, and returns that step's rate.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from bn_math.checks import Array, integer, number

Schedule = Callable[[Array], float | Array]
Rate = float | Array | Schedule


@dataclass(frozen=True)
class LinearDecay:
    """`initial` * (1 - t / steps) after t steps, and 0 from `steps` on: linear decay to zero.

    `initial` may be an array (..., 1), a rate for each of several runs side by side, as an optimizer's rate.
    Raises ValueError unless `initial` is above 0 and `steps` a whole number of at least 1.
    Source: Defazio, Cutkosky, Mehta and Mishchenko 2023 (arXiv 2310.07831), who show that no other schedule
    has a better worst case; optax.linear_schedule(initial, 0, steps) is the same, and
    torch.optim.lr_scheduler.LinearLR(optimizer, 1, 0, steps).
    """

    initial: float | Array
    steps: int

    def __post_init__(self) -> None:
        """Checks the settings."""
        object.__setattr__(self, "initial", positive("initial", self.initial))
        object.__setattr__(self, "steps", integer("steps", self.steps, at_least=1))

    def __call__(self, step: Array) -> float | Array:
        """The rate of the step after `step` steps."""
        return self.initial * max(0.0, 1 - float(step) / self.steps)


def rate_at(rate: Rate, step: Array) -> float | Array:
    """The rate of the step after `step` steps, whether it is constant or a schedule."""
    return rate(step) if callable(rate) else rate


def positive(name: str, value: float | Array) -> float | Array:
    """A number above 0, or an array of them.

    Raises ValueError naming it for anything else.
    """
    if isinstance(value, np.ndarray) and value.ndim:
        for item in value.flat:
            number(name, item, above=0.0)
        return value
    scalar: Any = value
    return number(name, scalar, above=0.0)


def final_step(rate: Rate) -> float:
    """The number of steps after which the rate is 0 for good; infinite for a rate that never is."""
    return rate.steps if isinstance(rate, LinearDecay) else np.inf
