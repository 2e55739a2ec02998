"""Each condition of the mini-batches, with data on both sides of its threshold."""

from __future__ import annotations

import numpy as np
import pytest

from bn_math import Dataset, Lesson
from bn_math.lesson.story import conditions

ARTICLE = Lesson.article()


def made(a: object, b: object, **settings: object) -> Lesson:
    """Two features as they are given, A the narrower one, and a target that they explain."""
    x = np.column_stack([np.asarray(a, dtype=float), np.asarray(b, dtype=float)])
    return Lesson(Dataset(x, x @ [1.0, 2.0] + 0.01 * np.arange(len(x))), **settings)


def drawn(
    count: int = 40, scale: float = 1.0, ratio: float = 5.0, offset: float = 3.0, **settings: object
) -> Lesson:
    rng = np.random.default_rng(5)
    a, b = rng.normal(size=(2, count))
    return made(scale * (a + offset), scale * ratio * (b + offset), **settings)


def test_all_of_them_are_conditions_that_words_may_name() -> None:
    names = conditions()
    assert {"several_batches", "spread_outweighs_eps", "ball_settles_short", "helps"} <= set(names)
    assert len(set(names)) == len(names)


def test_the_article_s_batches_are_as_the_film_tells_them() -> None:
    for name in ("several_batches", "batches_are_even", "batches_differ", "spread_outweighs_eps",
                 "own_batch_outweighs_eps", "own_batch_is_off_zero", "own_batch_is_a_strip",
                 "first_row_lands_elsewhere", "noise_is_seen",
                 "forgets_batch_by_batch"):  # fmt: skip
        assert getattr(ARTICLE.story, name), name
    assert not ARTICLE.story.eps_outweighs_spread


@pytest.mark.parametrize(
    ("size", "several", "even"), [(40, False, True), (20, True, True), (12, True, False)]
)
def test_how_many_batches_and_whether_they_are_even(size: int, several: bool, even: bool) -> None:
    story = drawn(batch_size=size).story
    assert (story.several_batches, story.batches_are_even) == (several, even)
    assert story.batches_differ is several


def test_batches_that_share_their_mean_and_spread_do_not_differ() -> None:
    a = np.tile([0.0, 1.0], 20)
    assert not made(a, 50 * np.sin(np.arange(40.0)), batch_size=2).story.batches_differ


@pytest.mark.parametrize(
    ("scale", "outweighs", "outweighed"), [(0.1, True, False), (0.01, False, False), (3e-4, False, True)]
)
def test_eps_and_spread(scale: float, outweighs: bool, outweighed: bool) -> None:
    """The root of eps is 0.0032; the narrower feature's spread is near the scale."""
    story = drawn(scale=scale, ratio=1.5, eps=1e-5).story
    assert story.spread_outweighs_eps is story.own_batch_outweighs_eps is outweighs
    assert story.eps_outweighs_spread is outweighed


def test_one_batch_without_spread_is_enough_for_eps_to_matter() -> None:
    a = np.array([1.0, *np.zeros(39)])
    story = made(a, np.arange(40.0), batch_size=4).story
    assert not story.spread_outweighs_eps


@pytest.mark.parametrize(("offset", "off"), [(0.51, True), (0.49, False), (-0.51, True), (0.0, False)])
def test_off_zero_is_half_of_the_spread(offset: float, off: bool) -> None:
    lesson = drawn()
    rows = next(rows for rows in lesson.batches.rows if 0 in rows)
    x = np.array(lesson.data.features)
    x += [offset, 0.1] * x[rows].std(axis=0) - x[rows].mean(axis=0)
    assert Lesson(Dataset(x, lesson.data.target)).story.own_batch_is_off_zero is off


@pytest.mark.parametrize(
    ("narrow", "wide", "strip"), [(2, 20.1, True), (2, 19.9, False), (0.2, 10.1, True), (0.2, 9.9, False)]
)
def test_a_strip_is_ten_times_as_long_as_wide(narrow: float, wide: float, strip: bool) -> None:
    lesson = drawn(ratio=5.0)
    rows = next(rows for rows in lesson.batches.rows if 0 in rows)
    x = np.array(lesson.data.features)
    x *= [narrow, wide] / x[rows].std(axis=0)
    assert Lesson(Dataset(x, lesson.data.target)).story.own_batch_is_a_strip is strip


def test_a_row_that_is_always_the_least_of_two_lands_at_the_same_place() -> None:
    alone = made([0.0, *range(5, 12)], 9.0 * np.cos(np.arange(8.0)), batch_size=2).story
    assert not (alone.noise_is_seen or alone.first_row_lands_elsewhere)
    assert not drawn(batch_size=40).story.noise_is_seen
    assert drawn().story.noise_is_seen and drawn().story.first_row_lands_elsewhere


@pytest.mark.parametrize(("momentum", "by_and_by"), [(0.1, True), (0.99, True), (1.0, False), (None, False)])
def test_a_running_average_forgets_batch_by_batch_or_at_once(momentum: float | None, by_and_by: bool) -> None:
    assert drawn(momentum=momentum).story.forgets_batch_by_batch is by_and_by


def test_two_rows_become_signs_unless_epsilon_holds_them_nearer() -> None:
    assert ARTICLE.story.two_rows_become_signs
    assert drawn(eps=1e-5).story.two_rows_become_signs
    assert not drawn(scale=1e-3, eps=1e-5).story.two_rows_become_signs
    tied = np.repeat(np.arange(4.0), 10)  # a quarter of the pairs are of equals, which become zero
    assert not made(tied, 50 * np.sin(np.arange(40.0))).story.two_rows_become_signs
