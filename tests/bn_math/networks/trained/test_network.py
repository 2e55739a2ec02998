"""A trained network's passes: gradients of every kind against differences, and against `BatchNorm`."""

import numpy as np
import pytest

from bn_math import BatchNorm
from bn_math.networks.layered.layers import cross_entropy
from bn_math.networks.layered.network import Network
from bn_math.networks.layered.recipe import Recipe
from tests.bn_math.networks.trained.small import batch, network, pairs, slopes

KINDS = [(name, norm) for name in ("sigmoid", "tanh", "relu") for norm in (False, True)]


@pytest.mark.parametrize(("activation", "batch_norm"), KINDS)
def test_every_gradient_is_the_slope_of_the_loss(activation: str, batch_norm: bool) -> None:
    made, (x, labels) = network(activation, batch_norm), batch()
    loss, gradients = made.gradients(made.forward(x), labels)

    def again() -> np.ndarray:
        return cross_entropy(made.forward(x).logits, labels)

    assert loss == pytest.approx(again(), rel=1e-14)
    for name, value, slope in pairs(made.parameters, gradients):
        assert slope.shape == value.shape
        np.testing.assert_allclose(slope, slopes(value, again), atol=2e-8, err_msg=name)


@pytest.mark.parametrize(("activation", "batch_norm"), KINDS)
def test_the_gradients_in_the_activations_are_slopes_too(activation: str, batch_norm: bool) -> None:
    made, (x, labels) = network(activation, batch_norm, depth=2), batch()
    by_outputs: list[np.ndarray] = []
    passes = made.forward(x)
    made.gradients(passes, labels, by_outputs)
    # What comes after the last hidden layer is linear: its slope is that of the loss in the logits.
    out = passes.outputs[-1].copy()

    def loss() -> np.ndarray:
        return cross_entropy(out @ made.parameters.weights[-1] + made.parameters.shifts[-1], labels)

    np.testing.assert_allclose(by_outputs[-1], slopes(out, loss), atol=1e-8)
    # And one layer further in, by the network that begins there.
    rest = network(activation, batch_norm, depth=2)
    inner = Network(Recipe(activation, "he", 1, batch_norm, width=5), 5, 3, [(0,), (1,)])
    for part, whole in zip(inner.parameters.parts, rest.parameters.parts, strict=True):
        part[:] = whole[1:]
    first = passes.outputs[1].copy()
    found = slopes(first, lambda: cross_entropy(inner.forward(first).logits, labels))
    np.testing.assert_allclose(by_outputs[0], found, atol=1e-8)


def test_inside_is_the_batch_norm_of_this_package() -> None:
    made, (x, labels) = network("tanh", True, depth=1, count=1), batch(1)
    layer = BatchNorm(5)
    layer.gamma, layer.beta = made.parameters.gammas[0].ravel(), made.parameters.shifts[0].ravel()
    passes = made.forward(x, tracking=True, keep_sums=True)
    z = layer.forward(x[0] @ made.parameters.weights[0][0])
    np.testing.assert_allclose(passes.sums[0][0], z, rtol=1e-12)
    np.testing.assert_allclose(made.running_means[0].ravel(), layer.running_mean, rtol=1e-12)
    np.testing.assert_allclose(made.running_variances[0].ravel(), layer.running_var, rtol=1e-12)
    by_outputs: list[np.ndarray] = []
    _, gradients = made.gradients(passes, labels, by_outputs)
    slope = layer.backward(by_outputs[0][0] * (1 - passes.outputs[1][0] ** 2))
    np.testing.assert_allclose(gradients.gammas[0].ravel(), layer.grad_gamma, rtol=1e-10)
    np.testing.assert_allclose(gradients.shifts[0].ravel(), layer.grad_beta, rtol=1e-10)
    np.testing.assert_allclose(gradients.weights[0][0], x[0].T @ slope, rtol=1e-8, atol=1e-12)
    # And at inference.
    expected = np.tanh(layer.forward(x[0] @ made.parameters.weights[0][0], training=False))
    logits = expected @ made.parameters.weights[1][0] + made.parameters.shifts[1][0]
    np.testing.assert_allclose(made.inferred(x[0])[0], logits, rtol=1e-12)


def test_networks_side_by_side_are_as_each_is_alone() -> None:
    x, labels = batch()
    both = network("relu", True)
    for number in range(2):
        alone, beside = network("relu", True).part(np.array([number])), network("relu", True)
        for _ in range(3):
            for net, some in ((alone, slice(number, number + 1)), (beside, slice(None))):
                _, gradients = net.gradients(net.forward(x[some], tracking=True), labels[some])
                net.descend(gradients, np.full(net.count, 0.1))
        for one, many in zip(alone.parameters.all(), beside.parameters.all(), strict=True):
            np.testing.assert_allclose(one[0], many[number], rtol=1e-11)
    assert both.count == 2


def test_with_and_without_batch_norm_start_alike_and_deeper_ones_begin_with_the_same() -> None:
    def weights(depth: int, batch_norm: bool) -> list[np.ndarray]:
        return Network(Recipe("relu", "he", depth, batch_norm, width=5), 4, 3, [(1, 2)]).parameters.weights

    for one, other in zip(weights(3, False), weights(3, True), strict=True):
        np.testing.assert_array_equal(one, other)
    deep = weights(5, True)
    for layer in (0, 1, 2, -1):
        np.testing.assert_array_equal(weights(3, True)[layer], deep[layer])


@pytest.mark.parametrize(
    ("start", "spread"), [("he", np.sqrt(2 / 300)), ("xavier", np.sqrt(2 / 600)), (0.5, 0.5)]
)
def test_the_start_has_the_spread_that_its_name_says(start: str | float, spread: float) -> None:
    made = Network(Recipe("relu", start, 2, False, width=300), 300, 3, [(1,)])
    assert made.parameters.weights[1].std() == pytest.approx(spread, rel=0.01)
    assert made.parameters.weights[0].mean() == pytest.approx(0, abs=0.01 * spread * 3)


def test_huge_logits_have_a_loss_and_no_warning() -> None:
    logits = np.array([[1e4, -1e4, 0.0], [0.0, 1e4, -1e4]])
    assert cross_entropy(logits, np.array([0, 2])) == pytest.approx(1e4)
