"""A guess is a sum for every row, its misses make a height, and that height is the surface's."""

from __future__ import annotations

import numpy as np
import pytest
from manim import ValueTracker

from bn_math import Lesson
from scenes.kit.lettering.places import WIDE, Box
from scenes.kit.surface.trough.ball import CutBall
from scenes.kit.surface.trough.framing import framed
from scenes.kit.surface.trough.trough import Trough
from scenes.kit.surface.trough.window import quadratic
from scenes.pieces.guess.ball import GuessBall
from scenes.pieces.guess.guess import Guess
from scenes.pieces.guess.pin import Pin
from scenes.pieces.guess.plane import GuessPlane
from scenes.pieces.guess.plane_names import near_the_column, stand_beside, weight_names
from scenes.pieces.guess.pour import Pour, Pouring
from scenes.pieces.guess.rooms import Rooms
from scenes.pieces.guess.rows_chart import RowChart
from scenes.pieces.guess.weighted_sum import WeightedSum

LESSON = Lesson.article()
DATA, LOSS = LESSON.data, LESSON.raw.loss


class Column:
    """A guess, its column and its ball, as the scene stands them on a plane."""

    def __init__(self) -> None:
        self.guess = guess_of(LESSON)
        self.guess.go(self.guess.home)
        window, self.view = self.guess.window, framed(self.guess.window, WIDE.second)
        self.trough = Trough(window, self.view)
        self.plane = GuessPlane(self.trough, LOSS.minimum)
        self.pouring = Pouring(self.guess, DATA)
        self.pin = Pin(self.guess, self.plane, window, self.view, self.pouring)
        self.ball = GuessBall(self.trough, self.plane, self.guess, self.pouring)


def guess_of(lesson: Lesson) -> Guess:
    return Guess(lesson.raw.loss, lesson.raw.start)


def chart_of(guess: Guess) -> RowChart:
    return RowChart(guess, DATA, WIDE.first, Box(-6, -2, -3, 0))


def test_its_loss_is_the_mean_of_the_rows_squared_misses() -> None:
    guess = guess_of(LESSON)
    misses = DATA.features @ guess.weights - DATA.target
    assert guess.mean_square == pytest.approx(np.mean(misses**2))


def test_from_the_first_guess_to_the_one_that_is_told_of_misses_go_from_too_much_to_too_little() -> None:
    guess = guess_of(LESSON)
    too_much = DATA.features @ guess.weights > DATA.target
    guess.go(guess.home)
    too_little = DATA.features @ guess.weights < DATA.target
    assert too_much.mean() > 0.9 and too_little.mean() > 0.9


def test_pulled_both_ways_it_stays_within_the_window() -> None:
    guess = guess_of(LESSON)
    for weights in guess.extremes:
        assert guess.window.holds(guess.window.ground(weights))


def test_an_animated_copy_leaves_the_guess_where_it_is() -> None:
    guess = guess_of(LESSON)
    copy = guess.copy().go(np.zeros(2))
    np.testing.assert_allclose(copy.weights, LOSS.minimizer)
    assert not np.allclose(guess.weights, copy.weights)


def test_rows_stand_in_the_order_of_their_target_and_all_that_is_said_of_them_fits() -> None:
    guess = guess_of(LESSON)
    chart = chart_of(guess)
    assert np.all(np.diff(chart.places[np.argsort(chart.x), 1]) >= 0)
    for weights in guess.extremes:
        guess.go(guess.window.ground(weights))
        assert chart.said.min() >= WIDE.first.bottom - 1e-9 and chart.said.max() <= WIDE.first.top + 1e-9


def test_what_is_said_of_a_row_is_the_sum_of_its_two_parts() -> None:
    guess = guess_of(LESSON)
    chart = chart_of(guess)
    np.testing.assert_allclose(chart.y(DATA.features @ guess.weights), chart.said)
    np.testing.assert_allclose(chart.parts[:, 1], guess.weights[1] * DATA.features[:, 1])


def test_the_highest_place_up_to_a_row_is_that_of_a_target_or_of_what_a_guess_says() -> None:
    guess = guess_of(LESSON)
    chart = chart_of(guess)
    assert chart.highest(WIDE.first.right) == pytest.approx(WIDE.first.top)
    assert chart.highest(WIDE.first.center[0]) < WIDE.first.top
    assert chart.highest(WIDE.first.left) == WIDE.first.bottom


def test_a_miss_is_one_side_of_its_square() -> None:
    guess = guess_of(LESSON)
    chart = chart_of(guess)
    left, right, bottom, top = chart.squares.T
    np.testing.assert_allclose(right - left, top - bottom)
    miss = np.abs(DATA.features @ guess.weights - DATA.target)
    np.testing.assert_allclose(top - bottom, miss * chart.unit)


def test_beside_row_one_s_square_stands_that_of_a_smaller_miss() -> None:
    guess = guess_of(LESSON)
    guess.go(guess.home)
    chart = chart_of(guess)
    one, small = chart.shown
    sides = chart.squares[:, 3] - chart.squares[:, 2]
    assert one == 0 and sides[small] < 0.5 * sides[0]


def test_aside_the_chart_keeps_its_shape_and_fits() -> None:
    chart = chart_of(guess_of(LESSON))
    corners = np.array([[chart.box.left, chart.box.bottom], [chart.box.right, chart.box.top]])
    low, high = chart.aside(corners)
    np.testing.assert_allclose(low, [chart.later.left, chart.later.bottom])
    np.testing.assert_allclose((high - low) / (corners[1] - corners[0]), chart.shrunk)
    assert high[0] <= chart.later.right + 1e-9 and high[1] <= chart.later.top + 1e-9


def test_poured_the_column_has_each_row_s_share_of_the_sum_of_squares() -> None:
    pouring = Pouring(guess_of(LESSON), DATA)
    misses = DATA.features @ pouring.guess.weights - DATA.target
    np.testing.assert_allclose(pouring.shares, misses**2 / (misses**2).sum())
    assert pouring.landed == 0
    pouring.set_value(0.5)
    there = pouring.times >= 1
    assert pouring.shares[there].sum() <= pouring.landed <= pouring.shares[pouring.times > 0].sum()
    pouring.set_value(1.0)
    assert pouring.landed == 1


def test_all_squares_shrink_alike() -> None:
    column = Column()
    _, _, bottom, top = column.pin.column
    sides = chart_of(column.guess).squares[:, 3] - chart_of(column.guess).squares[:, 2]
    layers = column.pouring.shares * (top - bottom)
    np.testing.assert_allclose(layers / sides**2, layers[0] / sides[0] ** 2)
    assert Pour(column.pouring, chart_of(column.guess), column.pin).sources[0] is column.pouring


def test_the_column_is_as_high_as_the_surface_above_the_guess() -> None:
    column = Column()
    guess = column.guess
    np.testing.assert_allclose(column.pin.ends[1], column.trough.lay(guess.weights)[0])
    height = quadratic(guess.window.form, guess.ground)
    assert height - column.plane.level == pytest.approx(guess.mean_square * guess.window.height_per_loss)
    column.plane.map(1.0)
    assert column.plane.level == pytest.approx(column.trough.floor.level)


def test_seen_from_near_the_column_fills_its_place_from_foot_to_top() -> None:
    column, box = Column(), Rooms(WIDE).column
    before = column.view.points.copy()
    near = near_the_column(column.pin, box)
    np.testing.assert_array_equal(column.view.points, before)
    column.view.become(near)
    left, right, bottom, top = column.pin.column
    assert (left + right) / 2 == pytest.approx(box.center[0], abs=1e-3)
    assert bottom == pytest.approx(box.bottom, abs=1e-3) and top == pytest.approx(box.top, abs=1e-3)


def test_layers_lie_on_each_other_in_the_order_of_pouring() -> None:
    pouring = Pouring(guess_of(LESSON), DATA)
    assert np.all(np.diff(pouring.layers) >= 0) and pouring.layers[-1] == pytest.approx(1)
    first = int(np.argmin(DATA.target))
    assert pouring.layers[0] == pytest.approx(pouring.shares[first])


def test_names_of_the_weights_stand_between_the_rows_and_the_edge() -> None:
    column = Column()
    names = weight_names(column.plane, ["weight of A", "a very long weight"], 3.0)
    stand_beside(column.plane, names, Rooms(WIDE).plane, 0.0, WIDE.whole.right)
    for name in names:
        assert name.get_left()[0] > 0 and name.get_right()[0] < WIDE.whole.right


def test_the_ball_lies_on_the_plane_then_on_the_column_and_rests_where_a_descent_s_would() -> None:
    column = Column()
    assert column.ball.foot[2] == pytest.approx(column.plane.level)
    column.pouring.set_value(1.0)
    np.testing.assert_allclose(column.ball.foot, column.guess.window.place(column.guess.weights))
    column.ball.rest(1.0)
    parked = CutBall(column.trough, column.guess.weights[None], ValueTracker(0))
    np.testing.assert_allclose(column.ball.middle, parked.middle)


def test_the_sum_s_numbers_are_the_weights_and_a_negative_one_has_a_minus() -> None:
    guess = guess_of(LESSON)
    line, other = WeightedSum(guess, (["y"], ["A"], ["B"]), WIDE.side).submobjects
    sign, number = line.submobjects[1].submobjects
    assert float(number.written) == pytest.approx(guess.weights[0], abs=0.05)
    assert np.ptp(sign.points[:, 0]) == 0
    guess.go(guess.window.ground(np.array([-1.5, 2.0])))
    sign.update()
    number.update()
    assert number.written == "1.5" and np.ptp(sign.points[:, 0]) > 0
    assert other.get_left()[0] > line.get_left()[0]
