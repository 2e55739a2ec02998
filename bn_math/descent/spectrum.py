"""The spectrum of a quadratic loss: what its eigenvalues say about step sizes, momentum and contour lines.

Everything here follows from a Hessian alone; no data, no descent.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import (
    Array,
    few_numbers,
    finite_array,
    integer,
    number,
    one_point,
    readonly,
    real_array,
    shown,
)

# Features whose directions differ by less than this share cannot be told apart in float64.
RANK_TOLERANCE = 1e-14


@dataclass(frozen=True, eq=False)
class Ellipse:
    """A contour line in the plane.

    center: (2,); half_axes: (2,), the longer first, infinite along the floor of a trough without end;
    angle: of the longer axis from the first weight's axis, in radians, above -pi/2 and at most pi/2.
    Raises ValueError for other shapes and half-axes that are not above 0.
    """

    center: Array
    half_axes: Array
    angle: float

    def __post_init__(self) -> None:
        """Checks shapes and signs."""
        object.__setattr__(self, "center", readonly(one_point("center", self.center, 2)))
        half_axes = real_array("half_axes", self.half_axes)
        if half_axes.shape != (2,) or not (half_axes > 0).all():
            raise ValueError(f"half_axes must be two numbers above 0, but is {shown(half_axes.tolist())}")
        object.__setattr__(self, "half_axes", readonly(half_axes))
        object.__setattr__(self, "angle", number("angle", self.angle))

    @property
    def aspect(self) -> float:
        """The longer half-axis over the shorter."""
        return float(self.half_axes[0] / self.half_axes[1])

    def points(self, count: int = 256) -> Array:
        """Points (count, 2) once around; the first, on the longer axis, is not repeated at the end.

        Raises ValueError for an ellipse that never closes.
        """
        if not np.isfinite(self.half_axes).all():
            raise ValueError(
                "this contour is a pair of parallel lines, not an ellipse: its loss has a flat direction"
            )
        count = integer("count", count, at_least=1)
        few_numbers("count", 2 * count)
        turn = 2 * np.pi * np.arange(count) / count
        along, across = self.half_axes[0] * np.cos(turn), self.half_axes[1] * np.sin(turn)
        c, s = math.cos(self.angle), math.sin(self.angle)
        return np.asarray(self.center + np.column_stack([c * along - s * across, s * along + c * across]))


@dataclass(frozen=True, eq=False)
class Spectrum:
    """Eigenvalues (d,) ascending and eigenvectors (d, d) in columns; made by `Spectrum.of(hessian)`.

    Written below: mu for the smallest eigenvalue, L for the largest, k = L / mu.
    When mu is 0 (perfectly correlated features) the formulas keep their limits: k is infinite, the best
    contraction 1, and the best rate the largest stable one, at which the steep direction no longer settles.
    Raises ValueError for eigenvalues that are negative, all 0 or not ascending, and for other shapes.
    """

    eigenvalues: Array
    eigenvectors: Array

    def __post_init__(self) -> None:
        """Checks shapes and signs."""
        values = finite_array("eigenvalues", self.eigenvalues)
        vectors = finite_array("eigenvectors", self.eigenvectors)
        if (
            values.ndim != 1
            or not len(values)
            or values[0] < 0
            or values[-1] <= 0
            or (np.diff(values) < 0).any()
        ):
            raise ValueError(
                f"eigenvalues must ascend from 0 or more to above 0, but are {shown(values.tolist())}"
            )
        if vectors.shape != (len(values), len(values)):
            raise ValueError(f"eigenvectors must have shape {(len(values),) * 2}, but has {vectors.shape}")
        object.__setattr__(self, "eigenvalues", values)
        object.__setattr__(self, "eigenvectors", vectors)

    @classmethod
    def of(cls, hessian: ArrayLike) -> "Spectrum":
        """The spectrum of a symmetric positive semidefinite `hessian` (d, d).

        Signs are fixed: the first component of each eigenvector that is not negligible is positive.
        Eigenvalues that rounding cannot tell from 0 are 0. Raises ValueError if `hessian` is not square, not
        symmetric, not finite, zero, or has a negative eigenvalue.
        """
        h = finite_array("hessian", hessian)
        if h.ndim != 2 or h.shape[0] != h.shape[1] or h.size == 0:
            raise ValueError(f"hessian must be square, (d, d), but has shape {h.shape}")
        largest = np.abs(h).max()
        if largest and not 1e-305 < largest < 1e305:
            raise ValueError(
                f"hessian must have entries between 1e-305 and 1e305, but the largest is {largest:g}"
            )
        if not np.allclose(h, h.T, rtol=1e-10, atol=1e-12 * largest):
            raise ValueError("hessian must be symmetric: give (H + H') / 2")
        values, vectors = np.linalg.eigh((h + h.T) / 2)
        if values[-1] <= 0:
            raise ValueError(
                "hessian must be positive somewhere: this loss has no curvature, every step size is the same"
            )
        if values[0] < -1e-10 * values[-1]:
            raise ValueError(
                f"hessian must not have a negative eigenvalue, but has {values[0]:g}: it is no bowl"
            )
        nullity = len(values) - _rank(h)
        values = np.where(np.arange(len(values)) < nullity, 0.0, np.maximum(values, 0.0))
        return cls(readonly(values), readonly(vectors * _signs(vectors)))

    @property
    def condition_number(self) -> float:
        """The ratio k = L / mu; infinite when mu is 0."""
        mu, largest = self._ends
        return largest / mu if mu > 0 else math.inf

    @property
    def largest_stable_learning_rate(self) -> float:
        """2 / L: gradient descent diverges above it (Nesterov, Introductory Lectures 2004, section 2.1.5)."""
        return 2 / self._ends[1]

    @property
    def safe_learning_rate(self) -> float:
        """1 / L, half the largest stable rate: the choice when only L is known (Nesterov 2004, 2.1.15)."""
        return 1 / self._ends[1]

    @property
    def best_learning_rate(self) -> float:
        """2 / (mu + L), which shrinks the worst direction fastest (Nesterov 2004, theorem 2.1.15)."""
        return 2 / sum(self._ends)

    @property
    def best_contraction(self) -> float:
        """(k - 1) / (k + 1), the factor a step at the best learning rate leaves of the worst direction."""
        mu, largest = self._ends
        return (largest - mu) / (largest + mu)

    def contraction(self, learning_rate: float) -> float:
        """The largest |1 - learning_rate * eigenvalue|: below 1 descent converges, above it diverges."""
        rate = number("learning_rate", learning_rate, above=0)
        return float(np.abs(1 - rate * self.eigenvalues).max())

    @property
    def heavy_ball(self) -> tuple[float, float]:
        """Polyak's (learning_rate, momentum), optimal for the quadratic.

        4 / (sqrt L + sqrt mu)^2 and ((sqrt k - 1) / (sqrt k + 1))^2.
        Source: Polyak 1964; Lessard, Recht and Packard 2016 (arXiv 1408.3595), table 1.
        """
        root_mu, root_l = (math.sqrt(end) for end in self._ends)
        return 4 / (root_l + root_mu) ** 2, ((root_l - root_mu) / (root_l + root_mu)) ** 2

    @property
    def nesterov(self) -> tuple[float, float]:
        """Nesterov's (learning_rate, momentum), optimal for the quadratic.

        4 / (3 L + mu) and (sqrt(3 k + 1) - 2) / (sqrt(3 k + 1) + 2).
        Source: Lessard, Recht and Packard 2016 (arXiv 1408.3595), table 1, "optimal tuning".
        """
        mu, largest = self._ends
        a, b = math.sqrt(3 * largest + mu), 2 * math.sqrt(mu)
        return 4 / (3 * largest + mu), (a - b) / (a + b)

    @property
    def nesterov_textbook(self) -> tuple[float, float]:
        """Nesterov's (learning_rate, momentum) as textbooks give it, safe for every strongly convex loss.

        1 / L and (sqrt k - 1) / (sqrt k + 1).
        Source: Nesterov 2004, scheme 2.2.11; Lessard, Recht and Packard 2016, table 1, "standard tuning".
        """
        root_mu, root_l = (math.sqrt(end) for end in self._ends)
        return self.safe_learning_rate, (root_l - root_mu) / (root_l + root_mu)

    @property
    def contour_aspect(self) -> float:
        """Longest over shortest half-axis of a contour: sqrt k."""
        return math.sqrt(self.condition_number)

    def contour(self, center: ArrayLike, level: float) -> Ellipse:
        """Where the loss is `level` (above 0) higher than at its minimum `center` (2,).

        The half-axes are sqrt(2 level / eigenvalue). Raises ValueError unless there are two weights.
        """
        if len(self.eigenvalues) != 2:
            raise ValueError(f"a contour line needs two weights, but the Hessian has {len(self.eigenvalues)}")
        level = number("level", level, above=0)
        middle = one_point("center", center, 2)
        with np.errstate(divide="ignore"):
            half_axes = np.sqrt(2 * level / self.eigenvalues)
        along = self.eigenvectors[:, 0]
        return Ellipse(readonly(middle), readonly(half_axes), math.atan2(along[1], along[0]))

    @property
    def _ends(self) -> tuple[float, float]:
        return float(self.eigenvalues[0]), float(self.eigenvalues[-1])


def _rank(h: Array) -> int:
    """Rank after bringing the diagonal to 1, so that features in small units do not pass for no features."""
    scale = np.sqrt(np.diagonal(h))
    scale = np.where(scale > 0, scale, 1.0)
    return int((np.linalg.eigvalsh(h / np.outer(scale, scale)) > RANK_TOLERANCE).sum())


def _signs(vectors: Array) -> Array:
    """The sign (d,) of each column's first component that is more than rounding."""
    first = (np.abs(vectors) > 1e-9).argmax(axis=0)
    return np.asarray(np.sign(np.take_along_axis(vectors, first[None, :], axis=0)[0]))
