"""Constants, nearly constant columns, and the smallest and largest numbers: right, or refused by name."""

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bn_math import (
    BatchNorm,
    Dataset,
    LeastSquares,
    batch_means,
    batch_stds,
    normalized_value_distribution,
    rescale,
    standardize,
)

quick = settings(max_examples=60, deadline=None, derandomize=True)


def exact(column: list[float], ddof: int = 0, eps: float = 0.0) -> list[float]:
    """The standardized column in rational numbers, with one square root and one division at the end."""
    values = [Fraction(value) for value in column]
    mean = sum(values) / len(values)
    variance = sum((value - mean) ** 2 for value in values) / (len(values) - ddof) + Fraction(eps)
    # By a square so large that a whole number's root has all the digits of a float64.
    scale = Fraction(4) ** (1200 if variance < 1 else 100)
    root = Fraction(math.isqrt(int(variance * scale)), math.isqrt(int(scale)))
    return [float((value - mean) / root) for value in values]


COLUMNS = {
    "1e160": [1e160, 3e160, -2e160],
    "1e305": [1e305, 9e305, -5e305, 2e305],
    "the whole range": [1.7e308, -1.7e308, 0.0],
    "1e-170": [1e-170, 2e-170, 4e-170],
    "1e-310": [1e-310, 3e-310, 0.0],
    "neighbours": [1.0, 1 + 2**-52],
    "a time in seconds": [1.7e9, 1.7e9 + 1e-6, 1.7e9 + 2e-6, 1.7e9],
    "a large offset": [1e15, 1e15 + 1, 1e15 + 3],
    "large and small": [1e300, 1.0, 2.0],
}


@pytest.mark.parametrize("column", COLUMNS.values(), ids=COLUMNS)
@pytest.mark.parametrize("eps", [0.0, 1e-5])
def test_columns_of_any_size_are_standardized_right(column: list[float], eps: float) -> None:
    for ddof in (0, 1):
        np.testing.assert_allclose(
            standardize(column, ddof, eps), exact(column, ddof, eps), rtol=1e-12, atol=1e-300
        )
    layer = BatchNorm(1, eps=eps, track_running_stats=False)
    out = layer.forward(np.array(column)[:, None])[:, 0]
    np.testing.assert_allclose(out, exact(column, 0, eps), rtol=1e-12, atol=1e-300)


@quick
@given(value=st.floats(-1e300, 1e300), count=st.integers(2, 300))
def test_a_constant_has_no_spread_whatever_its_mean_rounds_to(value: float, count: int) -> None:
    column = np.full((count, 1), value)
    layer = BatchNorm(1, eps=0.0, track_running_stats=False)
    with pytest.raises(ValueError, match="channel 0 has variance 0"):
        layer.forward(column)
    with pytest.raises(ValueError, match="constant in column 0"):
        standardize(column)
    # However small eps is, a constant becomes 0 and nothing else.
    assert not BatchNorm(1, eps=1e-300, track_running_stats=False).forward(column).any()
    assert not standardize(column, eps=1e-300).any()


def state(layer: BatchNorm) -> list[Any]:
    kept = [layer.gamma, layer.beta, layer.running_mean, layer.running_var, layer.num_batches_tracked]
    return [np.copy(value) for value in [*kept, layer.grad_gamma, layer.grad_beta] if value is not None]


X = np.array([[1.0, 10.0], [2.0, 30.0], [6.0, 20.0]])
CONSTANT = np.array([[0.1, 1.0], [0.1, 2.0], [0.1, 3.0]])
REFUSED: list[tuple[dict[str, Any], Any, bool, str]] = [
    ({"eps": 0.0}, CONSTANT, True, "channel 0 has variance 0"),
    ({}, X * 1e160, True, "x is too large: its variance overflows"),
    ({}, X * 1e305, True, "x is too large: its variance overflows"),
    ({"running_var": np.full(2, 1e-4)}, X * 5e306, False, "x is too large: the output overflows"),
    ({"gamma": np.array([1.7e308, 1.0])}, X, True, "x is too large: the output overflows"),
    ({"beta": [np.nan, 0.0]}, X, True, "beta must be finite"),
    ({"running_var": np.array([-1.0, 1.0])}, X, False, "running_var must not be below 0, but holds -1"),
    ({"running_var": np.array([-1.0, 1.0])}, X, True, "running_var must not be below 0"),
    ({"running_var": np.array([1.0])}, X, False, r"running_var must have shape \(2,\), but has shape \(1,\)"),
    ({"running_mean": np.array([1.0])}, X, True, r"running_mean must have shape \(2,\)"),
    ({"running_mean": [np.nan, 0.0]}, X, False, "running_mean must be finite"),
    ({"running_var": [np.nan, 0.0]}, X, True, "running_var must be finite"),
    ({"eps": 0.0, "running_var": np.array([0.0, 1.0])}, X, False, "channel 0 has variance 0"),
    ({"eps": 1e308, "running_var": np.full(2, 1e308)}, X, False, "running_var is too large"),
    ({"eps": "small"}, X, True, "eps must be a finite number"),
    ({"momentum": 2.0}, X, True, "momentum must be a finite number"),
    ({"num_batches_tracked": -1}, X, True, "num_batches_tracked must be a whole number"),
    ({}, X[:1], True, "more than one value per channel"),
    ({}, X, "yes", "training must be true or false"),  # type: ignore[list-item]
]


@pytest.mark.parametrize(("attributes", "x", "training", "message"), REFUSED)
def test_a_refused_forward_leaves_the_layer_as_it_was(
    attributes: dict[str, Any], x: np.ndarray, training: bool, message: str
) -> None:
    layer = BatchNorm(2)
    layer.forward(X)
    layer.backward(np.ones_like(X))
    for name, value in attributes.items():
        setattr(layer, name, value)
    before = state(layer)
    with pytest.raises(ValueError, match=message):
        layer.forward(x, training=training)
    for mine, kept in zip(state(layer), before, strict=True):
        np.testing.assert_array_equal(mine, kept)
    # Nor does backward see anything of it: it still belongs to the last pass that there was.
    assert layer.backward(np.ones_like(X)).shape == X.shape


def test_a_refused_backward_leaves_the_gradients_as_they_were() -> None:
    layer = BatchNorm(2)
    layer.forward(X)
    layer.backward(X)
    before = state(layer)
    with pytest.raises(ValueError, match="grad is too large: a gradient overflows"):
        layer.backward(np.full_like(X, 1.7e308))
    for mine, kept in zip(state(layer), before, strict=True):
        np.testing.assert_array_equal(mine, kept)


def test_running_statistics_of_large_and_small_batches_are_right() -> None:
    for factor in (1e150, 1e-150, 2.0**-400):
        layer = BatchNorm(1, eps=0.0, momentum=1.0)
        layer.forward(X[:, :1] * factor)
        values = [Fraction(value) for value in (X[:, 0] * factor).tolist()]
        mean = sum(values) / 3
        assert layer.running_mean[0] == pytest.approx(float(mean), rel=1e-14)
        assert layer.running_var[0] == pytest.approx(
            float(sum((v - mean) ** 2 for v in values) / 2), rel=1e-14
        )


@pytest.mark.parametrize("factor", [1e-300, 1e-160, 1e160, 2e306])
def test_statistics_of_batches_are_right_in_any_unit(factor: float) -> None:
    rows = [np.array([0, 1]), np.array([1, 2])]
    np.testing.assert_allclose(batch_means(X * factor, rows), batch_means(X, rows) * factor, rtol=1e-12)
    np.testing.assert_allclose(batch_stds(X * factor, rows), batch_stds(X, rows) * factor, rtol=1e-12)
    one, other = (normalized_value_distribution(x, 0, 2, eps=0.0) for x in (X, X * factor))
    np.testing.assert_allclose(other.std, one.std, rtol=1e-9)


def test_a_data_set_is_right_or_refused_as_too_large_or_too_small() -> None:
    data = Dataset(X * 1e-200, X[:, 0])
    np.testing.assert_allclose(data.stds, Dataset(X, X[:, 0]).stds * 1e-200, rtol=1e-12)
    np.testing.assert_allclose(data.standardized().features, standardize(X), atol=1e-14)
    with pytest.raises(ValueError, match="data is too small: below 1e-151 the squares of its values vanish"):
        LeastSquares(data)
    for factor in (1e160, 1e305):
        with pytest.raises(ValueError, match="above 1e.150, whose squares overflow, but A has"):
            Dataset(X * factor, X[:, 0])
        with pytest.raises(ValueError, match="but y has"):
            Dataset(X, X[:, 0] * factor)


def test_far_weights_have_their_distance_and_what_overflows_is_refused() -> None:
    loss = LeastSquares(Dataset(X, X[:, 0]))
    assert float(loss.distance([3e200, 4e200])) == pytest.approx(5e200, rel=1e-12)
    assert float(loss.distance([np.inf, 0.0])) == np.inf
    with pytest.raises(ValueError, match="x_hat is too large"):
        rescale([1e305, -1e305], 1e10, 0.0)
