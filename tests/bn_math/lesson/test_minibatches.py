"""The mini-batches: their statistics, their noise, and the layer that they are fed to."""

from pathlib import Path

import numpy as np
import pytest

from bn_math import (
    BatchNorm,
    Lesson,
    article_recipe,
    batch_mean_spread,
    split_batches,
)


def test_the_hundred_rows_are_dealt_into_ten_batches(lesson: Lesson) -> None:
    assert [len(rows) for rows in lesson.batches.rows] == [10] * 10
    assert sorted(np.concatenate(lesson.batches.rows).tolist()) == list(range(100))
    np.testing.assert_array_equal(
        lesson.batches.rows, split_batches(100, 10, np.random.default_rng(lesson.settings.batch_seed))
    )


def test_the_first_row_is_in_the_batch_that_is_said_to_hold_it(lesson: Lesson) -> None:
    own = lesson.batches.rows[lesson.batches.with_first_row]
    assert np.any(lesson.data.features[own] == lesson.data.features[0], axis=0).all()


def test_each_batch_has_its_own_mean_and_spread(lesson: Lesson) -> None:
    for k, rows in enumerate(lesson.batches.rows):
        own = lesson.data.features[rows]
        np.testing.assert_allclose(lesson.batches.means[k], own.sum(axis=0) / 10, rtol=1e-12)
        np.testing.assert_allclose(
            lesson.batches.stds[k], np.sqrt((own**2).mean(0) - own.mean(0) ** 2), rtol=1e-9
        )
        np.testing.assert_allclose(
            lesson.batches.standardized[k], BatchNorm(2).forward(own), rtol=1e-9, atol=1e-12
        )
    # Batches of one size: the mean of the means is the mean.
    np.testing.assert_allclose(lesson.batches.means.mean(axis=0), lesson.data.means, rtol=1e-12)


def test_batch_means_scatter_about_as_theory_says(lesson: Lesson, printed) -> None:
    assert lesson.batches.mean_spread == printed("0.3015")
    by_hand = np.std(lesson.batches.means, axis=0) / np.std(lesson.data.features, axis=0)
    np.testing.assert_allclose(lesson.batches.measured_mean_spread, by_hand, rtol=1e-9)
    # Over many ways of dealing, the mean square of the measured spread is the theory's square exactly.
    squares = [Lesson.article(batch_seed=seed).batches.measured_mean_spread ** 2 for seed in range(300)]
    np.testing.assert_allclose(np.sqrt(np.mean(squares, axis=0)), lesson.batches.mean_spread, rtol=0.05)


@pytest.mark.parametrize("m", [5, 10, 20, 50])
def test_sampled_batch_means_scatter_as_theory_says(lesson: Lesson, m: int) -> None:
    offsets = lesson.batches.sampled_means(m, 3000)
    assert offsets.shape == (3000, 2)
    np.testing.assert_allclose(offsets.std(axis=0), batch_mean_spread(100, m), rtol=0.05)
    np.testing.assert_allclose(offsets.mean(axis=0), 0, atol=0.03)


def test_one_sample_lands_elsewhere_in_every_batch(lesson: Lesson) -> None:
    small, large = lesson.batches.noise(0, 5, 300), lesson.batches.noise(0, 50, 300)
    assert small.shape == (300, 2)
    assert (small.std(axis=0) > 2 * large.std(axis=0)).all()
    settled = lesson.standardized.data.features[0]
    np.testing.assert_allclose(large.mean(axis=0), settled, atol=0.1)
    np.testing.assert_array_equal(lesson.batches.noise(0, 5, 300), small)


def test_running_statistics_chase_the_batches(lesson: Lesson) -> None:
    means, variances = lesson.batches.running_statistics(epochs=5)
    assert means.shape == variances.shape == (51, 2)
    np.testing.assert_array_equal([means[0], variances[0]], [[0, 0], [1, 1]])
    mean, var = np.zeros(2), np.ones(2)
    for k, rows in enumerate(lesson.batches.rows, start=1):
        own = lesson.data.features[rows]
        mean, var = 0.9 * mean + 0.1 * own.mean(axis=0), 0.9 * var + 0.1 * own.var(axis=0, ddof=1)
        np.testing.assert_allclose(means[k], mean, rtol=1e-12)
        np.testing.assert_allclose(variances[k], var, rtol=1e-12)
    np.testing.assert_allclose(means[-1], lesson.data.means, rtol=0.2)
    assert not np.allclose(means[20] - 0.9 * means[19], means[10] - 0.9 * means[9])


def test_every_pass_deals_all_rows_anew_and_the_first_deals_the_batches(lesson: Lesson) -> None:
    dealt = lesson.batches.over_epochs(3)
    assert len(dealt) == 3 * lesson.batches.count
    for mine, known in zip(dealt, lesson.batches.rows, strict=False):
        np.testing.assert_array_equal(mine, known)
    passes = [np.concatenate(dealt[k : k + lesson.batches.count]) for k in range(0, 30, lesson.batches.count)]
    assert all(sorted(rows) == list(range(lesson.data.count)) for rows in passes)
    assert not np.array_equal(passes[0], passes[1])


def test_a_shorter_last_batch_is_a_batch_too() -> None:
    lesson = Lesson(article_recipe(count=22), batch_size=10)
    assert [len(rows) for rows in lesson.batches.rows] == [10, 10, 2]
    assert [x.shape for x in lesson.batches.standardized] == [(10, 2), (10, 2), (2, 2)]
    assert lesson.batches.running_statistics(2)[0].shape == (7, 2)


def test_running_statistics_are_on_average_what_theory_expects() -> None:
    for momentum in (0.1, None):
        expected = Lesson.article(momentum=momentum).batches.expected_running_statistics(2)
        seeds = [
            Lesson.article(momentum=momentum, batch_seed=s).batches.running_statistics(2) for s in range(200)
        ]
        measured = np.mean(seeds, axis=0)
        assert expected[0].shape == expected[1].shape == (21, 2)
        np.testing.assert_array_equal([expected[0][0], expected[1][0]], [[0, 0], [1, 1]])
        np.testing.assert_allclose(measured[0], expected[0], rtol=0.06, atol=1e-12)
        np.testing.assert_allclose(measured[1], expected[1], rtol=0.06, atol=1e-12)


def test_after_ten_batches_the_initial_values_still_weigh_a_third(lesson: Lesson) -> None:
    means, _ = lesson.batches.expected_running_statistics()
    np.testing.assert_allclose(means[-1], (1 - 0.9**10) * lesson.data.means, rtol=1e-12)
    assert lesson.batches.start_left(10) == pytest.approx(0.9**10) == pytest.approx(1 / 3, abs=0.02)


def test_a_cumulative_average_forgets_its_start_at_once() -> None:
    cumulative = Lesson.article(momentum=None)
    assert [cumulative.batches.start_left(batches) for batches in range(3)] == [1, 0, 0]
    with pytest.raises(ValueError, match="batches"):
        cumulative.batches.start_left(-1)


def test_at_inference_one_sample_is_enough(lesson: Lesson) -> None:
    sample = lesson.data.features[7]
    means, variances = lesson.batches.running_statistics(epochs=6)
    alone = lesson.batches.inferred(sample, epochs=6)
    np.testing.assert_allclose(alone, (sample - means[-1]) / np.sqrt(variances[-1] + 1e-5), rtol=1e-12)
    layer = lesson.batches.trained_layer(epochs=6)
    np.testing.assert_array_equal(layer.running_mean, means[-1])
    assert layer.num_batches_tracked == 60
    # Whatever company it is asked in, the answer is the same, and near that of the whole data.
    np.testing.assert_array_equal(lesson.batches.inferred(lesson.data.features, epochs=6)[7], alone)
    np.testing.assert_allclose(alone, lesson.standardized.data.features[7], atol=0.2)
    with pytest.raises(ValueError, match=r"sample must have shape \(..., 2\)"):
        lesson.batches.inferred([1.0])


def test_in_training_one_sample_is_refused(lesson: Lesson) -> None:
    assert lesson.batches.refusal.startswith("batch statistics need more than one value per channel")
    with pytest.raises(ValueError, match="more than one value per channel"):
        lesson.batches.layer().forward(lesson.data.features[:1], training=True)
    # In a batch of two it always comes out as plus or minus one, whatever it is.
    pair = BatchNorm(2, eps=1e-12).forward(lesson.data.features[:2])
    np.testing.assert_allclose(np.abs(pair), 1, rtol=1e-6)


def test_the_layer_has_the_lessons_settings() -> None:
    layer = Lesson.article(eps=0.5, momentum=None).batches.layer()
    assert (layer.num_features, layer.eps, layer.momentum) == (2, 0.5, None)


def test_the_batches_whose_noise_is_compared_are_shares_of_the_rows(lesson: Lesson, tmp_path: Path) -> None:
    assert lesson.batches.noise_sizes == (5, 10, 20, 50)
    assert Lesson(article_recipe(7, 20)).batches.noise_sizes == (
        2,
        4,
        10,
    )  # a twentieth would be a single row
    path = tmp_path / "lesson.toml"
    path.write_text("noise_batches = [0.3, 1]\n", encoding="utf-8")
    assert Lesson.from_toml(path).batches.noise_sizes == (30, 100)


def test_a_row_s_company_is_the_batches_of_its_noise(lesson: Lesson) -> None:
    batches = lesson.batches.batchmates(3, 10, 20)
    assert batches.shape == (20, 10) and (batches[:, 0] == 3).all()
    for rows, landed in zip(batches, lesson.batches.noise(3, 10, 20), strict=True):
        assert len(set(rows.tolist())) == 10
        own = lesson.data.features[rows]
        by_hand = (own[0] - own.mean(axis=0)) / np.sqrt(own.var(axis=0) + lesson.settings.eps)
        np.testing.assert_allclose(landed, by_hand, rtol=1e-9)
