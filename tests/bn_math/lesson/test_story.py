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


@pytest.mark.parametrize(("ratio", "needle"), [(10.01, True), (9.99, False)])
def test_a_needle_is_ten_times_as_long_as_wide(ratio: float, needle: bool) -> None:
    assert made((1, ratio), 0.0).story.raw_is_a_needle is needle


def r_for(aspect: float) -> float:
    """The correlation for which a standardized line of equal loss is so many times as long as wide."""
    return (aspect**2 - 1) / (aspect**2 + 1)


@pytest.mark.parametrize(("aspect", "is_round"), [(1.29, True), (1.31, False)])
def test_almost_round_is_less_than_a_third_longer_than_wide(aspect: float, is_round: bool) -> None:
    assert made((1, 4), r_for(aspect)).story.standardized_is_almost_round is is_round


@pytest.mark.parametrize(("ratio", "rounder"), [(1.21, True), (1.19, False)])
def test_rounder_and_longer_begin_at_a_fifth(ratio: float, rounder: bool) -> None:
    assert made((1, ratio), 0.0).story.standardized_is_rounder is rounder
    # Uncorrelated, but far from zero: raw they go together. Standardized, they do not.
    assert not made((1, ratio), 0.0).story.standardized_is_longer


def test_longer_is_what_standardizing_can_make_it() -> None:
    """Raw and round about zero, for a mean makes up for the correlation; standardized, the latter is left."""
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    a, b = np.cos(angle), np.sin(angle)
    data = np.column_stack([a + b, 0.4 * (a - b)]) @ np.array([[1, 1], [1, -1]]) + [0.7, -0.7]
    lesson = Lesson(Dataset(data, data @ [1.0, 2.0] + 0.01 * b))
    assert lesson.story.standardized_is_longer and not lesson.story.standardized_is_rounder


@pytest.mark.parametrize(("degrees", "one"), [(17, True), (19, False)])
def test_flat_along_one_weight_ends_at_18_degrees(degrees: float, one: bool) -> None:
    turn = np.radians(degrees)
    flat, steep = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    x = np.outer(np.cos(angle), flat) + 9 * np.outer(np.sin(angle), steep)
    assert Lesson(Dataset(x, x @ [1.0, 2.0] + 0.01 * np.cos(angle))).story.flat_along_one_weight is one


def test_the_flat_way_takes_long_where_a_step_leaves_most_of_it() -> None:
    long = on_axes(12.0).story
    assert long.flat_way_takes_long and long.slow_weight_is_the_first
    assert not on_axes(1.5).story.flat_way_takes_long  # it is no needle
    assert not on_axes(12.0, start=(1.0, 0.0)).story.flat_way_takes_long  # nothing of it is to go


def on_axes(ratio: float, start: tuple[float, float] = (0.0, 0.0), **settings: float) -> Lesson:
    """Two features without correlation and with mean zero, the minimum at (1, 1) but for little."""
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    x = np.column_stack([np.cos(angle), ratio * np.sin(angle)])
    return Lesson(Dataset(x, x @ [1.0, 1.0] + 1e-3 * np.cos(3 * angle)), start=start, **settings)


@pytest.mark.parametrize(("across", "zigzags"), [(0.11, True), (0.09, False)])
def test_it_zigzags_if_a_tenth_of_the_way_lies_across(across: float, zigzags: bool) -> None:
    """The second weight is the steep one."""
    assert on_axes(9.0, start=(0.0, 1 - across)).story.raw_zigzags is zigzags
    assert not on_axes(1.5).story.raw_zigzags  # and the condition number is above 3


def test_slow_begins_at_a_hundred_steps_and_what_is_drawn_ends_at_50_000() -> None:
    """Each step leaves (k - 1) / (k + 1) of the distance, k being the condition number."""
    for ratio in (3.7, 3.9, 80.0, 90.0):
        lesson, k = on_axes(ratio), ratio**2
        steps = int(np.ceil(np.log(1e-6) / np.log((k - 1) / (k + 1))))
        assert lesson.raw.steps == pytest.approx(steps, abs=1)
        assert lesson.story.raw_is_slow is (steps >= 100)
        assert lesson.story.raw_is_drawn_whole is (steps <= 50_000)
    assert on_axes(90.0).story.standardized_is_drawn_whole
    assert made((1, 1), 0.9995).story.standardized_is_drawn_whole
    assert not made((1, 1), 0.99999).story.standardized_is_drawn_whole


@pytest.mark.parametrize(("start", "early"), [((0.0, 0.0), True), ((0.0, 1.0), False)])
def test_the_fit_comes_early_where_the_first_step_takes_what_is_steep(
    start: tuple[float, float], early: bool
) -> None:
    assert on_axes(9.0, start=start).story.fit_comes_early is early


@pytest.mark.parametrize(
    ("ratio", "size", "span", "strip"),
    [(1.19, 0, 0, 0), (1.21, 0, 1, 0), (1.99, 0, 1, 0), (2.01, 1, 1, 0), (4.99, 1, 1, 0), (5.01, 1, 1, 1)],
)
def test_sizes_differ_from_two_spans_from_a_fifth_and_a_strip_is_five_times_as_long(
    ratio: float, size: int, span: int, strip: int
) -> None:
    story = on_axes(ratio).story
    assert (story.differs_in_size, story.differs_in_span, story.is_a_strip) == (size, span, strip)


def test_one_weight_hardly_bends_the_loss_from_ten_times_the_size_on() -> None:
    assert [on_axes(ratio).story.one_weight_hardly_bends for ratio in (9.9, 10.1)] == [False, True]
    assert on_axes(3.0).story.larger_is_second


@pytest.mark.parametrize(
    ("ratio", "start", "across", "home", "along"),
    [
        (9.0, (0.0, 0.0), True, False, True),  # a valley
        (1.0, (0.0, 0.0), False, True, False),  # round: every way down is the way home
    ],
)
def test_downhill_is_across_a_valley_and_home_in_a_round_bowl(
    ratio: float, start: tuple[float, float], across: bool, home: bool, along: bool
) -> None:
    story = on_axes(ratio, start=start).story
    assert (story.downhill_is_across, story.downhill_is_home, story.the_rest_lies_along) == (
        across,
        home,
        along,
    )


def test_a_mean_counts_for_the_size() -> None:
    assert not made((1, 3), 0.0, offset=50.0).story.differs_in_size


@pytest.mark.parametrize(
    ("scale", "offset", "standardized"),
    [(1.005, 0.0, True), (1.02, 0.0, False), (1.0, 0.009, True), (1.0, 0.011, False)],
)
def test_data_are_standardized_already_within_a_hundredth(
    scale: float, offset: float, standardized: bool
) -> None:
    assert made((scale, 1), 0.3, offset).story.is_standardized is standardized


def test_spreads_are_over_n_rows_unless_ddof_says_otherwise() -> None:
    assert ARTICLE.story.divides_by_n and not Lesson.article(ddof=1).story.divides_by_n


def test_what_the_lesson_says_of_itself() -> None:
    plain = Lesson.article().story
    assert plain.is_the_article
    assert not (plain.has_title or plain.has_subject or plain.has_source)
    labels = DataLabels(title="Cups", subject="cups and heat", source="Doe")
    mine = Lesson(article_recipe(7), labels=labels).story
    assert not mine.is_the_article
    assert mine.has_title and mine.has_subject and mine.has_source


def test_the_rest_lies_along_where_a_step_down_the_wall_leaves_a_good_part_of_the_way() -> None:
    """The start on the wall is a little across at least, so that the step there is for nothing but that."""
    assert ARTICLE.story.the_rest_lies_along
    assert on_axes(9.0, start=(0.0, 0.0)).story.the_rest_lies_along
    assert not on_axes(1.0, start=(0.0, 0.0)).story.the_rest_lies_along
