"""Every frame of the one shot is the true loss of partly standardized data, and none jumps."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from manim import ValueTracker

from bn_math import Lesson
from scenes.kit.lettering.places import SQUARE, WIDE, Places
from scenes.kit.surface.trough.trough import Trough
from scenes.pieces.shot.moments import Moments, shape_box
from scenes.pieces.shot.moving_rows import MovingRows
from scenes.pieces.trough.parked import Parked

CASES = Path(__file__).parents[3] / "cases" / "lessons"
LESSONS = {
    "article": Lesson.article(),
    **{name: Lesson.from_toml(CASES / f"{name}.toml") for name in ("wide_first", "raw_better", "rows12")},
}
TIMES = (0.0, 0.12, 0.3, 0.41, 0.5, 0.62, 0.7, 0.77, 0.83, 0.9, 0.96, 1.0)


@pytest.fixture(params=list(LESSONS))
def lesson(request: pytest.FixtureRequest) -> Lesson:
    return LESSONS[request.param]


def loss_from_the_rows(lesson: Lesson, time: float, weights: np.ndarray) -> float:
    """J of the partly standardized rows at ``weights``, from the raw rows and the shares alone."""
    centered, scaled = lesson.standardizing.shares(time)
    x, y = lesson.data.features, lesson.data.target
    x = (x - centered * x.mean(axis=0)) / x.std(axis=0, ddof=lesson.settings.ddof) ** scaled
    return float(np.mean((x @ weights - (y - centered * y.mean())) ** 2))


@pytest.mark.parametrize("time", TIMES)
def test_the_shape_s_height_is_the_loss_of_that_moment_s_rows(lesson: Lesson, time: float) -> None:
    moments = Moments(lesson, shape_box(WIDE))
    window = moments.window(time)
    least = loss_from_the_rows(lesson, time, window.loss.minimizer)
    for ground in ([0.7, -0.4], [-1.1, 0.2], [0.0, 0.9]):
        weights = window.weights(np.array(ground))
        risen = loss_from_the_rows(lesson, time, weights) - least
        height = float(window.place(weights)[2])
        assert height == pytest.approx(risen * window.top / window.level, rel=1e-6, abs=1e-9 * window.top)


def test_the_start_stays_at_the_lesson_s_weights_and_inside_every_window(lesson: Lesson) -> None:
    moments = Moments(lesson, shape_box(WIDE))
    np.testing.assert_array_equal(moments.start, lesson.settings.start)
    for time in np.linspace(0, 1, 41):
        window = moments.window(float(time))
        assert window.holds(window.ground(moments.start))


def test_the_ends_are_the_raw_and_the_standardized_stage(lesson: Lesson) -> None:
    moments = Moments(lesson, shape_box(WIDE))
    for time, stage in ((0.0, lesson.raw), (1.0, lesson.standardized)):
        seen = moments.window(time).loss
        largest = np.abs(stage.loss.hessian).max()
        np.testing.assert_allclose(seen.hessian, stage.loss.hessian, rtol=1e-9, atol=1e-9 * largest)
        np.testing.assert_allclose(seen.minimizer, stage.loss.minimizer, rtol=1e-6)


def test_nothing_jumps(lesson: Lesson) -> None:
    """Twice as many moments, steps half as large: ball, window and viewer move without a jump."""

    def largest_step(count: int) -> np.ndarray:
        moments, seen = Moments(lesson, shape_box(WIDE)), []
        for time in np.linspace(0, 1, count):
            window, view = moments.window(float(time)), moments.viewpoint(float(time))
            ball = view.project(window.place(moments.start))[:2]
            size = [np.log(window.scale), np.log(window.level), np.log(view.scale_factor), view.points[0, 0]]
            seen.append([*ball, *size])
        return np.abs(np.diff(np.array(seen), axis=0)).max(axis=0)

    coarse, fine = largest_step(151), largest_step(301)
    assert (fine <= 0.7 * coarse + 2e-3).all()


@pytest.mark.parametrize("places", [WIDE, SQUARE], ids=["wide", "square"])
def test_the_shape_stays_in_its_place(lesson: Lesson, places: Places) -> None:
    box = shape_box(places)
    moments = Moments(lesson, box)
    for time in np.linspace(0, 1, 25):
        trough = Trough(moments.window(float(time)), moments.viewpoint(float(time)))
        parts = [*trough.outlines, trough.seen().outside]
        points = np.concatenate([part for part in parts if len(part)])
        slack = 0.06 * box.height
        assert (points >= np.array([box.left, box.bottom]) - slack).all()
        assert (points <= np.array([box.right, box.top]) + slack).all()


def test_in_the_end_the_start_lies_on_the_far_wall_of_the_article_s_bowl() -> None:
    moments = Moments(LESSONS["article"], shape_box(WIDE))
    view, window = moments.viewpoint(1.0), moments.window(1.0)
    assert view.axes[2] @ np.append(window.ground(moments.start), 0.0) < 0


def test_home_and_ball_stay_where_they_are_in_the_picture() -> None:
    moments = Moments(LESSONS["article"], shape_box(WIDE))
    home, ball = [], []
    for time in np.linspace(0, 1, 21):
        view, window = moments.viewpoint(float(time)), moments.window(float(time))
        home.append(view.project(window.place(window.loss.minimizer))[:2])
        ball.append(view.project(window.place(moments.start))[:2])
    assert np.ptp(home, axis=0).max() < 1e-9
    assert np.ptp(ball, axis=0).max() < 0.01


def test_what_the_shot_ends_on_is_what_the_bowl_begins_on() -> None:
    lesson = LESSONS["article"]
    moments = Moments(lesson, shape_box(WIDE))
    stage = lesson.standardized
    ends = Parked(lambda: moments.window(1.0), moments.viewpoint(1.0), moments.start)
    begins = Parked(moments.window(1.0), moments.viewpoint(1.0), stage.descent.points)
    np.testing.assert_allclose(ends.ball.middle, begins.ball.middle, atol=1e-9)
    for one, other in zip(ends.downhill(), begins.downhill(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-9)


def test_the_rows_come_to_the_middle_and_to_one_spread(lesson: Lesson) -> None:
    rows = MovingRows(Moments(lesson, shape_box(WIDE)), ValueTracker(0), WIDE.first)
    middle = rows.middle
    for time in (0.3, 0.6, 1.0):
        np.testing.assert_allclose(rows.places(time).mean(axis=0), middle, atol=1e-6)
    np.testing.assert_allclose(*rows.places(1.0).std(axis=0), rtol=1e-6)
    for time in TIMES:
        away = np.abs(rows.places(time) - middle)
        assert (away <= [WIDE.first.width / 2, WIDE.first.height / 2]).all()
