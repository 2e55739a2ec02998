"""Settling: the step from which a descent stays within a tolerance of the minimizer.

`settle` counts it for one run; `tune` returns the learning rate, of many, with the smallest count. Both
compute a run's steps identically to the last bit, so a tuned run's count is the one it was chosen for.
"""

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import Array, finite_array, instance, integer
from bn_math.descent.descent import along_axes, checked, distances, steps_to
from bn_math.descent.losses import LeastSquares
from bn_math.descent.optimizers import GradientDescent, LinearOptimizer, Optimizer, is_linear

# A run within this share of its initial distance has arrived: below it, rounding decides what happens.
FLOOR = 1e-12
# A count is stable if it does not change when the start is moved by NUDGE of its distance and every gradient
# by GRADIENT_NUDGE of the first one, each times every one of SHARES: far more than rounding moves them, far
# less than can be seen. There are many shares because oscillating runs can agree by chance.
NUDGE, GRADIENT_NUDGE = 1e-9, 1e-13
SHARES = (0.0, 1.0, -1.0, 0.7, -0.7, 0.5, -0.5, 0.3, -0.3)


class Settling(NamedTuple):
    """What `settle` returns.

    steps: the count, or None if the run does not settle; left: the largest distance, as a share of the
    initial one, in the part of the second half of `limit` steps that was computed, and inf if the descent
    diverges.
    """

    steps: int | None
    left: float


def settle(
    loss: LeastSquares,
    start: ArrayLike,
    optimizer: Optimizer,
    tolerance: float = 1e-6,
    limit: int = 10_000,
    stay: int = 10_000,
) -> Settling:
    """Steps until the distance is at most `tolerance` times what it was at `start` (d,), and stays so.

    `steps_to` counts the first such step; here the condition must also hold for the `stay` steps after it, or
    until the distance is below `FLOOR`: a descent that oscillates through the tolerance has not settled. None
    if there is no such step up to `limit`. A linear rule is evaluated from its first arrival on only.
    """
    instance("optimizer", optimizer, Optimizer, "GradientDescent(0.1)")
    point, target, limit = checked(loss, start, tolerance, limit)
    stay = integer("stay", stay, at_least=0)
    if loss.distance(point) == 0:
        return Settling(0, 0.0)
    if not is_linear(optimizer):
        return _watch(distances(loss, point[None, None], optimizer), 1, target, limit, stay).settling()
    first = steps_to(loss, point, optimizer, tolerance, limit)
    if first is None:
        return Settling(None, math.inf)
    if isinstance(optimizer, GradientDescent) and not _grows(loss, optimizer):
        # It only comes nearer. To watch it for rounding's sake would take for ever where steps are many.
        return Settling(first, tolerance if 2 * first > limit else 0.0)
    return _watch(_distances_by_matrix(loss, point, optimizer, first), first, target, limit, stay).settling()


def _grows(loss: LeastSquares, optimizer: LinearOptimizer) -> bool:
    """Whether gradient descent's share of any axis becomes larger from step to step."""
    return bool((np.abs(optimizer.transition(loss.spectrum.eigenvalues)) > 1).any())


def tune(
    loss: LeastSquares,
    start: ArrayLike,
    rule: Callable[[float | Array], Optimizer],
    learning_rates: ArrayLike,
    tolerance: float = 1e-6,
    limit: int = 10_000,
    stay: int = 10_000,
) -> tuple[Optimizer, Settling]:
    """`rule` at the one of `learning_rates` (k,) that settles the soonest, and what `settle` says of it.

    Adaptive optimizers oscillate before they settle, and at some rates their count depends on the last bit.
    So every rate is also run with the start and the gradients moved slightly (`SHARES`), and a rate whose
    count is not the same in all of these runs is discarded, unless that leaves none.
    Ties go to the first rate. If none settles, the rate with the smallest largest distance in the second half
    of `limit` steps is returned. `rule` is called with all rates as an array (k, 1), then with the best one.
    """
    point, target, limit = checked(loss, start, tolerance, limit)
    stay = integer("stay", stay, at_least=0)
    rates = finite_array("learning_rates", learning_rates)
    whole = float(loss.distance(point))
    if whole == 0:
        return rule(float(rates[0])), Settling(0, 0.0)
    ways = np.array(SHARES)[:, None, None]
    points = np.broadcast_to(point + NUDGE * whole * ways, (len(ways), len(rates), loss.size))
    moved = GRADIENT_NUDGE * ways * loss.gradient(point)
    runs = distances(loss, points, rule(rates[:, None]), lambda w: loss.gradient(w) + moved)
    found = _watch(runs, 1, target, limit, stay)
    alike = (found.outside == found.outside[0]).all(axis=0)
    for outside in (np.where(alike, found.outside[0], np.inf), found.outside.max(axis=0)):
        if outside.min() < limit:
            return rule(float(rates[outside.argmin()])), found.settling(int(outside.argmin()))
    nearest = int(found.left.max(axis=0).argmin())
    return rule(float(rates[nearest])), found.settling(nearest)


class _Watched(NamedTuple):
    """Of k runs in each of s ways, (s, k): the last step after which it was too far, and `Settling.left`."""

    outside: Array
    left: Array
    limit: int

    def settling(self, run: int = 0) -> Settling:
        """Of one run, the first way."""
        outside, left = float(self.outside[0, run]), float(self.left[0, run])
        return Settling(int(outside) + 1 if outside < self.limit else None, left)


def _watch(watched: Iterator[Array], first: int, target: float, limit: int, stay: int) -> _Watched:
    """The counts of runs whose distances `watched` (s, k) are those after `first`, `first` + 1, ... steps.

    Stops when the smallest count that is the same in all s rows has settled, when none can settle within
    `limit`, or when no run moves. So only that run, or the nearest if none settles, has its final figures.
    """
    outside, left, there = np.array(first - 1.0), np.array(0.0), np.array(False)
    with np.errstate(all="ignore"):
        for step, distance in enumerate(watched, first):
            there = there | (distance <= min(FLOOR, target))
            near = there | (distance <= target)
            outside = np.where(near, outside, step)
            if limit < 2 * step <= 2 * limit:
                left = np.maximum(left, distance)
            if not near.any():
                if step >= limit or not np.isfinite(distance).any():
                    break
                continue
            counts = np.where((outside == outside[0]).all(axis=0), outside[0], np.inf)
            soonest = int(counts.argmin())
            if step - counts[soonest] > stay or there[:, soonest].all() and counts[soonest] < limit:
                break
            if outside.min() >= limit or step - limit > stay:
                break
        else:
            outside, left = np.where(near, outside, np.inf), np.maximum(left, distance)
        # Once a run diverges it goes on doing so.
        diverged = ~np.isfinite(distance) & ~there
        return _Watched(np.where(diverged, np.inf, outside), np.where(diverged, np.inf, left), limit)


def shares_left(loss: LeastSquares, start: ArrayLike, optimizer: LinearOptimizer, steps: ArrayLike) -> Array:
    """The share of the distance at `start` (d,) left after each of `steps` (k,) of a linear rule: (k,).

    However many steps: they are taken by powers of the rule's matrix. `steps` are whole numbers from 0 on.
    """
    point = checked(loss, start, 0.5, 0)[0]
    axes = along_axes(loss, point)
    matrices = optimizer.transition(axes.eigenvalues)
    state = np.stack([axes.offsets, axes.offsets], axis=-1)[..., None]
    counts = finite_array("steps", steps)
    powers = (np.linalg.matrix_power(matrices, int(count)) for count in counts)
    return np.array([float(np.linalg.norm((power @ state)[:, 0, 0])) for power in powers])


def _distances_by_matrix(
    loss: LeastSquares, point: Array, optimizer: LinearOptimizer, first: int
) -> Iterator[Array]:
    """The distances (1, 1) of a linear rule from `point` (d,), from the step `first` on."""
    axes = along_axes(loss, point)
    matrices = optimizer.transition(axes.eigenvalues)
    state = np.stack([axes.offsets, axes.offsets], axis=-1)[..., None]
    state = np.linalg.matrix_power(matrices, first) @ state
    while True:
        yield np.linalg.norm(state[:, :1, :1], axis=0)
        state = matrices @ state
