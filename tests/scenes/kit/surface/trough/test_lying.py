"""What lies on a shape: ball, arrows, trails; hidden where they should be, bright where they are seen."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from manim import Circle, ManimColor, Square, ValueTracker

from bn_math import Lesson
from scenes.kit import theme
from scenes.kit.palettes import PALETTES
from scenes.kit.surface.trough.arrow import LyingArrow, downhill, step
from scenes.kit.surface.trough.ball import CutBall
from scenes.kit.surface.trough.carrier import at, edge_of, polygon, seen_parts, way
from scenes.kit.surface.trough.loss_map import LossMap
from scenes.kit.surface.trough.shading import Shading
from scenes.kit.surface.trough.trail import TOLD_APART, RunTrail, plan
from scenes.kit.surface.trough.trough import Trough
from scenes.kit.surface.trough.window import CutWindow
from scenes.kit.surface.viewpoint import Viewpoint


def trough_of(lesson: Lesson, time: float = 0.0, **view: Any) -> Trough:
    look: Any = {"azimuth": 20.0, "zenith": 60.0, "perspective": 0.05, "scale": 1.1} | view
    window = CutWindow.around(lesson.standardizing.loss(time), np.zeros(2))
    return Trough(window, Viewpoint(**look))


def on_wall(trough: Trough, side: int) -> Any:
    """Weights high on the wall that is far from the viewer (-1) or near to him (1)."""
    steep = trough.window.directions[1]
    near = 1 if np.append(steep, 0) @ trough.view.axes[2] > 0 else -1
    half = trough.seen().solid.inner.half_axes[1]
    return trough.window.weights(side * near * 0.8 * half * steep)


def luminance(rgb: Any) -> Any:
    """Relative luminance of WCAG 2, of sRGB (..., 3) from 0 to 1."""
    rgb = np.asarray(rgb, dtype=float)
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def contrast(one: Any, other: Any) -> Any:
    a, b = luminance(one), luminance(other)
    return (np.maximum(a, b) + 0.05) / (np.minimum(a, b) + 0.05)


# -- hidden and seen --


@pytest.mark.parametrize("azimuth", [80.0, 110.0])
def test_what_lies_on_the_near_wall_s_inside_is_hidden(
    lesson: Lesson, picture_of: Any, azimuth: float
) -> None:
    trough = trough_of(lesson, azimuth=azimuth, zenith=72.0)
    alone = picture_of(trough)
    ends = downhill(trough.window.loss, on_wall(trough, 1), 0.3 / trough.window.scale)
    arrow = LyingArrow(trough, ends)
    ball = CutBall(trough, on_wall(trough, 1)[None], ValueTracker(0), radius=0.05)
    run = np.stack(
        [on_wall(trough, 1), on_wall(trough, 1) + 0.2 / trough.window.scale * trough.window.directions[0]]
    )
    trail = RunTrail(trough, run, ValueTracker(1))
    np.testing.assert_array_equal(picture_of(trough, arrow, ball, trail), alone)


def test_what_lies_on_the_far_wall_is_seen(lesson: Lesson, picture_of: Any) -> None:
    trough = trough_of(lesson, azimuth=80.0, zenith=60.0)
    alone = picture_of(trough)
    ends = downhill(trough.window.loss, on_wall(trough, -1), 0.4 / trough.window.scale)
    changed = (picture_of(trough, LyingArrow(trough, ends)) != alone).any(axis=-1)
    assert changed.sum() > 60
    tip = trough.lay(ends[1])[0]
    row, column = 90 - tip[1] * 180 / 8, 160 + tip[0] * 180 / 8
    rows, columns = np.nonzero(changed)
    assert np.hypot(rows - row, columns - column).min() < 2


def test_an_arrow_on_the_floor_is_hidden_by_the_shape_above_it(lesson: Lesson, picture_of: Any) -> None:
    trough = trough_of(lesson, zenith=30.0)
    alone = picture_of(trough)
    middle = trough.window.loss.minimizer
    ends = middle, middle + 0.4 / trough.window.scale * trough.window.directions[1]
    np.testing.assert_array_equal(picture_of(trough, LyingArrow(trough.floor, ends)), alone)
    corner = trough.window.weights(trough.floor.reach * 0.95)
    beside = LyingArrow(trough.floor, (corner, corner - 0.5 / trough.window.scale))
    assert (picture_of(trough, beside) != alone).any()


def test_the_order_in_which_things_are_added_does_not_matter(lesson: Lesson, picture_of: Any) -> None:
    trough = trough_of(lesson, 1.0)
    ball = CutBall(trough, np.zeros((1, 2)), ValueTracker(0))
    arrow = LyingArrow(trough, downhill(trough.window.loss, np.zeros(2), 1 / trough.window.scale))
    np.testing.assert_array_equal(picture_of(trough, arrow, ball), picture_of(ball, arrow, trough))


# -- arrows --


def test_a_step_is_the_learning_rate_times_the_slope(lesson: Lesson) -> None:
    loss, rate = lesson.raw.loss, lesson.raw.spectrum.best_learning_rate
    start, end = step(loss, np.zeros(2), rate)
    np.testing.assert_allclose(end, lesson.raw.descent.points[1], rtol=1e-12)
    np.testing.assert_array_equal(start, [0, 0])


def test_downhill_is_a_direction_of_a_given_length(lesson: Lesson) -> None:
    start, end = downhill(lesson.raw.loss, np.zeros(2), 1.5)
    slope = lesson.raw.loss.gradient(np.zeros(2))
    np.testing.assert_allclose(end - start, -1.5 * slope / np.linalg.norm(slope))


def test_an_arrow_on_the_surface_is_the_one_on_the_floor_lifted(lesson: Lesson) -> None:
    trough = trough_of(lesson)
    line = way(trough, *downhill(trough.window.loss, np.zeros(2), 1 / trough.window.scale))
    seen = trough.seen()
    expected = trough.view.project(trough.window.place(line))[:, :2]
    np.testing.assert_allclose(trough.lay(line)[0], expected)
    below = np.append(seen.window.ground(line), np.full((len(line), 1), trough.floor.level), axis=1)
    np.testing.assert_allclose(trough.floor.lay(line)[0], trough.view.project(below)[:, :2])


def test_an_arrow_is_shorter_the_more_it_points_at_the_viewer(lesson: Lesson, picture_of: Any) -> None:
    lengths = []
    for zenith in (0.0, 45.0, 75.0):
        trough = trough_of(lesson, 1.0, azimuth=0.0, zenith=zenith, perspective=0.0)
        middle = trough.window.loss.minimizer
        line = way(trough.floor, middle, middle + np.array([1.0, 0.0]) / trough.window.scale)
        flat = trough.floor.lay(line)[0]
        lengths.append(float(np.linalg.norm(flat[-1] - flat[0])))
    np.testing.assert_allclose(lengths, 1.1 * np.cos(np.radians([0, 45, 75])), rtol=1e-9)


# -- trails --


def test_steps_between_whole_ones_are_straight(lesson: Lesson) -> None:
    run = np.array([[0.0, 0.0], [2.0, 4.0], [3.0, 0.0]])
    np.testing.assert_allclose(at(run, 0.5), [1, 2])
    np.testing.assert_allclose([at(run, -1), at(run, 2), at(run, 9)], [[0, 0], [3, 0], [3, 0]])
    np.testing.assert_allclose(at(run[:1], 3), [0, 0])


def test_jumps_that_can_be_told_apart_are_all_drawn(lesson: Lesson) -> None:
    trough, run = trough_of(lesson, 1.0), lesson.standardized.descent.points
    trail = RunTrail(trough, run, ValueTracker(len(run) - 1))
    (line,), _ = trail._lines(trail._plan(), 2.0)
    for point in run[:2]:  # the third lies less than three pixels from the second's end
        assert np.linalg.norm(line - point, axis=1).min() < 1e-9


def test_a_zigzag_too_fine_to_be_told_apart_is_a_veil_and_no_comb(lesson: Lesson) -> None:
    trough, run = trough_of(lesson), lesson.raw.descent.points
    trail = RunTrail(trough, run, ValueTracker(0))
    found = trail._plan()
    assert [veil[0] for veil in found.veils] == [0]
    for now in (40.5, 1000.5, 6000.5):
        lines, marks = trail._lines(found, now)
        assert len(lines) <= 2 and len(marks) == 0


def test_a_zigzag_whose_jumps_are_apart_is_drawn_jump_by_jump() -> None:
    k = np.arange(30)
    wide = np.stack([k * TOLD_APART, 200.0 * (-1.0) ** k], axis=1)  # two jumps are twice that apart
    found = plan(wide)
    assert found.veils == () and len(found.lines) == 1
    np.testing.assert_array_equal(found.lines[0], np.arange(30))
    assert plan(wide * [0.2, 1]).veils == ((0, 29),)


def test_a_smooth_way_is_a_line_however_short_its_steps() -> None:
    turn = np.linspace(0, 3, 3000)
    found = plan(300 * np.stack([np.cos(turn), np.sin(turn)], axis=1))
    assert found.veils == ()
    steps = found.lines[0]
    assert steps[0] == 0 and steps[-1] == 2999 and 200 < len(steps) < 400


def test_the_veil_is_what_the_jumps_have_swept_over(lesson: Lesson, picture_of: Any) -> None:
    window = CutWindow.around(lesson.raw.loss, np.zeros(2))
    map_ = LossMap(window, (0.0, 0.0), (6.0, 6.0))
    run = lesson.raw.descent.points[:701]
    trail = RunTrail(map_, run, ValueTracker(700.0))
    changed = (picture_of(map_, trail) != picture_of(map_)).any(axis=-1)
    picture = map_.lay(run)[0]
    evens, odds = picture[0:700:2], picture[1:700:2]
    inside = (0.5 * evens + 0.5 * odds)[::20]  # the middle of every tenth jump
    for x, y in inside:
        assert changed[round(90 - y * 22.5), round(160 + x * 22.5)]
    ys, xs = np.nonzero(changed)
    x = (xs - 160) / 22.5
    assert x.min() > picture[:, 0].min() - 0.3 and x.max() < picture[:, 0].max() + 0.3


def test_a_veil_fades_the_longer_ago_it_was(lesson: Lesson, picture_of: Any) -> None:
    window = CutWindow.around(lesson.raw.loss, np.zeros(2))
    map_ = LossMap(window, (0.0, 0.0), (6.0, 6.0), lines=0)
    run = lesson.raw.descent.points[:901]
    white = ManimColor("#FFFFFF")
    trail = RunTrail(map_, run, ValueTracker(900.0), color=white)
    veiled, bare = picture_of(map_, trail).astype(float), picture_of(map_).astype(float)
    densities = []
    for k in (60, 450, 800):
        x, y = map_.lay(0.3 * run[k] + 0.7 * run[k + 1])[0]
        at_ = round(90 - y * 22.5), round(160 + x * 22.5)
        densities.append(float(((veiled[at_] - bare[at_]) / (255 - bare[at_])).mean()))
    assert densities[0] < densities[1] < densities[2] and densities[0] > 0.03


def test_a_flight_out_of_the_shape_ends_at_its_border(lesson: Lesson) -> None:
    trough = trough_of(lesson, 1.0)
    middle = trough.window.loss.minimizer
    out = middle + np.array([20.0, 0.0]) / trough.window.scale
    [part] = seen_parts(trough, [way(trough, middle, out)])
    border = trough.seen().solid.inner.half_axes
    end = np.linalg.norm(part[-1] - trough.lay(middle)[0])
    assert end < 2.5 * border.max()
    assert len(seen_parts(trough, [way(trough, out, out + 1)])) == 0


def test_a_vmobject_s_outline_becomes_a_mark() -> None:
    round_, square = polygon(Circle()), polygon(Square())
    np.testing.assert_allclose(np.linalg.norm(round_, axis=1), 1, atol=1e-3)
    np.testing.assert_allclose(square.max(axis=0), [1, 1])
    np.testing.assert_allclose(square.min(axis=0), [-1, -1])


# -- contrast --


@pytest.mark.parametrize("name", PALETTES)
def test_ball_and_marks_stand_out_from_every_color_of_a_shape(name: str, lesson: Lesson) -> None:
    palette = theme.named(name)
    theme.use(palette)
    try:
        trough = trough_of(lesson, 1.0)
        x, y = np.meshgrid(np.linspace(-3, 3, 60), np.linspace(-3, 3, 60))
        seen = trough.seen()
        shading: Shading = seen.shading
        colors = np.clip(shading.inside(np.stack([x, y], axis=-1)), 0, 1).reshape(-1, 3)
        for mark in (palette.shape_mark, palette.iso, palette.sheen):
            own, edge = mark.to_rgb(), edge_of(mark).to_rgb()
            assert contrast(own, edge) >= 3
            assert np.maximum(contrast(own, colors), contrast(edge, colors)).min() >= 3
    finally:
        theme.use(None)


@pytest.mark.parametrize("name", PALETTES)
def test_the_drawn_ball_has_a_dark_edge_all_round(name: str, lesson: Lesson, picture_of: Any) -> None:
    theme.use(theme.named(name))
    trough = trough_of(lesson, 1.0, azimuth=70.0, zenith=40.0)
    ball = CutBall(trough, np.zeros((1, 2)), ValueTracker(0), radius=0.3)
    picture = picture_of(trough, ball, width=960, height=540, name=name) / 255
    x, y = trough.seen().sight.project(ball.middle)
    row, column = 270 - y * 67.5, 480 + x * 67.5
    rows, columns = np.mgrid[:540, :960]
    away = np.hypot(rows + 0.5 - row, columns + 0.5 - column)
    radius = 0.3 * 1.1 * 67.5
    yellow = picture[away < 0.8 * radius]
    dark = [picture[(np.abs(away - radius - d) < 0.5)] for d in (0.5, 1.0)]
    edge = min(dark, key=lambda found: float(np.median(luminance(found))))
    assert np.median(contrast(yellow.mean(axis=0), edge)) >= 3
