"""What is said of the halves of standardizing is asked of the losses themselves."""

from __future__ import annotations

import numpy as np
import pytest

from bn_math import Dataset, Lesson


def made(scales: tuple[float, float], means: tuple[float, float], r: float = 0.1) -> Lesson:
    """Features of these spreads, means and correlation, and a target that they explain."""
    rng = np.random.default_rng(5)
    columns = np.linalg.qr(np.column_stack([np.ones(60), rng.normal(size=(60, 2))]))[0][:, 1:] * np.sqrt(60)
    a, b = columns.T
    x = np.column_stack([a, r * a + np.sqrt(1 - r * r) * b]) * scales + means
    return Lesson(Dataset(x, x @ [1.0, 2.0] + 0.01 * rng.normal(size=60)))


def test_on_the_article_s_data_centering_leaves_a_needle_and_dividing_does_most() -> None:
    story = Lesson.article().story
    assert story.centering_leaves_a_needle and story.dividing_does_most
    assert story.standardized_takes_a_few_hops


def test_of_equal_spreads_off_the_middle_centering_does_it() -> None:
    story = made((1, 1), (5, 5)).story
    assert not story.centering_leaves_a_needle and not story.dividing_does_most


def test_of_centered_data_dividing_does_it_all() -> None:
    story = made((1, 20), (0, 0)).story
    assert story.dividing_does_most and not story.centering_leaves_a_needle


@pytest.mark.parametrize(("r", "few"), [(0.0, False), (0.1, True), (0.3, True), (0.6, False)])
def test_hops_are_counted_where_they_are_three_to_twelve(r: float, few: bool) -> None:
    lesson = made((1, 5), (0, 0), r)
    assert lesson.story.standardized_takes_a_few_hops is few
