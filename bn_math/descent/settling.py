"""When a descent is near the minimizer for good, counted for one run or for many tried side by side.

`settle` counts one; `tune` finds of many learning rates the one that settles the soonest, with its count. A
run's steps are the same to the last bit in both, so that no count differs from the one it was chosen for.
"""

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import Array, finite_array, integer
from bn_math.descent.descent import along_axes, checked, distances, steps_to
from bn_math.descent.losses import LeastSquares
from bn_math.descent.optimizers import LinearOptimizer, Optimizer, is_linear


class Settling(NamedTuple):
    """What `settle` returns.

    steps: the count, or None; left: the largest share of the distance in the second half of `limit` steps,
    as far as they were looked at, and inf if the descent diverges.
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

    Where `steps_to` counts the first such step, here it must also hold for the `stay` steps after it: a
    descent that swings through the neighbourhood of the minimizer has not settled. None if there is no such
    step up to `limit`. A linear rule is only watched from its first arrival on, however late that is.
    """
    point, target, limit = checked(loss, start, tolerance, limit)
    stay = integer("stay", stay, at_least=0)
    if loss.distance(point) == 0:
        return Settling(0, 0.0)
    if not is_linear(optimizer):
        return _watch(distances(loss, point[None], optimizer), 1, target, limit, stay)[0]
    first = steps_to(loss, point, optimizer, tolerance, limit)
    if first is None:
        return Settling(None, math.inf)
    return _watch(_distances_by_matrix(loss, point, optimizer, first), first, target, limit, stay)[0]


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

    Of several that are equally soon it is the first. If none settles, it is the one that is the nearest in
    the end: whose largest distance in the second half of `limit` steps is the smallest. `rule` is called with
    all rates as an array (k, 1), then with the best alone.
    """
    point, target, limit = checked(loss, start, tolerance, limit)
    stay = integer("stay", stay, at_least=0)
    rates = finite_array("learning_rates", learning_rates)
    if loss.distance(point) == 0:
        return rule(float(rates[0])), Settling(0, 0.0)
    points = np.tile(point, (len(rates), 1))
    found = _watch(distances(loss, points, rule(rates[:, None])), 1, target, limit, stay)
    steps = [math.inf if each.steps is None else each.steps for each in found]
    lasting = [each.left if min(steps) == math.inf else 0.0 for each in found]
    best = min(range(len(rates)), key=lambda run: (steps[run], lasting[run]))
    return rule(float(rates[best])), found[best]


def _watch(watched: Iterator[Array], first: int, target: float, limit: int, stay: int) -> list[Settling]:
    """What becomes of k runs, whose distances `watched` (k,) are those after `first`, `first` + 1, ... steps.

    Watched until one has stayed near for `stay` steps, none can settle within `limit`, or nothing moves any
    more. So of several runs only the soonest, or the nearest if none settles, has its final figures.
    """
    outside, left = np.array(first - 1.0), np.array(0.0)
    with np.errstate(all="ignore"):
        for step, distance in enumerate(watched, first):
            finite = np.isfinite(distance)
            # Of each run: the last step after which it was too far, inf once it diverges.
            outside = np.where(distance <= target, outside, np.where(finite, step, np.inf))
            if limit < 2 * step <= 2 * limit:
                left = np.maximum(left, distance)
            left = np.where(finite, left, np.inf)
            soonest = outside.min()
            if soonest >= limit or step - soonest > stay:
                break
        else:
            outside, left = np.where(distance <= target, outside, np.inf), np.maximum(left, distance)
    return [
        Settling(int(step) + 1 if step < limit else None, float(far))
        for step, far in zip(outside, left, strict=True)
    ]


def _distances_by_matrix(
    loss: LeastSquares, point: Array, optimizer: LinearOptimizer, first: int
) -> Iterator[Array]:
    """The same (1,) of a linear rule from `point` (d,), from the step `first` on."""
    axes = along_axes(loss, point)
    matrices = optimizer.transition(axes.eigenvalues)
    state = np.stack([axes.offsets, axes.offsets], axis=-1)[..., None]
    state = np.linalg.matrix_power(matrices, first) @ state
    while True:
        yield np.linalg.norm(state[:, :1, 0], axis=0)
        state = matrices @ state
