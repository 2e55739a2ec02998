"""A guess misses rows, its misses make a height, and that height is the surface's."""

from __future__ import annotations

import numpy as np
import pytest

from bn_math import Lesson
from scenes.kit.lettering.places import WIDE
from scenes.kit.surface.trough.framing import framed
from scenes.kit.surface.trough.trough import Trough
from scenes.kit.surface.trough.window import quadratic
from scenes.pieces.guess.guess import Guess
from scenes.pieces.guess.misses import Misses, RowChart
from scenes.pieces.guess.pin import Pin
from scenes.pieces.guess.plane import GuessPlane

LESSON = Lesson.article()


def guess_of(lesson: Lesson) -> Guess:
    return Guess(lesson.raw.loss, lesson.raw.start)


def chart_of(guess: Guess) -> RowChart:
    return RowChart(guess, LESSON.data, WIDE.first)


def test_its_loss_is_the_mean_of_the_rows_squared_misses() -> None:
    guess = guess_of(LESSON)
    misses = LESSON.data.features @ guess.weights - LESSON.data.target
    assert guess.mean_square == pytest.approx(np.mean(misses**2))


def test_pulled_both_ways_it_stays_within_the_window() -> None:
    guess = guess_of(LESSON)
    for weights in guess.extremes:
        assert guess.window.holds(guess.window.ground(weights))


def test_an_animated_copy_leaves_the_guess_where_it_is() -> None:
    guess = guess_of(LESSON)
    copy = guess.copy().go(np.zeros(2))
    np.testing.assert_allclose(copy.weights, LESSON.raw.loss.minimizer)
    assert not np.allclose(guess.weights, copy.weights)


def test_rows_stand_in_the_order_of_their_target_and_all_that_is_said_of_them_fits() -> None:
    guess = guess_of(LESSON)
    chart = chart_of(guess)
    assert np.all(np.diff(chart.places[np.argsort(chart.x), 1]) >= 0)
    for weights in guess.extremes:
        guess.go(guess.window.ground(weights))
        heights = chart.y(chart.said)
        assert heights.min() >= WIDE.first.bottom - 1e-9 and heights.max() <= WIDE.first.top + 1e-9


def test_the_highest_place_up_to_a_row_is_that_of_a_target_or_of_what_a_guess_says() -> None:
    guess = guess_of(LESSON)
    chart = chart_of(guess)
    assert chart.highest(WIDE.first.right) == pytest.approx(WIDE.first.top)
    assert chart.highest(WIDE.first.center[0]) < WIDE.first.top
    assert chart.highest(WIDE.first.left) == WIDE.first.bottom


def test_a_miss_becomes_a_square_then_a_bar_in_proportion_and_then_all_are_their_mean() -> None:
    guess = guess_of(LESSON)
    misses = Misses(chart_of(guess))
    miss = np.abs(LESSON.data.features @ guess.weights - LESSON.data.target)
    left, right, bottom, top = misses.bars.T
    np.testing.assert_allclose(right - left, top - bottom)
    np.testing.assert_allclose(top - bottom, miss * misses.chart.unit)
    left, right, bottom, top = misses.show(poured=1).bars.T
    np.testing.assert_allclose((top - bottom) / (top - bottom).sum(), miss**2 / (miss**2).sum())
    np.testing.assert_allclose(misses.show(levelled=1).bars[:, 3] - bottom, (top - bottom).mean())


def test_the_pin_is_as_high_as_the_surface_above_the_guess() -> None:
    guess = guess_of(LESSON)
    view = framed(guess.window, WIDE.second)
    trough = Trough(guess.window, view)
    pin = Pin(guess, GuessPlane(trough), guess.window, view)
    np.testing.assert_allclose(pin.ends[2], trough.lay(guess.weights)[0])
    np.testing.assert_allclose(pin.ends[0], trough.floor.lay(guess.weights)[0])
    excess = guess.mean_square - LESSON.raw.loss.minimum
    height = quadratic(guess.window.form, guess.ground)
    assert height == pytest.approx(excess * guess.window.height_per_loss)
