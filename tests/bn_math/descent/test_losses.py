"""The loss surface: value, slope, curvature and floor, against the plain definition and linear algebra."""

import numpy as np
import pytest
import scipy.linalg
from hypothesis import given, settings
from hypothesis import strategies as st

from bn_math import Dataset, LeastSquares, article_dataset

quick = settings(max_examples=50, deadline=None, derandomize=True)
seeds = st.integers(0, 2**32 - 1)


def random_loss(seed: int, scale: float = 20.0, d: int = 2) -> LeastSquares:
    rng = np.random.default_rng(seed)
    names = tuple("ABCDEF"[:d])
    x = rng.normal(size=(25, d)) * np.geomspace(1, scale, d) + rng.normal(size=d) * 3
    return LeastSquares(Dataset(x, rng.normal(size=25) * 5, names))


def j(loss: LeastSquares, w: np.ndarray) -> float:
    """The mean squared error, written out row by row."""
    rows = zip(loss.data.features.tolist(), loss.data.target.tolist(), strict=True)
    return sum((sum(a * b for a, b in zip(x, w, strict=True)) - y) ** 2 for x, y in rows) / loss.data.count


@quick
@given(seed=seeds, d=st.integers(1, 4), reach=st.floats(1e-3, 1e3))
def test_the_value_is_the_mean_squared_error(seed: int, d: int, reach: float) -> None:
    loss = random_loss(seed, d=d)
    w = np.random.default_rng(seed + 1).normal(size=d) * reach
    assert float(loss.value(w)) == pytest.approx(j(loss, w), rel=1e-9)
    assert float(loss.excess(w)) == pytest.approx(j(loss, w) - loss.minimum, rel=1e-9, abs=1e-9)


@quick
@given(seed=seeds, d=st.integers(1, 4))
def test_the_gradient_is_the_slope_of_the_value(seed: int, d: int) -> None:
    loss = random_loss(seed, d=d)
    w = np.random.default_rng(seed + 1).normal(size=d)
    # The surface is quadratic, so central differences are exact but for rounding.
    numeric = [(j(loss, w + e) - j(loss, w - e)) / 2 for e in np.eye(d)]
    scale = np.abs(numeric).max()
    np.testing.assert_allclose(loss.gradient(w), numeric, rtol=1e-8, atol=1e-9 * scale)
    x, y = loss.data.features, loss.data.target
    np.testing.assert_allclose(loss.gradient(w), 2 / 25 * x.T @ (x @ w - y), rtol=1e-8, atol=1e-10 * scale)


@quick
@given(seed=seeds)
def test_the_hessian_is_the_slope_of_the_gradient(seed: int) -> None:
    loss = random_loss(seed)
    columns = [loss.gradient(e) - loss.gradient([0.0, 0.0]) for e in np.eye(2)]
    np.testing.assert_allclose(loss.hessian, columns, rtol=1e-9, atol=1e-9 * loss.hessian.max())
    rows = loss.data.features
    np.testing.assert_allclose(loss.hessian, 2 * np.mean([np.outer(x, x) for x in rows], axis=0), rtol=1e-12)


@quick
@given(seed=seeds, d=st.integers(1, 4), scale=st.floats(1e-4, 1e4))
def test_the_minimizer_agrees_with_scipy_and_nothing_near_it_is_lower(
    seed: int, d: int, scale: float
) -> None:
    loss = random_loss(seed, scale, d)
    expected = scipy.linalg.lstsq(loss.data.features, loss.data.target, lapack_driver="gelsy")[0]
    np.testing.assert_allclose(loss.minimizer, expected, rtol=1e-7, atol=1e-12)
    assert loss.minimum == pytest.approx(j(loss, expected), rel=1e-9)
    steps = np.random.default_rng(seed).normal(size=(20, d)) * 0.1
    assert (loss.value(loss.minimizer + steps) > loss.minimum).all()
    assert (loss.excess(loss.minimizer + 1e-12 * steps) >= 0).all()


def test_many_points_at_once_are_the_points_one_by_one() -> None:
    loss = random_loss(0)
    w = np.random.default_rng(1).normal(size=(3, 4, 2))
    assert loss.value(w).shape == (3, 4)
    assert loss.gradient(w).shape == (3, 4, 2)
    for index in np.ndindex(3, 4):
        assert loss.value(w)[index] == pytest.approx(float(loss.value(w[index])), rel=1e-14)
        np.testing.assert_allclose(loss.gradient(w)[index], loss.gradient(w[index]), rtol=1e-13)
        assert loss.distance(w)[index] == pytest.approx(float(np.linalg.norm(w[index] - loss.minimizer)))


def test_the_minimizers_differ_and_the_standardized_is_sigma_times_that_of_the_centred(printed) -> None:
    data = article_dataset()
    raw, standardized = LeastSquares(data), LeastSquares(data.standardized())
    assert raw.minimizer[0] == printed("2.00257")
    assert raw.minimizer[1] == printed("2.99990")
    assert standardized.minimizer[0] == printed("4.92642")
    assert standardized.minimizer[1] == printed("173.42982")
    np.testing.assert_allclose(
        standardized.minimizer, data.stds * LeastSquares(data.centered()).minimizer, rtol=1e-8
    )
    # An intercept, which the raw model lacks, is all that keeps sigma * w_raw from being exact.
    np.testing.assert_allclose(standardized.minimizer, data.stds * raw.minimizer, rtol=5e-3)
    np.testing.assert_allclose(LeastSquares(data.scaled()).minimizer, data.stds * raw.minimizer, rtol=1e-8)


def test_standardizing_without_centring_the_target_leaves_a_floor(printed) -> None:
    data = article_dataset()
    standardized = data.standardized()
    floor = LeastSquares(Dataset(standardized.features, data.target)).minimum
    assert floor == printed("97884.90")
    assert LeastSquares(standardized).minimum == printed("0.0094")
    # The floor is the square of the mean that no weights can reach.
    assert floor == pytest.approx(data.target_mean**2 + LeastSquares(standardized).minimum, rel=1e-10)


def test_a_singular_hessian_has_a_line_of_minimizers_and_the_nearest_to_zero_is_given() -> None:
    a = np.array([1.0, 2.0, 3.0, 4.0])
    loss = LeastSquares(Dataset(np.column_stack([a, 2 * a]), 10 * a))
    np.testing.assert_allclose(loss.minimizer, [2, 4], rtol=1e-12)
    np.testing.assert_allclose(
        loss.minimizer, np.linalg.pinv(loss.data.features) @ loss.data.target, rtol=1e-9
    )
    assert loss.minimum == pytest.approx(0, abs=1e-20)
    on_the_line = np.array([10.0, 0.0])
    assert float(loss.value(on_the_line)) == pytest.approx(0, abs=1e-20)
    assert float(loss.distance(on_the_line)) == pytest.approx(0, abs=1e-12)
    assert float(loss.distance([0.0, 0.0])) == pytest.approx(np.sqrt(20))


def test_more_weights_than_rows_has_the_least_norm_minimizer() -> None:
    x = np.random.default_rng(0).normal(size=(2, 3))
    loss = LeastSquares(Dataset(x, [1.0, 2.0], ("A", "B", "C")))
    np.testing.assert_allclose(loss.minimizer, np.linalg.pinv(x) @ [1.0, 2.0], rtol=1e-9)
    assert loss.minimum == pytest.approx(0, abs=1e-25)


def test_features_in_very_unequal_units_keep_their_minimizer() -> None:
    x = np.random.default_rng(0).normal(size=(30, 2)) * [1e-9, 1e9]
    loss = LeastSquares(Dataset(x, x @ [3e9, 4e-9]))
    np.testing.assert_allclose(loss.minimizer, [3e9, 4e-9], rtol=1e-12)


def test_a_zero_feature_is_a_weight_that_does_not_matter() -> None:
    loss = LeastSquares(Dataset([[1.0, 0.0], [2.0, 0.0]], [3.0, 6.0]))
    np.testing.assert_allclose(loss.minimizer, [3, 0], atol=1e-12)
    assert loss.spectrum.condition_number == np.inf


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: LeastSquares(Dataset(np.zeros((3, 2)), np.ones(3))), "every feature is zero"),
        (lambda: LeastSquares(Dataset([[1e200, 1.0], [2.0, 3.0]], [1.0, 2.0])), "numbers above.*overflow"),
        (lambda: LeastSquares(Dataset([[1.0, 1.0], [2.0, 3.0]], [1e200, 2.0])), "numbers above.*overflow"),
        (lambda: random_loss(0).value([1.0, 2.0, 3.0]), r"w must have shape \(..., 2\).*has shape \(3,\)"),
        (lambda: random_loss(0).gradient(1.0), r"w must have shape \(..., 2\)"),
        (lambda: random_loss(0).value("ab"), "w must be an array of real numbers"),
    ],
)
def test_bad_input_is_refused_with_a_reason(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
