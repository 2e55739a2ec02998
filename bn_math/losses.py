"""Loss surfaces over weights: what is minimized, its slope, and its shape where that is known exactly.

A loss knows its data and nothing of how it is descended. The batch-normalized neuron's loss belongs here too.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import Array, readonly, weights_unchecked
from bn_math.data import Dataset
from bn_math.spectrum import RANK_TOLERANCE, Spectrum


class Loss(Protocol):
    """What `descend` needs of a loss; `w` is (..., size)."""

    @property
    def size(self) -> int:
        """The number of weights."""

    def value(self, w: ArrayLike) -> Array:
        """The loss, (...)."""

    def gradient(self, w: ArrayLike) -> Array:
        """Its gradient, (..., size)."""


@dataclass(frozen=True, eq=False)
class LeastSquares:
    """The mean squared error of a linear model: J(w) = mean((Xw - y)^2), X the (n, d) features, y the target.

    Raises ValueError when every feature is zero, or so large that their squares overflow.
    """

    data: Dataset

    def __post_init__(self) -> None:
        """Checks that the data give a surface."""
        with np.errstate(over="ignore", invalid="ignore"):
            hessian, square = self.hessian, np.mean(self.data.target**2)
        if not (np.isfinite(hessian).all() and np.isfinite(square)):
            raise ValueError("data is too large: the squares of its values overflow; give it in larger units")
        if not hessian.any():
            raise ValueError("every feature is zero: the loss does not depend on the weights")

    @property
    def size(self) -> int:
        """d, the number of weights."""
        return int(self.data.features.shape[1])

    @cached_property
    def hessian(self) -> Array:
        """H = (2/n) X'X, (d, d), the same everywhere."""
        x = self.data.features
        return readonly(2 / len(x) * (x.T @ x))

    @cached_property
    def spectrum(self) -> Spectrum:
        """The spectrum of the Hessian."""
        return Spectrum.of(self.hessian)

    @cached_property
    def minimizer(self) -> Array:
        """Where J is least, (d,); of all such points, the one nearest to 0 when the Hessian is singular."""
        x = self.data.features
        lengths = np.linalg.norm(x, axis=0)
        units = np.where(lengths > 0, lengths, 1.0)
        # Unit columns keep a feature in small units from being taken for no feature at all.
        solution = np.linalg.lstsq(x / units, self.data.target, rcond=RANK_TOLERANCE**0.5)[0] / units
        curved = self._curved
        return readonly(solution if curved.shape[1] == self.size else curved @ (curved.T @ solution))

    @cached_property
    def minimum(self) -> float:
        """J at its minimizer: the floor no weights get below."""
        return float(np.mean((self.data.features @ self.minimizer - self.data.target) ** 2))

    def value(self, w: ArrayLike) -> Array:
        """J(w) for `w` (..., d), shape (...)."""
        return np.asarray(self.minimum + self.excess(w))

    def excess(self, w: ArrayLike) -> Array:
        """J(w) - minimum for `w` (..., d), shape (...): never negative, exact however near the minimizer."""
        offset = weights_unchecked("w", w, self.size) - self.minimizer
        return np.asarray(((offset @ self._root.T) ** 2).sum(axis=-1))

    def gradient(self, w: ArrayLike) -> Array:
        """(2/n) X'(Xw - y) for `w` (..., d), of the same shape."""
        return np.asarray((weights_unchecked("w", w, self.size) - self.minimizer) @ self.hessian)

    def distance(self, w: ArrayLike) -> Array:
        """How far `w` (..., d) is from the nearest minimizer, shape (...).

        That is |w - minimizer|, or, when the Hessian is singular, the distance to the line of minimizers.
        """
        offset = weights_unchecked("w", w, self.size) - self.minimizer
        if self._curved.shape[1] < self.size:
            offset = offset @ self._curved
        return np.asarray(np.linalg.norm(offset, axis=-1))

    @cached_property
    def _curved(self) -> Array:
        """The eigenvectors along which J is curved, (d, rank)."""
        return readonly(self.spectrum.eigenvectors[:, self.spectrum.eigenvalues > 0])

    @cached_property
    def _root(self) -> Array:
        """R with R'R = X'X / n: J - minimum becomes a sum of squares that rounding cannot make negative."""
        return readonly(np.linalg.qr(self.data.features, mode="r") / np.sqrt(self.data.count))
