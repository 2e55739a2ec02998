"""A cut through the surface lies on it, in the direction it was given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from manim import WHITE

from bn_math.lesson.stage import Stage
from scenes.kit.surface.cut import Cut
from scenes.kit.surface.loss_surface import LossSurface
from scenes.kit.surface.window import LossWindow


@pytest.mark.parametrize("direction", [(1.0, 0.0), (3.0, -4.0)])
def test_a_cut_goes_through_the_minimum_on_the_surface(
    direction: tuple[float, float],
    surface: LossSurface,
    window: LossWindow,
    stage: Stage,
    by_hand: Callable[[Stage], Any],
) -> None:
    points = Cut(surface, window, np.array(direction), WHITE).points
    away = points[:, :2]
    np.testing.assert_allclose(away @ [-direction[1], direction[0]], 0, atol=1e-9)
    assert np.hypot(*away[0]) == pytest.approx(np.hypot(*away[-1])) == pytest.approx(window.radius, rel=0.01)
    height = window.height_per_loss * by_hand(stage).above(window.weights(away))
    np.testing.assert_allclose(points[:, 2] - height, 0.012, atol=1e-6)  # a hair above, not to flicker


def test_along_an_eigenvector_the_cut_is_the_parabola_of_its_curvature(
    surface: LossSurface, window: LossWindow, stage: Stage
) -> None:
    x = stage.data.features
    values, vectors = np.linalg.eigh(2 * x.T @ x / len(x))
    for value, vector in zip(values, vectors.T, strict=True):
        points = Cut(surface, window, vector, WHITE).points
        distance = np.hypot(*points[:, :2].T) * window.reach / window.radius
        expected = window.height_per_loss * 0.5 * value * distance**2
        np.testing.assert_allclose(points[:, 2] - 0.012, expected, rtol=1e-6, atol=1e-8)


def test_a_cut_grows_from_the_minimum_outwards(
    surface: LossSurface, window: LossWindow, recorder: Callable[[], Any]
) -> None:
    surface.view.look(zenith=0, perspective=0, azimuth=-90)
    cut = Cut(surface, window, np.array([1.0, 0.0]), WHITE)
    reach = []
    for part in (0.0, 0.25, 0.5, 1.0):
        canvas = recorder()
        cut.show(part).paint(canvas)
        drawn = np.concatenate(
            [line for stroke in canvas.strokes for line in stroke.lines] or [np.zeros((1, 2))]
        )
        assert drawn[:, 0].mean() == pytest.approx(0, abs=1e-9)
        reach.append(np.ptp(drawn[:, 0]) / 2 / window.radius)
    np.testing.assert_allclose(reach, [0, 0.25, 0.5, 1.0], atol=0.02)
    assert cut.end == pytest.approx(surface.view.project(cut.points[-1]))
