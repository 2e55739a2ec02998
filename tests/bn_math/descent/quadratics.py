"""Quadratic losses to descend in tests, drawn from a seed or with given eigenvalues."""

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from bn_math import (
    Dataset,
    LeastSquares,
    article_dataset,
    descend,
)

quick = settings(max_examples=40, deadline=None, derandomize=True)
seeds = st.integers(0, 2**32 - 1)
ORIGIN = np.zeros(2)
STAGES = {
    "raw": article_dataset(),
    "centered": article_dataset().centered(),
    "scaled": article_dataset().scaled(),
    "standardized": article_dataset().standardized(),
}


def random_loss(seed: int, scale: float = 5.0) -> LeastSquares:
    rng = np.random.default_rng(seed)
    return LeastSquares(Dataset(rng.normal(size=(15, 2)) * [1, scale], rng.normal(size=15) * 4))


def diagonal_loss(*eigenvalues: float) -> LeastSquares:
    """A loss with this diagonal Hessian and its minimizer at (1, 1, ...)."""
    d = len(eigenvalues)
    x = np.diag(np.sqrt(np.array(eigenvalues) * max(d, 2) / 2))
    x = np.vstack([x, np.zeros((max(d, 2) - d, d))])
    return LeastSquares(Dataset(x, x @ np.ones(d), tuple("ABCDEF"[:d])))


def points_counted(loss: LeastSquares, start, optimizer, tolerance: float, steps: int) -> int | None:
    """The count read off a trajectory."""
    distances = np.linalg.norm(descend(loss, start, optimizer, steps).points - loss.minimizer, axis=-1)
    hits = np.flatnonzero(distances <= tolerance * distances[0])
    return int(hits[0]) if len(hits) else None
