"""The noise of mini-batches: exact laws over all batches there are, and many random ones beside them."""

import math
import tracemalloc
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bn_math import (
    Lesson,
    batch_mean_shares,
    batch_mean_spread,
    normalized_value_distribution,
    standardize,
)
from bn_math.normalization import noise as noise_module

quick = settings(max_examples=30, deadline=None, derandomize=True)
SIZES = [5, 10, 20, 50]


def all_batches_with(row: int, count: int, batch_size: int) -> list[list[int]]:
    """Every batch that the row can be in, the row first."""
    others = [i for i in range(count) if i != row]
    return [[row, *rest] for rest in combinations(others, batch_size - 1)]


# A batch's mean


def test_each_rows_share_and_the_spread_within_add_up_to_the_spread_of_all_batches() -> None:
    """Total variance: what each row's own batches do is part of what all batches do."""
    x = np.random.default_rng(0).normal(size=9)
    for m in range(2, 9):
        means = [[x[b].mean() for b in all_batches_with(row, 9, m)] for row in range(9)]
        within, between = np.mean(np.var(means, axis=1)), np.var(np.mean(means, axis=1))
        assert math.sqrt(within + between) / x.std() == pytest.approx(batch_mean_spread(9, m), rel=1e-9)


@quick
@given(seed=st.integers(0, 2**32 - 1), m=st.integers(1, 8))
def test_the_shares_are_counted_over_all_batches(seed: int, m: int) -> None:
    x = np.random.default_rng(seed).normal(size=(8, 2))
    edges = np.linspace(-1.5, 1.5, 8)
    shares = batch_mean_shares(x, m, edges)
    assert shares.shape == (7, 2)
    for column in range(2):
        means = [x[list(b), column].mean() for b in combinations(range(8), m)]
        for k in range(7):
            inside = [edges[k] <= mean <= edges[k + 1] for mean in means]
            assert shares[k, column] == pytest.approx(np.mean(inside), abs=1e-12)


@pytest.mark.parametrize("m", [4, 6, 16])
def test_the_fourier_series_agrees_with_looking_at_every_batch(m: int, monkeypatch) -> None:
    x = np.random.default_rng(1).uniform(size=(20, 2)) * [3, 70] + [-1, 5]
    edges = np.linspace(-5, 80, 30)
    looked_at = batch_mean_shares(x, m, edges)
    monkeypatch.setattr(noise_module, "MOST_BATCHES", 0)
    np.testing.assert_allclose(batch_mean_shares(x, m, edges), looked_at, atol=5e-3)


@pytest.mark.parametrize("m", SIZES)
def test_sampled_batch_means_follow_the_exact_law(lesson: Lesson, m: int) -> None:
    edges = np.linspace(-2, 2, 41)
    shares = lesson.batches.mean_shares(m, edges)
    assert shares.shape == (40, 2)
    np.testing.assert_allclose(shares.sum(axis=0), 1, atol=1e-5)
    assert (shares > -1e-6).all()
    middles = (edges[1:] + edges[:-1]) / 2
    mean = middles @ shares
    np.testing.assert_allclose(mean, 0, atol=5e-3)
    # A bin's own width adds a twelfth of its square.
    spread = np.sqrt((middles**2) @ shares - mean**2 - 0.1**2 / 12)
    np.testing.assert_allclose(spread, batch_mean_spread(100, m), rtol=5e-3)
    sampled = lesson.batches.sampled_means(m, 3000)
    for column in range(2):
        counts = np.histogram(sampled[:, column], edges)[0]
        expected = 3000 * shares[:, column]
        used = expected > 10
        chi_square = ((counts - expected)[used] ** 2 / expected[used]).sum()
        assert chi_square < used.sum() + 5 * math.sqrt(2 * used.sum())


# Where one row lands


@pytest.mark.parametrize("eps", [0.0, 1e-5, 0.3])
@pytest.mark.parametrize("m", range(2, 10))
def test_the_law_of_where_a_row_lands_is_counted_over_all_batches(m: int, eps: float) -> None:
    x = np.random.default_rng(3).normal(size=(9, 2)) * [1, 60] + [0, 500]
    landed = np.array([standardize(x[b], eps=eps)[0] for b in all_batches_with(4, 9, m)])
    law = normalized_value_distribution(x, 4, m, eps)
    assert law.values.shape == law.weights.shape == (math.comb(8, m - 1), 2)
    np.testing.assert_allclose(np.sort(law.values, axis=0), np.sort(landed, axis=0), rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(law.center, landed.mean(axis=0), rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(law.std, landed.std(axis=0), rtol=1e-7, atol=1e-9)


def test_looking_at_every_batch_takes_little_more_memory_than_the_law_itself() -> None:
    x = np.random.default_rng(5).normal(size=(60, 2))
    tracemalloc.start()
    law = normalized_value_distribution(x, 0, 5)
    assert law.center.shape == law.std.shape == (2,)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(law.values) == math.comb(59, 4)
    assert most < 2.5 * law.values.nbytes


@pytest.mark.parametrize("m", [7, 10, 16])
def test_the_pair_of_fourier_series_agrees_with_looking_at_every_batch(m: int, monkeypatch) -> None:
    x = np.random.default_rng(1).normal(size=(22, 2)) * [3, 70] + [-1, 5]
    edges = np.linspace(-4, 4, 17)
    exact = normalized_value_distribution(x, 5, m)
    monkeypatch.setattr(noise_module, "MOST_BATCHES", 0)
    summed = normalized_value_distribution(x, 5, m)
    np.testing.assert_allclose(summed.center, exact.center, atol=3e-3)
    np.testing.assert_allclose(summed.std, exact.std, rtol=0.01)
    np.testing.assert_allclose(summed.shares(edges), exact.shares(edges), atol=0.015)


@pytest.mark.parametrize("m", SIZES)
def test_one_sample_in_many_batches_follows_the_exact_law(lesson: Lesson, m: int) -> None:
    row, draws = 0, 3000
    law, landed = lesson.batches.noise_distribution(row, m), lesson.batches.noise(row, m, draws)
    np.testing.assert_allclose(landed.mean(axis=0), law.center, atol=4 * law.std.max() / math.sqrt(draws))
    np.testing.assert_allclose(landed.std(axis=0), law.std, rtol=0.06)
    edges = np.linspace(-1, 3, 33)
    expected, counts = draws * law.shares(edges), draws * lesson.batches.noise_shares(row, m, draws, edges)
    for column in range(2):
        used = expected[:, column] > 10
        chi_square = ((counts - expected)[used, column] ** 2 / expected[used, column]).sum()
        assert chi_square < used.sum() + 4 * math.sqrt(2 * used.sum())


def test_in_the_batch_of_everything_it_lands_in_one_place() -> None:
    x = np.random.default_rng(3).normal(size=(60, 2))
    law = normalized_value_distribution(x, 2, 60, eps=0.0)
    np.testing.assert_allclose(law.center, standardize(x)[2], rtol=1e-12)
    np.testing.assert_allclose(law.std, 0, atol=1e-12)


def test_the_noise_shrinks_as_batches_grow_and_comes_to_that_of_the_batchs_mean(lesson: Lesson) -> None:
    near_the_mean = int(np.abs(lesson.standardized.data.features).max(axis=1).argmin())
    sizes = [4, 10, 20, 50]
    spreads = np.array([lesson.batches.noise_distribution(near_the_mean, m).std for m in sizes])
    assert (np.diff(spreads, axis=0) < 0).all()
    # A row near the mean moves as the batch's mean does; in small batches sigma's own noise adds to that.
    theory = np.array([batch_mean_spread(100, m) for m in sizes])[:, None]
    assert (spreads > theory).all()
    assert (np.diff(spreads / theory, axis=0) < 0).all()
    np.testing.assert_allclose(spreads[-1] / theory[-1], 1, atol=0.03)


def test_features_of_two_values_and_of_one_have_their_law_too(monkeypatch) -> None:
    monkeypatch.setattr(noise_module, "MOST_BATCHES", 0)
    x = np.column_stack([np.arange(30) % 2, np.arange(30) < 1, np.arange(30) > 0]).astype(float)
    law = normalized_value_distribution(x, 0, 12)
    assert np.isfinite(law.values).all()
    np.testing.assert_allclose(law.weights.sum(axis=0), 1)
    # The first row is all that is special in the other two: it lands at the same place in every batch.
    np.testing.assert_allclose(law.center[1:], [math.sqrt(11), -math.sqrt(11)], rtol=1e-3)
    np.testing.assert_allclose(law.std[1:], 0, atol=1e-9)


@pytest.mark.parametrize("m", SIZES)
def test_no_row_lands_farther_out_than_the_root_of_m_minus_one(lesson: Lesson, m: int) -> None:
    """Samuelson's inequality, of the largest deviation in any batch of m."""
    farthest = int(np.abs(lesson.standardized.data.features).max(axis=1).argmax())
    assert np.abs(lesson.batches.noise(farthest, m, 500)).max() <= math.sqrt(m - 1)


def test_histograms_are_ready_to_draw(lesson: Lesson) -> None:
    edges = np.linspace(-3, 5, 41)
    shares = lesson.batches.noise_shares(0, 10, 400, edges)
    assert shares.shape == (40, 2)
    np.testing.assert_allclose(shares.sum(axis=0), 1)
    by_hand = np.mean(
        (lesson.batches.noise(0, 10, 400)[:, 1] >= edges[20])
        & (lesson.batches.noise(0, 10, 400)[:, 1] < edges[21])
    )
    assert shares[20, 1] == pytest.approx(by_hand)
    assert lesson.batches.noise_distribution(0, 10).shares(edges).shape == (40, 2)


X = np.arange(12.0).reshape(6, 2)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: normalized_value_distribution(X, 6, 3), "row must be .* at most 5, but is 6"),
        (
            lambda: normalized_value_distribution(X, 0, 1),
            "batch_size must be .* at least 2 and at most 6, but is 1",
        ),
        (lambda: normalized_value_distribution(X, 0, 7), "batch_size must be .* at most 6"),
        (lambda: normalized_value_distribution(X, 0, 3, eps=-1.0), "eps must be"),
        (lambda: normalized_value_distribution(np.ones((4, 1)), 0, 2, eps=0.0), "a batch may be all alike"),
        (
            lambda: normalized_value_distribution(X, 0, 3).shares([1.0, 0.0]),
            "edges must be at least two ascending numbers",
        ),
        (lambda: batch_mean_shares(X, 0, [0.0, 1.0]), "batch_size must be .* at least 1"),
        (lambda: batch_mean_shares(X, 2, [1.0, 1.0]), "edges must be at least two ascending numbers"),
        (lambda: batch_mean_shares(X, 2, [1.0]), "edges must be at least two ascending numbers"),
    ],
)
def test_bad_input_is_refused_with_a_reason(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_batches_of_all_rows_have_noise_laws_too() -> None:
    law = normalized_value_distribution([[1.0, 5.0], [2.0, 3.0]], 0, 2, 1e-5)
    np.testing.assert_array_equal(law.std, 0)
    np.testing.assert_allclose(law.center, [-1, 1], rtol=1e-4)
