"""The batch-normalization layer, with its backward pass and running statistics."""

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import Array, boolean, finite_array, integer, no_overflow, number
from bn_math.normalization.moments import moments

# More channels than this no layer has.
MOST_FEATURES = 10**7


class BatchNorm:
    """A batch-normalization layer over the channels of (N, C), (N, C, L) or (N, C, H, W), as in PyTorch.

    Training normalizes by the batch's mean and biased variance, and moves the running statistics by
    `momentum`, the weight of the new; the running variance takes the unbiased variance. Evaluation uses the
    running statistics. `momentum=None` keeps a cumulative average. `affine=False` has no `gamma` and `beta`,
    `track_running_stats=False` no running statistics (evaluation then uses the batch's): they are None.

    Attributes: `gamma`, `beta`, `running_mean`, `running_var` (C,) or None; `num_batches_tracked` int or
    None; after `backward`, `grad_gamma` and `grad_beta` (C,) or None.
    Sources: Ioffe and Szegedy 2015, Algorithm 1 and section 3; the documentation of torch.nn.BatchNorm2d.
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
        self.num_features = integer("num_features", num_features, at_least=1, at_most=MOST_FEATURES)
        self.eps = number("eps", eps, at_least=0)
        self.momentum = None if momentum is None else number("momentum", momentum, at_least=0, at_most=1)
        self.affine = boolean("affine", affine)
        self.track_running_stats = boolean("track_running_stats", track_running_stats)
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
        """The layer's output, of the shape of `x`: (N, C), (N, C, L) or (N, C, H, W).

        Raises ValueError for another shape, for NaN or infinity, for a single value per channel when batch
        statistics are needed, for a channel of variance 0 when `eps` is 0, for running statistics that are
        none, and for numbers so large that the output or the running statistics overflow. The layer is then
        as it was before.
        """
        training = boolean("training", training)
        x, eps = self._checked_input(x), number("eps", self.eps, at_least=0)
        gamma, beta = self._per_feature("gamma", self.gamma), self._per_feature("beta", self.beta)
        mean, var = self._running()
        use_batch = training or mean is None or var is None
        tracked = None
        with np.errstate(over="ignore", invalid="ignore"):
            if training or mean is None or var is None:
                x_hat, inverse_std, batch_mean, batch_var = self._by_batch(x, eps)
                if training and mean is not None and var is not None:
                    count = x.size // self.num_features
                    tracked = self._moved((mean, batch_mean), (var, batch_var * (count / (count - 1))))
            else:
                no_overflow("running_var", var + eps, "running_var + eps")
                _refuse_without_spread(var + eps)
                inverse_std = 1 / np.sqrt(var + eps)
                x_hat = (x - _per_channel(mean, x)) * _per_channel(inverse_std, x)
            output = x_hat if gamma is None else _per_channel(gamma, x) * x_hat
            output = output.copy() if beta is None else output + _per_channel(beta, x)
            factor = inverse_std if gamma is None else gamma * inverse_std
        no_overflow("x", output, "the output")
        self._saved = (x_hat, factor, use_batch)
        if tracked is not None:
            self.running_mean, self.running_var, self.num_batches_tracked = tracked
        return output

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
        with np.errstate(over="ignore", invalid="ignore"):
            by_gamma, by_beta = (g * x_hat).sum(axis=axes), g.sum(axis=axes)
            if use_batch:
                g = g - g.mean(axis=axes, keepdims=True) - x_hat * (g * x_hat).mean(axis=axes, keepdims=True)
            result = _per_channel(factor, g) * g
        for found in (by_gamma, by_beta, result):
            no_overflow("grad", found, "a gradient")
        if self.affine:
            self.grad_gamma, self.grad_beta = by_gamma, by_beta
        return result

    def at_inference(self) -> tuple[Array, Array]:
        """What the layer does at inference, scale * x + shift: both (C,).

        Raises ValueError if it tracks no running statistics, and where `forward` in evaluation does.
        """
        mean, var = self._running()
        if mean is None or var is None:
            raise ValueError(
                "layer has no running statistics: at inference it takes the batch's, and is no fixed map"
            )
        gamma, beta = self._per_feature("gamma", self.gamma), self._per_feature("beta", self.beta)
        spread = var + number("eps", self.eps, at_least=0)
        _refuse_without_spread(spread)
        with np.errstate(over="ignore", invalid="ignore"):
            scale = (1 if gamma is None else gamma) / np.sqrt(spread)
            shift = (0 if beta is None else beta) - scale * mean
        return no_overflow("running_var", scale, "the scale"), no_overflow("running_mean", shift, "the shift")

    def _checked_input(self, x: ArrayLike) -> Array:
        x = finite_array("x", x)
        if x.ndim not in (2, 3, 4) or x.shape[1] != self.num_features or x.size == 0:
            c = self.num_features
            raise ValueError(
                f"x must have shape (N, {c}) or (N, {c}, L) or (N, {c}, H, W), not empty, "
                f"but has shape {x.shape}"
            )
        return x

    def _per_feature(self, name: str, value: Array | None) -> Array | None:
        """Open to assignment, parameters and running statistics are checked where they are used."""
        if value is None:
            return None
        value = finite_array(name, value)
        if value.shape != (self.num_features,):
            raise ValueError(f"{name} must have shape ({self.num_features},), but has shape {value.shape}")
        return value

    def _running(self) -> tuple[Array | None, Array | None]:
        mean = self._per_feature("running_mean", self.running_mean)
        var = self._per_feature("running_var", self.running_var)
        if var is not None and (var < 0).any():
            raise ValueError(f"running_var must not be below 0, but holds {var.min():g}")
        return mean, var

    def _by_batch(self, x: Array, eps: float) -> tuple[Array, Array, Array, Array]:
        """x_hat, of the shape of `x`, and 1 / sqrt(variance + eps), mean and biased variance, all (C,)."""
        if x.size == self.num_features:
            raise ValueError(
                f"batch statistics need more than one value per channel, but x has shape {x.shape}: "
                "give a larger batch, or use training=False with running statistics"
            )
        found = moments(x, _all_but_channels(x), eps)
        var = found.variance + np.ldexp(eps, -2 * found.exponent)
        _refuse_without_spread(var.ravel())
        inverse_std = 1 / np.sqrt(var)
        return (
            found.offsets * inverse_std,
            np.ldexp(inverse_std, -found.exponent).ravel(),
            found.mean.ravel(),
            np.ldexp(found.variance, 2 * found.exponent).ravel(),
        )

    def _moved(
        self, means: tuple[Array, Array], variances: tuple[Array, Array]
    ) -> tuple[Array, Array, int] | None:
        """The running statistics and the counter after a batch; each pair is the old and the batch's."""
        if self.num_batches_tracked is None:
            return None
        count = integer("num_batches_tracked", self.num_batches_tracked, at_least=0) + 1
        momentum = self.momentum
        weight = 1 / count if momentum is None else number("momentum", momentum, at_least=0, at_most=1)
        # New arrays rather than in-place changes, so that a kept reference is a record of that moment.
        mean, var = ((1 - weight) * old + weight * new for old, new in (means, variances))
        return no_overflow("x", mean, "its mean"), no_overflow("x", var, "its variance"), count


def _refuse_without_spread(variance: Array) -> None:
    """Refuses the first channel of `variance` (C,), eps added, that has nothing to divide by."""
    if (variance <= 0).any():
        channel = int(np.flatnonzero(variance <= 0)[0])
        raise ValueError(f"channel {channel} has variance 0: give the layer eps > 0, such as 1e-5")


def _all_but_channels(x: Array) -> tuple[int, ...]:
    return (0, *range(2, x.ndim))


def _per_channel(value: Array, x: Array) -> Array:
    """`value` (C,) shaped to broadcast along axis 1 of `x`."""
    return value.reshape(-1, *(1,) * (x.ndim - 2))
