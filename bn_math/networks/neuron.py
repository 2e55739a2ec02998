"""The batch-normalized neuron descended: its steps against the learning rate, over any number of decades.

Its loss is `losses.NormalizedNeuron`; which data and which start is the lesson's business.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import Array, instance, number, one_point, positive_array, readonly
from bn_math.data.dataset import Dataset
from bn_math.descent.losses import NormalizedNeuron
from bn_math.descent.optimizers import GradientDescent
from bn_math.descent.trajectory import Trajectory, descend

# Steps are taken one by one unless this many of them hardly change the slope: then they are taken at once.
FEWEST_AT_ONCE = 32
# Steps at once go this share of the way on which the slope changes: Runge-Kutta is exact to 1e-10 on that.
STRIDE = 0.02
# More strides than any descent needs that is going to arrive.
MOST_STRIDES = 60_000
# Degrees from the highest ray to a start beside it.
BESIDE = 14.0
# Enough to tell any number of steps that float64 can count from its neighbour.
BISECTIONS = 54


def steps_to_excess(
    loss: NormalizedNeuron, start: ArrayLike, learning_rates: ArrayLike, excess: float
) -> Array:
    """Gradient-descent steps until the loss is within `excess` of its minimum: whole numbers (...), or inf.

    From `start` (d,), at each of `learning_rates` (...); the first such step counts. inf stands for never.
    Steps are taken one by one while they are few or large. A descent of small steps follows the flow
    w' = -grad L - (rate / 2) H grad L, H the Hessian, up to the square of the step; along that, many steps
    are taken at once, since counts run into the billions. Such a count is right to 1e-7 of itself.
    Raises ValueError for a start that is 0, not finite or not of shape (d,), and learning rates not above 0.
    Source of the flow: Hairer, Lubich and Wanner, Geometric Numerical Integration (2006), section IX.1.
    """
    loss = instance("loss", loss, NormalizedNeuron, "NormalizedNeuron(data)")
    point = _checked_start(loss, start)
    rates = positive_array("learning_rates", learning_rates)
    level = number("excess", excess, above=0)
    with np.errstate(all="ignore"):
        return _Descents(loss, point, rates.ravel(), level).counts().reshape(rates.shape)


class _Descents:
    """Descents at k learning rates side by side, each at its own pace."""

    def __init__(self, loss: NormalizedNeuron, start: Array, rates: Array, level: float) -> None:
        self.loss, self.level = loss, level
        self.rates = rates
        self.points = np.tile(start, (len(rates), 1))
        self.done = np.zeros(len(rates))

    def counts(self) -> Array:
        result = np.full(len(self.rates), np.inf)
        running = np.arange(len(self.rates))
        arrived = self.loss.excess(self.points) <= self.level
        result[arrived], running = 0.0, running[~arrived]
        for _ in range(MOST_STRIDES):
            if not len(running):
                break
            points, rates = self.points[running], self.rates[running]
            strides = self._strides(points, rates)
            after = self._after(points, rates, strides)
            arrived = self.loss.excess(after) <= self.level
            if arrived.any():
                last = self._last_steps(points[arrived], rates[arrived], strides[arrived])
                result[running[arrived]] = self.done[running[arrived]] + last
            self.points[running], self.done[running] = after, self.done[running] + strides
            # Where the loss is flat though high (at its maximum), or a number was lost, nothing will change.
            moving = np.isfinite(after).all(axis=-1) & (after != points).any(axis=-1)
            running = running[~arrived & moving]
        return result

    def _strides(self, points: Array, rates: Array) -> Array:
        """How many steps (k,) to take at once: 1 where they are large, else whole numbers of them."""
        axes = np.eye(self.loss.size)
        hessians = np.stack([self.loss.hessian_product(points, axis) for axis in axes], axis=-1)
        strides = np.floor(STRIDE / (rates * np.linalg.norm(hessians, axis=(-2, -1))))
        return np.where(strides >= FEWEST_AT_ONCE, strides, 1.0)

    def _after(self, points: Array, rates: Array, strides: Array) -> Array:
        after = points - rates[:, None] * self.loss.gradient(points)
        many = strides > 1
        if many.any():
            after[many] = self._flow(points[many], rates[many], strides[many])
        return after

    def _flow(self, points: Array, rates: Array, strides: Array) -> Array:
        """The points `strides` steps on along the flow: one step of the classical Runge-Kutta method."""
        rate, span = rates[:, None], (rates * strides)[:, None]

        def velocity(w: Array) -> Array:
            slope = self.loss.gradient(w)
            return -slope - rate / 2 * self.loss.hessian_product(w, slope)

        k1 = velocity(points)
        k2 = velocity(points + span / 2 * k1)
        k3 = velocity(points + span / 2 * k2)
        k4 = velocity(points + span * k3)
        return np.asarray(points + span / 6 * (k1 + 2 * k2 + 2 * k3 + k4))

    def _last_steps(self, points: Array, rates: Array, strides: Array) -> Array:
        """The first of the last stride's steps that is near enough, by bisection, (k,)."""
        low, high = np.ones_like(strides), strides
        # Not until they meet: beyond 2^53 there are no neighbouring whole numbers.
        for _ in range(BISECTIONS):
            middle = np.floor((low + high) / 2)
            near = self.loss.excess(self._flow(points, rates, middle)) <= self.level
            open_ = low < high
            low, high = np.where(open_ & ~near, middle + 1, low), np.where(open_ & near, middle, high)
        return low


def beside_the_ridge(loss: NormalizedNeuron) -> Array:
    """Weights (2,) of length 1 from which a descent has nearly all of the loss before it.

    On the highest rays the slope is 0, as it is on the lowest: the start lies `BESIDE` off them, measured in
    weights under which all sums would be spread alike.
    """
    x, y = loss.data.features, loss.data.target
    covariance = (x - x.mean(axis=0)).T @ (y - y.mean())
    ridge = math.atan2(covariance[0], -covariance[1])  # there the sums do not go with the target at all
    low, high = 0.0, (math.atan2(loss.ray[1], loss.ray[0]) - ridge) % math.pi
    for _ in range(BISECTIONS):
        angle = ridge + (low + high) / 2
        unit = np.array([math.cos(angle), math.sin(angle)])
        if loss.excess(unit) > math.cos(math.radians(BESIDE)) ** 2 * (loss.maximum - loss.minimum):
            low = angle - ridge
        else:
            high = angle - ridge
    return readonly(unit)


@dataclass(frozen=True, eq=False)
class NeuronStage:
    """The batch-normalized neuron on one form of the data, and how fast it is descended.

    Steps are counted from `start` until the loss is within `tolerance` times Var y of its minimum.
    Raises ValueError for a tolerance not between 0 and 1, and for data and a start that
    `NormalizedNeuron` and `steps_to_excess` refuse.
    """

    name: str
    data: Dataset
    start: tuple[float, ...]
    tolerance: float
    eps: float = 0.0

    def __post_init__(self) -> None:
        """Checks every field."""
        _checked_start(self.loss, self.start)
        number("tolerance", self.tolerance, above=0, below=1)

    @cached_property
    def loss(self) -> NormalizedNeuron:
        """L(w) on this stage's data."""
        return NormalizedNeuron(self.data, self.eps)

    @property
    def level(self) -> float:
        """The excess loss that counts as arrived: `tolerance` times Var y."""
        return self.tolerance * self.loss.maximum

    def steps_against(self, learning_rates: ArrayLike) -> Array:
        """Gradient-descent steps at each of `learning_rates` (...): whole numbers (...), inf for never."""
        return steps_to_excess(self.loss, self.start, learning_rates, self.level)

    def steps_at(self, learning_rate: float) -> int | None:
        """Gradient-descent steps at this learning rate; None for never."""
        steps = float(self.steps_against(number("learning_rate", learning_rate, above=0)))
        return int(steps) if math.isfinite(steps) else None

    def descend(self, learning_rate: float, steps: int) -> Trajectory:
        """`steps` steps of gradient descent from `start`: points (steps + 1, 2)."""
        return descend(self.loss, self.start, GradientDescent(number("learning_rate", learning_rate)), steps)


def _checked_start(loss: NormalizedNeuron, start: ArrayLike) -> Array:
    point = one_point("start", start, loss.size)
    if not point.any():
        raise ValueError("start must not be 0: there the normalized neuron has no direction to go")
    return point
