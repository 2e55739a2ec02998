"""The viewpoint: right-handed, a map from above, parallel without perspective, and exact with it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import Mobject, Scene, Transform, ValueTracker, linear

from scenes.kit.drawing.follow import follow
from scenes.kit.surface.viewpoint import Viewpoint

quick = settings(max_examples=40, deadline=None, derandomize=True)
angle = st.floats(-720, 720)


@quick
@given(angle, angle)
def test_right_up_and_towards_the_viewer_are_a_right_handed_frame(azimuth: float, zenith: float) -> None:
    axes = Viewpoint(azimuth, zenith).axes
    np.testing.assert_allclose(axes @ axes.T, np.eye(3), atol=1e-12)
    assert np.linalg.det(axes) == pytest.approx(1)
    assert axes[0][2] == 0  # the horizon is level


def test_from_the_zenith_the_first_weight_runs_to_the_right_and_the_second_upwards() -> None:
    view = Viewpoint(azimuth=-90, zenith=0, perspective=0)
    points = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.3, -0.7, 5.0]])
    np.testing.assert_allclose(view.project(points), points, atol=1e-12)


def test_the_azimuth_is_where_the_viewer_stands_and_the_zenith_how_far_from_overhead() -> None:
    towards = Viewpoint(azimuth=30, zenith=60).axes[2]
    expected = [
        np.cos(np.pi / 6) * np.sin(np.pi / 3),
        np.sin(np.pi / 6) * np.sin(np.pi / 3),
        np.cos(np.pi / 3),
    ]
    assert towards == pytest.approx(expected)


def test_height_points_upwards_in_the_picture() -> None:
    for zenith in (20, 52, 85):
        low, high = Viewpoint(40, zenith).project(np.array([[0.0, 0.0, 0.0], [0.0, 0.0, 1.0]]))
        assert high[1] > low[1] and high[0] == pytest.approx(low[0])


@quick
@given(angle, angle, st.tuples(*[st.floats(-3, 3)] * 3), st.floats(-5, 5))
def test_without_perspective_depth_changes_nothing(
    azimuth: float, zenith: float, point: tuple[float, float, float], depth: float
) -> None:
    view = Viewpoint(azimuth, zenith, perspective=0, center=(1.0, -2.0), scale=1.4)
    near, far = view.project(np.array([point, np.array(point) + depth * view.axes[2]]))
    np.testing.assert_allclose(near[:2], far[:2], atol=1e-9)


@quick
@given(angle, st.floats(0, 90), st.tuples(*[st.floats(-2, 2)] * 3))
def test_with_perspective_the_picture_is_that_of_a_pinhole(
    azimuth: float, zenith: float, point: tuple[float, float, float]
) -> None:
    view = Viewpoint(azimuth, zenith, perspective=0.1, center=(0.5, 0.25), scale=1.5)
    right, up, towards = view.axes
    eye = 10 * towards
    ray = np.array(point) - eye
    hit = eye + ray * (eye @ towards) / -(ray @ towards)  # where the ray meets the plane through the origin
    np.testing.assert_allclose(
        view.project(np.array(point))[:2], [0.5 + 1.5 * hit @ right, 0.25 + 1.5 * hit @ up]
    )
    np.testing.assert_allclose(view.sight(np.array(point)), -ray / np.linalg.norm(ray))


def test_what_is_nearer_is_larger() -> None:
    view = Viewpoint(azimuth=20, zenith=60, perspective=0.05)
    right, _, towards = view.axes
    sizes = [np.diff(view.project(np.array([d * towards, d * towards + right]))[:, 0])[0] for d in (-1, 0, 1)]
    assert sizes[0] < sizes[1] == pytest.approx(1) and sizes[1] < sizes[2]


def test_looking_anew_keeps_what_is_not_named() -> None:
    view = Viewpoint(azimuth=10, zenith=20, perspective=0.03, center=(1, 2), scale=3)
    before = view.points.copy()
    view.look(azimuth=50)
    changed = np.argwhere(view.points != before)
    assert changed.tolist() == [[0, 0]] and view.points[0, 0] == pytest.approx(np.radians(50))
    view.look(scale=4)
    assert view.scale_factor == 4 and view.points[1, :2].tolist() == [1, 2]


def test_a_view_knows_whether_it_has_changed() -> None:
    view = Viewpoint(azimuth=10)
    before = view.state
    assert Viewpoint(azimuth=10).state == before
    assert view.look(azimuth=11).state != before
    assert view.look(azimuth=10).state == before


def test_an_animated_view_turns_evenly() -> None:
    view = Viewpoint(azimuth=10, zenith=52)
    turn = view.animate(rate_func=linear).look(azimuth=50, scale=2.0).build()
    turn.begin()
    turn.interpolate(0.25)
    assert view.points[0, 0] == pytest.approx(np.radians(20)) and view.scale_factor == pytest.approx(1.25)
    assert view.points[0, 1] == pytest.approx(np.radians(52))


def test_one_view_can_become_another() -> None:
    view, other = Viewpoint(azimuth=0), Viewpoint(azimuth=90, center=(2, 0))
    change = Transform(view, other, rate_func=linear)
    change.begin()
    change.interpolate(1.0)
    np.testing.assert_allclose(view.points, other.points)


def test_a_follower_is_brought_up_to_date_at_once_and_whenever_it_is_updated() -> None:
    clock, seen = ValueTracker(3), []

    def update(_: Mobject) -> None:
        seen.append(clock.get_value())

    follower = follow(Mobject(), (clock,), update)
    assert seen == [3] and follower.sources == (clock,)
    clock.set_value(5)
    follower.update()
    assert seen == [3, 5]


def test_in_a_scene_a_follower_moves_with_its_source(still_scene: Callable[[], Scene]) -> None:
    clock, scene = ValueTracker(0), still_scene()
    follower = follow(Mobject(), (clock,), lambda it: it.move_to([clock.get_value(), 0, 0]))
    follower.points = np.zeros((1, 3))
    scene.add(follower)
    clock.set_value(2.5)
    scene.update_mobjects(1 / 15)
    assert follower.get_center()[0] == 2.5
