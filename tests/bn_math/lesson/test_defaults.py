"""Settings that are not given fit the data; and the narrower feature comes first."""

import numpy as np
import pytest

from bn_math import Dataset, Lesson
from bn_math.lesson.defaults import batch_size


def test_for_the_article_s_data_they_are_the_article_s() -> None:
    settings = Lesson.article().settings
    assert settings.batch_size == 10
    assert settings.learning_rates == (1e-6, 1.0) and settings.neuron_learning_rates == (1e-2, 1e10)


def test_no_size_leaves_a_batch_of_one() -> None:
    sizes = {count: batch_size(count) for count in range(4, 3000)}
    assert [count for count, size in sizes.items() if not 2 <= size < count or count % size == 1] == []


def test_a_size_that_is_given_is_kept_or_refused() -> None:
    data = Lesson.article().data
    odd = Dataset(data.features[:41], data.target[:41])
    assert 41 % Lesson(odd).settings.batch_size != 1
    assert Lesson(odd, batch_size=7).settings.batch_size == 7
    with pytest.raises(ValueError, match="batch_size must not be 10"):
        Lesson(odd, batch_size=10)


def test_eps_does_not_swallow_small_features() -> None:
    data = Lesson.article().data
    assert Lesson(Dataset(data.features * 100, data.target)).settings.eps == 1e-5
    for unit in (1e-2, 1e-5, 1e-9):
        lesson = Lesson(Dataset(data.features * unit, data.target))
        eps = lesson.settings.eps
        assert 1e-7 < eps / lesson.data.stds.min() ** 2 <= 1e-4
        batch = lesson.data.features[lesson.batches.rows[0]]
        np.testing.assert_allclose(lesson.batches.layer().forward(batch).std(axis=0), 1, rtol=1e-3)
    assert Lesson(Dataset(data.features * 1e-5, data.target), eps=1e-3).settings.eps == 1e-3


@pytest.mark.parametrize("unit", [1e-3, 1.0, 1e3])
def test_ranges_of_rates_reach_beyond_both_limits(unit: float) -> None:
    data = Lesson.article().data
    lesson = Lesson(Dataset(data.features * unit, data.target))
    low, high = lesson.settings.learning_rates
    limits = [stage.spectrum.largest_stable_learning_rate for stage in (lesson.raw, lesson.standardized)]
    assert low < min(limits) / 10 and max(limits) < high


def test_the_order_of_the_columns_does_not_matter() -> None:
    lesson = Lesson.article(start=(1.0, 2.0))
    data = lesson.data
    swapped = Dataset(data.features[:, ::-1], data.target, ("B", "A"), "y")
    other = Lesson(swapped, start=(2.0, 1.0))
    assert other.data.feature_names == ("A", "B") and other.settings.start == lesson.settings.start
    assert other.settings.neuron_start == lesson.settings.neuron_start
    assert np.array_equal(other.data.features, data.features)
    assert other.raw.steps == lesson.raw.steps
