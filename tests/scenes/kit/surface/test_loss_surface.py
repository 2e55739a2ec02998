"""The surface is J itself, the lines on it are lines of one loss, and what it hides is hidden."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from manim import Transform, linear

from bn_math import Lesson
from bn_math.lesson.stage import Stage
from scenes.kit.surface.contours import COUNT
from scenes.kit.surface.loss_surface import LossSurface, visible_runs
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.kit.surface.window import LossWindow

ORDINARY: Any = {"azimuth": 144.0, "zenith": 52.0}
MARGIN = 0.03  # how little above the line of sight the surface may rise and yet be undecided


def surface_of(stage: Stage, view: Viewpoint | None = None) -> LossSurface:
    return LossSurface(LossWindow.around(stage.loss, np.array(stage.start)), view or Viewpoint())


# -- its shape ------------------------------------------------------------------------------------------
def test_every_vertex_stands_as_high_as_j(
    surface: LossSurface, window: LossWindow, stage: Stage, by_hand: Callable[[Stage], Any]
) -> None:
    j = by_hand(stage)
    weights = j.best + surface.points[:, :2] * (window.reach / window.radius)
    expected = (j(weights) - j.least) * window.height_per_loss
    np.testing.assert_allclose(surface.points[:, 2], expected, rtol=1e-8, atol=1e-9)


def test_the_grid_covers_the_disc_ring_by_ring(surface: LossSurface, window: LossWindow) -> None:
    grid = surface.points[:, :2].reshape(surface.rings, surface.spokes, 2)
    distance, angle = (
        np.hypot(grid[..., 0], grid[..., 1]),
        np.arctan2(grid[..., 1], grid[..., 0]) % (2 * np.pi),
    )
    np.testing.assert_allclose(
        distance, np.linspace(0, window.radius, surface.rings)[:, None] + 0 * distance, atol=1e-9
    )
    even = np.arange(surface.spokes) * 2 * np.pi / surface.spokes
    np.testing.assert_allclose(np.exp(1j * angle[1:]), np.exp(1j * even) + 0 * angle[1:], atol=1e-9)


def test_slopes_are_those_of_the_drawn_heights(surface: LossSurface) -> None:
    slope = surface.slopes.reshape(surface.rings, surface.spokes, 2)
    height = surface.points[:, 2].reshape(surface.rings, surface.spokes)
    grid = surface.points[:, :2].reshape(surface.rings, surface.spokes, 2)
    outwards = (height[2:] - height[:-2]) / (
        2 * surface.radius / (surface.rings - 1)
    )  # exact for a quadratic
    unit = grid[1:-1] / np.hypot(grid[1:-1, :, :1], grid[1:-1, :, 1:])
    np.testing.assert_allclose((slope[1:-1] * unit).sum(-1), outwards, atol=1e-9)
    # Around a ring the height is c + a cos 2t + b sin 2t, whose central difference is short by sin 2s / 2s.
    step = 2 * np.pi / surface.spokes
    along = (
        (np.roll(height, -1, 1) - np.roll(height, 1, 1))[1:-1] / (2 * step) * (2 * step / np.sin(2 * step))
    )
    turned = np.stack([-unit[..., 1], unit[..., 0]], -1)
    distance = np.hypot(grid[1:-1, :, 0], grid[1:-1, :, 1])
    np.testing.assert_allclose((slope[1:-1] * turned).sum(-1) * distance, along, atol=1e-9)


def test_a_height_asked_for_is_js_height(
    surface: LossSurface, window: LossWindow, stage: Stage, by_hand: Callable[[Stage], Any]
) -> None:
    rng = np.random.default_rng(2)
    distance, angle = window.radius * np.sqrt(rng.uniform(0, 1, 2000)), rng.uniform(-7, 7, 2000)
    ground = np.stack([distance * np.cos(angle), distance * np.sin(angle)], axis=1)
    exact = window.height_per_loss * by_hand(stage).above(window.weights(ground))
    np.testing.assert_allclose(surface.heights_at(ground), exact, atol=2.5e-3)
    assert np.isneginf(surface.heights_at(1.001 * window.radius * ground / distance[:, None])).all()


@pytest.mark.parametrize("part", [0.0, 0.3, 1.0])
def test_from_valley_to_bowl_the_heights_go_in_a_straight_line(part: float, lesson: Lesson) -> None:
    valley, bowl = surface_of(lesson.raw), surface_of(lesson.standardized)
    start, end = valley.copy(), bowl.copy()
    change = Transform(valley, bowl, rate_func=linear)
    change.begin()
    change.interpolate(part)
    np.testing.assert_allclose(valley.points, (1 - part) * start.points + part * end.points, atol=1e-12)
    np.testing.assert_allclose(valley.slopes, (1 - part) * start.slopes + part * end.slopes, atol=1e-12)
    np.testing.assert_array_equal(bowl.points, end.points)


# -- lines of one loss ----------------------------------------------------------------------------------
def test_an_iso_line_has_one_loss_and_the_levels_are_even_in_its_root(
    surface: LossSurface, window: LossWindow, stage: Stage, by_hand: Callable[[Stage], Any]
) -> None:
    j = by_hand(stage)
    levels = []
    for line in surface.iso_lines(COUNT):
        closed = np.allclose(line[0], line[-1])
        middle = line if closed else line[1:-1]
        loss = j.above(window.weights(middle[:, :2]))
        np.testing.assert_allclose(loss * window.height_per_loss, line[0, 2], rtol=1e-8)
        np.testing.assert_array_equal(line[:, 2], line[0, 2])
        if not closed:  # its ends lie on the rim, between two spokes
            ends = line[[0, -1], :2]
            np.testing.assert_allclose(np.hypot(*ends.T), window.radius)
            loss = j.above(window.weights(ends))
            np.testing.assert_allclose(np.sqrt(loss * window.height_per_loss), np.sqrt(line[0, 2]), atol=2e-3)
        levels.append(line[0, 2])
    root = np.unique(np.sqrt(levels).round(12))
    np.testing.assert_allclose(root, np.sqrt(window.top) * np.arange(1, COUNT + 1) / (COUNT + 1))


def test_in_the_bowl_every_low_line_is_a_ring_and_in_the_valley_every_line_is_a_pair(lesson: Lesson) -> None:
    bowl, valley = surface_of(lesson.standardized).iso_lines(COUNT), surface_of(lesson.raw).iso_lines(COUNT)
    assert all(np.allclose(line[0], line[-1]) for line in bowl[:4])
    heights, lines = np.unique([line[0, 2] for line in valley], return_counts=True)
    assert len(heights) == COUNT and (lines == 2).all()


def test_no_iso_line_jumps_across_the_picture(surface: LossSurface) -> None:
    # A needle's neighbouring spokes meet it far apart only towards its tips, which lie outside the disc.
    for line in surface.iso_lines(COUNT):
        assert np.linalg.norm(np.diff(line[:, :2], axis=0), axis=1).max() < 0.45 * surface.radius
        assert len(np.unique(line[:-1, :2].round(9), axis=0)) == len(line) - 1


def test_iso_lines_follow_the_shape_as_it_changes(lesson: Lesson, by_hand: Callable[[Stage], Any]) -> None:
    valley, bowl = surface_of(lesson.raw), surface_of(lesson.standardized)
    windows = [LossWindow.around(stage.loss, np.zeros(2)) for stage in (lesson.raw, lesson.standardized)]
    losses = [by_hand(stage) for stage in (lesson.raw, lesson.standardized)]
    change = Transform(valley, bowl, rate_func=linear)
    change.begin()
    change.interpolate(0.5)
    lines = valley.iso_lines(COUNT)
    assert lines
    for line in lines:
        middle = line[1:-1, :2]
        heights = [
            window.height_per_loss * j.above(window.weights(middle))
            for window, j in zip(windows, losses, strict=True)
        ]
        np.testing.assert_allclose(np.mean(heights, axis=0), line[0, 2], rtol=1e-8)


# -- what is hidden -------------------------------------------------------------------------------------
def march(window: LossWindow, view: Viewpoint, above: Callable[[Any], Any], points: Any) -> Any:
    """How far the exact surface rises above each line of sight at most, up to the rim, by brute force."""
    perspective = view.points[0, 2]
    right, up, forward = view.axes
    eye = forward / perspective if perspective else points + 1000 * forward
    direction = eye - points
    direction = direction / np.linalg.norm(direction, axis=1, keepdims=True)
    along = np.linspace(0, 4 * window.radius, 1500)
    highest = np.full(len(points), -np.inf)
    for chunk in np.array_split(np.arange(len(points)), max(1, len(points) // 100)):
        ray = points[chunk, None] + along[:, None] * direction[chunk, None]
        rise = window.height_per_loss * above(window.weights(ray[..., :2])) - ray[..., 2]
        inside = np.hypot(ray[..., 0], ray[..., 1]) <= window.radius
        highest[chunk] = np.where(inside, rise, -np.inf).max(axis=1)
    return highest


@pytest.mark.parametrize("name", ["raw", "standardized"])
@pytest.mark.parametrize("perspective", [0.0, 0.045])
@pytest.mark.parametrize("azimuth, zenith", [(112.0, 52.0), (144.0, 52.0), (-60.0, 70.0), (200.0, 35.0)])
def test_what_is_seen_is_what_a_march_along_every_line_of_sight_finds_free(
    name: str,
    perspective: float,
    azimuth: float,
    zenith: float,
    lesson: Lesson,
    by_hand: Callable[[Stage], Any],
) -> None:
    stage = getattr(lesson, name)
    view = Viewpoint(azimuth, zenith, perspective)
    surface = surface_of(stage, view)
    window = LossWindow.around(stage.loss, np.zeros(2))
    rng = np.random.default_rng(3)
    distance, angle = 0.999 * window.radius * np.sqrt(rng.uniform(0, 1, 300)), rng.uniform(0, 2 * np.pi, 300)
    points = window.place(
        window.weights(np.stack([distance * np.cos(angle), distance * np.sin(angle)], axis=1))
    )
    points[::4, 2] += 0.125  # some of them hover, as the ball's middle does
    rise = march(window, view, by_hand(stage).above, points)
    hidden = rise > 1e-9
    decided = ~hidden | (rise > MARGIN)
    assert decided.mean() > 0.9
    wrong = (surface.is_seen(points) == hidden) & decided
    assert not wrong.any(), f"{wrong.sum()} of {len(points)} points, {points[wrong][:3]}"


def test_seen_from_the_film_s_side_some_of_the_bowl_is_hidden_and_most_is_seen(lesson: Lesson) -> None:
    surface = surface_of(lesson.standardized, Viewpoint(**ORDINARY))
    assert 0.5 < surface.is_seen(surface.points).mean() < 0.9


def test_from_straight_above_nothing_is_hidden(surface: LossSurface) -> None:
    surface.view.look(zenith=0)
    assert surface.is_seen(surface.points).all()


@pytest.mark.parametrize("azimuth", range(0, 360, 15))
def test_the_minimum_is_seen_from_all_around(azimuth: int, lesson: Lesson) -> None:
    for stage in lesson.stages:
        surface = surface_of(stage, Viewpoint(azimuth, zenith=52))
        assert surface.is_seen(surface.points[:1]).all()


def test_visible_runs_are_the_unbroken_stretches() -> None:
    points = np.arange(20.0).reshape(10, 2)
    seen = np.array([1, 1, 0, 1, 0, 0, 1, 1, 1, 1], dtype=bool)
    runs = visible_runs(points, seen)
    assert [run.tolist() for run in runs] == [
        points[:2].tolist(),
        points[6:].tolist(),
    ]  # one point is no line
    assert visible_runs(points, np.zeros(10, dtype=bool)) == []
