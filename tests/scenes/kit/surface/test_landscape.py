"""A stage as a picture: it rises, the ball jumps, the ball races."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from manim import linear

from bn_math import Lesson
from bn_math.lesson.stage import Stage
from scenes.kit.lettering import layout, typography
from scenes.kit.surface.landscape import Landscape
from scenes.kit.surface.viewpoint import Viewpoint

NAMES = ("first", "second")


def test_what_is_farther_down_is_drawn_first(lesson: Lesson) -> None:
    picture = Landscape(lesson.standardized, Viewpoint(), NAMES)
    order = [id(part) for part in picture.get_family()]
    parts = [picture.floor, picture.shadow, picture.surface, picture.iso_lines]
    places = [order.index(id(part)) for part in parts]
    assert places == sorted(places)


def test_a_scene_adds_the_ball_and_the_trail_itself(lesson: Lesson) -> None:
    picture = Landscape(lesson.standardized, Viewpoint())
    assert picture.ball not in picture.get_family() and picture.trail not in picture.get_family()
    assert not picture.ground.submobjects  # a map has no floor


def test_the_surface_rises_from_the_floor_to_its_own_shape(lesson: Lesson) -> None:
    picture = Landscape(lesson.raw, Viewpoint())
    whole = picture.surface.points.copy()
    picture.surface.set_lift(0.0)
    rise: Any = picture.rise()
    rise = rise.build() if hasattr(rise, "build") else rise
    rise.rate_func = linear
    rise.begin()
    for alpha in (0.25, 1.0):
        rise.interpolate(alpha)
        assert picture.surface.lift == pytest.approx(alpha)
        np.testing.assert_allclose(picture.surface.points, whole)


def test_a_jump_is_one_step(lesson: Lesson) -> None:
    picture = Landscape(lesson.standardized, Viewpoint())
    for step in (1, 2):
        jump = picture.jump().build()
        jump.begin()
        jump.interpolate(0.5)
        assert step - 1 < picture.clock.get_value() < step
        jump.interpolate(1.0)
        jump.finish()
        assert picture.clock.get_value() == pytest.approx(step)


@pytest.mark.parametrize("ease", [1.0, 2.0])
def test_a_race_goes_only_forwards_by_whole_pairs_of_steps_to_the_very_last(
    ease: float, lesson: Lesson
) -> None:
    picture = Landscape(lesson.raw, Viewpoint())
    picture.clock.set_value(5)
    race = picture.race(run_time=3, ease=ease)
    race.begin()
    shown = []
    for alpha in np.linspace(0, 1, 400):
        race.interpolate(alpha)
        shown.append(picture.clock.get_value())
    assert shown[0] == 5 and shown[-1] == lesson.raw.steps == len(picture.path) - 1
    assert all(b >= a for a, b in itertools.pairwise(shown))
    assert all((step - 5) % 2 == 0 for step in shown[:-1])
    # on one side of the valley only: a ball that crosses it at every frame would flicker
    side = [np.sign(picture.path.at(step)[1] - lesson.raw.loss.minimizer[1]) for step in shown[:200]]
    assert len(set(side)) == 1


def test_a_race_stops_where_it_was_told_to(lesson: Lesson) -> None:
    picture = Landscape(lesson.raw, Viewpoint())
    race = picture.race(run_time=3, until=120)
    race.begin()
    race.interpolate(0.5)
    assert picture.clock.get_value() == 30  # a quarter of the way: it gets ever faster
    race.interpolate(1.0)
    assert picture.clock.get_value() == 120


def test_the_mark_at_the_rim_stands_at_the_point_of_its_loss(stage: Stage) -> None:
    view = Viewpoint(azimuth=144, center=(0.5, 0.0))
    picture = Landscape(stage, view)
    weights = picture.rim_weights
    assert np.linalg.norm(weights - stage.loss.minimizer) == pytest.approx(picture.window.reach)
    point = view.project(picture.window.place(weights))
    assert point[:2].sum() >= view.project(picture.surface.points)[:, :2].sum(axis=1).max() - 1e-9
    mark = picture.mark_rim(typography.Text("J"), weights)
    assert np.linalg.norm(mark.get_left()[:2] - point[:2]) < 0.5
    view.look(center=(4.6, 3.2))
    mark.update()
    assert mark.get_right()[0] <= layout.RIGHT_EDGE + 1e-6 and mark.get_top()[1] <= layout.TOP_EDGE + 1e-6
