"""Update rules, one small immutable object each: how a step is taken, and nothing of when to stop.

A rule is used as ``state = rule.init(start)``, then ``point, state = rule.update(gradient, point, state)``,
where `gradient` is a function of the point. Points are (..., d), many runs side by side; a state is a tuple
of arrays which the rule alone understands. The three rules linear in the gradient also give a `transition`.
To try many learning rates at once, give them as an array (..., 1), one for each run; only `init` and `update`
are for that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import Array, finite_array, number
from bn_math.descent.guarded import State, checked_init, checked_update

Gradient = Callable[[Array], Array]
Rate = float | Array


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
        """


@dataclass(frozen=True)
class GradientDescent:
    """w - learning_rate * gradient. Raises ValueError unless the learning rate is above 0.

    Source: Cauchy 1847.
    """

    learning_rate: Rate

    def __post_init__(self) -> None:
        """Checks the settings."""
        _check(self, learning_rate=_POSITIVE)

    @checked_init
    def init(self, start: Array) -> State:
        """Nothing to remember."""
        return ()

    @checked_update
    def update(self, gradient: Gradient, point: Array, state: State) -> tuple[Array, State]:
        """One step, see `Optimizer.update`."""
        return point - self.learning_rate * gradient(point), ()

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
        _check(self, learning_rate=_POSITIVE, momentum=_SHARE)

    @checked_init
    def init(self, start: Array) -> State:
        """(previous point,), at first the start itself."""
        return (start,)

    @checked_update
    def update(self, gradient: Gradient, point: Array, state: State) -> tuple[Array, State]:
        """One step, see `Optimizer.update`."""
        (previous,) = state
        return point - self.learning_rate * gradient(point) + self.momentum * (point - previous), (point,)

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
        _check(self, learning_rate=_POSITIVE, momentum=_SHARE)

    @checked_init
    def init(self, start: Array) -> State:
        """(previous point,), at first the start itself."""
        return (start,)

    @checked_update
    def update(self, gradient: Gradient, point: Array, state: State) -> tuple[Array, State]:
        """One step, see `Optimizer.update`."""
        (previous,) = state
        ahead = point + self.momentum * (point - previous)
        return ahead - self.learning_rate * gradient(ahead), (point,)

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
        _check(self, learning_rate=_POSITIVE, eps=_POSITIVE)

    @checked_init
    def init(self, start: Array) -> State:
        """(sum of squares,)."""
        return (np.zeros_like(start),)

    @checked_update
    def update(self, gradient: Gradient, point: Array, state: State) -> tuple[Array, State]:
        """One step, see `Optimizer.update`."""
        g = gradient(point)
        total = state[0] + g * g
        return point - self.learning_rate * g / (np.sqrt(total) + self.eps), (total,)


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
        _check(self, learning_rate=_POSITIVE, decay=_DECAY, eps=_POSITIVE)

    @checked_init
    def init(self, start: Array) -> State:
        """(running mean of squares,)."""
        return (np.zeros_like(start),)

    @checked_update
    def update(self, gradient: Gradient, point: Array, state: State) -> tuple[Array, State]:
        """One step, see `Optimizer.update`."""
        g = gradient(point)
        mean_square = self.decay * state[0] + (1 - self.decay) * g * g
        return point - self.learning_rate * g / (np.sqrt(mean_square) + self.eps), (mean_square,)


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
        _check(self, learning_rate=_POSITIVE, beta1=_DECAY, beta2=_DECAY, eps=_POSITIVE)

    @checked_init
    def init(self, start: Array) -> State:
        """(running mean of g, running mean of g^2, number of steps taken)."""
        return np.zeros_like(start), np.zeros_like(start), np.zeros(())

    @checked_update
    def update(self, gradient: Gradient, point: Array, state: State) -> tuple[Array, State]:
        """One step, see `Optimizer.update`."""
        g = gradient(point)
        first, second, count = state
        count = np.asarray(count + 1)
        first = self.beta1 * first + (1 - self.beta1) * g
        second = self.beta2 * second + (1 - self.beta2) * g * g
        # Both running means start at 0; dividing by the weight gathered so far takes that bias out.
        mean, mean_square = first / (1 - self.beta1**count), second / (1 - self.beta2**count)
        return point - self.learning_rate * mean / (np.sqrt(mean_square) + self.eps), (first, second, count)


_POSITIVE = {"above": 0.0}
_SHARE = {"at_least": 0.0, "at_most": 1.0}
_DECAY = {"at_least": 0.0, "below": 1.0}


def _check(rule: object, **bounds: dict[str, float]) -> None:
    """Each named setting as a float within its bounds; of an array, every one of it."""
    for name, bound in bounds.items():
        value = getattr(rule, name)
        if isinstance(value, np.ndarray) and value.size and value.ndim:
            for each in value.flat:
                number(name, each, **bound)
        else:
            object.__setattr__(rule, name, number(name, value, **bound))


def _one_rate(rule: GradientDescent | HeavyBall | Nesterov) -> float:
    """The learning rate, which has to be one number for the matrices to be fixed."""
    return number("learning_rate", rule.learning_rate, above=0)  # type: ignore[arg-type]


def _companion(now: Array, before: Array | float) -> Array:
    """The matrices (..., 2, 2) of e_t+1 = now * e_t + before * e_t-1."""
    now, before = np.broadcast_arrays(now, before)
    return np.stack(
        [np.stack([now, before], axis=-1), np.stack([np.ones_like(now), np.zeros_like(now)], axis=-1)],
        axis=-2,
    )
