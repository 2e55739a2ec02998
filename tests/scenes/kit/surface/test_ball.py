"""The ball is where the descent is, on the surface, at every moment; its trail is the descent's own jumps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import ValueTracker

from bn_math import Lesson
from bn_math.lesson.stage import Stage
from scenes.kit import theme
from scenes.kit.surface.ball import Ball, DescentPath, Trail, drawn_steps
from scenes.kit.surface.landscape import Landscape
from scenes.kit.surface.loss_surface import LossSurface
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.kit.surface.window import LossWindow

ARTICLE = Lesson.article()
quick = settings(max_examples=40, deadline=None, derandomize=True)
FROM_ABOVE: Any = {"azimuth": -90.0, "zenith": 0.0, "perspective": 0.0}


def landscape(stage: Stage, view: Viewpoint | None = None) -> Landscape:
    return Landscape(stage, view or Viewpoint(azimuth=144))


# -- where it is ----------------------------------------------------------------------------------------
def test_the_ball_stands_where_the_trajectory_is_at_every_step(
    lesson: Lesson, by_hand: Callable[[Stage], Any]
) -> None:
    for stage in (lesson.raw, lesson.standardized):
        picture, j = landscape(stage), by_hand(stage)
        steps = range(len(stage.descent.points))
        feet = []
        for step in steps:
            picture.clock.set_value(step)
            feet.append(picture.ball.base)
        window = picture.window
        ground = (stage.descent.points - j.best) * (window.radius / window.reach)
        height = (j(stage.descent.points) - j.least) * window.height_per_loss
        np.testing.assert_allclose(feet, np.column_stack([ground, height]), rtol=1e-7, atol=1e-9)


@quick
@given(st.floats(-2, 9))
def test_between_two_steps_the_ball_is_on_the_straight_way_at_js_own_height(clock: float) -> None:
    stage = ARTICLE.standardized
    window = LossWindow.around(stage.loss, np.zeros(2))
    path = DescentPath(window, stage.descent.points)
    ball = Ball(LossSurface(window, Viewpoint(), 3, 8), path, ValueTracker(clock))
    here = min(max(clock, 0.0), len(path) - 1.0)
    expected = [np.interp(here, np.arange(len(path)), stage.descent.points[:, axis]) for axis in (0, 1)]
    np.testing.assert_allclose(ball.weights, expected, atol=1e-12)
    miss = stage.data.features @ expected - stage.data.target
    assert ball.base[2] == pytest.approx(
        ((miss**2).mean() - stage.loss.minimum) * window.height_per_loss, abs=1e-9
    )


def test_the_drawn_ball_rests_on_the_surface_at_its_foot(lesson: Lesson, recorder: Callable[[], Any]) -> None:
    picture = landscape(lesson.standardized)
    window, view, ball = picture.window, picture.view, picture.ball
    for clock in (0.0, 0.4, 3.0):
        picture.clock.set_value(clock)
        canvas = recorder()
        ball.paint(canvas)
        drawn, base, h = canvas.discs[-1], ball.base, 1e-4
        tangents = [window.place(window.weights(base[:2] + h * axis)) - base for axis in np.eye(2)]
        normal = np.cross(tangents[0], tangents[1])
        center = base + ball.radius * normal / np.linalg.norm(normal)
        np.testing.assert_allclose(drawn.center, view.project(center)[:2], atol=1e-4)
        assert drawn.radius == pytest.approx(ball.radius * view.scale_factor)


def test_a_hidden_ball_is_paler_and_casts_no_shadow(lesson: Lesson, recorder: Callable[[], Any]) -> None:
    picture = landscape(lesson.standardized, Viewpoint(azimuth=144, zenith=60))
    x, y = picture.ball.base[:2]
    seen, hidden = recorder(), recorder()
    picture.view.look(azimuth=np.degrees(np.arctan2(y, x)) + 180)  # the start lies on the far wall
    picture.ball.paint(seen)
    picture.view.look(azimuth=np.degrees(np.arctan2(y, x)))  # and now behind the near one
    picture.ball.paint(hidden)
    assert len(seen.discs) == 4 and len(hidden.discs) == 3  # all but the shadow
    strongest = [max(alpha for _, _, alpha in canvas.discs[-1].stops) for canvas in (seen, hidden)]
    assert strongest[1] < 0.5 * strongest[0]


# -- what it leaves -------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["raw", "standardized"])
def test_every_rung_of_the_trail_is_a_jump_of_the_trajectory(
    name: str, lesson: Lesson, by_hand: Callable[[Stage], Any]
) -> None:
    stage = getattr(lesson, name)
    picture, j = landscape(stage), by_hand(stage)
    trail, window, run = picture.trail, picture.window, stage.descent.points
    assert len(trail._jumps) == len(trail._steps) > 2
    for jump, step in zip(trail._jumps, trail._steps, strict=True):
        weights = j.best + jump[:, :2] * (window.reach / window.radius)
        np.testing.assert_allclose(weights[0], run[step], atol=1e-9)
        np.testing.assert_allclose(weights[-1], run[step + 1], atol=1e-9)
        straight = np.linspace(run[step], run[step + 1], len(jump))
        np.testing.assert_allclose(weights, straight, atol=1e-9)
        np.testing.assert_allclose(
            jump[:, 2], window.height_per_loss * j.above(weights), rtol=1e-7, atol=1e-9
        )


def test_rungs_can_be_told_apart(lesson: Lesson) -> None:
    path = landscape(lesson.raw).path
    ground = path.window.ground(path.weights)
    for apart in (0.12, 0.3):
        steps = drawn_steps(path, apart)
        assert list(steps[:2]) == [0, 1] and (np.diff(steps) > 0).all()
        for before, step in zip(steps[1:-1], steps[2:], strict=True):
            assert np.linalg.norm(ground[step] - ground[before]) >= apart
            assert np.linalg.norm(ground[step + 1] - ground[before]) >= apart
    assert len(drawn_steps(path, 0.3)) < len(drawn_steps(path, 0.12)) < len(path) / 50


def in_the_ball_s_color(canvas: Any) -> list[Any]:
    """The strokes of the trail itself, without the dark casing that sets it off."""
    return [stroke for stroke in canvas.strokes if stroke.color == theme.current().ball]


def lengths(lines: list[Any]) -> float:
    return float(sum(np.linalg.norm(np.diff(line, axis=0), axis=1).sum() for line in lines))


def test_at_rest_the_trail_is_made_of_finished_jumps_and_nothing_else(
    lesson: Lesson, recorder: Callable[[], Any]
) -> None:
    picture = landscape(lesson.standardized, Viewpoint(**FROM_ABOVE))
    trail, run = picture.trail, picture.window.ground(lesson.standardized.descent.points)
    done = 0.0
    for step in range(6):
        picture.clock.set_value(step)
        canvas = recorder()
        trail.paint(canvas)
        drawn = [start for start in trail._steps if start < step]
        done = sum(float(np.linalg.norm(run[start + 1] - run[start])) for start in drawn)
        assert sum(lengths(stroke.lines) for stroke in in_the_ball_s_color(canvas)) == pytest.approx(
            done, abs=1e-9
        )


@quick
@given(st.floats(0, 7))
def test_the_trail_never_runs_ahead_of_the_ball(clock: float) -> None:
    picture = Landscape(ARTICLE.standardized, Viewpoint(**FROM_ABOVE), rings=3, spokes=8)
    run = picture.window.ground(ARTICLE.standardized.descent.points)
    picture.clock.set_value(clock)
    strokes: list[Any] = []

    class Strokes:
        def stroke(self, lines: Any, color: Any, *_: Any, **__: Any) -> None:
            if color == theme.current().ball:
                strokes.extend(np.array(line) for line in lines)

        def disc(self, *_: Any, **__: Any) -> None:
            pass

    picture.trail.paint(Strokes())  # type: ignore[arg-type]
    whole = int(clock)
    drawn = [start for start in picture.trail._steps if start < clock]
    share = [1.0 if start < whole else clock - whole for start in drawn]
    gone = sum(part * np.linalg.norm(run[s + 1] - run[s]) for part, s in zip(share, drawn, strict=True))
    assert lengths(strokes) <= gone + 1e-9
    if whole in drawn:  # nor does it stay far behind
        assert lengths(strokes) >= gone - 0.06 * np.linalg.norm(run[whole + 1] - run[whole])


def test_what_the_surface_hides_of_the_trail_is_pale(lesson: Lesson, recorder: Callable[[], Any]) -> None:
    picture = landscape(lesson.raw, Viewpoint(azimuth=112))
    picture.clock.set_value(len(picture.path) - 1)
    canvas = recorder()
    picture.trail.paint(canvas)
    bright, pale = in_the_ball_s_color(canvas)
    assert bright.lines and pale.lines and pale.alpha <= 0.3 * bright.alpha


def test_no_rung_has_a_gap_where_it_goes_behind_the_surface(
    lesson: Lesson, recorder: Callable[[], Any]
) -> None:
    picture = landscape(lesson.raw, Viewpoint(azimuth=112))
    picture.clock.set_value(len(picture.path) - 1)
    canvas = recorder()
    picture.trail.paint(canvas)
    whole = [picture.view.project(jump)[:, :2] for jump in picture.trail._jumps]
    drawn = sum(lengths(stroke.lines) for stroke in in_the_ball_s_color(canvas))
    assert drawn >= 0.97 * lengths(whole)


def test_a_copied_trail_shares_the_clock_and_the_surface(lesson: Lesson) -> None:
    picture = landscape(lesson.standardized)
    for part in (picture.trail, picture.ball):
        copied = part.copy()
        assert copied is not part
        assert (
            copied.clock is picture.clock
            and copied.surface is picture.surface
            and copied.path is picture.path
        )


def test_a_trail_knows_what_it_depends_on(lesson: Lesson) -> None:
    picture = landscape(lesson.standardized)
    for part in (picture.trail, picture.ball):
        assert set(map(id, part.sources)) == {id(picture.view), id(picture.surface), id(picture.clock)}
    assert isinstance(picture.trail, Trail)
