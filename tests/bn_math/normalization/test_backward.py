"""The layer's backward pass, against finite differences and the paper's chain rule."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bn_math import BatchNorm
from tests.bn_math.normalization.layers import layer_with, quick, seeds, shapes


def numeric_gradient(f, x: np.ndarray, h: float = 1e-5) -> np.ndarray:
    """Central differences of a scalar function of an array."""
    result = np.empty_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = h
        result[index] = (f(x + step) - f(x - step)) / (2 * h)
    return result


@quick
@given(
    seed=seeds,
    shape=shapes,
    training=st.booleans(),
    affine=st.booleans(),
    tracking=st.booleans(),
    eps=st.sampled_from([1e-3, 0.1]),
)
def test_backward_agrees_with_finite_differences(seed, shape, training, affine, tracking, eps) -> None:
    rng = np.random.default_rng(seed)
    x, g = rng.normal(size=shape), rng.normal(size=shape)
    mean, var = rng.normal(size=shape[1]), rng.uniform(0.5, 2, shape[1])
    gamma, beta = rng.normal(size=shape[1]), rng.normal(size=shape[1])

    def output(x, gamma=gamma, beta=beta) -> tuple[BatchNorm, np.ndarray]:
        layer = BatchNorm(shape[1], eps=eps, affine=affine, track_running_stats=tracking)
        if affine:
            layer.gamma, layer.beta = gamma, beta
        if tracking:
            layer.running_mean, layer.running_var = mean, var
        return layer, layer.forward(x, training=training)

    layer, _ = output(x)
    close = {"rtol": 1e-4, "atol": 1e-5}
    np.testing.assert_allclose(
        layer.backward(g), numeric_gradient(lambda v: (g * output(v)[1]).sum(), x), **close
    )
    if affine:
        by_gamma = numeric_gradient(lambda v: (g * output(x, gamma=v)[1]).sum(), gamma)
        by_beta = numeric_gradient(lambda v: (g * output(x, beta=v)[1]).sum(), beta)
        np.testing.assert_allclose(layer.grad_gamma, by_gamma, **close)
        np.testing.assert_allclose(layer.grad_beta, by_beta, **close)


@quick
@given(seed=seeds, shape=shapes)
def test_backward_agrees_with_the_chain_rule_of_the_paper(seed: int, shape) -> None:
    """Ioffe and Szegedy 2015, section 3: six equations through the variance and the mean, not simplified."""
    rng = np.random.default_rng(seed)
    x, g = rng.normal(size=shape), rng.normal(size=shape)
    layer = layer_with(rng, shape[1], eps=0.01)
    layer.forward(x)
    axes, m = (0, *range(2, x.ndim)), x.size // shape[1]
    mean, var = x.mean(axis=axes, keepdims=True), x.var(axis=axes, keepdims=True)
    g_hat = g * layer.gamma.reshape(mean.shape)
    g_var = (g_hat * (x - mean)).sum(axis=axes, keepdims=True) * -0.5 * (var + 0.01) ** -1.5
    g_mean = -(g_hat / np.sqrt(var + 0.01)).sum(axis=axes, keepdims=True)
    g_mean = g_mean + g_var * (-2 * (x - mean)).sum(axis=axes, keepdims=True) / m
    expected = g_hat / np.sqrt(var + 0.01) + g_var * 2 * (x - mean) / m + g_mean / m
    np.testing.assert_allclose(layer.backward(g), expected, rtol=1e-9, atol=1e-11)
    np.testing.assert_allclose(layer.grad_beta, g.sum(axis=axes), rtol=1e-12, atol=1e-13)


@quick
@given(seed=seeds, shape=st.sampled_from([(8, 3), (5, 2, 4)]))
def test_the_gradient_sums_to_zero_and_does_not_stretch_the_batch(seed: int, shape) -> None:
    rng = np.random.default_rng(seed)
    x, g = rng.normal(size=shape), rng.normal(size=shape)
    axes = (0, *range(2, x.ndim))
    overlap = []
    for eps in (1e-1, 1e-4, 1e-12):
        layer = layer_with(rng, shape[1], eps=eps)
        layer.gamma = np.ones(shape[1])
        x_hat = layer.forward(x) - layer.beta.reshape(-1, *(1,) * (x.ndim - 2))
        dx = layer.backward(g)
        np.testing.assert_allclose(dx.sum(axis=axes), 0, atol=1e-11)
        overlap.append(np.abs((dx * x_hat).sum(axis=axes)).max())
    assert overlap[0] > overlap[1] > overlap[2]
    assert overlap[2] < 1e-9


def test_in_inference_the_statistics_are_constants() -> None:
    layer = BatchNorm(1, eps=0.0)
    layer.running_var = np.array([4.0])
    layer.gamma = np.array([3.0])
    layer.forward([[1.0], [2.0]], training=False)
    np.testing.assert_array_equal(layer.backward([[1.0], [10.0]]), [[1.5], [15.0]])


def test_backward_belongs_to_the_last_forward() -> None:
    layer = BatchNorm(2)
    with pytest.raises(RuntimeError, match=r"call forward\(x\) first"):
        layer.backward(np.ones((3, 2)))
    layer.forward(np.arange(6.0).reshape(3, 2))
    with pytest.raises(ValueError, match=r"shape of the last forward pass, \(3, 2\), but has \(2, 2\)"):
        layer.backward(np.ones((2, 2)))
    with pytest.raises(ValueError, match="grad must be finite"):
        layer.backward(np.full((3, 2), np.nan))
