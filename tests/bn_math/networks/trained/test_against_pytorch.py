"""The same networks trained in PyTorch, step by step. Left out where it is not installed."""

import numpy as np
import pytest

from bn_math.networks.layered.layers import NONLINEARITIES
from bn_math.networks.layered.network import Network
from tests.bn_math.networks.trained.small import batch, network

torch = pytest.importorskip("torch")
ACTIVATIONS = {"sigmoid": "Sigmoid", "tanh": "Tanh", "relu": "ReLU"}
RATE, STEPS = 0.3, 25


def twin(made: Network) -> "torch.nn.Sequential":
    """The first of the networks, in PyTorch, with the same parameters."""
    recipe, p = made.recipe, made.parameters
    layers = []
    for layer, weights in enumerate(p.weights):
        hidden = layer < recipe.depth
        linear = torch.nn.Linear(weights.shape[1], weights.shape[2], bias=not (hidden and recipe.batch_norm))
        with torch.no_grad():
            linear.weight.copy_(torch.tensor(weights[0].T))
            if linear.bias is not None:
                linear.bias.copy_(torch.tensor(p.shifts[layer].ravel()))
        layers.append(linear)
        if hidden and recipe.batch_norm:
            norm = torch.nn.BatchNorm1d(recipe.width, eps=recipe.eps, momentum=recipe.momentum)
            with torch.no_grad():
                norm.weight.copy_(torch.tensor(p.gammas[layer].ravel()))
                norm.bias.copy_(torch.tensor(p.shifts[layer].ravel()))
            layers.append(norm)
        if hidden:
            layers.append(getattr(torch.nn, ACTIVATIONS[recipe.activation])())
    return torch.nn.Sequential(*layers)


@pytest.fixture(autouse=True)
def in_float64():
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(before)


@pytest.mark.parametrize("activation", NONLINEARITIES)
@pytest.mark.parametrize("batch_norm", [False, True])
def test_every_step_is_pytorchs(activation: str, batch_norm: bool) -> None:
    made = network(activation, batch_norm, depth=4, count=1, momentum=0.2, eps=1e-3)
    other = twin(made)
    descent = torch.optim.SGD(other.parameters(), lr=RATE)
    x, labels = batch(1, 20)
    rows, wanted = torch.tensor(x[0]), torch.tensor(labels[0])
    for step in range(STEPS):
        loss, gradients = made.gradients(made.forward(x, tracking=True), labels)
        made.descend(gradients, np.array([RATE]))
        descent.zero_grad()
        expected = torch.nn.functional.cross_entropy(other(rows), wanted)
        expected.backward()
        descent.step()
        assert loss[0] == pytest.approx(expected.item(), rel=1e-8), step
    other.eval()
    with torch.no_grad():
        np.testing.assert_allclose(made.inferred(x[0])[0], other(rows).numpy(), rtol=1e-6, atol=1e-8)
