"""Data sets at random: any two features and a target that somebody might bring."""

from __future__ import annotations

import numpy as np

from bn_math import Dataset, Lesson

FEWEST, MOST = 5, 500  # rows
SMALLEST, LARGEST = -9.0, 9.0  # powers of ten of a column's scale


def random_lesson(seed: int) -> Lesson:
    """The lesson on the data set of ``seed``.

    Rows are 5 to 500, each column's scale is its own from 1e-9 to 1e9. A column's mean is up to a few of its
    standard deviations away from zero, on either side, or nothing at all, or a hundred of them, as a year is.
    The features are uncorrelated, correlated, or nearly the same, with either sign; one may be whole numbers,
    skewed, or have two values alone; the target follows them exactly, roughly or hardly.

    Raises:
        ValueError: no film can be made of it; the message says why.
    """
    return Lesson(random_data(seed))


def random_data(seed: int) -> Dataset:
    """The data set of ``seed``, see :func:`random_lesson`."""
    rng = np.random.default_rng(seed)
    count = int(np.round(np.exp(rng.uniform(np.log(FEWEST), np.log(MOST)))))
    r = rng.choice([0.0, rng.uniform(-0.9, 0.9), rng.choice([-1, 1]) * (1 - 10 ** rng.uniform(-4, -1))])
    a, own = (_shaped(rng, count) for _ in range(2))
    b = r * a + np.sqrt(1 - r * r) * own
    scales = 10.0 ** rng.uniform(SMALLEST, LARGEST, 3)
    if rng.random() < 0.5:  # most people's columns are not so far apart
        scales[:2] = scales[0] * 10.0 ** np.array([0, rng.uniform(-3, 3)])
    offsets = rng.choice([0.0, 1.0, 5.0, 100.0], 3, p=[0.3, 0.3, 0.3, 0.1]) * rng.normal(size=3)
    weights = rng.normal(size=2) * rng.choice([1.0, 1.0, 0.01], 2)
    noise = rng.choice([0.0, 0.1, 1.0]) * rng.normal(size=count)
    target = weights[0] * a + weights[1] * b + noise
    features = np.column_stack([a, b]) + offsets[:2]
    return Dataset(features * scales[:2], (target + offsets[2]) * scales[2])


def _shaped(rng: np.random.Generator, count: int) -> np.ndarray:
    """A column of mean about 0 and spread about 1: bell, even, skewed, in whole steps, or yes and no."""
    match rng.integers(5):
        case 0:
            return rng.normal(size=count)
        case 1:
            return rng.uniform(-1.7, 1.7, count)
        case 2:
            return rng.exponential(size=count) - 1
        case 3:
            return np.round(3 * rng.normal(size=count)) / 3
        case _:
            return np.where(rng.random(count) < 0.4, 1.0, -1.0)
