"""Balls that leap: at the run's own points, at a pace that shows whole runs, and through the air between."""

from __future__ import annotations

import numpy as np
import pytest
from manim import ValueTracker

from bn_math import Lesson
from scenes.kit.lettering import places
from scenes.kit.surface.trough.window import CutWindow
from scenes.pieces.trough.leaping_run import LeapingRun, beyond
from scenes.pieces.trough.leaps import ONE_BY_ONE, pace

ARTICLE = Lesson.article()


@pytest.fixture
def clock() -> ValueTracker:
    return ValueTracker(0.0)


@pytest.fixture
def valley(clock: ValueTracker) -> LeapingRun:
    return LeapingRun(ARTICLE.raw, clock, leaps=60)


@pytest.fixture
def bowl(clock: ValueTracker) -> LeapingRun:
    return LeapingRun(ARTICLE.standardized, clock, leaps=60, turned=True)


def test_the_first_leaps_are_single_steps_and_later_ones_change_sides_all_the_same() -> None:
    lengths = np.diff(pace(60, 10_000))
    assert np.all(lengths[:ONE_BY_ONE] == 1) and lengths[-1] > 5
    assert np.all(lengths % 2 == 1) and np.all(np.diff(lengths) >= 0)


@pytest.mark.parametrize("last", [0, 1, 7, 23])
def test_a_run_that_ends_is_shown_to_its_end(last: int) -> None:
    steps = pace(60, last)
    assert steps[0] == 0 and steps[-1] == last and np.all(np.diff(steps) > 0)


def test_a_ball_rests_on_the_run_s_own_points_and_is_above_the_surface_between(
    valley: LeapingRun, clock: ValueTracker
) -> None:
    run = ARTICLE.raw.descent.points
    for leap in (0, 3, 9):
        clock.set_value(leap)
        np.testing.assert_allclose(valley.ball.weights, run[leap])
        touching = valley.ball.middle - valley.window.place(run[leap])
        assert np.linalg.norm(touching) == pytest.approx(valley.ball.radius)
        clock.set_value(leap + 0.5)
        below = valley.window.place(valley.ball.weights)
        assert valley.ball.middle[2] > below[2] + valley.ball.radius


def test_where_the_ball_has_hardly_begun_its_twin_is_home(
    valley: LeapingRun, bowl: LeapingRun, clock: ValueTracker
) -> None:
    steps = ARTICLE.standardized.steps
    assert steps is not None
    clock.set_value(steps)
    assert bowl.is_home and not valley.is_home
    clock.set_value(60)
    assert bowl.step(60) == steps < valley.step(60) < 1000


def test_close_by_the_shape_reaches_beyond_the_frame_and_the_other_is_not_seen(
    valley: LeapingRun, bowl: LeapingRun
) -> None:
    frame = places.WIDE.frame
    left, right = valley.whole(places.WIDE.first), bowl.whole(places.WIDE.second)
    near = valley.near(frame, left)
    valley.view.become(near)
    outline = np.concatenate(valley.trough.outlines)
    assert outline[:, 1].min() < frame.bottom and np.ptp(outline[:, 0]) > 0.9 * frame.width
    for weights in (ARTICLE.raw.start, ARTICLE.raw.loss.minimizer):
        x, y = valley.trough.lay(np.asarray(weights))[0]
        assert frame.left < x < frame.right and frame.bottom < y < frame.top
    bowl.view.become(beyond(near, left, right))
    assert min(part[:, 0].min() for part in bowl.trough.outlines) > frame.right


def test_the_bowl_is_turned_so_that_the_start_lies_on_the_far_wall(bowl: LeapingRun) -> None:
    bowl.view.become(bowl.whole(places.WIDE.second))
    window = CutWindow.around(ARTICLE.standardized.loss, np.zeros(2))
    start, lowest = (bowl.trough.lay(it)[0] for it in (np.zeros(2), window.loss.minimizer))
    assert start[1] > lowest[1]


def test_a_counter_stays_in_the_middle_and_with_its_goal_once_that_is_told(
    valley: LeapingRun, clock: ValueTracker
) -> None:
    box = places.WIDE.first.part(top=0.24)
    sign = valley.sign("steps", f"of {ARTICLE.raw.steps}", box)
    for leap in (0, 9, 60):
        clock.set_value(leap)
        sign.counter.update()
        assert sign.counter.get_x() == pytest.approx(box.center[0], abs=0.06)
    sign.told.set_value(1.0)
    for part in sign:
        part.update()
    assert sign.counter.get_right()[0] < sign.goal.get_left()[0]
    middle = (sign.counter.get_left()[0] + sign.goal.get_right()[0]) / 2
    assert middle == pytest.approx(box.center[0], abs=0.06) and box.holds(sign, slack=0.05)
    share = sign.done.width / sign.track.width
    assert ARTICLE.raw.steps and share == pytest.approx(valley.step(60) / ARTICLE.raw.steps, abs=1e-6)


def test_the_way_that_is_left_lies_on_the_bottom_and_has_hardly_become_shorter(
    valley: LeapingRun, clock: ValueTracker
) -> None:
    flat = np.linalg.eigh(ARTICLE.raw.loss.hessian)[1][:, 0]
    lengths = []
    for leap in (0, 9):
        clock.set_value(leap)
        far, home = valley.gap.ends()
        np.testing.assert_allclose(home, ARTICLE.raw.loss.minimizer)
        lengths.append(abs((far - home) @ flat))
        assert lengths[-1] == pytest.approx(np.linalg.norm(far - home))
        assert lengths[-1] == pytest.approx(abs((ARTICLE.raw.descent.points[leap] - home) @ flat))
    assert 0.95 * lengths[0] < lengths[1] < lengths[0]
