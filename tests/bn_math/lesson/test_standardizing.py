"""The way from the raw to the standardized data, against the rows worked out by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bn_math import Dataset, LeastSquares, Lesson, article_dataset
from bn_math.lesson.standardizing import StandardizingPath

DATA = article_dataset()
PATH = StandardizingPath(DATA)
MOMENTS = np.linspace(0, 1, 41)


def condition_by_hand(centered: float, scaled: float, data: Dataset = DATA) -> float:
    """From singular values of the rows, with nothing of bn_math's losses in it."""
    x = data.features - centered * data.features.mean(axis=0)
    x = x / data.features.std(axis=0) ** scaled
    values = np.linalg.svd(x, compute_uv=False)
    return float((values[0] / values[-1]) ** 2)


def test_it_begins_with_the_raw_data_and_ends_with_the_standardized() -> None:
    np.testing.assert_array_equal(PATH.dataset(0).features, DATA.features)
    np.testing.assert_array_equal(PATH.dataset(0).target, DATA.target)
    np.testing.assert_allclose(PATH.dataset(1).features, DATA.standardized().features, atol=1e-12)
    np.testing.assert_allclose(PATH.dataset(1).target, DATA.standardized().target, atol=1e-10)


def test_in_between_it_passes_the_centered_data() -> None:
    middle = PATH.dataset(PATH.centering)
    np.testing.assert_allclose(middle.features, DATA.centered().features, atol=1e-10)
    assert PATH.condition_number(PATH.centering) == pytest.approx(567.232, abs=1e-3)


def test_the_condition_number_goes_from_919_over_about_505_and_567_to_the_bowl_s() -> None:
    found = [PATH.condition_number(time) for time in np.linspace(0, PATH.centering, 301)]
    assert found[0] == pytest.approx(919.509, abs=1e-3)
    lowest = int(np.argmin(found))
    assert found[lowest] == pytest.approx(505.14, abs=0.02)
    assert (np.diff(found[: lowest + 1]) < 0).all() and (np.diff(found[lowest:]) > 0).all()
    assert PATH.condition_number(1) == pytest.approx(1.316720, abs=1e-6)


@pytest.mark.parametrize("time", MOMENTS[::5])
def test_every_moment_is_the_loss_of_data_that_are_partly_standardized(time: float) -> None:
    centered, scaled = PATH.shares(time)
    x = (DATA.features - centered * DATA.features.mean(axis=0)) / DATA.features.std(axis=0) ** scaled
    y = DATA.target - centered * DATA.target.mean()
    weights: Any = np.array([[0.0, 0.0], [1.0, -2.0], [4.0, 150.0]])
    expected = ((weights @ x.T - y) ** 2).mean(axis=1)
    np.testing.assert_allclose(PATH.loss(time).value(weights), expected, rtol=1e-9)
    assert PATH.condition_number(time) == pytest.approx(condition_by_hand(centered, scaled), rel=1e-7)


def test_the_least_loss_never_climbs_far_above_where_it_ends() -> None:
    least = [PATH.loss(time).minimum for time in MOMENTS]
    assert max(least) < 1.05 * max(least[0], least[-1])
    uncentered = LeastSquares(Dataset(DATA.standardized().features, DATA.target))
    assert uncentered.minimum > 1e6 * max(least)  # what centering y together with the features is for


def test_time_never_runs_back_and_nothing_jumps() -> None:
    shares = np.array([PATH.shares(time) for time in np.linspace(0, 1, 721)])
    assert (np.diff(shares, axis=0) >= 0).all()
    assert np.diff(shares, axis=0).max() < 0.01  # in a shot of 12 s at 60 frames a second
    assert np.diff(shares[:, 0])[[0, -1]].max() < 1e-4 and np.diff(shares[:, 1])[-1] < 5e-4


def test_most_of_the_scaling_s_time_is_spent_where_the_change_is_seen() -> None:
    times = np.linspace(PATH.centering, 1, 401)
    found = np.array([PATH.condition_number(time) for time in times])
    assert (np.diff(found) < 0).all()
    assert np.mean((found < 40) & (found > 2)) > 0.5


def test_in_the_middle_of_the_slow_part_time_follows_the_logarithm() -> None:
    passed = PATH._passed
    logs = np.log([condition_by_hand(1.0, share) for share in np.linspace(0, 1, len(passed))])
    slow = (logs > np.log(2) + 0.5) & (logs < np.log(40) - 0.5)
    speed = np.diff(passed)[slow[1:]] / -np.diff(logs)[slow[1:]]
    assert speed.max() / speed.min() < 1.2
    fast = logs > np.log(40) + 0.5
    assert speed.mean() > 2 * (np.diff(passed)[fast[1:]] / -np.diff(logs)[fast[1:]]).mean()


def test_data_that_are_standardized_already_stand_still_without_an_error() -> None:
    path = StandardizingPath(DATA.standardized())
    assert path.condition_number(0.5) == pytest.approx(path.condition_number(1))
    assert path.shares(0.65)[1] == pytest.approx(0.5, abs=0.02)


def test_features_that_are_perfectly_correlated_have_a_path_too() -> None:
    a = np.linspace(1, 5, 20)
    path = StandardizingPath(Dataset(np.column_stack([a, 3 * a]), a))
    shares = np.array([path.shares(time)[1] for time in MOMENTS])
    assert np.isfinite(shares).all() and (np.diff(shares) >= 0).all() and shares[-1] == 1


def test_a_constant_feature_is_refused() -> None:
    flat = Dataset(np.column_stack([np.arange(5.0), np.full(5, 2.0)]), np.arange(5.0))
    with pytest.raises(ValueError, match="constant"):
        StandardizingPath(flat)


@pytest.mark.parametrize("time", [-0.1, 1.1, float("nan")])
def test_a_time_beyond_the_path_is_refused(time: float) -> None:
    with pytest.raises(ValueError, match="time"):
        PATH.shares(time)


def test_the_lesson_has_the_path_of_its_own_data() -> None:
    lesson = Lesson.article(ddof=1)
    np.testing.assert_allclose(
        lesson.standardizing.dataset(1).features, lesson.standardized.data.features, atol=1e-12
    )
