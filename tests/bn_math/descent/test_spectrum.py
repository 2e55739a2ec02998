"""The spectrum: condition numbers, rates and contour ellipses, against closed forms and linear algebra."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bn_math import Dataset, LeastSquares, Spectrum, article_dataset

quick = settings(max_examples=60, deadline=None, derandomize=True)
seeds = st.integers(0, 2**32 - 1)


def hessian_with(mu: float, largest: float, angle: float) -> np.ndarray:
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    h = turn @ np.diag([mu, largest]) @ turn.T
    return (h + h.T) / 2


def correlated(r: float, n: int = 50, seed: int = 0) -> Dataset:
    """Two features with exactly this correlation and scales of their own."""
    z = np.random.default_rng(seed).normal(size=(n, 2))
    z -= z.mean(axis=0)
    q = np.linalg.qr(z)[0]
    x = np.column_stack([q[:, 0], r * q[:, 0] + math.sqrt(1 - r * r) * q[:, 1]])
    return Dataset(x * [3.0, 700.0] + [5, -40], q @ [1.0, 2.0])


@quick
@given(r=st.floats(-0.999, 0.999), seed=seeds)
def test_two_standardized_features_have_eigenvalues_2_times_1_plus_minus_r(r: float, seed: int) -> None:
    s = LeastSquares(correlated(r, seed=seed).standardized()).spectrum
    np.testing.assert_allclose(s.eigenvalues, [2 * (1 - abs(r)), 2 * (1 + abs(r))], rtol=1e-8)
    assert s.condition_number == pytest.approx((1 + abs(r)) / (1 - abs(r)), rel=1e-8)
    assert s.best_learning_rate == pytest.approx(0.5, rel=1e-8)
    assert s.best_contraction == pytest.approx(abs(r), rel=1e-8, abs=1e-9)


@pytest.mark.parametrize(("r", "k"), [(0.9, 19), (0.99, 199), (-0.9, 19)])
def test_standardizing_does_not_decorrelate(r: float, k: float) -> None:
    data = correlated(r).standardized()
    assert data.correlation == pytest.approx(r, rel=1e-10)
    assert LeastSquares(data).spectrum.condition_number == pytest.approx(k, rel=1e-8)


@quick
@given(seed=seeds, scale=st.floats(1e-3, 1e3))
def test_ddof_rescales_the_hessian_and_leaves_the_condition_number(seed: int, scale: float) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(3, 120))
    data = Dataset(rng.normal(size=(n, 2)) * [1, scale], rng.normal(size=n))
    biased, unbiased = (LeastSquares(data.standardized(ddof)) for ddof in (0, 1))
    np.testing.assert_allclose(unbiased.hessian, biased.hessian * (n - 1) / n, rtol=1e-9, atol=1e-12)
    assert unbiased.spectrum.condition_number == pytest.approx(biased.spectrum.condition_number, rel=1e-8)


@quick
@given(mu=st.floats(1e-3, 1e3), ratio=st.floats(1, 1e6), angle=st.floats(-3, 3))
def test_the_best_learning_rate_beats_every_other(mu: float, ratio: float, angle: float) -> None:
    s = Spectrum.of(hessian_with(mu, mu * ratio, angle))
    best = s.contraction(s.best_learning_rate)
    assert best == pytest.approx(s.best_contraction, rel=1e-6, abs=1e-9)
    assert s.best_contraction == pytest.approx((ratio - 1) / (ratio + 1), rel=1e-6, abs=1e-9)
    for factor in (0.5, 0.9, 0.999, 1.001, 1.1, 2):
        assert s.contraction(factor * s.best_learning_rate) >= best * (1 - 1e-12)


@quick
@given(mu=st.floats(1e-3, 1e3), ratio=st.floats(1, 1e6), angle=st.floats(-3, 3))
def test_above_two_over_the_largest_eigenvalue_descent_diverges(
    mu: float, ratio: float, angle: float
) -> None:
    s = Spectrum.of(hessian_with(mu, mu * ratio, angle))
    assert s.contraction(s.largest_stable_learning_rate * 1.001) > 1
    assert s.contraction(s.largest_stable_learning_rate * 0.999) < 1
    assert s.safe_learning_rate == pytest.approx(s.largest_stable_learning_rate / 2, rel=1e-12)


def momentum_rate(mu: float, largest: float, rule: str, learning_rate: float, momentum: float) -> float:
    """The asymptotic factor a step leaves: the largest root of the rule's recurrence over the spectrum."""
    worst = 0.0
    for eigenvalue in np.linspace(mu, largest, 401):
        if rule == "heavy_ball":
            roots = np.roots([1, -(1 + momentum - learning_rate * eigenvalue), momentum])
        else:
            shrink = 1 - learning_rate * eigenvalue
            roots = np.roots([1, -(1 + momentum) * shrink, momentum * shrink])
        worst = max(worst, np.abs(roots).max())
    return worst


@pytest.mark.parametrize("k", [1.3, 10.0, 919.5])
def test_momentum_settings_reach_the_rates_of_lessard_recht_and_packard(k: float) -> None:
    s = Spectrum.of(np.diag([2.0, 2.0 * k]))
    root = math.sqrt(k)
    heavy = momentum_rate(2, 2 * k, "heavy_ball", *s.heavy_ball)
    assert heavy == pytest.approx((root - 1) / (root + 1), rel=1e-5)
    optimal = momentum_rate(2, 2 * k, "nesterov", *s.nesterov)
    assert optimal == pytest.approx(1 - 2 / math.sqrt(3 * k + 1), rel=1e-5)
    textbook = momentum_rate(2, 2 * k, "nesterov", *s.nesterov_textbook)
    assert textbook == pytest.approx(1 - 1 / root, rel=1e-5)


@pytest.mark.parametrize("k", [1.5, 30.0])
def test_no_other_momentum_settings_do_better_on_the_quadratic(k: float) -> None:
    s = Spectrum.of(np.diag([1.0, k]))
    for rule, (rate, momentum) in (("heavy_ball", s.heavy_ball), ("nesterov", s.nesterov)):
        best = momentum_rate(1, k, rule, rate, momentum)
        for rate_factor in (0.9, 0.99, 1, 1.01, 1.1):
            for momentum_factor in (0.9, 0.99, 1, 1.01):
                other = momentum_rate(1, k, rule, rate * rate_factor, momentum * momentum_factor)
                assert other >= best * (1 - 1e-7)


@quick
@given(mu=st.floats(1e-6, 1e3), ratio=st.floats(1.001, 1e9), angle=st.floats(-3, 3))
def test_eigenvectors_diagonalize_and_their_signs_are_fixed(mu: float, ratio: float, angle: float) -> None:
    h = hessian_with(mu, mu * ratio, angle)
    s = Spectrum.of(h)
    rebuilt = s.eigenvectors @ np.diag(s.eigenvalues) @ s.eigenvectors.T
    np.testing.assert_allclose(rebuilt, h, atol=1e-12 * mu * ratio)
    np.testing.assert_allclose(s.eigenvectors.T @ s.eigenvectors, np.eye(2), atol=1e-12)
    assert s.eigenvalues[0] <= s.eigenvalues[1]
    for vector in s.eigenvectors.T:
        assert next(v for v in vector if abs(v) > 1e-9) > 0


def test_the_valley_runs_along_a_and_the_bowl_leans_at_45_degrees() -> None:
    raw = LeastSquares(article_dataset())
    valley = raw.spectrum.contour(raw.minimizer, 1.0)
    assert abs(math.degrees(valley.angle)) < 3
    bowl = LeastSquares(article_dataset().standardized())
    assert math.degrees(bowl.spectrum.contour(bowl.minimizer, 1.0).angle) == pytest.approx(45, abs=1e-9)


def test_contours_have_the_printed_aspects(printed) -> None:
    raw, standardized = LeastSquares(article_dataset()), LeastSquares(article_dataset().standardized())
    assert raw.spectrum.contour_aspect == printed("30.3")
    assert standardized.spectrum.contour_aspect == printed("1.147")


@quick
@given(seed=seeds, level=st.floats(1e-6, 1e6))
def test_on_a_contour_the_loss_is_the_level(seed: int, level: float) -> None:
    rng = np.random.default_rng(seed)
    loss = LeastSquares(Dataset(rng.normal(size=(20, 2)) * [1, 30] + 3, rng.normal(size=20)))
    ellipse = loss.spectrum.contour(loss.minimizer, level)
    points = ellipse.points(100)
    assert points.shape == (100, 2)
    x, y = loss.data.features, loss.data.target
    values = [np.mean((x @ w - y) ** 2) for w in points]
    np.testing.assert_allclose(values, np.full(100, loss.minimum + level), rtol=1e-7)
    assert ellipse.aspect == pytest.approx(loss.spectrum.contour_aspect, rel=1e-9)
    farthest = np.linalg.norm(points - ellipse.center, axis=1)
    assert farthest.max() == pytest.approx(ellipse.half_axes[0], rel=1e-9)
    assert farthest.min() == pytest.approx(ellipse.half_axes[1], rel=1e-9)
    np.testing.assert_allclose(points.mean(axis=0), ellipse.center, atol=1e-9 * ellipse.half_axes[0])


def test_a_trough_without_end_has_defined_answers() -> None:
    s = Spectrum.of([[1.0, 2.0], [2.0, 4.0]])
    np.testing.assert_allclose(s.eigenvalues, [0, 5], atol=1e-15)
    assert s.eigenvalues[0] == 0
    assert s.condition_number == math.inf
    assert s.contour_aspect == math.inf
    assert s.best_contraction == 1
    assert s.largest_stable_learning_rate == pytest.approx(0.4)
    assert s.best_learning_rate == pytest.approx(0.4)
    assert s.heavy_ball == pytest.approx((0.8, 1))
    assert s.nesterov == pytest.approx((4 / 15, 1))
    assert s.nesterov_textbook == pytest.approx((0.2, 1))
    ellipse = s.contour([0, 0], 10.0)
    np.testing.assert_allclose(ellipse.half_axes, [math.inf, 2])
    assert math.tan(ellipse.angle) == pytest.approx(-0.5)
    with pytest.raises(ValueError, match="parallel lines"):
        ellipse.points()


def test_perfectly_correlated_features_have_an_infinite_condition_number() -> None:
    a = np.random.default_rng(0).uniform(1, 10, 50)
    data = Dataset(np.column_stack([a, -0.37 * a + 2]), a)
    assert LeastSquares(data.standardized()).spectrum.condition_number == math.inf
    assert LeastSquares(data.centered()).spectrum.condition_number == math.inf
    assert LeastSquares(data).spectrum.condition_number < 1e6


def test_a_feature_in_tiny_units_is_no_missing_feature() -> None:
    s = Spectrum.of(np.diag([1e-20, 1.0]))
    assert s.condition_number == pytest.approx(1e20, rel=1e-12)


def test_one_and_three_weights_have_a_spectrum_too() -> None:
    np.testing.assert_allclose(Spectrum.of([[3.0]]).eigenvalues, [3])
    s = Spectrum.of(np.diag([1.0, 5.0, 25.0]))
    assert s.condition_number == pytest.approx(25)
    with pytest.raises(ValueError, match="two weights.*3"):
        s.contour([0, 0, 0], 1.0)


def test_a_spectrum_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        Spectrum.of(np.eye(2)).eigenvalues[0] = 2


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Spectrum.of(np.ones((2, 3))), r"square, \(d, d\), but has shape \(2, 3\)"),
        (lambda: Spectrum.of([[1.0, 2.0], [0.0, 1.0]]), "symmetric"),
        (lambda: Spectrum.of([[np.nan, 0.0], [0.0, 1.0]]), "hessian must be finite"),
        (lambda: Spectrum.of(np.zeros((2, 2))), "no curvature"),
        (lambda: Spectrum.of(np.diag([-1.0, 2.0])), "negative eigenvalue, but has -1"),
        (lambda: Spectrum.of(np.eye(2)).contour([0, 0], 0.0), "level must be a finite number and above 0"),
        (lambda: Spectrum.of(np.eye(2)).contour([0, 0, 0], 1.0), r"center must have shape \(..., 2\)"),
        (lambda: Spectrum.of(np.eye(2)).contour([[0, 0]], 1.0), r"center must be one point of shape \(2,\)"),
        (
            lambda: Spectrum.of(np.eye(2)).contraction(-1.0),
            "learning_rate must be a finite number and above 0",
        ),
        (lambda: Spectrum.of(np.eye(2)).contour([0, 0], 1.0).points(0), "count must be a whole number"),
    ],
)
def test_bad_input_is_refused_with_a_reason(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
