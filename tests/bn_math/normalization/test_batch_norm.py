"""The layer, against ONNX's reference operator, the printed algorithm and PyTorch."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

from bn_math import BatchNorm, article_dataset
from tests.bn_math.normalization.layers import layer_with, quick, seeds, shapes


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


def test_pixels_are_averaged_over_like_the_batch() -> None:
    x = np.random.default_rng(0).normal(size=(4, 3, 5, 2))
    long, images = BatchNorm(3), BatchNorm(3)
    expected = long.forward(x.reshape(4, 3, 10)).reshape(x.shape)
    np.testing.assert_allclose(images.forward(x), expected, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(images.running_var, long.running_var, rtol=1e-12)
    one = x[:1]  # an image has many values a channel
    np.testing.assert_allclose(BatchNorm(3).forward(one).mean(axis=(2, 3)), 0, atol=1e-14)


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


@pytest.mark.parametrize("shape", [(1, 2), (1, 2, 1), (1, 2, 1, 1)])
def test_one_value_per_channel_in_training_is_refused(shape) -> None:
    layer = BatchNorm(2)
    with pytest.raises(ValueError, match="more than one value per channel.*larger batch"):
        layer.forward(np.ones(shape))
    assert layer.num_batches_tracked == 0
    with pytest.raises(ValueError, match="more than one value per channel"):
        BatchNorm(2, track_running_stats=False).forward(np.ones(shape), training=False)


def test_one_row_with_a_length_is_enough_values() -> None:
    assert BatchNorm(2).forward(np.arange(6.0).reshape(1, 2, 3)).shape == (1, 2, 3)


@pytest.mark.parametrize(
    ("call", "message"),
    [
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


def test_gamma_of_the_wrong_shape_is_refused_where_it_is_used() -> None:
    layer = BatchNorm(2)
    layer.gamma = np.ones(3)
    with pytest.raises(ValueError, match=r"gamma must have shape \(2,\), but has shape \(3,\)"):
        layer.forward(np.eye(2))


def test_the_layer_is_pytorchs() -> None:
    torch = pytest.importorskip("torch")
    for shape, momentum, tracking in product([(8, 3), (5, 3, 4), (4, 3, 2, 5)], [0.1, None], [True, False]):
        rng = np.random.default_rng(5)
        ours = BatchNorm(3, momentum=momentum, track_running_stats=tracking)
        kind = torch.nn.BatchNorm1d if len(shape) < 4 else torch.nn.BatchNorm2d
        theirs = kind(3, momentum=momentum, track_running_stats=tracking, dtype=torch.float64)
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
