"""Steps against the learning rate: every count as one by one, and the cliff found where theory puts it."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bn_math import (
    Dataset,
    GradientDescent,
    LeastSquares,
    Lesson,
    descend,
    rate_grid,
    stable_limit,
    steps_against,
    steps_to,
)
from bn_math.descent.learning_rates import grows

quick = settings(max_examples=40, deadline=None, derandomize=True)
seeds = st.integers(0, 2**32 - 1)
ORIGIN = np.zeros(2)


def random_loss(seed: int, d: int = 2, scale: float = 20.0) -> LeastSquares:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(20, d)) * np.geomspace(1, scale, d)
    return LeastSquares(Dataset(x, rng.normal(size=20) * 3, tuple("ABCDEF"[:d])))


def steps_by_hand(loss: LeastSquares, learning_rate: float, limit: int) -> float:
    """Steps from 0 until a millionth of the distance is left, from the data; inf beyond `limit`."""
    x, y = loss.data.features, loss.data.target
    target = np.linalg.solve(x.T @ x, x.T @ y)
    w = np.zeros(loss.size)
    for step in range(1, limit + 1):
        w = w - learning_rate * 2 / len(x) * x.T @ (x @ w - y)
        if math.dist(w, target) <= 1e-6 * math.hypot(*target):
            return step
    return math.inf


@pytest.mark.parametrize("name", ["raw", "standardized"])
def test_the_chart_counts_what_descending_at_each_rate_counts(lesson: Lesson, name: str) -> None:
    stage = getattr(lesson, name)
    rates = rate_grid(1e-6, 1, per_decade=7)
    steps = stage.steps_against(rates)
    assert steps.shape == rates.shape
    one_by_one = [stage.steps_at(float(rate)) for rate in rates]
    np.testing.assert_array_equal(steps, [math.inf if count is None else count for count in one_by_one])


def test_the_chart_agrees_with_descending_by_hand(lesson: Lesson) -> None:
    rates = np.array([1e-3, 0.01, 0.1, 0.3, 0.5, 0.7, 0.87, 0.88, 1.0])
    by_hand = [steps_by_hand(lesson.standardized.loss, rate, 9000) for rate in rates[:-2]]
    np.testing.assert_array_equal(lesson.standardized.steps_against(rates), [*by_hand, math.inf, math.inf])
    assert steps_by_hand(lesson.raw.loss, 7e-5, 8000) == lesson.raw.steps_against(7e-5)


@quick
@given(seed=seeds, d=st.integers(1, 4), tolerance=st.sampled_from([0.5, 1e-3, 1e-9]))
def test_many_rates_at_once_are_the_rates_one_by_one(seed: int, d: int, tolerance: float) -> None:
    loss = random_loss(seed, d)
    rates = np.geomspace(1e-12, 1e3, 42).reshape(2, 3, 7) / loss.spectrum.eigenvalues[-1]
    start = np.random.default_rng(seed + 1).normal(size=d) * 4
    steps = steps_against(loss, start, rates, tolerance)
    assert steps.shape == rates.shape
    for index in np.ndindex(rates.shape):
        alone = steps_to(loss, start, GradientDescent(rates[index]), tolerance, limit=10**15)
        assert steps[index] == (math.inf if alone is None else alone)


def test_the_valley_needs_at_least_900_times_as_many_steps_as_the_bowl(lesson: Lesson) -> None:
    valley, bowl = (stage.steps_against(lesson.rates) for stage in (lesson.raw, lesson.standardized))
    assert valley.min() > 6000
    assert bowl.min() == 8
    assert lesson.standardized.steps_against(0.5) == 7
    # Each converges right up to its cliff.
    assert np.isinf(valley[lesson.rates > lesson.raw.stable_limit]).all()
    assert np.isfinite(valley[lesson.rates < lesson.raw.stable_limit]).all()
    assert np.isfinite(bowl[lesson.rates < lesson.standardized.stable_limit]).all()


@pytest.mark.parametrize("name", ["raw", "centered", "scaled", "standardized"])
def test_the_cliff_that_is_found_is_at_two_over_the_largest_eigenvalue(lesson: Lesson, name: str) -> None:
    stage = getattr(lesson, name)
    x = stage.data.features
    largest = 2 / len(x) * np.linalg.norm(x, ord=2) ** 2
    assert stage.stable_limit == pytest.approx(2 / largest, rel=1e-10)


def test_standardizing_moves_the_cliff_11879_times_as_far(lesson: Lesson) -> None:
    assert round(lesson.standardized.stable_limit / lesson.raw.stable_limit) == 11879


@quick
@given(seed=seeds, d=st.integers(1, 4), scale=st.floats(1e-5, 1e5))
def test_the_cliff_is_found_for_any_data(seed: int, d: int, scale: float) -> None:
    loss = random_loss(seed, d, scale)
    largest = np.linalg.eigvalsh(2 / 20 * loss.data.features.T @ loss.data.features)[-1]
    assert stable_limit(loss, np.full(d, 7.0)) == pytest.approx(2 / largest, rel=1e-9)


@pytest.mark.parametrize("name", ["raw", "standardized"])
def test_past_the_cliff_the_loss_explodes_and_short_of_it_it_does_not(lesson: Lesson, name: str) -> None:
    stage = getattr(lesson, name)
    inside = stage.descend(GradientDescent(0.99 * stage.stable_limit), 3000)
    beyond = stage.descend(GradientDescent(1.01 * stage.stable_limit), 3000)
    assert not inside.diverged
    assert inside.losses.max() == inside.losses[0]
    assert beyond.diverged
    assert beyond.losses.max() > 1e11 * beyond.losses[0]


@pytest.mark.parametrize("start", [[0.0, 0.0], [0.0, 1 + 1e-9], [0.0, 1.0]])
def test_a_start_with_next_to_nothing_in_the_steep_direction_diverges_all_the_same(start) -> None:
    x = np.diag([1.0, 3.0])
    loss = LeastSquares(Dataset(x, x @ [1.0, 1.0]))
    assert stable_limit(loss, start) == pytest.approx(2 / 9, rel=1e-9)


def test_the_cliff_of_a_trough_without_end_is_that_of_its_walls() -> None:
    a = np.array([1.0, 2.0, 3.0])
    loss = LeastSquares(Dataset(np.column_stack([a, 2 * a]), a))
    assert stable_limit(loss, [5.0, -1.0]) == pytest.approx(1 / np.mean(5 * a**2), rel=1e-9)
    np.testing.assert_array_equal(steps_against(loss, [5.0, -1.0], [1e-3, 1e3])[1:], [np.inf])


@pytest.mark.parametrize("factor", [1e-300, 1e-150, 1e150])
def test_features_in_tiny_or_huge_units_have_their_cliff_too(factor: float) -> None:
    x = np.array([[1.0], [2.0]]) * math.sqrt(factor)
    loss = LeastSquares(Dataset(x, [1.0, 3.0], ("A",)))
    assert stable_limit(loss, [0.0]) * factor == pytest.approx(2 / 5, rel=1e-9)


def test_growing_is_told_from_a_run_that_starts_by_coming_nearer() -> None:
    loss = LeastSquares(Dataset(np.diag([1.0, 10.0]), np.array([1.0, 10.0])))
    start = [0.0, 1 + 1e-9]  # almost nothing in the steep direction, at first
    near = descend(loss, start, GradientDescent(0.03), 20)
    assert loss.distance(near.points[5]) < loss.distance(near.points[0])
    assert grows(loss, start, 0.03)
    assert not grows(loss, start, 0.0199)


def test_a_grid_of_rates_is_even_and_meets_the_powers_of_ten(lesson: Lesson) -> None:
    rates = rate_grid(1e-6, 1e6, per_decade=5)
    assert len(rates) == 61
    np.testing.assert_array_equal(rates[::5], 10.0 ** np.arange(-6, 7))
    np.testing.assert_allclose(np.diff(np.log10(rates)), 0.2, rtol=1e-12)
    np.testing.assert_allclose(rate_grid(2.0, 3.0, 1), [2, 3])
    assert (lesson.rates[0], lesson.rates[-1]) == lesson.settings.learning_rates == (1e-6, 1.0)
    assert (
        (lesson.neuron_rates[0], lesson.neuron_rates[-1])
        == lesson.settings.neuron_learning_rates
        == (1e-2, 1e10)
    )


def test_a_start_at_the_minimizer_needs_no_steps_at_any_rate() -> None:
    loss = random_loss(1)
    np.testing.assert_array_equal(steps_against(loss, loss.minimizer, [1e-9, 1e9]), [0, 0])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda j: steps_against(j, ORIGIN, [0.1, 0.0]), "learning_rates must be above 0, but one is 0"),
        (lambda j: steps_against(j, ORIGIN, [0.1, np.nan]), "learning_rates must be finite"),
        (lambda j: steps_against(j, np.zeros((2, 2)), [0.1]), r"start must be one point of shape \(2,\)"),
        (lambda j: steps_against(j, ORIGIN, [0.1], tolerance=1.0), "tolerance must be"),
        (lambda j: steps_against(j, ORIGIN, [0.1], limit=2**54), "limit must be"),
        (lambda j: stable_limit(j, j.minimizer), "start is at the minimizer"),
        (lambda j: rate_grid(0.0, 1.0), "lowest must be a finite number and above 0"),
        (lambda j: rate_grid(1.0, 1.0), "highest must be a finite number and above 1"),
        (lambda j: rate_grid(1.0, 2.0, 0), "per_decade must be a whole number of at least 1"),
    ],
)
def test_bad_input_is_refused_with_a_reason(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call(random_loss(0))
