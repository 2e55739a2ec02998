"""A map of the race holds its start, backs off as far as a run flies out, and shows where runs are."""

from __future__ import annotations

import numpy as np
import pytest
from manim import ValueTracker

from bn_math import Lesson
from bn_math.lesson.stage import Stage
from scenes.kit import theme
from scenes.kit.lettering import places
from scenes.pieces.optimizer_styles import styled
from scenes.pieces.race.race_map import RaceMap

LESSON = Lesson.article()


def a_map(stage: Stage, clock: ValueTracker) -> RaceMap:
    first, second = places.WIDE.first, places.WIDE.second
    wide = places.Box(first.left, second.right, first.bottom, first.top)
    return RaceMap(stage, first, wide, "valley", theme.current().valley, clock)


@pytest.mark.parametrize("stage", [LESSON.raw, LESSON.standardized], ids=lambda stage: stage.name)
def test_start_and_minimum_lie_on_the_map(stage: Stage) -> None:
    race_map = a_map(stage, ValueTracker(0))
    _, room = race_map.map.lay(np.array([stage.start, stage.loss.minimizer]))
    assert (room > 0.1).all()
    assert places.WIDE.first.holds(race_map.name)


def test_the_map_backs_off_until_all_of_a_flight_is_on_it_and_comes_near_again() -> None:
    clock = ValueTracker(0)
    race_map = a_map(LESSON.raw, clock)
    race_map.follow("heavy_ball")
    assert LESSON.raw.heavy_ball_excursion > 9
    run = race_map.run("heavy_ball")
    zooms = []
    for step, weights in enumerate(run):
        clock.set_value(step)
        assert race_map.map.lay(weights)[1] > 0
        zooms.append(race_map.zoom)
    peak = int(np.argmin(zooms))
    assert zooms[0] == zooms[-1] == 1 and zooms[peak] < 0.15
    assert (np.diff(zooms[: peak + 1]) <= 0).all() and (np.diff(zooms[peak:]) >= 0).all()


def test_what_is_shown_is_the_loss_at_every_distance() -> None:
    clock = ValueTracker(0)
    race_map = a_map(LESSON.raw, clock)
    race_map.follow("heavy_ball")
    weights = np.array([2.5, 3.1])
    for step in (0, 15, 200):
        clock.set_value(step)
        window = race_map.window()
        height = window.place(weights)[2] / window.top
        assert height == pytest.approx(float(LESSON.raw.loss.excess(weights)) / window.level)


def test_the_map_grows_to_its_wide_place_and_keeps_the_shape_s_size() -> None:
    race_map = a_map(LESSON.raw, ValueTracker(0))
    unit, narrow = race_map.unit, race_map.map.half[0]
    race_map.spread.set_value(1)
    assert race_map.unit == pytest.approx(unit)
    assert race_map.map.half[0] > 2 * narrow
    minimum, _ = race_map.map.lay(LESSON.raw.loss.minimizer)
    np.testing.assert_allclose(minimum, race_map.room.center, atol=1e-9)


def test_of_two_that_fly_out_the_farther_one_is_followed() -> None:
    clock = ValueTracker(0)
    race_map = a_map(LESSON.raw, clock)
    race_map.follow("adagrad", "rmsprop")
    for name in ("adagrad", "rmsprop"):
        for step, weights in enumerate(race_map.run(name)[:20]):
            clock.set_value(step)
            assert race_map.map.lay(weights)[1] > 0


def test_two_ways_that_are_the_same_are_drawn_beside_each_other() -> None:
    clock, styles = ValueTracker(0), styled(LESSON.raw.optimizers)
    race_map = a_map(LESSON.raw, clock)
    places_ = [
        race_map.trail("adagrad", styles["adagrad"], clock, side).carrier.lay(np.array([1.0, 1.0]))[0]
        for side in (-1, 0, 1)
    ]
    np.testing.assert_allclose(places_[0] + places_[2], 2 * places_[1])
    assert 0.1 < np.linalg.norm(places_[2] - places_[0]) < 0.3


def test_counts_stand_above_the_map_and_end_at_the_steps_it_takes() -> None:
    clock, styles = ValueTracker(0), styled(LESSON.raw.optimizers)
    race_map = a_map(LESSON.raw, clock)
    for name in ("adam", "gradient_descent"):
        _, counter = race_map.count(name, styles[name], clock)
        clock.set_value(race_map.last(name))
        counter.update(0)
        assert counter.written == str(LESSON.raw.optimizer_steps[name])
        assert places.WIDE.first.holds(counter, slack=0.02)
        clock.set_value(0)
