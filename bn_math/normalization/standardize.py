"""Standardizing and rescaling: what a batch-normalization layer does to numbers, without a layer."""

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import Array, finite_array, integer, no_overflow, number, rows
from bn_math.normalization.moments import moments


def standardize(x: ArrayLike, ddof: int = 0, eps: float = 0.0) -> Array:
    """Each column of `x` (n,) or (n, d) to mean 0 and variance 1: (x - mean) / sqrt(variance + eps).

    `ddof` 0 divides the variance by n (what a batch-norm layer does), 1 by n - 1. Columns of any size that
    float64 can hold are right, 1e-300 as well as 1e300.
    Raises ValueError for fewer than two rows, for NaN or infinity, and for a constant column when `eps` is 0.
    Source: Ioffe and Szegedy 2015, Algorithm 1, third line.
    """
    x = rows("x", x, at_least=2)
    ddof = integer("ddof", ddof, at_least=0, at_most=1)
    eps = number("eps", eps, at_least=0)
    found = moments(x, eps=eps)
    if eps == 0 and (constant := found.variance == 0).any():
        column = int(np.flatnonzero(constant)[0])
        raise ValueError(
            f"x is constant in column {column}: it has no spread to divide by; drop it or give eps > 0"
        )
    variance = found.variance * (len(x) / (len(x) - ddof))
    return np.asarray(found.offsets / np.sqrt(variance + np.ldexp(eps, -2 * found.exponent)))


def rescale(x_hat: ArrayLike, gamma: ArrayLike, beta: ArrayLike) -> Array:
    """Returns gamma * x_hat + beta, for `x_hat` (n,) or (n, d) and `gamma`, `beta` scalars or (d,).

    With gamma = sqrt(variance + eps) and beta = mean it undoes `standardize`.
    Raises ValueError for NaN or infinity and for shapes that do not fit.
    Source: Ioffe and Szegedy 2015, Algorithm 1, last line.
    """
    x_hat = rows("x_hat", x_hat)
    gamma, beta = finite_array("gamma", gamma), finite_array("beta", beta)
    for name, value in (("gamma", gamma), ("beta", beta)):
        if value.ndim != 0 and value.shape != x_hat.shape[-1:]:
            raise ValueError(
                f"{name} must be one number or of shape {x_hat.shape[-1:]}, but has shape {value.shape}"
            )
    with np.errstate(over="ignore", invalid="ignore"):
        return no_overflow("x_hat", np.asarray(gamma * x_hat + beta), "gamma * x_hat + beta")
