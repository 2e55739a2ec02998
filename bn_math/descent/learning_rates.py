"""Learning rates: a logarithmic grid, and the numerical limit above which a descent diverges.

Counting the steps at each is `descent.steps_against` for a quadratic, `neuron` for the normalized neuron.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import Array, few_numbers, instance, integer, number, one_point
from bn_math.descent.losses import LeastSquares

# A step's matrix squared this often is 2^40 steps: any growth is large by then.
SQUARINGS = 40
# Relative growth below this is attributed to rounding.
GROWTH = 1e-3
# No float64 can be halved or doubled more often than this.
HALVINGS = 2200


def rate_grid(lowest: float, highest: float, per_decade: int = 24) -> Array:
    """Learning rates (k,) from `lowest` to `highest`, even on a log scale, `per_decade` for each factor 10.

    Powers of ten between the ends are met exactly when the ends are powers of ten.
    Raises ValueError unless 0 < lowest < highest and per_decade is at least 1.
    """
    lowest = number("lowest", lowest, above=0)
    highest = number("highest", highest, above=lowest)
    per_decade = integer("per_decade", per_decade, at_least=1)
    start, end = math.log10(lowest), math.log10(highest)
    count = max(round((end - start) * per_decade), 1)
    few_numbers("per_decade", count)
    exponents = start + (end - start) * np.arange(count + 1) / count
    whole = np.round(exponents)
    rates = 10.0 ** np.where(np.abs(exponents - whole) < 1e-9, whole, exponents)
    rates[0], rates[-1] = lowest, highest
    return np.asarray(rates)


def grows(loss: LeastSquares, start: ArrayLike, learning_rate: float) -> bool:
    """Whether 2^40 steps of gradient descent from `start` (d,) at this rate end farther away than they began.

    One step multiplies the way to the minimizer by I - learning_rate * H; squared 40 times, that is 2^40
    steps. No eigenvalue is looked at.
    """
    loss = instance("loss", loss, LeastSquares, "LeastSquares(data)")
    offset = one_point("start", start, loss.size) - loss.minimizer
    rate = number("learning_rate", learning_rate, above=0)
    with np.errstate(all="ignore"):
        steps = np.eye(loss.size) - rate * loss.hessian
        for _ in range(SQUARINGS):
            steps = steps @ steps
        after = float(loss.distance(loss.minimizer + steps @ offset))
    # Written so that NaN and infinity, what overflow leaves, count as growing.
    return not after <= (1 + GROWTH) * float(loss.distance(loss.minimizer + offset))


def stable_limit(loss: LeastSquares, start: ArrayLike) -> float:
    """The learning rate above which gradient descent from `start` (d,) diverges, found by trying.

    Doubling and halving bracket it, bisection narrows it down. Theory says 2 / L
    (`Spectrum.largest_stable_learning_rate`), which this comes within 1e-9 of, whatever the start: rounding
    gives every start a share in the steepest direction, which grows from there.
    Raises ValueError for a start at the minimizer, from which no rate diverges.
    """
    loss = instance("loss", loss, LeastSquares, "LeastSquares(data)")
    if float(loss.distance(one_point("start", start, loss.size))) == 0:
        raise ValueError("start is at the minimizer, from which no learning rate diverges; give another")
    low = high = 1.0
    for _ in range(HALVINGS):
        if not grows(loss, start, low):
            break
        low /= 2
    for _ in range(HALVINGS):
        if grows(loss, start, high):
            break
        high *= 2
    while low < (middle := low + (high - low) / 2) < high:
        low, high = (low, middle) if grows(loss, start, middle) else (middle, high)
    return low
