"""The noise of mini-batches: what sampling theory says of a batch's mean, and of where one row lands.

A row standardized in many batches is `batches.standardized_in_company`; here is the law to hold beside it.
"""

import math
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import Array, finite_array, integer, number, readonly

# Up to this many batches are looked at one by one.
MOST_BATCHES = 200_000
# Beyond that a batch's mean takes so many values that this many waves tell its law from a smooth one's.
WAVES = 1024


@dataclass(frozen=True, eq=False)
class Landing:
    """Where one row lands when it is standardized in random batches, to first order: a normal law.

    center, std: (d,), one for each feature.
    """

    center: Array
    std: Array

    def density(self, places: ArrayLike) -> Array:
        """The normal density at each of `places` (k,): (k, d). Raises ValueError where the spread is 0."""
        if (self.std == 0).any():
            raise ValueError("the batch is all the data: the row lands in one place, which has no density")
        z = (finite_array("places", places)[:, None] - self.center) / self.std
        return np.asarray(np.exp(-(z**2) / 2) / (self.std * math.sqrt(2 * math.pi)))


def landing(x: ArrayLike, row: int, batch_size: int, eps: float = 1e-5) -> Landing:
    """The law of (x[row] - mean) / sqrt(variance + eps) over random batches which `row` of `x` (n, d) is in.

    The batch's mean and mean square over its other rows, drawn without replacement, have an exactly known
    covariance; the row's place is taken as linear in them (the delta method), which holds the better the
    larger the batch: for the article's data the spread is up to a quarter too small for batches of 5, a tenth
    for 10, a twentieth for 20. Raises ValueError unless 0 <= row < n and 2 <= batch_size <= n.
    Source: Cochran, Sampling Techniques (1977), theorems 2.2 and 2.3, and section 6.4 on ratios.
    """
    x = finite_array("x", x)
    row = integer("row", row, at_least=0, at_most=len(x) - 1)
    m = integer("batch_size", batch_size, at_least=2, at_most=len(x))
    eps = number("eps", eps, at_least=0)
    own, others = x[row], np.delete(x, row, axis=0)
    middle = (own + (m - 1) * others.mean(axis=0)) / m
    offset, offsets = own - middle, others - middle
    # Of the m - 1 drawn from n - 1; what the row itself adds does not vary.
    shrink = (len(x) - m) / ((m - 1) * (len(x) - 2)) * ((m - 1) / m) ** 2 if m < len(x) else 0.0
    mean_variance = shrink * offsets.var(axis=0)
    square_variance = shrink * (offsets**2).var(axis=0)
    both = shrink * ((offsets - offsets.mean(axis=0)) * offsets**2).mean(axis=0)
    expected = (offset**2 + (m - 1) * (offsets**2).mean(axis=0)) / m - mean_variance
    sigma = np.sqrt(expected + eps)
    by_mean, by_square = -1 / sigma, -offset / (2 * sigma**3)
    variance = by_mean**2 * mean_variance + 2 * by_mean * by_square * both + by_square**2 * square_variance
    return Landing(readonly(offset / sigma), readonly(np.sqrt(np.maximum(variance, 0))))


def batch_mean_shares(x: ArrayLike, batch_size: int, edges: ArrayLike) -> Array:
    """The exact share of all batches whose mean falls between ascending `edges` (k + 1,): `x` (n, d), (k, d).

    A batch is `batch_size` rows, none twice. Where there are too many batches to look at, the law's Fourier
    series is summed; its coefficients, means of exp(i w sum) over all batches, follow row by row.
    Raises ValueError unless 1 <= batch_size <= n and the edges ascend.
    """
    x = finite_array("x", x)
    m = integer("batch_size", batch_size, at_least=1, at_most=len(x))
    edges = finite_array("edges", edges)
    if edges.ndim != 1 or len(edges) < 2 or (np.diff(edges) <= 0).any():
        raise ValueError("edges must be at least two ascending numbers")
    if math.comb(len(x), m) <= MOST_BATCHES:
        means = x[np.array(list(combinations(range(len(x)), m)))].mean(axis=1)
        return np.column_stack([np.histogram(column, edges)[0] / len(column) for column in means.T])
    return np.column_stack([_shares_by_waves(column, m, edges) for column in x.T])


def _shares_by_waves(x: Array, m: int, edges: Array) -> Array:
    low, span = x.min(), float(np.ptp(x)) or 1.0
    # A batch's mean, from 0 to 1, on a circle a little longer than that.
    length = 1.25
    waves = 2 * np.pi / length * np.arange(1, WAVES + 1)
    turns = np.exp(1j * np.outer((x - low) / span, waves / m))
    # means[k] is the mean of exp(i w sum) over all choices of k of the rows so far.
    means = np.zeros((m + 1, WAVES), dtype=np.complex128)
    means[0] = 1
    for count, turn in enumerate(turns, start=1):
        k = np.arange(1, m + 1)[:, None]
        means[1:] = np.where(k <= count, ((count - k) * means[1:] + k * turn * means[:-1]) / count, 0)
    ends = np.clip((edges - low) / span, -0.1, 1.1)
    below = (means[m] / (-1j * waves) * np.exp(-1j * np.outer(ends, waves))).sum(axis=1)
    return np.asarray(np.diff(ends + 2 * below.real) / length)
