"""The noise of mini-batches: the exact distribution of a batch's mean, and of one row's normalized value.

A row standardized in random batches is `split.standardized_with_batchmates`; its distribution is here.
Few batches are enumerated. Of many, the mean of exp(i w sum) over all of them, which is the distribution's
characteristic function, follows row by row, and with it the Fourier series; nothing is sampled.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bn_math.checks import Array, ascending, finite_array, integer, number, readonly, rows
from bn_math.normalization.moments import moments

Complex = NDArray[np.complex128]

# Up to this many batches are enumerated.
MOST_BATCHES = 5_000_000
# Terms of the Fourier series of a sum's distribution, for sums of more choices than that.
FOURIER_TERMS = 1024
# For two sums at once: terms in each, fewer once the batch is large and its sums nearly normal.
PAIR_TERMS, FEW_PAIR_TERMS, LARGE_BATCH = 64, 24, 16
# Two sums are evaluated this many standard deviations to either side, on a square of so many cells a side.
REACH, CELLS = 8.0, 384
# Values that spread less than this, in units of the feature's spread, are alike but for rounding.
ALIKE = 1e-9


@dataclass(frozen=True, eq=False)
class NormalizedValueDistribution:
    """The distribution of one row's value when it is standardized in random batches.

    values, weights: (g, d), what each of the d features may become, and how likely; the weights of each
    feature sum to 1. Where they stem from a Fourier series, single ones may be slightly below 0.
    Raises ValueError for arrays that are not (g, d) alike and finite.
    """

    values: Array
    weights: Array

    def __post_init__(self) -> None:
        """Checks the shapes."""
        values, weights = rows("values", self.values, ndims=(2,)), finite_array("weights", self.weights)
        if weights.shape != values.shape:
            raise ValueError(f"weights must have the values' shape {values.shape}, but has {weights.shape}")
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "weights", weights)

    @property
    def center(self) -> Array:
        """Mean of the normalized value, (d,)."""
        return np.asarray(np.einsum("gd,gd->d", self.weights, self.values))

    @property
    def std(self) -> Array:
        """Standard deviation of the normalized value, (d,)."""
        offsets = self.values - self.center
        return np.asarray(np.sqrt(np.einsum("gd,gd,gd->d", self.weights, offsets, offsets)))

    def shares(self, edges: ArrayLike) -> Array:
        """Probability between ascending `edges` (k + 1,), for each feature: (k, d)."""
        edges = ascending("edges", edges)
        columns = zip(self.values.T, self.weights.T, strict=True)
        return np.column_stack([np.histogram(value, edges, weights=weight)[0] for value, weight in columns])


def normalized_value_distribution(
    x: ArrayLike, row: int, batch_size: int, eps: float = 1e-5
) -> NormalizedValueDistribution:
    """The distribution of (x[row] - mean) / sqrt(variance + eps) over all batches with `row` of `x` (n, d).

    The other rows are drawn without replacement. Exact for up to `MOST_BATCHES` batches; beyond that mean and
    spread are right to about a thousandth of the spread, for features that take many values.
    Raises ValueError unless 0 <= row < n and 2 <= batch_size <= n, and if eps is 0 for a batch all alike.
    """
    x = rows("x", x, at_least=2, ndims=(2,))
    row = integer("row", row, at_least=0, at_most=len(x) - 1)
    m = integer("batch_size", batch_size, at_least=2, at_most=len(x))
    eps = number("eps", eps, at_least=0)
    # By a power of two each: nothing is rounded, and no square of what follows overflows or vanishes.
    exponents = moments(x, eps=eps).exponent
    scaled = zip(np.ldexp(x, -exponents).T, np.ldexp(eps, -2 * exponents[0]), strict=True)
    values, weights = zip(*(_distribution(column, row, m, float(e)) for column, e in scaled), strict=True)
    columns = readonly(values).T
    return NormalizedValueDistribution(columns, np.broadcast_to(np.column_stack(weights), columns.shape))


def batch_mean_shares(x: ArrayLike, batch_size: int, edges: ArrayLike) -> Array:
    """The share of all batches whose mean falls between ascending `edges` (k + 1,): `x` (n, d) gives (k, d).

    A batch is `batch_size` rows, none twice. Raises ValueError unless 1 <= batch_size <= n and edges ascend.
    """
    x, edges = rows("x", x, ndims=(2,)), ascending("edges", edges)
    m = integer("batch_size", batch_size, at_least=1, at_most=len(x))
    shares = _shares_of_all if math.comb(len(x), m) <= MOST_BATCHES else _shares_by_fourier
    # By a power of two, for large columns: nothing is rounded, and no sum overflows.
    exponents = np.maximum(moments(x).exponent, 0)
    scaled = zip(np.ldexp(x, -exponents).T, exponents[0], strict=True)
    return np.column_stack([shares(column, m, np.ldexp(edges, -e)) for column, e in scaled])


def _distribution(x: Array, row: int, m: int, eps: float) -> tuple[Array, Array]:
    """Values (g,) of one feature (n,), and their weights: (g,), or (1,) if they are all alike."""
    unit = float(x.std()) or 1.0
    # Seen from the row itself: all that the other rows do is in the sums of u and of u^2.
    u = (np.delete(x, row) - x[row]) / unit
    count = math.comb(len(u), m - 1)
    if count <= MOST_BATCHES:
        pieces = _all_sums(np.column_stack([u, u**2]), m - 1)
        values = [_values(sums[:, 0], sums[:, 1], m, eps / unit**2) for sums in pieces]
        return np.concatenate(values), np.array([1 / count])
    first, second, weights = _pair_by_fourier(u, m - 1)
    return _values(first, second, m, eps / unit**2), weights


def _values(first: Array, second: Array, m: int, eps: float) -> Array:
    """The normalized value of a row whose batchmates' sums of u and of u^2 are `first` and `second`, (g,)."""
    variance = np.maximum(second / m - (first / m) ** 2, 0) + eps
    if (variance == 0).any():
        raise ValueError("a batch may be all alike, and then has no spread to divide by; give eps > 0")
    return np.asarray(-first / m / np.sqrt(variance))


def _shares_of_all(x: Array, m: int, edges: Array) -> Array:
    counts = sum(np.histogram(sums[:, 0] / m, edges)[0] for sums in _all_sums(x[:, None], m))
    return np.asarray(counts / math.comb(len(x), m))


def _all_sums(values: Array, k: int) -> Iterator[Array]:
    """The sums of all choices of `k` rows of `values` (n, q), none twice, in pieces (..., q)."""
    n, q = values.shape
    if 2 * k > n:
        whole = values.sum(axis=0)
        yield from (whole - sums for sums in _all_sums(values, n - k))
        return
    # By their sizes, the sums of fewer than k of the rows seen so far: those of k are passed on at once.
    found = [np.zeros((1, q)), *(np.empty((0, q)) for _ in range(1, k))]
    if k == 0:
        yield found[0]
        return
    for value in values:
        yield found[k - 1] + value
        for size in range(k - 1, 0, -1):
            found[size] = np.concatenate([found[size], found[size - 1] + value])


def _mean_over_choices(turns: Complex, k: int) -> Complex:
    """Mean over all choices of `k` of n rows of the product of their `turns` (n, ...): shape (...).

    The mean over the first j rows is that over the first j - 1, or takes row j with chance size / j.
    """
    means = np.zeros((k + 1, *turns.shape[1:]), dtype=np.complex128)
    means[0] = 1
    sizes = np.arange(1, k + 1).reshape(-1, *(1,) * (turns.ndim - 1))
    for j, turn in enumerate(turns, start=1):
        top = min(j, k)
        chance = sizes[:top] / j
        means[1 : top + 1] = (1 - chance) * means[1 : top + 1] + chance * turn * means[:top]
    return np.asarray(means[k])


def _shares_by_fourier(x: Array, m: int, edges: Array) -> Array:
    low, span = x.min(), float(np.ptp(x)) or 1.0
    # A batch's mean, from 0 to 1, on a circle a little longer than that.
    length = 1.25
    frequencies = 2 * np.pi / length * np.arange(1, FOURIER_TERMS + 1)
    means = _mean_over_choices(np.exp(1j * np.outer((x - low) / span, frequencies / m)), m)
    ends = np.clip((edges - low) / span, -0.1, 1.1)
    below = (means / (-1j * frequencies) * np.exp(-1j * np.outer(ends, frequencies))).sum(axis=1)
    return np.asarray(np.diff(ends + 2 * below.real) / length)


def _pair_by_fourier(u: Array, k: int) -> tuple[Array, Array, Array]:
    """The joint distribution of sum u and sum u^2 over choices of `k` of `u` (n,): both and weights, (g,)."""
    # What in u^2 is uncorrelated with u, so that the cells are not wasted on a thin diagonal.
    a = u - u.mean()
    tilt = float((a * u**2).mean() / (a**2).mean()) if a.std() > ALIKE else 0.0
    b = u**2 - tilt * u
    rest = float(b.mean())
    # The standard deviation of such a sum, drawn without replacement, over that of a single value.
    factor = math.sqrt(k * (len(u) - k) / (len(u) - 1))
    a_scale, b_scale = (factor * float(v.std()) if v.std() > ALIKE else 0.0 for v in (a, b))
    count = PAIR_TERMS if k < LARGE_BATCH else FEW_PAIR_TERMS
    frequencies = np.pi / REACH * np.arange(-count, count + 1)
    half = frequencies[count:]  # The distribution is real: the other half is the complex conjugate.
    turns_a = np.exp(1j * np.outer(a / (a_scale or 1.0), frequencies))
    turns_b = np.exp(1j * np.outer((b - rest) / (b_scale or 1.0), half))
    means = _mean_over_choices(turns_a[:, :, None] * turns_b[:, None, :], k)
    means[:, 1:] *= 2
    cells = REACH * ((np.arange(CELLS) + 0.5) * 2 / CELLS - 1)
    back_a, back_b = (np.exp(-1j * np.outer(cells, w)) for w in (frequencies, half))
    weights = (back_a @ means @ back_b.T).real
    first = np.broadcast_to((a_scale * cells + k * u.mean())[:, None], weights.shape)
    second = (b_scale * cells + k * rest)[None, :] + tilt * first
    # The sum of squares is at least the square of the sum over k: what is below that is ringing.
    weights = np.where(k * second >= first**2 * (1 - ALIKE), weights, 0)
    return first.ravel(), second.ravel(), (weights / weights.sum()).ravel()
