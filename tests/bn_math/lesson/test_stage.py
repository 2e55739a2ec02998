"""The four stages from valley to bowl: the printed table, from the stage's own properties."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bn_math import Adam, Dataset, GradientDescent, Lesson, LinearDecay, Stage

TABLE = [
    ("raw", "29.36996", "27005.941", "919.509", "7.3977e-5", "0.997827", 6352, 12101),
    ("centered", "11.78247", "6683.397", "567.232", "2.9872e-4", "0.996480", 3919, 7503),
    ("scaled", "2.26600", "17.44760", "7.6997", "0.101453", "0.770108", 53, 98),
    ("standardized", "1.726579", "2.273421", "1.316720", "0.5", "0.136711", 7, 10),
]


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_each_stage_has_the_printed_row(lesson: Lesson, printed, row) -> None:
    name, smallest, largest, condition_number, rate, contraction, steps, steps_at_safe_rate = row
    stage = getattr(lesson, name)
    s = stage.spectrum
    assert stage.name == name
    assert s.eigenvalues[0] == printed(smallest)
    assert s.eigenvalues[1] == printed(largest)
    assert s.condition_number == printed(condition_number)
    assert s.best_learning_rate == printed(rate)
    assert s.best_contraction == printed(contraction)
    assert stage.steps == steps
    assert stage.steps_at_safe_rate == steps_at_safe_rate


def test_the_fit_is_good_at_once_and_one_weight_takes_the_thousands(lesson: Lesson, printed) -> None:
    """At half the raw run's best rate: one step, from the rows themselves."""
    x, y = lesson.data.features, lesson.data.target
    w = lesson.raw.spectrum.best_learning_rate / 2 * 2 / len(y) * x.T @ y
    loss, least = np.mean((x @ w - y) ** 2), np.linalg.lstsq(x, y, rcond=None)[1][0] / len(y)
    assert 100 * loss / y.var() == printed("0.17")
    share = (loss - least) / (np.mean(y**2) - least)
    assert lesson.raw.percent_left_by_a_step == pytest.approx(100 * share, rel=1e-9) == printed("0.04")
    np.testing.assert_allclose(lesson.raw.weights_after_a_step, w, rtol=1e-12)
    assert [f"{weight:.2f}" for weight in w] == ["0.12", "3.07"]  # of 2.00 and 3.00
    # The loss is there long before the weights are, and on the bowl both are at once.
    for stage, steps in ((lesson.raw, 3176), (lesson.standardized, 4)):
        excess = stage.descent.losses - stage.loss.minimum
        assert int(np.argmax(excess <= 1e-6 * excess[0])) == steps < stage.steps


def test_what_takes_the_thousands_is_the_way_of_the_flat_weight(lesson: Lesson) -> None:
    stage = lesson.raw
    np.testing.assert_array_equal(stage.slow_direction, [1, 0])
    weight, goal = stage.weights_after_a_step[0], stage.loss.minimizer[0]
    assert stage.percent_of_way_left_by_a_step == pytest.approx(100 * (goal - weight) / goal)
    values = stage.spectrum.eigenvalues
    assert stage.percent_along_by_a_step == pytest.approx(200 * values[0] / values.sum())
    assert stage.home_is_one_part_in == pytest.approx(1e6)
    # Equal features by turns: the flat direction is a mix of both weights.
    np.testing.assert_allclose(abs(lesson.standardized.slow_direction), np.sqrt([0.5, 0.5]))
    np.testing.assert_allclose(lesson.standardized.way_left([lesson.standardized.start]), [1.0])


def test_at_the_minimizer_a_step_leaves_nothing_of_nothing(lesson: Lesson) -> None:
    start = tuple(lesson.standardized.loss.minimizer)
    stage = Stage("standardized", lesson.standardized.data, start, 1e-6)
    assert stage.percent_left_by_a_step < 200
    assert len(stage.half_rate_descent.points) == 2


@pytest.mark.parametrize("name", ["raw", "centered", "scaled", "standardized"])
def test_each_stage_agrees_with_the_closed_form_of_a_two_by_two_matrix(lesson: Lesson, name: str) -> None:
    x = getattr(lesson, name).data.features
    p, q, r = (2 * float(np.mean(v)) for v in (x[:, 0] ** 2, x[:, 1] ** 2, x[:, 0] * x[:, 1]))
    largest = (p + q) / 2 + np.hypot((p - q) / 2, r)
    smallest = (p * q - r * r) / largest
    s = getattr(lesson, name).spectrum
    np.testing.assert_allclose(s.eigenvalues, [smallest, largest], rtol=1e-8)
    assert s.condition_number == pytest.approx(np.linalg.cond(x) ** 2, rel=1e-8)
    assert s.best_learning_rate == pytest.approx(2 / (p + q), rel=1e-8)
    assert s.best_contraction == pytest.approx((largest - smallest) / (p + q), rel=1e-8)
    assert s.largest_stable_learning_rate == pytest.approx(2 / largest, rel=1e-8)


def test_standardizing_lowers_the_condition_number_from_919_to_1_3(lesson: Lesson) -> None:
    ladder = [stage.spectrum.condition_number for stage in lesson.stages]
    assert ladder == sorted(ladder, reverse=True)
    assert (round(ladder[0]), round(ladder[-1], 1)) == (920, 1.3)


def test_momentum_steps_of_valley_and_bowl(lesson: Lesson) -> None:
    raw, standardized = lesson.raw, lesson.standardized
    assert (raw.heavy_ball_steps, raw.nesterov_textbook_steps, raw.nesterov_steps) == (304, 477, 412)
    assert (
        standardized.heavy_ball_steps,
        standardized.nesterov_textbook_steps,
        standardized.nesterov_steps,
    ) == (6, 8, 7)


@pytest.mark.parametrize("name", ["raw", "centered", "scaled", "standardized"])
def test_the_trajectory_starts_at_zero_and_ends_where_the_count_says(lesson: Lesson, name: str) -> None:
    stage = getattr(lesson, name)
    run = stage.descent
    distances = stage.loss.distance(run.points)
    assert run.points.shape == (stage.steps + 1, 2)
    np.testing.assert_array_equal(run.points[0], [0, 0])
    assert distances[-1] <= 1e-6 * distances[0] < distances[-2]
    assert not run.diverged
    rate = stage.spectrum.best_contraction
    assert (distances[1:] <= distances[:-1] * (rate + 1e-9) + 1e-12 * distances[0]).all()


def test_a_very_long_trajectory_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bn_math.lesson.stage.LONGEST_TRAJECTORY", 100)
    assert Lesson.article().raw.descent.steps == 100
    assert Lesson.article().standardized.descent.steps == 7


def test_steps_at_any_learning_rate(lesson: Lesson) -> None:
    stage = lesson.raw
    assert stage.steps_at(stage.spectrum.best_learning_rate) == stage.steps
    assert stage.steps_at(stage.spectrum.largest_stable_learning_rate * 1.001) is None
    slow = stage.steps_at(1e-12)
    assert slow is not None and slow > 10**11
    assert stage.steps_at(2e-12) == pytest.approx(slow / 2, rel=1e-6)
    # Theory's best learning rate is best for the worst start; this start gains a little by another.
    rates = np.geomspace(1e-6, stage.spectrum.largest_stable_learning_rate, 200)[:-1]
    fewest = min(stage.steps_at(float(rate)) for rate in rates)
    assert 0.95 * stage.steps < fewest < stage.steps
    assert stage.steps_against(np.linspace(7.394e-5, 7.395e-5, 201)).min() == 6056


def test_a_descent_with_any_optimizer_and_a_contour_at_any_level(lesson: Lesson) -> None:
    stage = lesson.standardized
    assert stage.descend(Adam(1.0), 12).points.shape == (13, 2)
    assert stage.steps_with(GradientDescent(0.5)) == 7
    ellipse = stage.contour(4.0)
    np.testing.assert_array_equal(ellipse.center, stage.loss.minimizer)
    np.testing.assert_allclose(stage.loss.excess(ellipse.points(8)), 4, rtol=1e-9)


def test_the_race_enters_each_optimizer_at_its_best(lesson: Lesson) -> None:
    assert list(lesson.raw.optimizers) == [
        "gradient_descent",
        "heavy_ball",
        "nesterov",
        "adagrad",
        "rmsprop",
        "adam",
    ]
    for stage in (lesson.raw, lesson.standardized):
        assert list(stage.optimizers) == list(stage.optimizer_steps)
        for name, optimizer in stage.optimizers.items():
            # At its best settings a linear rule does not swing out again, so its first arrival counts.
            if name in ("gradient_descent", "heavy_ball", "nesterov"):
                assert stage.steps_with(optimizer) == stage.optimizer_steps[name]
    assert [lesson.raw.optimizer_steps[n] for n in ("gradient_descent", "heavy_ball", "nesterov")] == [
        6352,
        304,
        412,
    ]
    assert [
        lesson.standardized.optimizer_steps[n] for n in ("gradient_descent", "heavy_ball", "nesterov")
    ] == [7, 6, 7]


def test_tuning_finds_the_fewest_steps_of_all_it_tries(lesson: Lesson) -> None:
    stage = lesson.standardized
    reach = np.abs(stage.loss.minimizer).max()
    rates = [LinearDecay(float(reach * 10 ** (k / 16)), 500) for k in range(-48, 17)]
    tried = [stage.settling(Adam(rate), limit=400).steps for rate in rates]
    assert stage.optimizer_steps["adam"] == min(count for count in tried if count is not None)


@settings(max_examples=20, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32 - 1))
def test_standardizing_never_leaves_the_condition_number_above_that_of_centring(seed: int) -> None:
    """For two features, equal scales are the best scales: van der Sluis 1969, with equality for d = 2."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(20, 2)) * [1, 10 ** rng.uniform(-3, 3)]
    lesson = Lesson(Dataset(x, rng.normal(size=20)))
    s, c = lesson.standardized.spectrum, lesson.centered.spectrum
    assert s.condition_number <= c.condition_number * (1 + 1e-9)


def test_a_stage_without_end_is_still_a_stage() -> None:
    a = np.linspace(1, 2, 10)
    stage = Stage("trough", Dataset(np.column_stack([a, a]), a).centered(), (0.0, 0.0), 1e-6)
    assert stage.spectrum.condition_number == np.inf
    assert stage.steps is None
    assert stage.heavy_ball_steps is None
    assert stage.steps_at_safe_rate == 1
    assert not stage.descend(GradientDescent(stage.spectrum.safe_learning_rate), 3).diverged


def test_a_start_at_the_minimizer_needs_no_steps_and_no_tuning() -> None:
    data = Dataset([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]], [0.0, 0.0, 0.0])
    stage = Stage("done", data, (0.0, 0.0), 1e-6)
    assert set(stage.optimizer_steps.values()) == {0}
    assert stage.descent.points.shape == (1, 2)


def test_a_start_on_the_wall_is_the_start_or_lies_farther_across(lesson: Lesson) -> None:
    np.testing.assert_allclose(lesson.raw.start_on_the_wall, lesson.raw.start, atol=1e-12)
    flat, steep = lesson.raw.spectrum.eigenvectors.T
    along = Stage("raw", lesson.data, tuple(lesson.raw.loss.minimizer + 2 * flat), 1e-6)
    away = along.start_on_the_wall - along.loss.minimizer
    assert away @ flat == pytest.approx(2)
    assert abs(away @ steep) == pytest.approx(0.9)
