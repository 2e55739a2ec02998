"""The shape is J: heights, level and place of what is cut out, against the rows by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bn_math import LeastSquares, Lesson
from scenes.kit.surface.trough.solid import Solid
from scenes.kit.surface.trough.window import DEEP, HALF_WIDTH, LENGTH, SHALLOW, CutWindow

WEIGHTS: Any = np.array([[0.0, 0.0], [1.0, -2.0], [3.0, 40.0], [-5.0, 170.0]])


def test_a_point_stands_as_high_as_its_loss(cut: CutWindow, loss: LeastSquares) -> None:
    x, y = loss.data.features, loss.data.target
    by_hand = ((WEIGHTS @ x.T - y) ** 2).mean(axis=1)
    least = float(((x @ np.linalg.lstsq(x, y, rcond=None)[0] - y) ** 2).mean())
    points = cut.place(WEIGHTS)
    np.testing.assert_allclose(points[:, 2] / cut.height_per_loss + least, by_hand, rtol=1e-6)
    np.testing.assert_allclose(cut.weights(points[:, :2]), WEIGHTS, atol=1e-9)


def test_slopes_are_the_loss_s_gradient(cut: CutWindow, loss: LeastSquares) -> None:
    expected = loss.gradient(WEIGHTS) * cut.height_per_loss / cut.scale
    np.testing.assert_allclose(cut.slope(cut.ground(WEIGHTS)), expected, rtol=1e-6)


def test_the_rim_is_level_and_all_of_it_has_one_loss(cut: CutWindow, loss: LeastSquares) -> None:
    inner = Solid(cut, 0.06).inner
    for side in inner.level(1.0):
        np.testing.assert_allclose(inner.lifted(side)[:, 2], cut.top, rtol=1e-9)
        np.testing.assert_allclose(loss.excess(cut.weights(side)), cut.level, rtol=1e-6)


def test_every_point_of_the_border_is_on_the_rim_or_on_a_cut(cut: CutWindow, loss: LeastSquares) -> None:
    border = Solid(cut, 0.06).inner.border
    height = loss.excess(cut.weights(border)) / cut.level
    along = np.abs(border @ cut.directions[0]) / cut.length
    np.testing.assert_allclose(np.maximum(height, along), 1, atol=1e-6)
    assert cut.holds(border, slack=1e-6).all()
    gaps = np.linalg.norm(border - np.roll(border, 1, axis=0), axis=1)
    assert gaps.max() < 4.5  # the straight sides of a trough
    assert gaps.min() > 0


def test_the_start_lies_on_it_and_the_size_in_space_is_always_the_same(cut: CutWindow) -> None:
    assert cut.holds(cut.ground(np.zeros(2)))
    inner = Solid(cut, 0.06).inner
    assert inner.half_axes[1] == pytest.approx(HALF_WIDTH)
    assert cut.top == pytest.approx(DEEP * HALF_WIDTH) and cut.nearest == pytest.approx(LENGTH * HALF_WIDTH)


def test_a_start_far_along_the_trough_is_on_it_too() -> None:
    class Long:
        hessian = np.diag([1.0, 1e4])
        minimizer = np.array([900.0, 1.0])

    window = CutWindow.around(Long(), np.zeros(2), depth=SHALLOW)
    assert window.holds(window.ground(np.zeros(2)))


def test_a_start_at_the_minimizer_has_a_window(lesson: Lesson) -> None:
    loss = lesson.standardized.loss
    window = CutWindow.around(loss, loss.minimizer)
    assert np.isfinite([window.level, window.scale]).all() and window.level > 0


def test_a_loss_with_a_flat_direction_is_a_trough() -> None:
    class Endless:
        hessian = np.array([[2.0, 2.0], [2.0, 2.0]])
        minimizer = np.array([1.0, 1.0])

    solid = Solid(CutWindow.around(Endless(), np.zeros(2)), 0.06)
    assert not solid.inner.is_closed and np.isfinite(solid.outer.border).all()


def test_a_bowl_has_no_cuts_and_a_valley_has_two(lesson: Lesson) -> None:
    closed = [
        Solid(CutWindow.around(lesson.standardizing.loss(time), np.zeros(2)), 0.06).inner.is_closed
        for time in (0.0, 0.5, 1.0)
    ]
    assert closed == [False, False, True]


def test_the_wall_is_as_thick_below_as_at_the_rim(cut: CutWindow) -> None:
    wall = 0.07
    solid = Solid(cut, wall)
    assert solid.outer.drop == wall
    slope = 2 * cut.top / solid.inner.half_axes[1]
    sideways = solid.outer.half_axes[1] - solid.inner.half_axes[1]
    assert sideways * slope / np.sqrt(1 + slope**2) == pytest.approx(wall, rel=0.01)


def test_a_window_can_be_made_deeper_and_stays_the_loss(cut: CutWindow) -> None:
    deeper = replace(cut, top=2 * cut.top)
    np.testing.assert_allclose(deeper.place(WEIGHTS), cut.place(WEIGHTS) * [1, 1, 2], rtol=1e-9)


def test_on_the_way_from_valley_to_bowl_nothing_jumps(lesson: Lesson) -> None:
    found = []
    for time in np.linspace(0, 1, 481):  # in eight seconds
        window = CutWindow.around(lesson.standardizing.loss(float(time)), np.zeros(2))
        solid = Solid(window, 0.066)
        start = window.ground(np.zeros(2))
        found.append([*solid.extent, *start, *window.form.ravel(), *solid.outer.half_axes.clip(max=3)])
    assert np.abs(np.diff(found, axis=0)).max() < 0.04  # units of space, of some six across
