"""The parts of a network, forward and backward, for many networks at once: (..., rows, neurons).

Only formulas live here, each on plain arrays; what is kept from step to step is network.py's business.
Leading axes are networks side by side; the last two are a mini-batch's rows and the neurons.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from bn_math.checks import Array
from bn_math.data.examples import Labels


class Nonlinearity(NamedTuple):
    """A nonlinearity: `apply` changes sums in place, `back` a gradient, by what came out."""

    apply: Callable[[Array], Array]
    back: Callable[[Array, Array], Array]


def _sigmoid(x: Array) -> Array:
    x *= 0.5
    np.tanh(x, out=x)
    x *= 0.5
    x += 0.5
    return x


def _sigmoid_back(grad: Array, out: Array) -> Array:
    slope = 1 - out
    slope *= out
    grad *= slope
    return grad


def _tanh_back(grad: Array, out: Array) -> Array:
    slope = out * out
    np.subtract(1, slope, out=slope)
    grad *= slope
    return grad


def _relu_back(grad: Array, out: Array) -> Array:
    grad *= out > 0
    return grad


NONLINEARITIES = {
    "sigmoid": Nonlinearity(_sigmoid, _sigmoid_back),
    "tanh": Nonlinearity(lambda x: np.tanh(x, out=x), _tanh_back),
    "relu": Nonlinearity(lambda x: np.maximum(x, 0, out=x), _relu_back),
}


class Normalized(NamedTuple):
    """What normalizing a mini-batch gives.

    x_hat: (..., n, d); mean, biased variance and 1 / sqrt(var + eps) of each neuron: (..., 1, d).
    """

    x_hat: Array
    mean: Array
    variance: Array
    inverse_std: Array


def normalized(x: Array, eps: float) -> Normalized:
    """`x` (..., n, d) less its mean over the rows, over sqrt(variance + eps); `x` is changed in place."""
    mean = x.mean(axis=-2, keepdims=True)
    x -= mean
    variance = np.einsum("...nd,...nd->...d", x, x)[..., None, :] / x.shape[-2]
    inverse_std = 1 / np.sqrt(variance + eps)
    x *= inverse_std
    return Normalized(x, mean, variance, inverse_std)


def normalized_back(
    grad: Array, x_hat: Array, inverse_std: Array, gamma: Array
) -> tuple[Array, Array, Array]:
    """The gradients in x, gamma and beta, from that in gamma x_hat + beta, which is changed in place.

    dx = gamma / sqrt(var + eps) (g - mean g - x_hat mean(g x_hat)), as in `BatchNorm.backward`.
    """
    rows = grad.shape[-2]
    by_gamma = np.einsum("...nd,...nd->...d", grad, x_hat)[..., None, :]
    by_beta = grad.sum(axis=-2, keepdims=True)
    grad -= by_beta / rows
    grad -= x_hat * (by_gamma / rows)
    grad *= gamma * inverse_std
    return grad, by_gamma, by_beta


def cross_entropy(logits: Array, labels: Labels) -> Array:
    """Mean over rows of -log softmax(logits)[label], (...); logits (..., n, classes), labels (..., n)."""
    top = logits.max(axis=-1, keepdims=True)
    total = np.exp(logits - top).sum(axis=-1)
    own = np.take_along_axis(logits, labels[..., None], axis=-1)[..., 0]
    return np.asarray((np.log(total) + top[..., 0] - own).mean(axis=-1))


def cross_entropy_and_gradient(logits: Array, labels: Labels) -> tuple[Array, Array]:
    """`cross_entropy` (...), and its gradient in the logits, (..., n, classes): (softmax - one hot) / n."""
    top = logits.max(axis=-1, keepdims=True)
    shares = np.exp(logits - top)
    total = shares.sum(axis=-1, keepdims=True)
    at = labels[..., None]
    own = np.take_along_axis(logits, at, axis=-1)
    loss = np.asarray((np.log(total) + top - own)[..., 0].mean(axis=-1))
    shares /= total
    np.put_along_axis(shares, at, np.take_along_axis(shares, at, axis=-1) - 1, axis=-1)
    shares /= logits.shape[-2]
    return loss, shares
