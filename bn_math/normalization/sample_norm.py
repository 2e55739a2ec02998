"""What the layers have in common that normalize every sample by itself, whatever its batchmates are.

Which values are normalized together is each layer's own business, in a file of its own.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import Array, boolean, finite_array, integer, no_overflow, number, shown
from bn_math.normalization.moments import mean_square, moments

# More parameters than this no layer has.
MOST_PARAMETERS = 10**7


class SampleNorm(ABC):
    """A layer that normalizes groups of a sample's values: gamma (x - mean) / sqrt(var + eps) + beta.

    Variances are biased, and nothing is tracked: training and evaluation are one.
    Attributes: `eps`, `affine`; `gamma` and `beta`, of the parameters' shape, or None without `affine`;
    after `backward`, `grad_gamma` and `grad_beta`, or None.
    """

    # Whether the mean is subtracted; without it there is no beta, and the mean square is divided by.
    centers: ClassVar[bool] = True

    def __init__(self, parameter_shape: tuple[int, ...], eps: float, affine: bool) -> None:
        """Raises ValueError for `eps` below 0."""
        self.eps = number("eps", eps, at_least=0)
        self.affine = boolean("affine", affine)
        self._parameter_shape = parameter_shape
        self.gamma: Array | None = np.ones(parameter_shape) if affine else None
        self.beta: Array | None = np.zeros(parameter_shape) if affine and self.centers else None
        self.grad_gamma: Array | None = None
        self.grad_beta: Array | None = None
        # For backward: x_hat, and 1 / sqrt(var + eps) of each group, (groups, 1).
        self._saved: tuple[Array, Array] | None = None

    @abstractmethod
    def _groups(self, shape: tuple[int, ...]) -> int:
        """How many groups an input of this shape has, each a row of it once it is (groups, size)."""

    @abstractmethod
    def _broadcast(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        """The shape in which a parameter meets an input of this shape, of as many dimensions."""

    @abstractmethod
    def _summed(self, x: Array) -> Array:
        """The sum of `x` over all that a parameter is repeated along, of the parameters' shape."""

    def forward(self, x: ArrayLike, training: bool = True) -> Array:
        """The layer's output, of the shape of `x`; `training` makes no difference.

        Raises ValueError for a shape that does not fit, for NaN or infinity, for a group of variance 0 when
        `eps` is 0, and for numbers so large that the output overflows. The layer is then as it was before.
        """
        boolean("training", training)
        x, eps = finite_array("x", x), number("eps", self.eps, at_least=0)
        groups = self._groups(x.shape)
        gamma, beta = self._parameter("gamma", self.gamma, x), self._parameter("beta", self.beta, x)
        with np.errstate(over="ignore", invalid="ignore"):
            rows, inverse = self._normalized(x.reshape(groups, -1), eps)
            x_hat = rows.reshape(x.shape)
            output = x_hat * (1.0 if gamma is None else gamma) + (0.0 if beta is None else beta)
        no_overflow("x", output, "the output")
        self._saved = (x_hat, inverse)
        return output

    def backward(self, grad: ArrayLike) -> Array:
        """From `grad`, dL/doutput, the gradient dL/dx of the same shape; sets `grad_gamma` and `grad_beta`.

        Belongs to the last `forward`: with g = gamma grad, and means over the group,
        dx = (g - mean g - x_hat mean(g x_hat)) / sqrt(var + eps); where no mean is subtracted, there is no
        mean g. Raises RuntimeError before any `forward`, ValueError for another shape, NaN or infinity.
        """
        if self._saved is None:
            raise RuntimeError("backward needs the values of a forward pass: call forward(x) first")
        x_hat, inverse = self._saved
        grad = finite_array("grad", grad)
        if grad.shape != x_hat.shape:
            raise ValueError(
                f"grad must have the shape of the last forward pass, {x_hat.shape}, but has {grad.shape}"
            )
        gamma = self._parameter("gamma", self.gamma, grad)
        with np.errstate(over="ignore", invalid="ignore"):
            by_gamma, by_beta = self._summed(grad * x_hat), self._summed(grad)
            g = (grad if gamma is None else grad * gamma).reshape(len(inverse), -1)
            rows = x_hat.reshape(g.shape)
            left = g - rows * (g * rows).mean(axis=1, keepdims=True)
            if self.centers:
                left = left - g.mean(axis=1, keepdims=True)
            result = (inverse * left).reshape(grad.shape)
        for found in (by_gamma, by_beta, result):
            no_overflow("grad", found, "a gradient")
        if self.affine:
            self.grad_gamma, self.grad_beta = by_gamma, by_beta if self.centers else None
        return np.asarray(result)

    def _normalized(self, rows: Array, eps: float) -> tuple[Array, Array]:
        """x_hat of rows (groups, size), and 1 / sqrt(variance + eps), (groups, 1)."""
        if self.centers:
            _, offsets, variance, exponent = moments(rows, 1, eps)
        else:
            offsets, variance, exponent = mean_square(rows, 1, eps)
        spread = variance + np.ldexp(eps, -2 * exponent)
        if (spread <= 0).any():
            group = int(np.flatnonzero(spread <= 0)[0])
            what = "variance" if self.centers else "mean square"
            raise ValueError(f"group {group} of x has {what} 0: give the layer eps > 0, such as 1e-5")
        inverse = 1 / np.sqrt(spread)
        return offsets * inverse, np.ldexp(inverse, -exponent)

    def _parameter(self, name: str, value: Array | None, x: Array) -> Array | None:
        """Open to assignment, parameters are checked where they are used."""
        if value is None:
            return None
        value = finite_array(name, value)
        if value.shape != self._parameter_shape:
            raise ValueError(f"{name} must have shape {self._parameter_shape}, but has shape {value.shape}")
        return value.reshape(self._broadcast(x.shape))


def trailing_shape(normalized_shape: int | Sequence[int]) -> tuple[int, ...]:
    """`normalized_shape` as PyTorch takes it, a whole number or several, as a tuple.

    Raises ValueError for none, for one below 1, and for more than `MOST_PARAMETERS` in all.
    """
    name = "normalized_shape"
    if isinstance(normalized_shape, (tuple, list)):
        if not 0 < len(normalized_shape) <= 8:
            raise ValueError(f"{name} must hold one whole number or a few, but is {shown(normalized_shape)}")
        shape = tuple(integer(name, size, at_least=1, at_most=MOST_PARAMETERS) for size in normalized_shape)
    else:
        shape = (integer(name, normalized_shape, at_least=1, at_most=MOST_PARAMETERS),)  # type: ignore[arg-type]
    if (count := int(np.prod(shape, dtype=object))) > MOST_PARAMETERS:
        raise ValueError(f"{name} must hold at most {MOST_PARAMETERS:,} values, but holds {count:,}")
    return shape


class TrailingNorm(SampleNorm):
    """A `SampleNorm` over the last dimensions of its input, with a parameter for each value there."""

    def __init__(self, normalized_shape: int | Sequence[int], eps: float, affine: bool) -> None:
        """Raises ValueError for a `normalized_shape` that is none, and `eps` below 0."""
        self.normalized_shape = trailing_shape(normalized_shape)
        super().__init__(self.normalized_shape, eps, affine)

    def _groups(self, shape: tuple[int, ...]) -> int:
        trailing = self.normalized_shape
        if shape[-len(trailing) :] != trailing or 0 in shape:
            wanted = ", ".join(("...", *map(str, trailing)))
            raise ValueError(f"x must have shape ({wanted}), not empty, but has shape {shape}")
        return int(np.prod(shape[: -len(trailing)], dtype=int))

    def _broadcast(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        return (1,) * (len(shape) - len(self.normalized_shape)) + self.normalized_shape

    def _summed(self, x: Array) -> Array:
        return np.asarray(x.sum(axis=tuple(range(x.ndim - len(self.normalized_shape)))))


class ChannelNorm(SampleNorm):
    """A `SampleNorm` whose parameters are one a channel: inputs are (N, C), (N, C, L) or (N, C, H, W)."""

    dimensions: ClassVar[tuple[int, ...]] = (2, 3, 4)

    def __init__(self, channels: int, eps: float, affine: bool) -> None:
        """Raises ValueError for `eps` below 0."""
        self._channels = channels
        super().__init__((channels,), eps, affine)

    def _broadcast(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        return (1, self._channels, *(1,) * (len(shape) - 2))

    def _summed(self, x: Array) -> Array:
        return np.asarray(x.sum(axis=(0, *range(2, x.ndim))))

    def _checked_shape(self, shape: tuple[int, ...]) -> None:
        if len(shape) not in self.dimensions or shape[1] != self._channels or 0 in shape:
            c = self._channels
            some = {2: f"(N, {c})", 3: f"(N, {c}, L)", 4: f"(N, {c}, H, W)"}
            wanted = " or ".join(some[count] for count in self.dimensions)
            raise ValueError(f"x must have shape {wanted}, not empty, but has shape {shape}")
