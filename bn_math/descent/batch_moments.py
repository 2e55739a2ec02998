"""What gradient descent needs of mini-batches that are standardized each by its own statistics.

Of each batch a few moments are enough, so that the batches of many runs are summed up at once.
"""

from typing import NamedTuple

import numpy as np

from bn_math.checks import Array, Indices
from bn_math.data.dataset import Dataset


class BatchMoments(NamedTuple):
    """Of each run's k batches of an epoch what steps need: a batch's loss is w'Gw - 2 w'b + q.

    gram G: (runs, k, d, d); products b: (runs, k, d); squares q: (runs, k); means, variances: (runs, k, d),
    the batch's own, the variance unbiased, for running statistics; shares: (k,) of the epoch's rows.
    """

    gram: Array
    products: Array
    squares: Array
    means: Array
    variances: Array
    shares: Array


def split(order: Indices, batch_size: int) -> list[Indices]:
    """Shuffled rows (runs, n) as batches: (runs, k, m), and (runs, 1, rest) if more than one row is left."""
    runs, count = order.shape
    whole = count - count % batch_size
    parts = [order[:, :whole].reshape(runs, -1, batch_size)]
    return [*parts, order[:, None, whole:]] if count - whole > 1 else parts


def moments_of(
    data: Dataset, rows: list[Indices], eps: Array, known: Array | None, centers_target: bool
) -> BatchMoments:
    """The moments of the batches of `split`, whose features are standardized with `eps` (d,).

    With `known` (d,), variances with eps added, features are divided by their roots instead, and not
    centered: those of `data` are then to have mean 0. `centers_target` takes each batch's mean from its
    target.
    """
    seen = sum(part.shape[1] * part.shape[2] for part in rows)
    found = []
    for part in rows:
        x, y, size = data.features[part], data.target[part], part.shape[2]
        mean, var = x.mean(axis=2), x.var(axis=2)
        if centers_target:
            y = y - y.mean(axis=2, keepdims=True)
        offsets, spread = (x - mean[:, :, None], var[:, :, None] + eps) if known is None else (x, known)
        x = offsets / np.sqrt(spread)
        turned = np.swapaxes(x, 2, 3)
        products = (turned @ y[..., None])[..., 0] / size
        unbiased = var * (size / (size - 1))
        shares = np.full(part.shape[1], size / seen)
        found.append((turned @ x / size, products, (y**2).mean(axis=2), mean, unbiased, shares))
    axes = (1, 1, 1, 1, 1, 0)
    columns = zip(zip(*found, strict=True), axes, strict=True)
    return BatchMoments(*(np.concatenate(items, axis=axis) for items, axis in columns))
