"""Mini-batches: splitting rows without replacement, and what a batch's own mean and spread do.

Only index arithmetic and sampling statistics live here; normalizing a batch is normalization's business.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import Array, Indices, boolean, few_numbers, generator, integer, row_numbers, rows
from bn_math.normalization.moments import moments
from bn_math.normalization.standardize import standardize


def split_batches(
    count: int, batch_size: int, rng: np.random.Generator, drop_last: bool = False
) -> list[Indices]:
    """Rows 0 to count - 1, shuffled by `rng` and split into batches: index arrays, no row twice.

    The last batch is shorter when `batch_size` does not divide `count`; `drop_last` leaves it out, as a
    training loop does to keep a batch of one from the layer. Raises ValueError for sizes below 1.
    """
    count = integer("count", count, at_least=1)
    few_numbers("count", count)
    batch_size = integer("batch_size", batch_size, at_least=1)
    drop_last = boolean("drop_last", drop_last)
    order: Indices = generator("rng", rng).permutation(count).astype(np.intp)
    end = count - count % batch_size if drop_last else count
    return [order[i : i + batch_size] for i in range(0, end, batch_size)]


def batch_mean_spread(count: int, batch_size: int) -> float:
    """SD of a batch's mean over sigma (ddof 0): sqrt((N - m) / (m (N - 1))), drawn without replacement.

    Raises ValueError unless 2 <= N and 1 <= m <= N.
    Source: Cochran, Sampling Techniques (1977), theorem 2.2, with sigma^2 dividing by N.
    """
    count = integer("count", count, at_least=2)
    m = integer("batch_size", batch_size, at_least=1, at_most=count)
    return math.sqrt((count - m) / (m * (count - 1)))


def batch_means(x: ArrayLike, batches: Sequence[Indices]) -> Array:
    """Mean of each batch's rows: `x` (n, d) and k index arrays give (k, d).

    Raises ValueError for an empty batch and for row numbers that are not from 0 to n - 1.
    """
    x = rows("x", x)
    return np.array([moments(x[chosen]).mean[0] for chosen in row_numbers("batches", batches, len(x))])


def batch_stds(x: ArrayLike, batches: Sequence[Indices]) -> Array:
    """Standard deviation (ddof 0, as the layer takes it) of each batch's rows: `x` (n, d) gives (k, d).

    Raises ValueError for what `batch_means` refuses.
    """
    x = rows("x", x)
    return np.array([moments(x[chosen]).std[0] for chosen in row_numbers("batches", batches, len(x))])


def sampled_batch_means(x: ArrayLike, batch_size: int, draws: int, rng: np.random.Generator) -> Array:
    """Means of `draws` batches, each drawn afresh from the rows of `x` (n, d), none twice: (draws, d)."""
    x = rows("x", x)
    batch_size = integer("batch_size", batch_size, at_least=1, at_most=len(x))
    draws, rng = integer("draws", draws, at_least=1), generator("rng", rng)
    few_numbers("draws", draws * batch_size)
    chosen = (rng.choice(len(x), batch_size, replace=False) for _ in range(draws))
    return np.array([moments(x[item]).mean[0] for item in chosen])


def batchmates(count: int, row: int, batch_size: int, draws: int, rng: np.random.Generator) -> Indices:
    """Random batches that contain one row: row numbers (draws, batch_size), `row` first, then its batchmates.

    No row comes twice in a batch. Raises ValueError unless 0 <= row < count and 1 <= batch_size <= count.
    """
    count = integer("count", count, at_least=1)
    row = integer("row", row, at_least=0, at_most=count - 1)
    batch_size = integer("batch_size", batch_size, at_least=1, at_most=count)
    draws = integer("draws", draws, at_least=1)
    few_numbers("draws", draws * count)
    others = np.delete(np.arange(count), row)
    shuffled = generator("rng", rng).permuted(np.tile(others, (draws, 1)), axis=1)[:, : batch_size - 1]
    return np.column_stack([np.full(draws, row), shuffled]).astype(np.intp)


def standardized_with_batchmates(
    x: ArrayLike, row: int, batch_size: int, draws: int, rng: np.random.Generator, eps: float = 1e-5
) -> Array:
    """What one row of `x` (n, d) becomes when it is standardized in `draws` random batches: (draws, d).

    The row never changes; the spread of the results is the noise that mini-batches add.
    Raises ValueError unless 0 <= row < n and 2 <= batch_size <= n.
    """
    x = rows("x", x, at_least=2)
    batch_size = integer("batch_size", batch_size, at_least=2, at_most=len(x))
    batches = batchmates(len(x), row, batch_size, draws, rng)
    return np.array([standardize(x[chosen], eps=eps)[0] for chosen in batches])
