"""What is drawn of trained networks is what they came to: heights, lights, percents, rows of layers."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from manim import ValueTracker

from bn_math import Lesson
from bn_math.networks.trained.results import DepthStudy
from scenes.kit import theme
from scenes.kit.lettering.places import SQUARE, WIDE, Places
from scenes.kit.script.words import Words
from scenes.pieces.digits.depth_chart import DepthChart, DepthLines
from scenes.pieces.digits.holding import percent_that_holds, percents_in_words, steps_that_hold
from scenes.pieces.digits.inside import Inside, brightness, some_layers
from scenes.pieces.digits.rate_dots import RateDots
from scenes.pieces.digits.walls import AT_FIRST, Walls
from tests.scenes.pieces.digits.test_network_lessons import SMALL

BOX = WIDE.whole


@cache
def lesson() -> Lesson:
    return Lesson.article(network=SMALL)


def words() -> Words:
    return Words("RealNetwork", lesson())


def colors() -> tuple:
    return theme.current().valley, theme.current().bowl


def study(steps: list[list[list[int]]]) -> DepthStudy:
    found, depths = np.array(steps), np.arange(1, len(steps[0]) + 1)
    losses, rates = np.ones((*found.shape, 1)), np.ones(found.shape[:2])
    return DepthStudy("relu", "he", depths, found, rates, losses, np.array([0]), 0.3, 1000)


@pytest.mark.parametrize("places", [WIDE, SQUARE], ids=["wide", "square"])
def test_walls_stand_apart_inside_of_the_frame(places: Places) -> None:
    walls = Walls(lesson().network.walls, ValueTracker(0.0), places, words())
    boxes = [tiles.whole for tiles in walls.all]
    whole = places.whole
    assert all(whole.left <= b.left and b.right <= whole.right + 1e-9 and b.top <= whole.top for b in boxes)
    apart = [a.right <= b.left or a.bottom >= b.top for i, a in enumerate(boxes) for b in boxes[i + 1 :]]
    assert all(apart)


def test_a_wall_is_lit_as_far_as_its_digits_are_read_at_the_clock_s_step() -> None:
    result, clock = lesson().network.walls, ValueTracker(0.0)
    walls = Walls(result, clock, WIDE, words())
    for tiles in walls.all:
        tiles.update()
        assert (tiles.lit >= AT_FIRST).all()  # shown, as long as nobody reads
    for white in walls.shown:
        white.set_value(0.0)
    for place in (0, len(result.steps) - 1):
        clock.set_value(float(result.steps[place]))
        for norm, depth, tiles in walls.each():
            tiles.update()
            assert tiles.color.to_hex() == colors()[norm].to_hex()
            np.testing.assert_allclose(tiles.lit, result.read[norm, depth, place])
    clock.set_value(float(result.steps[:2].mean()))
    np.testing.assert_allclose(walls.at_clock(result.read[1, 0]), result.read[1, 0, :2].mean(axis=0))


def test_a_training_s_steps_grow_all_the_time_and_the_early_ones_take_longest() -> None:
    result, clock = lesson().network.walls, ValueTracker(0.0)
    way = Walls(result, clock, WIDE, words()).train()
    way.begin()
    reached = []
    for time in np.linspace(0, 1, 11):
        way.interpolate(float(time))
        reached.append(clock.get_value())
    assert reached[0] == 0 and reached[-1] == pytest.approx(result.steps[-1])
    assert (np.diff(reached, n=2) > 0).all()


def test_steps_are_as_high_as_they_are_many_and_what_does_not_arrive_is_above_the_limit() -> None:
    chart = DepthChart((1, 2), (10.0, 800.0), 1000, BOX)
    ten, hundred, limit, never = chart.y(np.array([10.0, 100.0, 1000.0, np.inf]))
    assert ten - chart.plot.bottom > 0 and hundred - ten == pytest.approx(limit - hundred)
    assert limit < never < chart.plot.top
    run = study([[[10, 30], [-1, 50]], [[20, 20], [40, 60]]])
    lines = DepthLines(chart, run, colors(), ValueTracker(2))
    np.testing.assert_allclose(lines.heights, chart.y(np.array([[20.0, np.inf], [20.0, 50.0]])))
    np.testing.assert_array_equal(lines.beyond, [[0, 1], [0, 0]])
    assert chart.ticks() == [10, 30, 100, 300, 1000]


def test_a_chart_of_those_that_all_arrive_has_no_limit_and_ends_at_the_most_steps() -> None:
    chart = DepthChart((1, 2), (10.0, 320.0), None, BOX)
    assert chart.ticks() == [10, 30, 100, 300]
    most = float(chart.y(np.array(320.0)))
    assert 0.9 * chart.plot.height < most - chart.plot.bottom < chart.plot.height


def test_long_counts_are_drawn_to_the_digits_that_hold_everywhere() -> None:
    kernels = [[278, 311, 343, 351, 374], [278, 326, 351, 366, 374]]
    found = [steps_that_hold(study([[seeds], [seeds]]))[:, 0, 0].tolist() for seeds in kernels]
    assert found == [[350.0, 300.0, 350.0]] * 2
    assert steps_that_hold(study([[[20, 20, 120]], [[9, 8, 6]]]))[:, :, 0].T.tolist() == [
        [25, 25, 100],
        [8, 6, 9],
    ]


@pytest.mark.parametrize(
    ("seeds", "percent", "is_exact"),
    [
        ([0.966, 0.972, 0.978], 97, True),
        ([0.859, 0.9408, 0.966], 90, False),  # of 20 layers, by kernel
        ([0.901, 0.966, 0.97], 90, False),
        ([0.6, 0.9, 0.95], 90, False),
    ],
)
def test_a_percentage_is_exact_where_seeds_agree_and_else_the_ten_that_is_reached(
    seeds: list[float], percent: float, is_exact: bool
) -> None:
    assert percent_that_holds(np.array(seeds)) == (percent, is_exact)


def test_what_cannot_be_told_apart_everywhere_is_written_alike() -> None:
    exact, rough, guess = np.array([0.97, 0.97]), np.array([0.85, 0.91, 0.96]), np.array([0.1, 0.1])
    assert percents_in_words([exact, guess], words()) == ["97 %", "10 %"]
    assert percents_in_words([exact, rough, guess], words()) == ["over 90 %", "over 90 %", "10 %"]


@pytest.mark.parametrize(("depth", "shown"), [(1, [0]), (2, [0, 1]), (6, [0, 1, 5]), (20, [0, 7, 19])])
def test_the_first_layer_one_between_and_the_last_are_shown(depth: int, shown: list[int]) -> None:
    assert some_layers(depth) == shown


def test_what_is_the_same_for_all_digits_is_the_same_picture() -> None:
    given = np.random.default_rng(0).random((2, 10, 64))
    given[1] = given[1, :1]
    shown = brightness(given)
    assert np.ptp(shown[1], axis=0).max() == 0 and np.ptp(shown[0], axis=0).min() > 0
    assert (np.diff(shown[1, 0]) <= 0).all() and 0 < shown.min() <= shown.max() <= 1


def test_every_digit_has_a_column_of_its_own_in_either_network_s_rows() -> None:
    inside = Inside(lesson().network.start, BOX, colors(), words())
    for row, tiles in enumerate((inside.digits, *inside.tiles)):
        xs = [tiles.tile(digit).center[0] for digit in range(10)]
        np.testing.assert_allclose(
            xs, [inside.digits.tile(digit).center[0] for digit in range(10)], atol=0.02
        )
        assert BOX.left <= tiles.whole.left and tiles.whole.right <= BOX.right, row
    assert inside.digits.whole.bottom > inside.tiles[0].whole.top
    assert inside.tiles[0].whole.bottom > inside.tiles[1].whole.top


def test_a_row_that_nothing_comes_back_to_is_dark_and_one_that_it_reaches_is_bright() -> None:
    start = lesson().network.start
    gradient = np.ones_like(start.gradient)
    gradient[0] = 1e-6
    gradient[:, -1] = 1.0
    inside = Inside(replace(start, gradient=gradient), BOX, colors(), words())
    for norm, tiles in enumerate(inside.tiles):
        inside.forward[norm].set_value(1.0)
        tiles.update()
        np.testing.assert_allclose(tiles.shown, 1.0)
        inside.back[norm].set_value(1.0)
        tiles.update()
        first, last = tiles.shown[0], tiles.shown[-1]
        assert last == pytest.approx(1.0) and first == pytest.approx((0.1, 1.0)[norm], abs=1e-5)


def test_what_comes_back_is_as_wide_as_it_is_large_to_one_scale() -> None:
    start = lesson().network.start
    inside = Inside(start, BOX, colors(), words())
    sizes = np.median(start.gradient, axis=-1)
    sizes = sizes / sizes[:, -1:]
    for norm, stream in enumerate(inside.streams):
        np.testing.assert_allclose(stream.widths * inside.streams[0].widths[-1] ** -1, sizes[norm], rtol=1e-9)
        inside.back[norm].set_value(1.0)
        stream.update()
        outline = stream.outline()
        assert np.ptp(outline[:, 1]) == pytest.approx(np.ptp(stream.heights))
        assert (np.diff(stream.heights) < 0).all()


def test_dots_of_rates_are_full_where_the_worst_seed_has_learned() -> None:
    rates = RateDots(lesson().network, BOX, colors(), Words("WhyItWorks", lesson()))
    rates.tried.set_value(1.0)
    worst = lesson().network.rates.accuracy.min(axis=-1)
    for norm, dots in enumerate(rates.dots):
        dots.update()
        np.testing.assert_allclose(dots.shares, np.where(worst[norm] >= 0.8, worst[norm], 0.0))


@pytest.mark.parametrize("times", [10.0, 2.0])
def test_the_arrow_goes_from_the_largest_rate_without_to_the_largest_with(times: float) -> None:
    rates = RateDots(lesson().network, BOX, colors(), Words("WhyItWorks", lesson()))
    trains = np.arange(rates.count) < np.array([[2], [3]])
    arrow, figure, _ = rates.reach(trains, times)
    np.testing.assert_allclose(arrow.ends, [rates.xs[1], rates.xs[2]])
    assert rates.rows[1].top < arrow.level < figure.get_bottom()[1] < rates.rows[0].bottom
