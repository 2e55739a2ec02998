"""Mini-batches: every row once, and batch statistics that scatter as sampling theory says."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bn_math import (
    article_dataset,
    batch_mean_spread,
    batch_means,
    batch_stds,
    split_batches,
    standardized_with_batchmates,
)
from bn_math.data.split import batchmates, sampled_batch_means

quick = settings(max_examples=60, deadline=None, derandomize=True)


@quick
@given(count=st.integers(1, 200), batch_size=st.integers(1, 250), seed=st.integers(0, 2**32 - 1))
def test_every_row_lands_in_exactly_one_batch(count: int, batch_size: int, seed: int) -> None:
    batches = split_batches(count, batch_size, np.random.default_rng(seed))
    assert sorted(np.concatenate(batches).tolist()) == list(range(count))
    assert [len(b) for b in batches[:-1]] == [batch_size] * (len(batches) - 1)
    assert 1 <= len(batches[-1]) <= batch_size
    assert len(batches) == math.ceil(count / batch_size)


@quick
@given(count=st.integers(1, 200), batch_size=st.integers(1, 250), seed=st.integers(0, 2**32 - 1))
def test_drop_last_leaves_out_only_the_short_batch(count: int, batch_size: int, seed: int) -> None:
    whole = split_batches(count, batch_size, np.random.default_rng(seed))
    kept = split_batches(count, batch_size, np.random.default_rng(seed), drop_last=True)
    assert [b.tolist() for b in kept] == [b.tolist() for b in whole if len(b) == batch_size]


def test_the_same_seed_deals_the_same_batches_and_another_does_not() -> None:
    first, again, other = (split_batches(100, 10, np.random.default_rng(s)) for s in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (np.array(first) != np.array(other)).any()
    assert (np.concatenate(first) != np.arange(100)).any()


def test_dealing_is_fair() -> None:
    rng = np.random.default_rng(3)
    first_rows = np.concatenate([split_batches(5, 2, rng)[0] for _ in range(4000)])
    np.testing.assert_allclose(np.bincount(first_rows, minlength=5) / 4000, 0.4, atol=0.03)


@pytest.mark.parametrize(("m", "text"), [(5, "0.4381"), (10, "0.3015"), (20, "0.2010"), (50, "0.1005")])
def test_the_spread_of_batch_means_shrinks_as_batches_grow(m: int, text: str, printed) -> None:
    assert batch_mean_spread(100, m) == printed(text)
    assert batch_mean_spread(100, m) == pytest.approx(((100 - m) / m / 99) ** 0.5, rel=1e-12)


@pytest.mark.parametrize("m", [5, 10, 20, 50])
def test_the_spread_of_batch_means_is_what_dealing_gives(m: int) -> None:
    x = article_dataset().features
    means = sampled_batch_means(x, m, 4000, np.random.default_rng(m))
    measured = (means - x.mean(axis=0)).std(axis=0) / x.std(axis=0)
    np.testing.assert_allclose(measured, batch_mean_spread(100, m), rtol=0.05)
    np.testing.assert_allclose(means.mean(axis=0), x.mean(axis=0), atol=0.02 * x.std(axis=0).max())


def test_the_spread_over_all_possible_batches_is_exact() -> None:
    from itertools import combinations

    x = np.array([1.0, 4.0, 9.0, 16.0, 30.0, 31.0])
    for m in range(1, 7):
        means = [np.mean(c) for c in combinations(x, m)]
        assert np.std(means) / np.std(x) == pytest.approx(batch_mean_spread(6, m), rel=1e-12, abs=1e-15)


def test_a_batch_of_everything_has_no_noise_and_a_batch_of_one_has_all_of_it() -> None:
    assert batch_mean_spread(100, 100) == 0
    assert batch_mean_spread(100, 1) == 1


def test_batch_means_and_spreads_by_hand() -> None:
    x = np.array([[0.0, 10.0], [2.0, 10.0], [4.0, 40.0], [9.0, 0.0]])
    batches = [np.array([0, 1]), np.array([2, 3])]
    np.testing.assert_allclose(batch_means(x, batches), [[1, 10], [6.5, 20]])
    np.testing.assert_allclose(batch_stds(x, batches), [[1, 0], [2.5, 20]])


def test_one_row_meets_different_company_each_time() -> None:
    batches = batchmates(20, 3, 5, 400, np.random.default_rng(0))
    assert batches.shape == (400, 5)
    assert (batches[:, 0] == 3).all()
    assert all(len(set(rows)) == 5 for rows in batches.tolist())
    np.testing.assert_allclose(
        np.bincount(batches[:, 1:].ravel(), minlength=20)[[0, 1, 2, 4, 19]], 84, atol=30
    )


def test_one_row_lands_elsewhere_in_every_batch_and_less_so_in_larger_ones() -> None:
    x = article_dataset().features
    spreads = []
    for m in (5, 10, 20, 50):
        landed = standardized_with_batchmates(x, 7, m, 600, np.random.default_rng(m))
        assert landed.shape == (600, 2)
        spreads.append(landed[:, 0].std())
    assert spreads == sorted(spreads, reverse=True)
    assert spreads[0] > 3 * spreads[-1]


def test_in_the_company_of_all_rows_there_is_only_one_place_to_land() -> None:
    x = article_dataset().features
    landed = standardized_with_batchmates(x, 7, 100, 3, np.random.default_rng(0), eps=1e-12)
    expected = (x[7] - x.mean(axis=0)) / x.std(axis=0)
    np.testing.assert_allclose(landed, [expected] * 3, rtol=1e-9)


RNG = np.random.default_rng(0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: split_batches(10, 0, RNG), "batch_size must be a whole number of at least 1, but is 0"),
        (
            lambda: split_batches(10, 2.0, RNG),
            r"batch_size must be a whole number of at least 1, but is 2\.0",
        ),
        (lambda: split_batches(10, True, RNG), "batch_size must be a whole number.*True"),
        (lambda: split_batches(0, 2, RNG), "count must be a whole number of at least 1, but is 0"),
        (lambda: split_batches(10, 2, 42), r"rng must be a numpy Generator such as .*default_rng.*42"),
        (lambda: batch_mean_spread(1, 1), "count must be a whole number of at least 2"),
        (lambda: batch_mean_spread(10, 11), "batch_size must be .* at most 10, but is 11"),
        (lambda: batch_mean_spread(10, 0), "batch_size must be .* at least 1"),
        (lambda: batchmates(10, 10, 2, 1, RNG), "row must be .* at most 9, but is 10"),
        (lambda: batchmates(10, 0, 11, 1, RNG), "batch_size must be .* at most 10"),
        (lambda: batchmates(10, 0, 2, 0, RNG), "draws must be .* at least 1"),
        (lambda: sampled_batch_means(np.ones((4, 2)), 5, 1, RNG), "batch_size must be .* at most 4"),
        (lambda: batch_means([[1.0, np.nan]], [np.array([0])]), "x must be finite"),
    ],
)
def test_bad_sizes_are_refused_with_a_reason(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
