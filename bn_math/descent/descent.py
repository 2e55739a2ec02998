"""Counting the steps of a descent until it reaches the minimizer, for any optimizer (`steps_to`).

Gradient descent on a quadratic is counted in closed form, for many learning rates at once in `steps_against`.
"""

import math
from collections.abc import Callable, Iterator
from itertools import count, islice
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bn_math.checks import Array, instance, integer, number, one_point, positive_array
from bn_math.descent.losses import LeastSquares
from bn_math.descent.optimizers import Gradient, GradientDescent, LinearOptimizer, Optimizer, is_linear
from bn_math.descent.schedules import final_step

# Relative slack of the tolerance, so that rounding does not decide a tie.
ROUNDING = 1e-12
# Steps of a linear rule that are computed at once.
BLOCK = 2048
# Counting in closed form is as cheap for many steps as for few.
LONGEST_COUNT = 10**15

Counts = NDArray[np.int64]


def steps_to(
    loss: LeastSquares,
    start: ArrayLike,
    optimizer: Optimizer,
    tolerance: float = 1e-6,
    limit: int = 1_000_000,
) -> int | None:
    """Steps until the distance to the minimizer is at most `tolerance` times what it was at `start` (d,).

    None if that is not so within `limit` steps. The first such step counts, even if momentum then overshoots.
    When the Hessian is singular the distance is to the nearest of the minimizers (`LeastSquares.distance`).
    Gradient descent is counted in closed form, whatever the count. The other linear rules may oscillate
    through the tolerance, so every step is computed, many at once by powers of their matrices; all other
    rules are run step by step. Raises ValueError for a start that is not finite or not of
    shape (d,), a tolerance not between 0 and 1, and a negative limit.
    """
    instance("optimizer", optimizer, Optimizer, "GradientDescent(0.1)")
    point, target, limit = checked(loss, start, tolerance, limit)
    if loss.distance(point) == 0:
        return 0
    with np.errstate(all="ignore"):
        if isinstance(optimizer, GradientDescent) and not callable(optimizer.learning_rate):
            rates = np.array([number("learning_rate", optimizer.learning_rate)])  # type: ignore[arg-type]
            count = int(_by_closed_form(along_axes(loss, point), rates, target, limit)[0])
            return count if count <= limit else None
        if is_linear(optimizer):
            return _by_matrix_powers(along_axes(loss, point), optimizer, target, limit)
        return _one_by_one(distances(loss, point, optimizer), target, limit)


def steps_against(
    loss: LeastSquares,
    start: ArrayLike,
    learning_rates: ArrayLike,
    tolerance: float = 1e-6,
    limit: int = LONGEST_COUNT,
) -> Array:
    """Gradient-descent steps from `start` (d,) at each of `learning_rates`: whole numbers (...), or inf.

    What `steps_to` counts, for all rates at once; inf stands for never, or not within `limit` steps.
    Raises ValueError for what `steps_to` refuses, and for learning rates that are not finite and above 0.
    """
    # float64 does not hold every whole number beyond this.
    point, target, limit = checked(loss, start, tolerance, limit, at_most=2**53)
    rates = positive_array("learning_rates", learning_rates)
    if loss.distance(point) == 0:
        return np.zeros(rates.shape)
    with np.errstate(all="ignore"):
        counts = _by_closed_form(along_axes(loss, point), rates.ravel(), target, limit)
    return np.where(counts <= limit, counts.astype(np.float64), np.inf).reshape(rates.shape)


def checked(
    loss: LeastSquares, start: ArrayLike, tolerance: float, limit: int, at_most: int = 10**18
) -> tuple[Array, float, int]:
    """The start, the share of the distance that is near enough, and the limit: each as it must be."""
    loss = instance("loss", loss, LeastSquares, "LeastSquares(data)")
    point = one_point("start", start, loss.size)
    if not np.isfinite(loss.distance(point)):
        raise ValueError("start is too far away: its distance to the minimizer overflows")
    target = number("tolerance", tolerance, above=0, below=1) * (1 + ROUNDING)
    return point, target, integer("limit", limit, at_least=0, at_most=at_most)


class Axes(NamedTuple):
    """The quadratic seen along the eigenvectors in which it is curved and the start is off the minimizer."""

    eigenvalues: Array
    offsets: Array  # in units of the distance at the start


def along_axes(loss: LeastSquares, start: Array) -> Axes:
    """The offset of `start` (d,) from the minimizer, in the eigenvectors' coordinates."""
    s = loss.spectrum
    offsets = s.eigenvectors.T @ (start - loss.minimizer)
    used = (s.eigenvalues > 0) & (offsets != 0)
    return Axes(s.eigenvalues[used], offsets[used] / loss.distance(start))


def _by_closed_form(axes: Axes, learning_rates: Array, target: float, limit: int) -> Counts:
    """The first step near enough for each of `learning_rates` (k,), limit + 1 standing for none.

    The squared distance after t steps is the sum of offset^2 (1 - learning_rate * eigenvalue)^(2t).
    As a sum of exponentials it is convex in t: it falls to one turning point and then rises. Bisection finds
    the turning point, then the first t before it that is near enough.
    """
    speeds = _log_abs_one_minus(learning_rates[:, None] * axes.eigenvalues)
    # A factor of exactly 0 is done after one step; one beyond float64 is never done.
    squares = np.where(speeds == -np.inf, 0.0, axes.offsets**2)
    speeds = np.clip(np.where(speeds == -np.inf, 0.0, speeds), None, 1e3)

    def reached(t: Counts) -> NDArray[np.bool_]:
        terms = squares * np.exp(2 * t[:, None] * speeds)
        return np.asarray(np.sqrt(terms.sum(axis=-1)) <= target)

    def rising(t: Counts) -> NDArray[np.bool_]:
        terms = squares * np.exp(2 * t[:, None] * speeds) * speeds
        return np.asarray(terms.sum(axis=-1) >= 0)

    zeros, limits = np.zeros(len(speeds), np.int64), np.full(len(speeds), limit, np.int64)
    turns = np.maximum(_first(rising, zeros, limits), 1)
    grows = (speeds > 0).any(axis=-1)
    last = np.where(grows, np.minimum(np.where(reached(turns), turns, turns - 1), limits), limits)
    found = (last >= 1) & reached(last)
    return np.where(found, _first(reached, zeros + 1, np.maximum(last, 1)), limit + 1)


def _first(holds: Callable[[Counts], NDArray[np.bool_]], low: Counts, high: Counts) -> Counts:
    """The least t from `low` to `high` at which `holds`, which once it holds goes on holding; else `high`."""
    while (low < high).any():
        middle = low + (high - low) // 2
        yes = holds(middle)
        low, high = np.where(yes | (low == high), low, middle + 1), np.where(yes, middle, high)
    return low


def _log_abs_one_minus(x: Array) -> Array:
    """log|1 - x|, exact to the last digits even near 0, where 1 - x is not; -inf at 1."""
    return np.where(x < 1, np.log1p(-np.minimum(x, 1)), np.log(np.maximum(x, 1) - 1))


def _by_matrix_powers(axes: Axes, optimizer: LinearOptimizer, target: float, limit: int) -> int | None:
    powers = optimizer.transition(axes.eigenvalues)[None]
    while len(powers) < BLOCK:
        powers = np.concatenate([powers, powers @ powers[-1]])
    state = np.stack([axes.offsets, axes.offsets], axis=-1)[..., None]
    for done in range(0, limit, BLOCK):
        distances = np.linalg.norm((powers[:, :, :1, :] @ state)[..., 0, 0], axis=-1)
        hits = np.flatnonzero(distances <= target)
        if len(hits):
            count = done + int(hits[0]) + 1
            return count if count <= limit else None
        state = powers[-1] @ state
        if not np.isfinite(state).all():
            return None
    return None


def distances(
    loss: LeastSquares, points: Array, optimizer: Optimizer, gradient: Gradient | None = None
) -> Iterator[Array]:
    """The distances (...) of `points` (..., d) after every step, in units of those at the start.

    Steps are taken along the loss's gradient, or along `gradient`. The distances end once nothing moves any
    more, as it does when a schedule has brought the rate to 0.
    """
    state, whole = optimizer.init(points), loss.distance(points)
    final = final_step(getattr(optimizer, "learning_rate", 0.0))
    for step in count(1):
        before = points
        points, state = optimizer.update(gradient or loss.gradient, points, state)
        yield np.asarray(loss.distance(points) / whole)
        if step > final and (~np.isfinite(points) | (points == before)).all():
            return


def _one_by_one(along: Iterator[Array], target: float, limit: int) -> int | None:
    for step, distance in enumerate(islice(along, limit), 1):
        if distance <= target:
            return step
        if not math.isfinite(distance):
            return None
    return None
