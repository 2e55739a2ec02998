"""The lesson: every number a scene shows, and settings that cannot be used."""

import dataclasses
import pickle

import numpy as np
import pytest

from bn_math import (
    Dataset,
    Lesson,
    article_dataset,
)


def test_the_article_lesson_has_the_articles_settings(lesson: Lesson) -> None:
    assert lesson.data is article_dataset()
    assert lesson.settings.start == (0.0, 0.0)
    assert (lesson.settings.tolerance, lesson.settings.batch_size, lesson.settings.eps) == (1e-6, 10, 1e-5)
    assert (lesson.settings.momentum, lesson.settings.ddof) == (0.1, 0)
    assert [stage.name for stage in lesson.stages] == ["raw", "centered", "scaled", "standardized"]
    assert lesson.correlation == article_dataset().correlation


def test_standardizing_raises_the_largest_stable_learning_rate_11879_times(lesson: Lesson) -> None:
    assert round(lesson.learning_rate_ratio) == 11879
    raw, bowl = (
        np.linalg.svd(s.data.features, compute_uv=False)[0] for s in (lesson.raw, lesson.standardized)
    )
    assert lesson.learning_rate_ratio == pytest.approx((raw / bowl) ** 2, rel=1e-8)


def test_a_pickled_lesson_is_its_fields_and_computes_the_rest_anew() -> None:
    lesson = Lesson.from_seed(3, tolerance=1e-4, momentum=None)
    before = len(pickle.dumps(lesson))
    steps = [stage.steps for stage in lesson.stages]
    loss = lesson.settings.deep.passes.loss
    again = pickle.loads(sent := pickle.dumps(lesson))
    assert len(sent) == before
    assert not again.data.features.flags.writeable
    assert np.array_equal(again.data.features, lesson.data.features)
    assert again.data.feature_names == lesson.data.feature_names
    assert Lesson.of(dataclasses.replace(again.settings, data=lesson.data)) == lesson
    assert [stage.steps for stage in again.stages] == steps
    assert again.settings.deep.passes.loss == loss


def test_b_spans_about_twenty_times_what_a_spans(lesson: Lesson) -> None:
    a, b = (sorted(column) for column in lesson.data.features.T.tolist())
    assert lesson.span_ratio == pytest.approx((b[-1] - b[0]) / (a[-1] - a[0]), rel=1e-12)
    assert 20 < lesson.span_ratio < 25


def test_6352_steps_become_7(lesson: Lesson) -> None:
    assert lesson.steps_ratio == pytest.approx(6352 / 7, rel=1e-12)


@pytest.mark.parametrize(("r", "k"), [(0.9, 19), (0.99, 199), (0.0, 1), (-0.5, 3)])
def test_tilting_the_cloud_turns_the_bowl_back_into_a_valley(lesson: Lesson, r: float, k: float) -> None:
    stage = lesson.correlated(r)
    assert stage.data.correlation == pytest.approx(r, abs=1e-12)
    assert stage.spectrum.condition_number == pytest.approx(k, rel=1e-9)
    np.testing.assert_allclose(stage.data.stds, 1, rtol=1e-9)
    np.testing.assert_allclose(stage.loss.minimizer, lesson.standardized.loss.minimizer, rtol=1e-9)


def test_tilted_to_its_own_correlation_the_cloud_is_itself(lesson: Lesson) -> None:
    own = lesson.correlated(lesson.correlation)
    np.testing.assert_allclose(own.data.features, lesson.standardized.data.features, rtol=1e-9, atol=1e-12)
    assert lesson.correlated(1.0).spectrum.condition_number == np.inf


@pytest.mark.parametrize("r", [-0.999, -0.9, -0.3, 0.0, 0.136711, 0.5, 0.9, 0.99, 0.999])
def test_the_tilted_bowl_has_the_formulas_eigenvalues(lesson: Lesson, r: float) -> None:
    """Two standardized features: 2 (1 +- |r|), best rate 1/2, contraction |r|."""
    s = lesson.correlated(r).spectrum
    np.testing.assert_allclose(s.eigenvalues, [2 * (1 - abs(r)), 2 * (1 + abs(r))], rtol=1e-9)
    assert s.condition_number == pytest.approx(lesson.correlated_condition_number(r), rel=1e-9)
    assert s.best_learning_rate == pytest.approx(0.5, rel=1e-9)
    assert s.best_contraction == pytest.approx(abs(r), rel=1e-9, abs=1e-12)
    covariance = np.cov(lesson.correlated(r).data.features, rowvar=False, ddof=0)
    np.testing.assert_allclose(covariance, [[1, r], [r, 1]], atol=1e-12)


def test_standardizing_does_not_decorrelate(lesson: Lesson) -> None:
    assert [round(lesson.correlated_condition_number(r)) for r in (0.9, 0.99)] == [19, 199]
    assert lesson.correlated_condition_number(-1.0) == np.inf
    assert lesson.standardized.data.correlation == pytest.approx(lesson.data.correlation, rel=1e-12)
    steps = [lesson.correlated(r).steps for r in (0.0, 0.5, 0.9, 0.99)]
    assert steps == sorted(steps) and steps[-1] > 100 * steps[0]


def numbers(lesson: Lesson) -> dict[str, object]:
    """Every number of the data's that a scene could show."""
    shown: dict[str, object] = {
        "correlation": lesson.correlation,
        "steps_ratio": lesson.steps_ratio,
        "learning_rate_ratio": lesson.learning_rate_ratio,
        "measured_batch_mean_spread": lesson.batches.measured_mean_spread.tolist(),
        "batch_means": lesson.batches.means.tolist(),
        "batch_stds": lesson.batches.stds.tolist(),
        "running": lesson.batches.running_statistics()[0].tolist(),
    }
    for stage in lesson.stages:
        s = stage.spectrum
        values = {
            "minimizer": stage.loss.minimizer.tolist(),
            "minimum": stage.loss.minimum,
            "condition_number": s.condition_number,
            "largest_stable_learning_rate": s.largest_stable_learning_rate,
            "contour_aspect": s.contour_aspect,
            "heavy_ball": s.heavy_ball,
            "nesterov": s.nesterov,
            "loss_after_a_step": stage.descent.losses[1],
        }
        shown |= {f"{stage.name} {name}": value for name, value in values.items()}
    return shown


def test_every_number_changes_with_the_seed(lesson: Lesson) -> None:
    ours, other, same = numbers(lesson), numbers(Lesson.from_seed(7)), numbers(Lesson.from_seed(42))
    assert [name for name in ours if ours[name] == other[name]] == []
    assert ours == same
    assert Lesson.from_seed(7).raw.steps != lesson.raw.steps


@pytest.mark.parametrize("shares", [[], [0.0, 0.5], [0.5, 0.2], [0.2, 0.2], [0.5, 1.5]])
def test_shares_that_are_none_are_refused(shares: list[float]) -> None:
    with pytest.raises(ValueError, match="noise_batches must be"):
        Lesson.article(noise_batches=shares)


def test_every_number_is_the_same_every_time(lesson: Lesson) -> None:
    assert numbers(Lesson.article()) == numbers(lesson)
    assert Lesson.article() == lesson
    assert Lesson.article(batch_size=20) != lesson


def test_settings_reach_what_they_set() -> None:
    assert len(Lesson.article(batch_size=30).batches.rows) == 4
    assert Lesson.article(tolerance=1e-3).raw.steps < 6352
    assert Lesson.article(start=[1, 2]).raw.descent.points[0].tolist() == [1, 2]
    unbiased = Lesson.article(ddof=1).standardized
    np.testing.assert_allclose(Lesson.article(ddof=1).scaled.data.features.std(axis=0, ddof=1), 1, rtol=1e-12)
    np.testing.assert_allclose(unbiased.data.features.var(axis=0, ddof=1), 1, rtol=1e-12)
    assert unbiased.spectrum.condition_number == pytest.approx(1.3167201823649832, rel=1e-8)
    assert (
        Lesson.article(batch_seed=1).batches.rows[0] != Lesson.article(batch_seed=2).batches.rows[0]
    ).any()


def test_a_lesson_is_frozen(lesson: Lesson) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        lesson.settings.batch_size = 5  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        lesson.settings = Lesson.article(batch_size=5).settings  # type: ignore[misc]
    with pytest.raises(ValueError, match="read-only"):
        lesson.batches.means[0, 0] = 1


COLLINEAR = Dataset([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]], [1.0, 2.0, 4.0])


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"data": [[1, 2]]}, "data must be a Dataset, such as article_dataset"),
        ({"data": Dataset([[1.0], [2.0]], [1.0, 2.0], ("A",))}, "data must have two features, but has 1"),
        (
            {
                "data": Dataset([[1.0, 5.0], [2.0, 5.0], [3, 5], [5, 5]], [1.0, 2.0, 4.0, 3.0]),
                "batch_size": 2,
            },
            r"data must vary, but feature B is constant \(5\)",
        ),
        ({"start": (0.0, 0.0, 0.0)}, r"start must have shape \(..., 2\)"),
        ({"start": ((0.0, 0.0),)}, r"start must be one point of shape \(2,\)"),
        ({"start": (0.0, float("nan"))}, "start must be finite"),
        ({"tolerance": 0.0}, "tolerance must be a finite number and above 0 and below 1, but is 0.0"),
        ({"tolerance": 1.0}, "tolerance must be"),
        ({"tolerance": "small"}, "tolerance must be .*'small'"),
        ({"batch_size": 1}, "batch_size must be a whole number of at least 2 and at most 100, but is 1"),
        ({"batch_size": 101}, "batch_size must be .* at most 100, but is 101"),
        ({"batch_size": 33}, "batch_size must not be 33: of 100 rows that leaves a last batch of one"),
        ({"batch_size": 10.0}, "batch_size must be a whole number"),
        ({"batch_seed": -1}, "batch_seed must be a whole number of at least 0"),
        ({"eps": 0.0}, "eps must be a finite number and above 0"),
        ({"momentum": 0.0}, "momentum must be a finite number and above 0 and at most 1"),
        ({"momentum": 1.5}, "momentum must be"),
        ({"ddof": 2}, "ddof must be a whole number of at least 0 and at most 1, but is 2"),
        ({"learning_rates": (1.0,)}, "learning_rates must be two numbers above 0, the lower first"),
        ({"learning_rates": (0.0, 1.0)}, "learning_rates must be two numbers above 0"),
        ({"race": {"limit": 5}}, "race must be a RaceSettings, but is"),
        ({"deep": None}, "deep must be a DeepStack, but is None"),
    ],
)
def test_settings_that_cannot_be_used_are_refused_by_name(settings: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Lesson(**{"data": article_dataset(), **settings})
