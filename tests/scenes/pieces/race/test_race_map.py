"""A map of the race holds its start, backs off as far as a run flies out, and shows where runs are."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from manim import ManimColor, ValueTracker

from bn_math import Lesson
from bn_math.lesson.stage import Stage
from scenes.kit import theme
from scenes.kit.lettering import places
from scenes.kit.lettering.places import Places
from scenes.pieces.race.boxes import RaceBoxes
from scenes.pieces.race.lane import Lane
from scenes.pieces.race.race_map import RaceMap

LESSON = Lesson.article()
BOX = RaceBoxes.of(places.WIDE, 3).columns[0].map


def a_map(stage: Stage) -> RaceMap:
    return RaceMap(stage, BOX)


@pytest.mark.parametrize("stage", [LESSON.raw, LESSON.standardized], ids=lambda stage: stage.name)
def test_start_and_minimum_lie_on_the_map(stage: Stage) -> None:
    race_map = a_map(stage)
    _, room = race_map.map.lay(np.array([stage.start, stage.loss.minimizer]))
    assert (room > 0.1).all()


def test_the_map_backs_off_until_all_of_a_flight_is_on_it() -> None:
    race_map = a_map(LESSON.raw)
    assert race_map.holding("gradient_descent") == 1
    share = race_map.holding("heavy_ball")
    assert LESSON.raw.heavy_ball_excursion > 9 and share < 0.15
    race_map.closer.set_value(share)
    assert (race_map.map.lay(race_map.run("heavy_ball"))[1] > 0).all()


def test_what_is_shown_is_the_loss_at_every_distance() -> None:
    race_map = a_map(LESSON.raw)
    weights = np.array([2.5, 3.1])
    for share in (1, 0.4, 0.1):
        race_map.closer.set_value(share)
        window = race_map.window()
        height = window.place(weights)[2] / window.top
        assert height == pytest.approx(float(LESSON.raw.loss.excess(weights)) / window.level)


@pytest.mark.parametrize("where", [places.WIDE, places.SQUARE], ids=["wide", "square"])
@pytest.mark.parametrize("name", ["adam", "gradient_descent"])
def test_a_count_stands_below_the_map_and_ends_at_the_steps_it_takes(name: str, where: Places) -> None:
    clock, column = ValueTracker(0), RaceBoxes.of(where, 3).columns[1]
    lane = Lane(LESSON.raw, name, "gradient descent", column, clock)
    clock.set_value(9999)
    lane.counter.update(0)
    assert lane.counter.written == str(LESSON.raw.optimizer_steps[name])
    assert column.name.holds(lane.name, slack=0.05)
    earlier, color = lane.earlier(theme.current().valley, "--"), ManimColor(theme.current().valley)
    for text in (lane.counter, earlier, lane.result("--")):
        assert column.figure.holds(text, slack=0.05)
    assert earlier[0].get_fill_color() == color
    assert earlier.get_right()[0] < lane.result("--").get_left()[0]


@pytest.mark.parametrize("where", [places.WIDE, places.SQUARE], ids=["wide", "square"])
def test_columns_stand_side_by_side_below_the_line(where: Places) -> None:
    boxes = RaceBoxes.of(where, 3)
    for one, other in pairwise(boxes.columns):
        assert one.map.right < other.map.left
    for column in boxes.columns:
        assert boxes.line.bottom >= column.name.top > column.map.top > column.figure.top - 1e-9
        assert column.figure.bottom >= where.whole.bottom - 1e-9
