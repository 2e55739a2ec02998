"""The lesson: every number a scene shows, lessons from TOML, and settings that cannot be used."""

import dataclasses
import pickle
from pathlib import Path

import numpy as np
import pytest

from bn_math import (
    BatchNorm,
    Dataset,
    DeepStack,
    Lesson,
    article_dataset,
    article_recipe,
    batch_mean_spread,
    split_batches,
)


def test_the_article_lesson_has_the_articles_settings(lesson: Lesson) -> None:
    assert lesson.data is article_dataset()
    assert lesson.start == (0.0, 0.0)
    assert (lesson.tolerance, lesson.batch_size, lesson.eps) == (1e-6, 10, 1e-5)
    assert (lesson.momentum, lesson.ddof) == (0.1, 0)
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
    loss = lesson.deep.passes.loss
    again = pickle.loads(sent := pickle.dumps(lesson))
    assert len(sent) == before
    assert not again.data.features.flags.writeable
    assert np.array_equal(again.data.features, lesson.data.features)
    assert again.data.feature_names == lesson.data.feature_names
    assert dataclasses.replace(again, data=lesson.data) == lesson
    assert [stage.steps for stage in again.stages] == steps
    assert again.deep.passes.loss == loss


def test_b_spans_about_twenty_times_what_a_spans(lesson: Lesson) -> None:
    a, b = (sorted(column) for column in lesson.data.features.T.tolist())
    assert lesson.span_ratio == pytest.approx((b[-1] - b[0]) / (a[-1] - a[0]), rel=1e-12)
    assert 20 < lesson.span_ratio < 25


def test_6352_steps_become_7(lesson: Lesson) -> None:
    assert lesson.steps_ratio == pytest.approx(6352 / 7, rel=1e-12)


def test_the_floor_without_centring_the_target_is_97885(lesson: Lesson, printed) -> None:
    assert lesson.uncentered_floor == printed("97884.90")
    x, y = lesson.standardized.data.features, lesson.data.target
    residual = np.linalg.lstsq(x, y, rcond=None)[1][0]
    assert lesson.uncentered_floor == pytest.approx(residual / 100, rel=1e-10)
    assert lesson.standardized.loss.minimum == printed("0.0094")


def test_the_hundred_rows_are_dealt_into_ten_batches(lesson: Lesson) -> None:
    assert [len(rows) for rows in lesson.batches] == [10] * 10
    assert sorted(np.concatenate(lesson.batches).tolist()) == list(range(100))
    np.testing.assert_array_equal(
        lesson.batches, split_batches(100, 10, np.random.default_rng(lesson.batch_seed))
    )


def test_each_batch_has_its_own_mean_and_spread(lesson: Lesson) -> None:
    for k, rows in enumerate(lesson.batches):
        own = lesson.data.features[rows]
        np.testing.assert_allclose(lesson.batch_means[k], own.sum(axis=0) / 10, rtol=1e-12)
        np.testing.assert_allclose(
            lesson.batch_stds[k], np.sqrt((own**2).mean(0) - own.mean(0) ** 2), rtol=1e-9
        )
        np.testing.assert_allclose(
            lesson.standardized_batches[k], BatchNorm(2).forward(own), rtol=1e-9, atol=1e-12
        )
    # Batches of one size: the mean of the means is the mean.
    np.testing.assert_allclose(lesson.batch_means.mean(axis=0), lesson.data.means, rtol=1e-12)


def test_batch_means_scatter_about_as_theory_says(lesson: Lesson, printed) -> None:
    assert lesson.batch_mean_spread == printed("0.3015")
    by_hand = np.std(lesson.batch_means, axis=0) / np.std(lesson.data.features, axis=0)
    np.testing.assert_allclose(lesson.measured_batch_mean_spread, by_hand, rtol=1e-9)
    # Over many ways of dealing, the mean square of the measured spread is the theory's square exactly.
    squares = [Lesson.article(batch_seed=seed).measured_batch_mean_spread ** 2 for seed in range(300)]
    np.testing.assert_allclose(np.sqrt(np.mean(squares, axis=0)), lesson.batch_mean_spread, rtol=0.05)


@pytest.mark.parametrize("m", [5, 10, 20, 50])
def test_sampled_batch_means_scatter_as_theory_says(lesson: Lesson, m: int) -> None:
    offsets = lesson.sampled_batch_means(m, 3000)
    assert offsets.shape == (3000, 2)
    np.testing.assert_allclose(offsets.std(axis=0), batch_mean_spread(100, m), rtol=0.05)
    np.testing.assert_allclose(offsets.mean(axis=0), 0, atol=0.03)


def test_one_sample_lands_elsewhere_in_every_batch(lesson: Lesson) -> None:
    small, large = lesson.noise(0, 5, 300), lesson.noise(0, 50, 300)
    assert small.shape == (300, 2)
    assert (small.std(axis=0) > 2 * large.std(axis=0)).all()
    settled = lesson.standardized.data.features[0]
    np.testing.assert_allclose(large.mean(axis=0), settled, atol=0.1)
    np.testing.assert_array_equal(lesson.noise(0, 5, 300), small)


def test_running_statistics_chase_the_batches(lesson: Lesson) -> None:
    means, variances = lesson.running_statistics(passes=5)
    assert means.shape == variances.shape == (51, 2)
    np.testing.assert_array_equal([means[0], variances[0]], [[0, 0], [1, 1]])
    mean, var = np.zeros(2), np.ones(2)
    for k, rows in enumerate(lesson.batches, start=1):
        own = lesson.data.features[rows]
        mean, var = 0.9 * mean + 0.1 * own.mean(axis=0), 0.9 * var + 0.1 * own.var(axis=0, ddof=1)
        np.testing.assert_allclose(means[k], mean, rtol=1e-12)
        np.testing.assert_allclose(variances[k], var, rtol=1e-12)
    np.testing.assert_allclose(means[-1], lesson.data.means, rtol=0.2)
    assert not np.allclose(means[20] - 0.9 * means[19], means[10] - 0.9 * means[9])


def test_every_pass_deals_all_rows_anew_and_the_first_deals_the_batches(lesson: Lesson) -> None:
    dealt = lesson.dealt(3)
    assert len(dealt) == 3 * lesson.batch_count
    for mine, known in zip(dealt, lesson.batches, strict=False):
        np.testing.assert_array_equal(mine, known)
    passes = [np.concatenate(dealt[k : k + lesson.batch_count]) for k in range(0, 30, lesson.batch_count)]
    assert all(sorted(rows) == list(range(lesson.data.count)) for rows in passes)
    assert not np.array_equal(passes[0], passes[1])


def test_a_shorter_last_batch_is_a_batch_too() -> None:
    lesson = Lesson(article_recipe(count=22), batch_size=10)
    assert [len(rows) for rows in lesson.batches] == [10, 10, 2]
    assert [x.shape for x in lesson.standardized_batches] == [(10, 2), (10, 2), (2, 2)]
    assert lesson.running_statistics(2)[0].shape == (7, 2)


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


def test_running_statistics_are_on_average_what_theory_expects() -> None:
    for momentum in (0.1, None):
        expected = Lesson.article(momentum=momentum).expected_running_statistics(2)
        seeds = [Lesson.article(momentum=momentum, batch_seed=s).running_statistics(2) for s in range(200)]
        measured = np.mean(seeds, axis=0)
        assert expected[0].shape == expected[1].shape == (21, 2)
        np.testing.assert_array_equal([expected[0][0], expected[1][0]], [[0, 0], [1, 1]])
        np.testing.assert_allclose(measured[0], expected[0], rtol=0.06, atol=1e-12)
        np.testing.assert_allclose(measured[1], expected[1], rtol=0.06, atol=1e-12)


def test_after_ten_batches_the_initial_values_still_weigh_a_third(lesson: Lesson) -> None:
    means, _ = lesson.expected_running_statistics()
    np.testing.assert_allclose(means[-1], (1 - 0.9**10) * lesson.data.means, rtol=1e-12)
    assert lesson.start_left(10) == pytest.approx(0.9**10) == pytest.approx(1 / 3, abs=0.02)


def test_a_cumulative_average_forgets_its_start_at_once() -> None:
    cumulative = Lesson.article(momentum=None)
    assert [cumulative.start_left(batches) for batches in range(3)] == [1, 0, 0]
    with pytest.raises(ValueError, match="batches"):
        cumulative.start_left(-1)


def test_at_inference_one_sample_is_enough(lesson: Lesson) -> None:
    sample = lesson.data.features[7]
    means, variances = lesson.running_statistics(passes=6)
    alone = lesson.inferred(sample, passes=6)
    np.testing.assert_allclose(alone, (sample - means[-1]) / np.sqrt(variances[-1] + 1e-5), rtol=1e-12)
    layer = lesson.trained_layer(passes=6)
    np.testing.assert_array_equal(layer.running_mean, means[-1])
    assert layer.num_batches_tracked == 60
    # Whatever company it is asked in, the answer is the same, and near that of the whole data.
    np.testing.assert_array_equal(lesson.inferred(lesson.data.features, passes=6)[7], alone)
    np.testing.assert_allclose(alone, lesson.standardized.data.features[7], atol=0.2)
    with pytest.raises(ValueError, match=r"sample must have shape \(..., 2\)"):
        lesson.inferred([1.0])


def test_in_training_one_sample_is_refused(lesson: Lesson) -> None:
    assert lesson.refusal.startswith("batch statistics need more than one value per channel")
    with pytest.raises(ValueError, match="more than one value per channel"):
        lesson.layer().forward(lesson.data.features[:1], training=True)
    # In a batch of two it always comes out as plus or minus one, whatever it is.
    pair = BatchNorm(2, eps=1e-12).forward(lesson.data.features[:2])
    np.testing.assert_allclose(np.abs(pair), 1, rtol=1e-6)


def test_the_layer_has_the_lessons_settings() -> None:
    layer = Lesson.article(eps=0.5, momentum=None).layer()
    assert (layer.num_features, layer.eps, layer.momentum) == (2, 0.5, None)


def numbers(lesson: Lesson) -> dict[str, object]:
    """Every number of the data's that a scene could show."""
    shown: dict[str, object] = {
        "correlation": lesson.correlation,
        "steps_ratio": lesson.steps_ratio,
        "learning_rate_ratio": lesson.learning_rate_ratio,
        "uncentered_floor": lesson.uncentered_floor,
        "measured_batch_mean_spread": lesson.measured_batch_mean_spread.tolist(),
        "batch_means": lesson.batch_means.tolist(),
        "batch_stds": lesson.batch_stds.tolist(),
        "running": lesson.running_statistics()[0].tolist(),
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


def test_the_deep_stacks_follow_the_seed_and_can_have_one_of_their_own(tmp_path: Path) -> None:
    seeded = Lesson.from_seed(7)
    assert seeded.deep == DeepStack(seed=7)
    assert seeded.exploding == dataclasses.replace(Lesson.article().exploding, seed=7)
    assert Lesson.from_seed(7, deep=DeepStack(seed=3)).deep.seed == 3
    path = tmp_path / "lesson.toml"
    path.write_text("seed = 7\n[deep]\ndepth = 5\n[exploding]\nseed = 3\n", encoding="utf-8")
    lesson = Lesson.from_toml(path)
    assert lesson.deep == DeepStack(depth=5, seed=7)
    assert lesson.exploding.seed == 3


def test_the_batches_whose_noise_is_compared_are_shares_of_the_rows(lesson: Lesson, tmp_path: Path) -> None:
    assert lesson.noise_batch_sizes == (5, 10, 20, 50)
    assert Lesson(article_recipe(7, 20)).noise_batch_sizes == (2, 4, 10)  # a twentieth would be a single row
    path = tmp_path / "lesson.toml"
    path.write_text("noise_batches = [0.3, 1]\n", encoding="utf-8")
    assert Lesson.from_toml(path).noise_batch_sizes == (30, 100)


@pytest.mark.parametrize("shares", [[], [0.0, 0.5], [0.5, 0.2], [0.2, 0.2], [0.5, 1.5]])
def test_shares_that_are_none_are_refused(shares: list[float]) -> None:
    with pytest.raises(ValueError, match="noise_batches must be"):
        Lesson.article(noise_batches=shares)


def test_a_row_s_company_is_the_batches_of_its_noise(lesson: Lesson) -> None:
    batches = lesson.company(3, 10, 20)
    assert batches.shape == (20, 10) and (batches[:, 0] == 3).all()
    for rows, landed in zip(batches, lesson.noise(3, 10, 20), strict=True):
        assert len(set(rows.tolist())) == 10
        own = lesson.data.features[rows]
        by_hand = (own[0] - own.mean(axis=0)) / np.sqrt(own.var(axis=0) + lesson.eps)
        np.testing.assert_allclose(landed, by_hand, rtol=1e-9)


def test_every_number_is_the_same_every_time(lesson: Lesson) -> None:
    assert numbers(Lesson.article()) == numbers(lesson)
    assert Lesson.article() == lesson
    assert Lesson.article(batch_size=20) != lesson


def test_settings_reach_what_they_set() -> None:
    assert len(Lesson.article(batch_size=30).batches) == 4
    assert Lesson.article(tolerance=1e-3).raw.steps < 6352
    assert Lesson.article(start=[1, 2]).raw.descent.points[0].tolist() == [1, 2]
    unbiased = Lesson.article(ddof=1).standardized
    np.testing.assert_allclose(Lesson.article(ddof=1).scaled.data.features.std(axis=0, ddof=1), 1, rtol=1e-12)
    np.testing.assert_allclose(unbiased.data.features.var(axis=0, ddof=1), 1, rtol=1e-12)
    assert unbiased.spectrum.condition_number == pytest.approx(1.3167201823649832, rel=1e-8)
    assert (Lesson.article(batch_seed=1).batches[0] != Lesson.article(batch_seed=2).batches[0]).any()


def test_a_lesson_is_frozen(lesson: Lesson) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        lesson.batch_size = 5  # type: ignore[misc]
    with pytest.raises(ValueError, match="read-only"):
        lesson.batch_means[0, 0] = 1


COLLINEAR = Dataset([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]], [1.0, 2.0, 4.0])


def test_perfectly_correlated_features_are_a_lesson_too() -> None:
    lesson = Lesson(COLLINEAR, batch_size=3)
    assert lesson.standardized.spectrum.condition_number == np.inf
    assert lesson.standardized.steps is None
    assert lesson.steps_ratio is None
    assert np.isfinite(lesson.learning_rate_ratio)
    with pytest.raises(ValueError, match="perfectly correlated"):
        lesson.correlated(0.5)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"data": [[1, 2]]}, "data must be a Dataset, such as article_dataset"),
        ({"data": Dataset([[1.0], [2.0]], [1.0, 2.0], ("A",))}, "data must have two features, but has 1"),
        (
            {"data": Dataset([[1.0, 5.0], [2.0, 5.0]], [1.0, 2.0]), "batch_size": 2},
            "data cannot be standardized: feature B is constant",
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


def test_a_lesson_from_toml_with_ones_own_data(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("w,h,price\n1,10,3\n2,30,5\n4,20,9\n", encoding="utf-8")
    path = tmp_path / "lesson.toml"
    path.write_text(
        'data = "own.csv"\nstart = [1, 2.5]\ntolerance = 1e-3\nbatch_size = 3\nbatch_seed = 5\n'
        'eps = 1e-3\nmomentum = "cumulative"\nddof = 1\n',
        encoding="utf-8",
    )
    lesson = Lesson.from_toml(path)
    assert lesson.data.feature_names == ("w", "h")
    assert lesson.start == (1.0, 2.5)
    assert (lesson.tolerance, lesson.batch_size, lesson.batch_seed) == (1e-3, 3, 5)
    assert (lesson.eps, lesson.momentum, lesson.ddof) == (1e-3, None, 1)


def test_tables_in_toml_change_what_they_name_and_leave_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "lesson.toml"
    path.write_text(
        "learning_rates = [1e-4, 1]\nneuron_start = [2, 3]\n[deep]\ndepth = 5\n[exploding]\nwidth = 30\n",
        encoding="utf-8",
    )
    lesson = Lesson.from_toml(path)
    assert (lesson.learning_rates, lesson.neuron_start) == ((1e-4, 1.0), (2.0, 3.0))
    assert lesson.deep == DeepStack(depth=5)
    assert lesson.exploding == dataclasses.replace(Lesson.article().exploding, width=30)


def test_a_lesson_from_toml_with_a_seed_or_with_nothing(tmp_path: Path, lesson: Lesson) -> None:
    path = tmp_path / "lesson.toml"
    path.write_text("seed = 7\nbatch_size = 20\n", encoding="utf-8")
    seeded = Lesson.from_toml(str(path))
    np.testing.assert_array_equal(seeded.data.features, article_recipe(7).features)
    assert (seeded.batch_size, seeded.batch_seed) == (20, 7)
    path.write_text("", encoding="utf-8")
    assert Lesson.from_toml(path) == lesson


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("batchsize = 5\n", ["unknown field batchsize", "did you mean batch_size?"]),
        ("colour = 5\n", ["unknown field colour", "the fields are data, start, tolerance", "seed"]),
        ("batch_size = 0\n", ["batch_size must be a whole number of at least 2"]),
        ("tolerance = true\n", ["tolerance must be", "True"]),
        ('start = "origin"\n', ["start must be an array of real numbers"]),
        ("momentum = 'often'\n", ["momentum must be", "'often'"]),
        ("seed = -3\n", ["seed must be a whole number of at least 0, but is -3"]),
        ("seed = 1\ndata = 'own.csv'\n", ["data and seed exclude each other"]),
        # Of several mistakes it is always the same one that is told.
        ("data = 'gone.csv'\nseed = -1\n", ["data and seed exclude each other"]),
        ("exploding = 5\ndeep = 5\nrace = 5\nseed = -1\n", ["race must be a table, [race], but is 5"]),
        ("data = 7\n", ["data must be the path of a CSV file, in quotes, but is 7"]),
        ("data = 'gone.csv'\n", ["data must be the path of a CSV file", "there is no", "gone.csv"]),
        ("data = 'bad.csv'\n", ["bad.csv, row 2, column 'B'", "'x'"]),
        ("batch_size = \n", ["is not valid TOML"]),
        ("deep = 5\n", ["deep must be a table, [deep], but is 5"]),
        ("[deep]\ndeph = 5\n", ["deep: unknown field deph", "did you mean depth?"]),
        ("[race]\nlimit = 0\n", ["race: limit must be a whole number of at least 1"]),
    ],
)
def test_a_faulty_toml_file_is_told_where_and_what(tmp_path: Path, text: str, parts: list[str]) -> None:
    (tmp_path / "bad.csv").write_text("A,B,y\n1,x,3\n", encoding="utf-8")
    path = tmp_path / "faulty.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError) as caught:
        Lesson.from_toml(path)
    for part in [str(path), *parts]:
        assert part in str(caught.value)


def test_a_toml_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="missing.toml"):
        Lesson.from_toml(tmp_path / "missing.toml")
