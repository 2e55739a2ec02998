"""Batch normalization: standardize, rescale, and the layer with its backward pass and running statistics.

Only the transformation of numbers lives here. Data sets, losses and training loops do not.
"""

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import Array, finite_array, integer, number


def standardize(x: ArrayLike, ddof: int = 0, eps: float = 0.0) -> Array:
    """Each column of `x` (n,) or (n, d) to mean 0 and variance 1: (x - mean) / sqrt(variance + eps).

    `ddof` 0 divides the variance by n (what a batch-norm layer does), 1 by n - 1.
    Raises ValueError for fewer than two rows, for NaN or infinity, and for a constant column when `eps` is 0.
    Source: Ioffe and Szegedy 2015, Algorithm 1, third line.
    """
    x = finite_array("x", x)
    ddof = integer("ddof", ddof, at_least=0, at_most=1)
    eps = number("eps", eps, at_least=0)
    if x.ndim not in (1, 2) or x.shape[0] < 2:
        raise ValueError(f"x must have shape (n,) or (n, d) with at least two rows, but has shape {x.shape}")
    variance = x.var(axis=0, ddof=ddof)
    if eps == 0:
        # The spread, not the variance: rounding gives a column of 0.1s a variance that is not quite zero.
        constant = np.atleast_1d((np.ptp(x, axis=0) == 0) | (variance == 0))
        if constant.any():
            column = int(np.flatnonzero(constant)[0])
            raise ValueError(
                f"x is constant in column {column}: it has no spread to divide by; drop it or give eps > 0"
            )
    result: Array = (x - x.mean(axis=0)) / np.sqrt(variance + eps)
    return result


def rescale(x_hat: ArrayLike, gamma: ArrayLike, beta: ArrayLike) -> Array:
    """Returns gamma * x_hat + beta, for `x_hat` (n,) or (n, d) and `gamma`, `beta` scalars or (d,).

    With gamma = sqrt(variance + eps) and beta = mean it undoes `standardize`.
    Raises ValueError for NaN or infinity and for shapes that do not fit.
    Source: Ioffe and Szegedy 2015, Algorithm 1, last line.
    """
    x_hat = finite_array("x_hat", x_hat)
    gamma, beta = finite_array("gamma", gamma), finite_array("beta", beta)
    for name, value in (("gamma", gamma), ("beta", beta)):
        if value.ndim != 0 and value.shape != x_hat.shape[-1:]:
            raise ValueError(
                f"{name} must be one number or of shape {x_hat.shape[-1:]}, but has shape {value.shape}"
            )
    result: Array = gamma * x_hat + beta
    return result


class BatchNorm:
    """A batch-normalization layer over the channels of (N, C) or (N, C, L), with PyTorch's conventions.

    Training normalizes by the batch's mean and biased variance, and moves the running statistics by
    `momentum`, the weight of the new; the running variance takes the unbiased variance. Evaluation uses the
    running statistics. `momentum=None` keeps a cumulative average. `affine=False` has no `gamma` and `beta`,
    `track_running_stats=False` no running statistics (evaluation then uses the batch's): they are None.

    Attributes: `gamma`, `beta`, `running_mean`, `running_var` (C,) or None; `num_batches_tracked` int or
    None; after `backward`, `grad_gamma` and `grad_beta` (C,) or None.
    Sources: Ioffe and Szegedy 2015, Algorithm 1 and section 3; the documentation of torch.nn.BatchNorm1d.
    """

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float | None = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
    ) -> None:
        """Raises ValueError for `num_features` below 1, `eps` below 0, or `momentum` outside 0 to 1."""
        self.num_features = integer("num_features", num_features, at_least=1)
        self.eps = number("eps", eps, at_least=0)
        self.momentum = None if momentum is None else number("momentum", momentum, at_least=0, at_most=1)
        self.affine = bool(affine)
        self.track_running_stats = bool(track_running_stats)
        self.gamma: Array | None = np.ones(num_features) if affine else None
        self.beta: Array | None = np.zeros(num_features) if affine else None
        self.running_mean: Array | None = np.zeros(num_features) if track_running_stats else None
        self.running_var: Array | None = np.ones(num_features) if track_running_stats else None
        self.num_batches_tracked: int | None = 0 if track_running_stats else None
        self.grad_gamma: Array | None = None
        self.grad_beta: Array | None = None
        # For backward: x_hat, the factor gamma / sqrt(var + eps), and whether the batch set the statistics.
        self._saved: tuple[Array, Array, bool] | None = None

    def forward(self, x: ArrayLike, training: bool = True) -> Array:
        """The layer's output, of the shape of `x`: (N, C) or (N, C, L).

        Raises ValueError for another shape, for NaN or infinity, for a single value per channel when batch
        statistics are needed, and for a channel of variance 0 when `eps` is 0.
        """
        x = self._checked_input(x)
        running_mean, running_var = self.running_mean, self.running_var
        use_batch = training or running_mean is None or running_var is None
        if running_mean is None or running_var is None or training:
            mean, var = self._batch_statistics(x)
            if training:
                self._track(mean, var, x.size // self.num_features)
        else:
            mean, var = running_mean, running_var
        if self.eps == 0 and (var <= 0).any():
            channel = int(np.flatnonzero(var <= 0)[0])
            raise ValueError(f"channel {channel} has variance 0: give the layer eps > 0, such as 1e-5")
        inverse_std = 1 / np.sqrt(var + self.eps)
        x_hat = (x - _per_channel(mean, x)) * _per_channel(inverse_std, x)
        gamma, beta = self._parameter("gamma", self.gamma), self._parameter("beta", self.beta)
        self._saved = (x_hat, inverse_std if gamma is None else gamma * inverse_std, use_batch)
        output = x_hat if gamma is None else _per_channel(gamma, x) * x_hat
        return output.copy() if beta is None else output + _per_channel(beta, x)

    def backward(self, grad: ArrayLike) -> Array:
        """From `grad`, dL/doutput, the gradient dL/dx of the same shape; sets `grad_gamma` and `grad_beta`.

        Belongs to the last `forward`. Where that used running statistics these are constants:
        dx = g gamma / sqrt(var + eps). Where it used the batch's,
        dx = gamma / sqrt(var + eps) (g - mean g - x_hat mean(g x_hat)).
        Raises RuntimeError before any `forward`, ValueError for another shape, NaN or infinity.
        Source: Ioffe and Szegedy 2015, section 3, the six equations of the chain rule, simplified.
        """
        if self._saved is None:
            raise RuntimeError("backward needs the values of a forward pass: call forward(x) first")
        x_hat, factor, use_batch = self._saved
        g = finite_array("grad", grad)
        if g.shape != x_hat.shape:
            raise ValueError(
                f"grad must have the shape of the last forward pass, {x_hat.shape}, but has {g.shape}"
            )
        axes = _all_but_channels(g)
        if self.affine:
            self.grad_gamma, self.grad_beta = (g * x_hat).sum(axis=axes), g.sum(axis=axes)
        if use_batch:
            g = g - g.mean(axis=axes, keepdims=True) - x_hat * (g * x_hat).mean(axis=axes, keepdims=True)
        return _per_channel(factor, g) * g

    def _checked_input(self, x: ArrayLike) -> Array:
        x = finite_array("x", x)
        if x.ndim not in (2, 3) or x.shape[1] != self.num_features or x.size == 0:
            c = self.num_features
            raise ValueError(f"x must have shape (N, {c}) or (N, {c}, L), not empty, but has shape {x.shape}")
        return x

    def _parameter(self, name: str, value: Array | None) -> Array | None:
        """Open to assignment, gamma and beta are checked where they are used."""
        if value is None:
            return None
        value = finite_array(name, value)
        if value.shape != (self.num_features,):
            raise ValueError(f"{name} must have shape ({self.num_features},), but has shape {value.shape}")
        return value

    def _batch_statistics(self, x: Array) -> tuple[Array, Array]:
        if x.size == self.num_features:
            raise ValueError(
                f"batch statistics need more than one value per channel, but x has shape {x.shape}: "
                "give a larger batch, or use training=False with running statistics"
            )
        axes = _all_but_channels(x)
        return x.mean(axis=axes), x.var(axis=axes)

    def _track(self, mean: Array, var: Array, count: int) -> None:
        if self.running_mean is None or self.running_var is None or self.num_batches_tracked is None:
            return
        self.num_batches_tracked += 1
        weight = 1 / self.num_batches_tracked if self.momentum is None else self.momentum
        unbiased = var * (count / (count - 1))
        # New arrays rather than in-place changes, so that a kept reference is a record of that moment.
        self.running_mean = (1 - weight) * self.running_mean + weight * mean
        self.running_var = (1 - weight) * self.running_var + weight * unbiased


def _all_but_channels(x: Array) -> tuple[int, ...]:
    return (0, *range(2, x.ndim))


def _per_channel(value: Array, x: Array) -> Array:
    """`value` (C,) shaped to broadcast along axis 1 of `x`."""
    return value.reshape(-1, *(1,) * (x.ndim - 2))
