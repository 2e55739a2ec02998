"""Update rules, one small immutable object each: how a step is taken, and nothing of when to stop.

A rule is used as ``state = rule.init(start)``, then ``point, state = rule.update(gradient, point, state)``,
where `gradient` is a function of the point. Points are (..., d), many runs side by side; a state is a tuple
of arrays which the rule alone understands. The three rules linear in the gradient also give a `transition`.
`learning_rate` is a number or a schedule (`schedules`), the state's first entry the number of steps taken.
To try many learning rates at once, give them as an array (..., 1), one for each run; only `init` and `update`
are for that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeGuard, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import Array, finite_array, number
from bn_math.descent.guarded import State, checked_init, checked_update
from bn_math.descent.schedules import Rate, positive, rate_at

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


@dataclass(frozen=True)
class GradientDescent:
    """w - learning_rate * gradient. Raises ValueError unless the learning rate is above 0.

    Source: Cauchy 1847.
    """

    learning_rate: Rate

    def __post_init__(self) -> None:
        """Checks the settings."""
        _check(self)

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
        return _companion(1 - _one_rate(self) * finite_array("eigenvalues", eigenvalues), 0.0)


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
        _check(self, momentum=_SHARE)

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
        return _companion(
            1 + self.momentum - _one_rate(self) * finite_array("eigenvalues", eigenvalues), -self.momentum
        )


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
        _check(self, momentum=_SHARE)

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
        shrink = 1 - _one_rate(self) * finite_array("eigenvalues", eigenvalues)
        return _companion((1 + self.momentum) * shrink, -self.momentum * shrink)


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
        _check(self, eps=_POSITIVE)

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
        _check(self, decay=_DECAY, eps=_POSITIVE)

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
        _check(self, beta1=_DECAY, beta2=_DECAY, eps=_POSITIVE)

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


_POSITIVE = {"above": 0.0}
_SHARE = {"at_least": 0.0, "at_most": 1.0}
_DECAY = {"at_least": 0.0, "below": 1.0}


def _check(
    rule: "GradientDescent | HeavyBall | Nesterov | AdaGrad | RMSProp | Adam", **bounds: dict[str, float]
) -> None:
    """The learning rate above 0, and each named setting as a float within its bounds."""
    if not callable(rule.learning_rate):
        object.__setattr__(rule, "learning_rate", positive("learning_rate", rule.learning_rate))
    for name, bound in bounds.items():
        object.__setattr__(rule, name, number(name, getattr(rule, name), **bound))


def _one_rate(rule: GradientDescent | HeavyBall | Nesterov) -> float:
    """The learning rate, which has to be one number for the matrices to be fixed."""
    if callable(rule.learning_rate):
        raise ValueError("learning_rate must be a number for a transition, but it changes from step to step")
    return number("learning_rate", rule.learning_rate, above=0)  # type: ignore[arg-type]


def _companion(now: Array, before: Array | float) -> Array:
    """The matrices (..., 2, 2) of e_t+1 = now * e_t + before * e_t-1."""
    now, before = np.broadcast_arrays(now, before)
    return np.stack(
        [np.stack([now, before], axis=-1), np.stack([np.ones_like(now), np.zeros_like(now)], axis=-1)],
        axis=-2,
    )
