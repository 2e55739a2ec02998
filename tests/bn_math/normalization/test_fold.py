"""Folding: one linear layer does what it and the layer beside it did at inference."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bn_math import BatchNorm, fold, fold_into_next
from tests.bn_math.normalization.layers import layer_with, quick, seeds


def trained(rng: np.random.Generator, channels: int, affine: bool = True) -> BatchNorm:
    layer = layer_with(rng, channels) if affine else BatchNorm(channels, affine=False)
    for _ in range(5):
        layer.forward(rng.normal(rng.uniform(-3, 3, channels), rng.uniform(0.1, 4, channels), (8, channels)))
    return layer


@quick
@given(seed=seeds, affine=st.booleans(), has_bias=st.booleans())
def test_the_layer_behind_is_folded_exactly(seed: int, affine: bool, has_bias: bool) -> None:
    rng = np.random.default_rng(seed)
    weight, bias = rng.normal(size=(3, 5)), rng.normal(size=3) if has_bias else None
    layer, x = trained(rng, 3, affine), rng.normal(size=(7, 5))
    both = layer.forward(x @ weight.T + (0 if bias is None else bias), training=False)
    new_weight, new_bias = fold(weight, bias, layer)
    np.testing.assert_allclose(x @ new_weight.T + new_bias, both, rtol=0, atol=1e-13 * np.abs(both).max() * 9)


@quick
@given(seed=seeds, affine=st.booleans(), has_bias=st.booleans())
def test_the_layer_in_front_is_folded_exactly(seed: int, affine: bool, has_bias: bool) -> None:
    rng = np.random.default_rng(seed)
    weight, bias = rng.normal(size=(3, 5)), rng.normal(size=3) if has_bias else None
    layer, x = trained(rng, 5, affine), rng.normal(size=(7, 5))
    both = layer.forward(x, training=False) @ weight.T + (0 if bias is None else bias)
    new_weight, new_bias = fold_into_next(weight, bias, layer)
    np.testing.assert_allclose(x @ new_weight.T + new_bias, both, rtol=0, atol=1e-13 * np.abs(both).max() * 9)


def test_by_hand() -> None:
    layer = BatchNorm(1, eps=0.0)
    layer.running_mean, layer.running_var = np.array([3.0]), np.array([4.0])
    layer.gamma, layer.beta = np.array([6.0]), np.array([5.0])
    for found, expected in zip(fold([[2.0]], [1.0], layer), (6.0, -1.0), strict=True):
        assert found.item() == expected
    for found, expected in zip(fold_into_next([[2.0]], [1.0], layer), (6.0, -7.0), strict=True):
        assert found.item() == expected


def test_the_inputs_are_left_as_they_were() -> None:
    layer, weight, bias = BatchNorm(2), np.ones((2, 2)), np.ones(2)
    layer.forward(np.eye(2))
    mean = layer.running_mean
    for folding in (fold, fold_into_next):
        folding(weight, bias, layer)
    assert layer.running_mean is mean and (weight == 1).all() and (bias == 1).all()


def test_pytorch_folds_to_the_same() -> None:
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(0)
    weight, bias, ours = rng.normal(size=(3, 5)), rng.normal(size=3), trained(rng, 3)
    linear = torch.nn.Linear(5, 3, dtype=torch.float64)
    theirs = torch.nn.BatchNorm1d(3, dtype=torch.float64)
    with torch.no_grad():
        linear.weight.copy_(torch.tensor(weight)), linear.bias.copy_(torch.tensor(bias))
        theirs.weight.copy_(torch.tensor(ours.gamma)), theirs.bias.copy_(torch.tensor(ours.beta))
        theirs.running_mean.copy_(torch.tensor(ours.running_mean))
        theirs.running_var.copy_(torch.tensor(ours.running_var))
    fused = torch.nn.utils.fuse_linear_bn_eval(linear.eval(), theirs.eval())
    new_weight, new_bias = fold(weight, bias, ours)
    np.testing.assert_allclose(new_weight, fused.weight.detach().numpy(), rtol=1e-12)
    np.testing.assert_allclose(new_bias, fused.bias.detach().numpy(), rtol=1e-12)


@pytest.mark.parametrize("folding", [fold, fold_into_next])
def test_what_does_not_fit_is_refused(folding) -> None:
    layer = BatchNorm(2)
    for weight, bias, message in (
        (np.ones((3, 3)), np.ones(3), r"weight must have shape \(out, in\), with .* the layer's 2"),
        (np.ones(2), np.ones(2), "weight must have shape"),
        (np.eye(2), np.ones(3), r"bias must have shape \(2,\)"),
        (np.eye(2) * np.nan, np.ones(2), "weight must be finite"),
    ):
        with pytest.raises(ValueError, match=message):
            folding(weight, bias, layer)
    with pytest.raises(ValueError, match="no running statistics"):
        folding(np.eye(2), np.ones(2), BatchNorm(2, track_running_stats=False))
