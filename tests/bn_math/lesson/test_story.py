"""Each condition of the story, with data on both sides of its threshold."""

import numpy as np
import pytest

from bn_math import Dataset, Lesson
from bn_math.data.dataset import article_recipe
from bn_math.data.labels import DataLabels
from bn_math.lesson.story import conditions

ARTICLE = Lesson.article()


def made(scales: tuple[float, float], r: float, offset: float = 0.0, count: int = 60) -> Lesson:
    """Features of exactly these spreads and this correlation, a target that they explain."""
    rng = np.random.default_rng(3)
    a, own = np.linalg.qr(rng.normal(size=(count, 2)) - rng.normal(size=(count, 2)).mean(axis=0))[0].T
    a, own = a - a.mean(), own - own.mean()
    own -= a * (a @ own) / (a @ a)
    x = np.column_stack([a / a.std(), r * a / a.std() + np.sqrt(1 - r * r) * own / own.std()])
    x = x * scales + offset
    return Lesson(Dataset(x, x @ [1.0, 2.0] + 0.01 * rng.normal(size=count)))


def test_the_article_s_data_tell_the_story() -> None:
    true = {name for name in conditions() if getattr(ARTICLE.story, name)}
    assert {"helps", "raw_is_a_valley", "standardized_is_a_bowl", "raw_zigzags", "differs_in_spread"} <= true
    assert not true & {"hurts", "hardly_helps", "correlated"}


def test_exactly_one_of_helps_hardly_helps_and_hurts_is_true() -> None:
    for lesson in (made((1, 1), 0.1), made((1, 50), 0.3), made((1, 2), 0.95), made((3, 1), -0.6, 5.0)):
        assert [lesson.story.helps, lesson.story.hardly_helps, lesson.story.hurts].count(True) == 1


def test_standardized_data_are_hardly_helped_by_standardizing() -> None:
    assert made((1, 1), 0.5).story.hardly_helps and not made((1, 1), 0.5).story.differs_in_spread


@pytest.mark.parametrize(("r", "correlated"), [(0.51, True), (0.49, False), (-0.51, True), (-0.49, False)])
def test_correlated_begins_at_a_half(r: float, correlated: bool) -> None:
    assert made((1, 4), r).story.correlated is correlated


@pytest.mark.parametrize(("ratio", "differs"), [(3.01, True), (2.99, False), (1 / 3.01, True)])
def test_spreads_differ_from_three_to_one_on(ratio: float, differs: bool) -> None:
    assert made((1, ratio), 0.0).story.differs_in_spread is differs


@pytest.mark.parametrize(("ratio", "valley"), [(4.01, True), (3.99, False)])
def test_a_valley_is_four_times_as_long_as_wide(ratio: float, valley: bool) -> None:
    """Centered and uncorrelated, the eigenvalues are the variances, and the aspect the spreads' ratio."""
    assert made((1, ratio), 0.0).story.raw_is_a_valley is valley


def test_what_the_lesson_says_of_itself() -> None:
    plain = Lesson.article().story
    assert plain.is_the_article
    assert not (plain.has_title or plain.has_subject or plain.has_source)
    labels = DataLabels(title="Cups", subject="cups and heat", source="Doe")
    mine = Lesson(article_recipe(7), labels=labels).story
    assert not mine.is_the_article
    assert mine.has_title and mine.has_subject and mine.has_source
