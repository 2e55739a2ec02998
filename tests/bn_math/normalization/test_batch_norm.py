"""Batch normalization, against ONNX's reference operator, finite differences and the printed algorithm."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator
from scipy import stats

from bn_math import BatchNorm, article_dataset, rescale, standardize

quick = settings(max_examples=40, deadline=None, derandomize=True)
seeds = st.integers(0, 2**32 - 1)
shapes = st.sampled_from([(2, 1), (8, 3), (5, 2, 4), (2, 3, 1), (1, 2, 6)])


def onnx_batch_norm(
    x, gamma, beta, mean, var, eps: float, momentum: float, training: bool
) -> list[np.ndarray]:
    """ONNX's operator; its momentum weighs the old, and its running variance is biased.

    Its eps and momentum are stored in single precision, so agreement ends at seven digits.
    """
    names = ["x", "gamma", "beta", "mean", "var"]
    outputs = ["out", "new_mean", "new_var"] if training else ["out"]
    node = helper.make_node(
        "BatchNormalization", names, outputs, epsilon=eps, momentum=momentum, training_mode=int(training)
    )
    graph = helper.make_graph(
        [node],
        "batch_norm",
        [helper.make_tensor_value_info(name, TensorProto.DOUBLE, None) for name in names],
        [helper.make_tensor_value_info(name, TensorProto.DOUBLE, None) for name in outputs],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)])
    return ReferenceEvaluator(model).run(None, dict(zip(names, [x, gamma, beta, mean, var], strict=True)))


def numeric_gradient(f, x: np.ndarray, h: float = 1e-5) -> np.ndarray:
    """Central differences of a scalar function of an array."""
    result = np.empty_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = h
        result[index] = (f(x + step) - f(x - step)) / (2 * h)
    return result


def layer_with(rng: np.random.Generator, channels: int, **settings) -> BatchNorm:
    layer = BatchNorm(channels, **settings)
    layer.gamma, layer.beta = rng.normal(size=channels), rng.normal(size=channels)
    return layer


# standardize and rescale


@pytest.mark.parametrize("ddof", [0, 1])
def test_standardize_agrees_with_scipy(ddof: int) -> None:
    x = article_dataset().features
    np.testing.assert_allclose(standardize(x, ddof), stats.zscore(x, ddof=ddof), rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(standardize(x[:, 0]), stats.zscore(x[:, 0]), rtol=1e-12, atol=1e-14)


def test_eps_sits_inside_the_root() -> None:
    np.testing.assert_allclose(standardize([1.0, 3.0], eps=3.0), [-0.5, 0.5], rtol=1e-15)


@quick
@given(seed=seeds, eps=st.sampled_from([0.0, 1e-5, 1.0]), scale=st.floats(1e-3, 1e3))
def test_gamma_sqrt_var_plus_eps_and_beta_mu_undo_the_normalization(
    seed: int, eps: float, scale: float
) -> None:
    x = np.random.default_rng(seed).normal(size=(20, 3)) * scale + [0, 10, -5]
    x_hat = standardize(x, eps=eps)
    back = rescale(x_hat, np.sqrt(x.var(axis=0) + eps), x.mean(axis=0))
    np.testing.assert_allclose(back, x, rtol=1e-9, atol=1e-9 * scale)


def test_rescale_stretches_by_gamma_and_shifts_by_beta() -> None:
    np.testing.assert_array_equal(
        rescale([[1.0, 2.0], [3.0, 4.0]], [10, 100], [1, -1]), [[11, 199], [31, 399]]
    )
    np.testing.assert_array_equal(rescale([1.0, 2.0], 3.0, 1.0), [4, 7])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: standardize([[1.0, 2.0]]), "at least two rows"),
        (lambda: standardize(np.zeros((2, 2, 2))), r"shape \(n,\) or \(n, d\)"),
        (lambda: standardize([1.0, np.nan]), r"x must be finite, but it holds nan at index \[1\]"),
        (lambda: standardize([[1.0, 5.0], [2.0, 5.0]]), "constant in column 1.*eps > 0"),
        (lambda: standardize([0.1, 0.1, 0.1]), "constant in column 0"),
        (lambda: standardize([1.0, 2.0], ddof=2), "ddof must be a whole number"),
        (
            lambda: standardize([1.0, 2.0], eps=-1.0),
            r"eps must be a finite number and at least 0, but is -1\.0",
        ),
        (lambda: rescale([1.0, 2.0, 3.0], [1.0, 2.0], 0.0), r"gamma must be one number or of shape \(3,\)"),
        (lambda: rescale([1.0, 2.0], 1.0, np.inf), "beta must be finite"),
        (lambda: BatchNorm(0), "num_features must be a whole number of at least 1"),
        (lambda: BatchNorm(2, eps=-1e-5), "eps must be"),
        (lambda: BatchNorm(2, momentum=1.5), "momentum must be .* at most 1"),
        (
            lambda: BatchNorm(2).forward(np.ones((4, 3))),
            r"x must have shape \(N, 2\) or \(N, 2, L\).*\(4, 3\)",
        ),
        (lambda: BatchNorm(2).forward(np.ones(2)), r"x must have shape"),
        (lambda: BatchNorm(2).forward(np.ones((0, 2))), "not empty"),
        (
            lambda: BatchNorm(1).forward([[1.0], [np.inf]]),
            r"x must be finite, but it holds inf at index \[1, 0\]",
        ),
        (lambda: BatchNorm(2, eps=0.0).forward([[1.0, 5.0], [2.0, 5.0]]), "channel 1 has variance 0.*1e-5"),
    ],
)
def test_bad_input_is_refused_with_a_reason(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_a_constant_column_becomes_zero_when_eps_is_given() -> None:
    np.testing.assert_array_equal(standardize([5.0, 5.0, 5.0], eps=1e-5), 0)


# The layer, forward


@quick
@given(seed=seeds, shape=shapes, eps=st.sampled_from([1e-5, 1e-3, 0.5]), momentum=st.floats(0, 1))
def test_training_agrees_with_the_onnx_operator(seed: int, shape, eps: float, momentum: float) -> None:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=shape) * 3 + 1
    layer = layer_with(rng, shape[1], eps=eps, momentum=momentum)
    layer.running_mean, layer.running_var = rng.normal(size=shape[1]), rng.uniform(0.5, 2, shape[1])
    old_mean, old_var = layer.running_mean, layer.running_var
    out, new_mean, new_var = onnx_batch_norm(
        x, layer.gamma, layer.beta, old_mean, old_var, eps, 1 - momentum, training=True
    )
    count = x.size // shape[1]
    np.testing.assert_allclose(layer.forward(x), out, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(layer.running_mean, new_mean, rtol=1e-6, atol=1e-6)
    # ONNX adds momentum * biased; PyTorch takes the unbiased variance, n / (n - 1) times that.
    unbiased = old_var * (1 - momentum) + (new_var - old_var * (1 - momentum)) * count / (count - 1)
    np.testing.assert_allclose(layer.running_var, unbiased, rtol=1e-5, atol=1e-5)


@quick
@given(seed=seeds, shape=shapes, eps=st.sampled_from([1e-5, 1e-3, 0.5]))
def test_inference_agrees_with_the_onnx_operator(seed: int, shape, eps: float) -> None:
    rng = np.random.default_rng(seed)
    layer = layer_with(rng, shape[1], eps=eps)
    layer.running_mean, layer.running_var = rng.normal(size=shape[1]), rng.uniform(0.5, 2, shape[1])
    x = rng.normal(size=shape)
    (out,) = onnx_batch_norm(
        x, layer.gamma, layer.beta, layer.running_mean, layer.running_var, eps, 0.9, training=False
    )
    np.testing.assert_allclose(layer.forward(x, training=False), out, rtol=1e-6, atol=1e-6)


def test_training_is_the_printed_algorithm_number_by_number() -> None:
    x = [[1.0, 10.0], [2.0, 30.0], [6.0, 20.0]]
    layer = BatchNorm(2, eps=0.25, momentum=0.1)
    layer.gamma, layer.beta = np.array([2.0, -1.0]), np.array([0.5, 3.0])
    out = layer.forward(x)
    for channel in range(2):
        values = [row[channel] for row in x]
        mean = sum(values) / 3
        biased = sum((v - mean) ** 2 for v in values) / 3
        unbiased = sum((v - mean) ** 2 for v in values) / 2
        for row, v in enumerate(values):
            x_hat = (v - mean) / (biased + 0.25) ** 0.5
            assert out[row, channel] == pytest.approx(
                layer.gamma[channel] * x_hat + layer.beta[channel], rel=1e-14
            )
        assert layer.running_mean[channel] == pytest.approx(0.9 * 0 + 0.1 * mean, rel=1e-14)
        assert layer.running_var[channel] == pytest.approx(0.9 * 1 + 0.1 * unbiased, rel=1e-14)


def test_length_is_averaged_over_like_the_batch() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(4, 3, 5))
    flat = x.transpose(0, 2, 1).reshape(-1, 3)
    long, short = BatchNorm(3), BatchNorm(3)
    expected = short.forward(flat).reshape(4, 5, 3).transpose(0, 2, 1)
    np.testing.assert_allclose(long.forward(x), expected, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(long.running_var, short.running_var, rtol=1e-12)


def test_a_full_batch_with_vanishing_eps_is_standardization() -> None:
    x = article_dataset().features
    out = BatchNorm(2, eps=1e-14).forward(x)
    np.testing.assert_allclose(out, article_dataset().standardized().features, rtol=1e-9, atol=1e-12)


def test_the_defaults_are_pytorchs() -> None:
    layer = BatchNorm(3)
    assert (layer.eps, layer.momentum) == (1e-5, 0.1)
    np.testing.assert_array_equal([layer.gamma, layer.beta], [np.ones(3), np.zeros(3)])
    np.testing.assert_array_equal([layer.running_mean, layer.running_var], [np.zeros(3), np.ones(3)])
    assert layer.num_batches_tracked == 0


def test_momentum_none_is_a_cumulative_average() -> None:
    rng = np.random.default_rng(1)
    batches = rng.normal(2, 3, size=(5, 8, 2))
    layer = BatchNorm(2, momentum=None)
    for count, batch in enumerate(batches, start=1):
        layer.forward(batch)
        seen = batches[:count]
        assert layer.num_batches_tracked == count
        np.testing.assert_allclose(layer.running_mean, seen.mean(axis=1).mean(axis=0), rtol=1e-12)
        np.testing.assert_allclose(layer.running_var, seen.var(axis=1, ddof=1).mean(axis=0), rtol=1e-12)


def test_running_statistics_forget_geometrically() -> None:
    layer = BatchNorm(1, momentum=0.1)
    for _ in range(20):
        layer.forward([[4.0], [6.0]])
    assert layer.running_mean[0] == pytest.approx(5 * (1 - 0.9**20), rel=1e-12)
    assert layer.running_var[0] == pytest.approx(2 + (1 - 2) * 0.9**20, rel=1e-12)


def test_inference_leaves_the_running_statistics_alone_and_takes_one_sample() -> None:
    layer = BatchNorm(2)
    layer.forward([[1.0, 5.0], [3.0, 9.0]])
    mean, var = layer.running_mean.copy(), layer.running_var.copy()
    out = layer.forward([[7.0, -2.0]], training=False)
    np.testing.assert_allclose(out, [([7.0, -2.0] - mean) / np.sqrt(var + 1e-5)], rtol=1e-14)
    np.testing.assert_array_equal([layer.running_mean, layer.running_var], [mean, var])
    assert layer.num_batches_tracked == 1


def test_without_affine_there_is_no_gamma_and_no_beta() -> None:
    layer = BatchNorm(2, affine=False)
    x = np.random.default_rng(2).normal(size=(6, 2))
    out = layer.forward(x)
    assert layer.gamma is None and layer.beta is None
    np.testing.assert_allclose(out, (x - x.mean(0)) / np.sqrt(x.var(0) + 1e-5), rtol=1e-12)
    layer.backward(np.ones((6, 2)))
    assert layer.grad_gamma is None and layer.grad_beta is None


def test_without_running_statistics_inference_uses_the_batch() -> None:
    layer = BatchNorm(2, track_running_stats=False)
    x = np.random.default_rng(3).normal(5, 2, size=(6, 2))
    np.testing.assert_array_equal(layer.forward(x, training=False), layer.forward(x, training=True))
    assert layer.running_mean is None and layer.running_var is None and layer.num_batches_tracked is None


@pytest.mark.parametrize("shape", [(1, 2), (1, 2, 1)])
def test_one_value_per_channel_in_training_is_refused(shape) -> None:
    layer = BatchNorm(2)
    with pytest.raises(ValueError, match="more than one value per channel.*larger batch"):
        layer.forward(np.ones(shape))
    assert layer.num_batches_tracked == 0
    with pytest.raises(ValueError, match="more than one value per channel"):
        BatchNorm(2, track_running_stats=False).forward(np.ones(shape), training=False)


def test_one_row_with_a_length_is_enough_values() -> None:
    assert BatchNorm(2).forward(np.arange(6.0).reshape(1, 2, 3)).shape == (1, 2, 3)


def test_gamma_of_the_wrong_shape_is_refused_where_it_is_used() -> None:
    layer = BatchNorm(2)
    layer.gamma = np.ones(3)
    with pytest.raises(ValueError, match=r"gamma must have shape \(2,\), but has shape \(3,\)"):
        layer.forward(np.eye(2))


# The layer, backward


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


# PyTorch itself, where it is installed


def test_the_layer_is_pytorchs() -> None:
    torch = pytest.importorskip("torch")
    for shape, momentum, tracking in product([(8, 3), (5, 3, 4)], [0.1, None], [True, False]):
        rng = np.random.default_rng(5)
        ours = BatchNorm(3, momentum=momentum, track_running_stats=tracking)
        theirs = torch.nn.BatchNorm1d(3, momentum=momentum, track_running_stats=tracking, dtype=torch.float64)
        for training in (True, True, False):
            x, g = rng.normal(size=shape), rng.normal(size=shape)
            theirs.train(training)
            theirs.zero_grad()
            tensor = torch.tensor(x, requires_grad=True)
            out = theirs(tensor)
            out.backward(torch.tensor(g))
            close = {"rtol": 1e-8, "atol": 1e-10}
            np.testing.assert_allclose(ours.forward(x, training=training), out.detach().numpy(), **close)
            np.testing.assert_allclose(ours.backward(g), tensor.grad.numpy(), **close)
            np.testing.assert_allclose(ours.grad_gamma, theirs.weight.grad.numpy(), **close)
            np.testing.assert_allclose(ours.grad_beta, theirs.bias.grad.numpy(), **close)
            if tracking:
                np.testing.assert_allclose(ours.running_mean, theirs.running_mean.numpy(), **close)
                np.testing.assert_allclose(ours.running_var, theirs.running_var.numpy(), **close)
                assert ours.num_batches_tracked == int(theirs.num_batches_tracked)
