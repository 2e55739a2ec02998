"""Loss surfaces over weights: what is minimized, its slope, and its shape where that is known exactly.

A loss knows its data and nothing of how it is descended. `LeastSquares` is the linear neuron's, a bowl or a
valley; `NormalizedNeuron` is the same neuron's with a batch-norm layer after it, made of rays.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import Array, number, readonly, weights_unchecked
from bn_math.data.dataset import Dataset, with_squares
from bn_math.descent.spectrum import RANK_TOLERANCE, Spectrum


@runtime_checkable
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

    Raises ValueError when every feature is zero, or features or target are so large or so small that their
    squares overflow or vanish.
    """

    data: Dataset

    def __post_init__(self) -> None:
        """Checks that the data give a surface."""
        if not with_squares(self.data).features.any():
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
        """(2/n) X'(Xw - y) for `w` (..., d), of the same shape; to the last bit, one's is as of many."""
        return (
            _times(self.hessian, weights_unchecked("w", w, self.size) - self.minimizer) + self._at_minimizer
        )

    def distance(self, w: ArrayLike) -> Array:
        """How far `w` (..., d) is from the nearest minimizer, shape (...).

        That is |w - minimizer|, or, when the Hessian is singular, the distance to the line of minimizers.
        """
        offset = weights_unchecked("w", w, self.size) - self.minimizer
        if self._curved.shape[1] < self.size:
            offset = _times(self._curved.T, offset)
        with np.errstate(over="ignore"):
            distance = np.asarray(np.linalg.norm(offset, axis=-1))
        if np.isfinite(distance).all():
            return distance
        # Too far to be squared: in units of the largest entry it is not, unless that is infinite itself.
        largest = np.abs(offset).max(axis=-1)
        with np.errstate(invalid="ignore", over="ignore"):
            return np.where(np.isfinite(largest), largest * _norm_of(offset, largest), distance)

    @cached_property
    def _curved(self) -> Array:
        """The eigenvectors along which J is curved, (d, rank)."""
        return readonly(self.spectrum.eigenvectors[:, self.spectrum.eigenvalues > 0])

    @cached_property
    def _at_minimizer(self) -> Array:
        """(2/n) X'(Xw - y) at the minimizer, (d,): what rounding leaves; so none is exactly 0.

        One from the rows never is, and what divides by its own gradients would stand still there for ever.
        """
        x, y = self.data.features, self.data.target
        left = 2 / len(x) * (x.T @ (x @ self.minimizer - y))
        return readonly(self._curved @ (self._curved.T @ left))

    @cached_property
    def _root(self) -> Array:
        """R with R'R = X'X / n: J - minimum becomes a sum of squares that rounding cannot make negative."""
        return readonly(np.linalg.qr(self.data.features, mode="r") / np.sqrt(self.data.count))


@dataclass(frozen=True, eq=False)
class NormalizedNeuron:
    """The mean squared error of a linear neuron with a batch-norm layer after it, over the full batch.

    The prediction is gamma * x_hat + beta, x_hat = (Xw - mean) / sqrt(variance + eps), with gamma and beta at
    their optimum for each w. With S the (biased) covariance of the features and c theirs with the target,

        L(w) = Var y - (w . c)^2 / (w . S w).

    So L(c w) = L(w) for every c but 0: it is constant on rays from 0, on both sides since gamma may be
    negative. Its gradient is at right angles to w and falls as 1 / |w|. At its optimum gamma makes up for
    eps, which therefore changes gamma alone. Where Xw is constant (w = 0) x_hat is 0 and L is Var y, its
    maximum: that is the layer's answer for any eps above 0.
    Raises ValueError when no feature varies, when the target does not, or when they are uncorrelated.
    Source: after Cai, Li and Shen, ICML 2019 (arXiv 1810.00122), who let gamma learn along with w.
    """

    data: Dataset
    eps: float = 0.0

    def __post_init__(self) -> None:
        """Checks that the data give a surface."""
        object.__setattr__(self, "eps", number("eps", self.eps, at_least=0))
        x, y = with_squares(self.data).features, self.data.target
        if not np.ptp(x, axis=0).any():
            raise ValueError(
                "every feature is constant: the normalized neuron does not depend on the weights"
            )
        if np.ptp(y) == 0:
            raise ValueError("the target is constant: beta alone predicts it, whatever the weights")
        if np.linalg.norm(self._best) <= RANK_TOLERANCE * np.sqrt(self.maximum):
            raise ValueError("the target is uncorrelated with every feature: all weights are equally bad")

    @property
    def size(self) -> int:
        """d, the number of weights."""
        return int(self.data.features.shape[1])

    @property
    def beta(self) -> float:
        """The best beta, the target's mean, whatever w."""
        return self.data.target_mean

    @cached_property
    def maximum(self) -> float:
        """Var y (ddof 0), the most that L can be: what predicting the mean leaves."""
        return float(np.var(self.data.target))

    @cached_property
    def minimum(self) -> float:
        """L on the minimizing ray: what least squares with a bias leaves."""
        return float(np.mean((self._centered[1] - self._centered[0] @ self._least_squares) ** 2))

    @cached_property
    def ray(self) -> Array:
        """The minimizing ray as a unit vector (d,), on the side on which gamma is positive.

        L is least all along it and along its opposite. When the covariance is singular, the direction of the
        shortest of the least-squares weights.
        """
        return readonly(self._least_squares / np.linalg.norm(self._least_squares))

    def value(self, w: ArrayLike) -> Array:
        """L(w) for `w` (..., d), shape (...)."""
        return np.asarray(self.minimum + self.excess(w))

    def excess(self, w: ArrayLike) -> Array:
        """L(w) - minimum for `w` (..., d), shape (...): never negative, exact however near the ray."""
        seen = self._seen(w)
        return np.asarray((seen.residual**2).sum(axis=-1))

    def gradient(self, w: ArrayLike) -> Array:
        """-2 a (c - a S w) with a = (w . c) / (w . S w), for `w` (..., d), of the same shape; 0 at w = 0.

        It is what the layer's backward pass gives: gamma, being at its optimum, adds nothing of its own.
        """
        seen = self._seen(w)
        return np.asarray(-2 * seen.slope[..., None] * (seen.residual @ self._root) / seen.scale[..., None])

    def hessian_product(self, w: ArrayLike, direction: ArrayLike) -> Array:
        """How fast the gradient changes at `w` (..., d) along `direction` (..., d), of the same shape."""
        seen = self._seen(w)
        along = weights_unchecked("direction", direction, self.size) @ self._root.T
        square = np.where(seen.square > 0, seen.square, np.inf)
        turn = (along @ self._best - 2 * seen.slope * (seen.image * along).sum(axis=-1)) / square
        change = -turn[..., None] * seen.image - seen.slope[..., None] * along
        mixed = turn[..., None] * seen.residual + seen.slope[..., None] * change
        return np.asarray(-2 * (mixed @ self._root) / seen.scale[..., None] ** 2)

    def gamma(self, w: ArrayLike) -> Array:
        """The best gamma for `w` (..., d), shape (...): (w . c) / (w . S w) * sqrt(w . S w + eps)."""
        seen = self._seen(w)
        return np.asarray(seen.slope * np.sqrt(seen.square + self.eps / seen.scale**2))

    def prediction(self, w: ArrayLike) -> Array:
        """The neuron's output, gamma * x_hat + beta, for each of the n rows: `w` (..., d) gives (..., n)."""
        seen = self._seen(w)
        offset = weights_unchecked("w", w, self.size) / seen.scale[..., None]
        return np.asarray(seen.slope[..., None] * (offset @ self._centered[0].T) + self.beta)

    def _seen(self, w: ArrayLike) -> "_Seen":
        """`w` in coordinates in which the covariance is the identity: L is the square of an angle's sine."""
        w = weights_unchecked("w", w, self.size)
        # Divided by its largest entry, no w is too long or too short to be squared.
        largest = np.abs(w).max(axis=-1)
        scale = np.where(largest > 0, largest, 1.0)
        image = (w / scale[..., None]) @ self._root.T
        square = (image**2).sum(axis=-1)
        slope = (image @ self._best) / np.where(square > 0, square, 1.0)
        return _Seen(scale, image, square, slope, self._best - slope[..., None] * image)

    @cached_property
    def _centered(self) -> tuple[Array, Array]:
        x, y = self.data.features, self.data.target
        return readonly(x - x.mean(axis=0)), readonly(y - y.mean())

    @cached_property
    def _decomposed(self) -> tuple[Array, Array, Array]:
        """U (n, r), s (r,), V (d, r) with X - mean = sqrt(n) U s V' after unit columns decide the rank r."""
        x = self._centered[0]
        lengths = np.linalg.norm(x, axis=0)
        units = np.where(lengths > 0, lengths, 1.0)
        strengths = np.linalg.svd(x / units, compute_uv=False)
        rank = int((strengths > RANK_TOLERANCE**0.5 * strengths[0]).sum())
        u, s, v = np.linalg.svd(x / np.sqrt(len(x)), full_matrices=False)
        return u[:, :rank], s[:rank], v[:rank].T

    @cached_property
    def _root(self) -> Array:
        """R (r, d) with R'R the covariance."""
        _, s, v = self._decomposed
        return readonly((v * s).T)

    @cached_property
    def _best(self) -> Array:
        """The image R w of the least-squares weights, (r,): c = R' of it."""
        return readonly(self._decomposed[0].T @ self._centered[1] / np.sqrt(self.data.count))

    @cached_property
    def _least_squares(self) -> Array:
        """The least-squares weights with a bias, (d,); the shortest when the covariance is singular."""
        _, s, v = self._decomposed
        return readonly(v @ (self._best / s))


def _times(matrix: Array, w: Array) -> Array:
    """`matrix` (k, d) times each `w` (..., d): (..., k), rounded the same for one as for many."""
    return np.asarray(sum(w[..., i, None] * column for i, column in enumerate(matrix.T)))


def _norm_of(offset: Array, largest: Array) -> Array:
    units = np.where((largest > 0) & np.isfinite(largest), largest, 1.0)
    return np.asarray(np.linalg.norm(offset / units[..., None], axis=-1))


class _Seen(NamedTuple):
    """What `NormalizedNeuron` needs of w = scale * u: the image R u, its square, and how far the best is.

    scale, square, slope: (...); image, residual: (..., r). The slope times the image is the nearest to the
    best that the ray through it comes, the residual what is left.
    """

    scale: Array
    image: Array
    square: Array
    slope: Array
    residual: Array
