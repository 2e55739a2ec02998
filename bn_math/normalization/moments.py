"""Mean, variance, mean square as normalizing needs them: right for a constant, for tiny and huge numbers.

Only sums over given axes live here; what is done with them is normalization's business.
"""

import math
from typing import NamedTuple

import numpy as np

from bn_math.checks import Array, Indices


class Moments(NamedTuple):
    """What `moments` returns; all but `offsets` have the axes summed over kept, at length 1.

    mean: in units of the data; offsets, variance: the data less their mean, of their shape, and the biased
    variance, both in units of 2^exponent and of its square, in which neither overflows nor vanishes.
    """

    mean: Array
    offsets: Array
    variance: Array
    exponent: Indices

    @property
    def std(self) -> Array:
        """The biased standard deviation in units of the data."""
        return np.asarray(np.ldexp(np.sqrt(self.variance), self.exponent))


class MeanSquare(NamedTuple):
    """What `mean_square` returns: values and their mean square, in units of 2^exponent and of its square."""

    values: Array
    mean_square: Array
    exponent: Indices


def mean_square(x: Array, axis: int, eps: float = 0.0) -> MeanSquare:
    """The mean of the squares of `x` over `axis`, kept at length 1, in a unit that `eps` has room in, too."""
    exponent = _unit(x, axis, eps)
    scaled = np.ldexp(x, -exponent)
    found = (scaled**2).mean(axis=axis, keepdims=True)
    return MeanSquare(scaled, found, np.where(found > 0, exponent, np.frexp(math.sqrt(eps))[1]))


def _unit(x: Array, axis: int | tuple[int, ...], eps: float) -> Indices:
    """The exponents of the powers of two of which no value over `axis`, nor the root of `eps`, has more."""
    largest = np.maximum(np.abs(x).max(axis=axis, keepdims=True), math.sqrt(eps))
    return np.asarray(np.frexp(largest)[1], dtype=np.intp)


def moments(x: Array, axis: int | tuple[int, ...] = 0, eps: float = 0.0) -> Moments:
    """Mean, offsets and biased variance of `x` over `axis`, in a unit that `eps` has room in, too.

    The mean is computed twice, the second time from the offsets, which takes out what rounding left in it:
    the offsets of a constant are exactly 0.
    Source: Chan, Golub and LeVeque, The American Statistician 37 (1983), equation 1.7, for the second pass.
    """
    exponent = _unit(x, axis, eps)
    # Times a power of two: nothing is rounded.
    scaled = np.ldexp(x, -exponent)
    mean = scaled.mean(axis=axis, keepdims=True)
    offsets = scaled - mean
    slip = offsets.mean(axis=axis, keepdims=True)
    offsets = offsets - slip
    variance = (offsets**2).mean(axis=axis, keepdims=True)
    mean = np.ldexp(mean + slip, exponent)
    # A constant has no size of its own: then it is eps alone that must not vanish.
    exponent = np.where(variance > 0, exponent, np.frexp(math.sqrt(eps))[1])
    return Moments(mean, offsets, variance, exponent)
