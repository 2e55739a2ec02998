"""What an optimizer is: a small immutable object that knows how a step is taken, and nothing of when to stop.

A rule is used as ``state = rule.init(start)``, then ``point, state = rule.update(gradient, point, state)``,
where `gradient` is a function of the point. Points are (..., d), many runs side by side; a state is a tuple
of arrays which the rule alone understands. The three rules linear in the gradient also give a `transition`.
`learning_rate` is a number or a schedule (`schedules`), the state's first entry the number of steps taken.
To try many learning rates at once, give them as an array (..., 1), one for each run; only `init` and `update`
are for that.
"""

from collections.abc import Callable
from typing import Protocol, TypeGuard, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import Array, number
from bn_math.descent.guarded import State
from bn_math.descent.schedules import Rate, positive

Gradient = Callable[[Array], Array]


@runtime_checkable
class Optimizer(Protocol):
    """What `descend` and `steps_to` need of a rule."""

    def init(self, start: Array) -> State:
        """The state before the first step from `start` (..., d)."""

    def update(self, gradient: Gradient, point: Array, state: State) -> tuple[Array, State]:
        """The point after one step from `point` (..., d), and the state after it."""


@runtime_checkable
class LinearOptimizer(Optimizer, Protocol):
    """A rule that on a quadratic is one fixed matrix for each eigenvalue."""

    def transition(self, eigenvalues: ArrayLike) -> Array:
        """M (..., 2, 2) for `eigenvalues` (...): (e_t, e_t-1) becomes (e_t+1, e_t).

        e is the distance to the minimizer along that eigenvector; before the first step both are e_0.
        Raises ValueError for a learning rate that is not one number, for then the matrix is not fixed.
        """


def is_linear(optimizer: Optimizer) -> TypeGuard[LinearOptimizer]:
    """Whether the optimizer has a `transition`: a rule linear in the gradient, its learning rate constant."""
    return isinstance(optimizer, LinearOptimizer) and not callable(getattr(optimizer, "learning_rate", None))


POSITIVE = {"above": 0.0}
SHARE = {"at_least": 0.0, "at_most": 1.0}
DECAY = {"at_least": 0.0, "below": 1.0}


class _Rated(Protocol):
    @property
    def learning_rate(self) -> Rate: ...


def check(rule: _Rated, **bounds: dict[str, float]) -> None:
    """The learning rate above 0, and each named setting as a float within its bounds."""
    if not callable(rule.learning_rate):
        object.__setattr__(rule, "learning_rate", positive("learning_rate", rule.learning_rate))
    for name, bound in bounds.items():
        object.__setattr__(rule, name, number(name, getattr(rule, name), **bound))


def one_rate(rule: _Rated) -> float:
    """The learning rate, which has to be one number for the matrices to be fixed."""
    if callable(rule.learning_rate):
        raise ValueError("learning_rate must be a number for a transition, but it changes from step to step")
    return number("learning_rate", rule.learning_rate, above=0)  # type: ignore[arg-type]


def companion(now: Array, before: Array | float) -> Array:
    """The matrices (..., 2, 2) of e_t+1 = now * e_t + before * e_t-1."""
    now, before = np.broadcast_arrays(now, before)
    return np.stack(
        [np.stack([now, before], axis=-1), np.stack([np.ones_like(now), np.zeros_like(now)], axis=-1)],
        axis=-2,
    )
