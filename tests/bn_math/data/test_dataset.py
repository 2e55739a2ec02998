"""Data sets: the article's own, its statistics, and the two halves of standardizing."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bn_math import Dataset, article_dataset, article_recipe

quick = settings(max_examples=40, deadline=None, derandomize=True)


def random_dataset(seed: int, scale: float = 1.0) -> Dataset:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(30, 2)) * [1, scale] + rng.normal(size=2) * 5
    return Dataset(x, rng.normal(size=30))


def test_the_article_dataset_is_what_the_recipe_draws() -> None:
    rng = np.random.default_rng(42)
    a = rng.uniform(1, 10, 100)
    b = rng.uniform(1, 200, 100)
    y = 2 * a + 3 * b + 0.1 * rng.normal(size=100)
    data = article_dataset()
    np.testing.assert_allclose(data.features, np.column_stack([a, b]), rtol=1e-14)
    np.testing.assert_allclose(data.target, y, rtol=1e-14)
    np.testing.assert_allclose(article_recipe().features, data.features, rtol=1e-14)
    np.testing.assert_allclose(article_recipe().target, data.target, rtol=1e-14)


def test_the_csv_keeps_every_digit() -> None:
    path = Path(__file__).parents[3] / "bn_math" / "data" / "article.csv"
    cells = [row.split(",") for row in path.read_text(encoding="utf-8").splitlines()[1:]]
    assert len(cells) == 100
    assert all(repr(float(cell)) == cell for row in cells for cell in row)


def test_the_article_data_have_the_printed_statistics(printed) -> None:
    data = article_dataset()
    assert data.count == 100
    assert (data.feature_names, data.target_name) == (("A", "B"), "y")
    assert data.means[0] == printed("5.380466124")
    assert data.means[1] == printed("100.703109431")
    assert data.stds[0] == printed("2.450232920")
    assert data.stds[1] == printed("57.806453840")
    assert data.features[0, 0] == printed("7.965604437")
    assert data.features[0, 1] == printed("181.807557451")
    assert data.target[0] == printed("561.418213906")
    assert data.target_mean == printed("312.865611819")
    assert data.correlation == printed("-0.136710589728")


def test_the_statistics_agree_with_sums_written_out() -> None:
    data = article_dataset()
    a, b = data.features.T.tolist()
    mean_a, mean_b = sum(a) / 100, sum(b) / 100
    var_a = sum((x - mean_a) ** 2 for x in a) / 100
    var_b = sum((x - mean_b) ** 2 for x in b) / 100
    covariance = sum((p - mean_a) * (q - mean_b) for p, q in zip(a, b, strict=True)) / 100
    np.testing.assert_allclose(data.means, [mean_a, mean_b], rtol=1e-12)
    np.testing.assert_allclose(data.stds, [var_a**0.5, var_b**0.5], rtol=1e-12)
    assert data.correlation == pytest.approx(covariance / (var_a * var_b) ** 0.5, rel=1e-12)


def test_lows_highs_and_spans_are_those_of_the_rows() -> None:
    data = Dataset([[3.0, -10.0], [1.0, 40.0], [2.0, 0.0]], [1.0, 2.0, 3.0])
    np.testing.assert_array_equal([data.lows, data.highs, data.spans], [[1, -10], [3, 40], [2, 50]])


def test_another_seed_gives_other_data() -> None:
    assert not np.isclose(article_recipe(43).features, article_dataset().features).any()
    assert article_recipe(1, count=7).count == 7


@quick
@given(seed=st.integers(0, 2**32 - 1), scale=st.floats(1e-6, 1e6), ddof=st.sampled_from([0, 1]))
def test_standardized_features_have_mean_0_and_variance_1(seed: int, scale: float, ddof: int) -> None:
    data = random_dataset(seed, scale)
    standardized = data.standardized(ddof)
    np.testing.assert_allclose(standardized.means, 0, atol=1e-9)
    np.testing.assert_allclose(standardized.features.var(axis=0, ddof=ddof), 1, rtol=1e-9)
    assert standardized.target_mean == pytest.approx(0, abs=1e-12)
    assert standardized.correlation == pytest.approx(data.correlation, abs=1e-9)


@quick
@given(seed=st.integers(0, 2**32 - 1))
def test_centering_and_scaling_are_the_two_halves_of_standardizing(seed: int) -> None:
    data = random_dataset(seed)
    both = data.centered().scaled()
    np.testing.assert_allclose(both.features, data.standardized().features, atol=1e-12)
    np.testing.assert_allclose(both.target, data.standardized().target, atol=1e-12)


def test_centering_keeps_spreads_and_scaling_keeps_the_target() -> None:
    data = article_dataset()
    np.testing.assert_allclose(data.centered().stds, data.stds, rtol=1e-12)
    np.testing.assert_allclose(data.centered().means, 0, atol=1e-12)
    np.testing.assert_allclose(data.scaled().features * data.stds, data.features, rtol=1e-12)
    np.testing.assert_array_equal(data.scaled().target, data.target)
    np.testing.assert_allclose(data.scaled(ddof=1).features.std(axis=0, ddof=1), 1, rtol=1e-12)


def test_a_dataset_cannot_be_written_to_and_copies_what_it_is_given() -> None:
    x = np.array([[1.0, 2.0], [3.0, 5.0]])
    data = Dataset(x, np.array([1.0, 2.0]))
    x[0, 0] = 99
    assert data.features[0, 0] == 1
    with pytest.raises(ValueError, match="read-only"):
        data.features[0, 0] = 7
    with pytest.raises(ValueError, match="read-only"):
        data.target[0] = 7


@pytest.mark.parametrize(
    ("features", "target", "names", "message"),
    [
        ([1.0, 2.0], [1.0, 2.0], ("A", "B"), r"features must have shape \(n, d\).*\(2,\)"),
        ([[1.0, 2.0]], [1.0], ("A", "B"), "at least two rows, but has 1"),
        (
            [[1.0, 2.0], [np.nan, 4.0]],
            [1.0, 2.0],
            ("A", "B"),
            r"features must be finite.*nan at index \[1, 0\]",
        ),
        ([[1.0, 2.0], [3.0, 4.0]], [1.0, np.inf], ("A", "B"), r"target must be finite.*inf at index \[1\]"),
        ([[1.0, 2.0], [3.0, 4.0]], [1.0], ("A", "B"), r"target must have shape \(2,\).*\(1,\)"),
        ([[1.0, 2.0], [3.0, 4.0]], [1.0, 2.0], ("A",), "feature_names must hold 2 names"),
        ([[1.0, 2.0], [3.0, 4.0]], [1.0, 2.0], ("A", "A"), "distinct"),
        ([[1.0, 2.0], [3.0, 4.0]], [1.0, 2.0], ("A", "y"), "distinct"),
        ([[1.0, 2.0], [3.0, 4.0]], [1.0, 2.0], ("A", ""), "non-empty"),
        ([["one", 2.0], [3.0, 4.0]], [1.0, 2.0], ("A", "B"), "features must be an array of real numbers"),
    ],
)
def test_bad_data_are_refused_with_a_reason(features, target, names, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Dataset(features, target, names)


@pytest.mark.parametrize("value", [3.0, 0.1, 1e17])
def test_a_constant_feature_cannot_be_standardized(value: float) -> None:
    data = Dataset([[1.0, value], [2.0, value], [4.0, value]], [1.0, 2.0, 3.0], ("width", "height"))
    for transform in (data.standardized, data.scaled):
        with pytest.raises(ValueError, match="feature height is constant"):
            transform()
    with pytest.raises(ValueError, match="feature height is constant"):
        _ = data.correlation
    assert data.centered().features[0, 1] == pytest.approx(0, abs=1e-15)


def test_one_feature_has_no_correlation() -> None:
    with pytest.raises(ValueError, match="two features"):
        _ = Dataset([[1.0], [2.0]], [1.0, 2.0], ("A",)).correlation


def test_ddof_other_than_0_or_1_is_refused() -> None:
    with pytest.raises(ValueError, match="ddof must be a whole number of at least 0 and at most 1, but is 2"):
        article_dataset().standardized(ddof=2)
