"""The window says which weights are shown, and how high a loss stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bn_math import Lesson
from bn_math.lesson.stage import Stage
from scenes.kit.surface.window import LossWindow

AROUND = np.linspace(0, 2 * np.pi, 20_001)
RING = np.stack([np.cos(AROUND), np.sin(AROUND)], axis=1)
ARTICLE = Lesson.article()
quick = settings(max_examples=40, deadline=None, derandomize=True)
coordinate = st.floats(-1e3, 1e3)


@quick
@given(coordinate, coordinate)
def test_weights_and_ground_undo_each_other(a: float, b: float) -> None:
    window = LossWindow.around(ARTICLE.raw.loss, np.zeros(2))
    np.testing.assert_allclose(
        window.weights(window.ground(np.array([a, b]))), [a, b], rtol=1e-12, atol=1e-12
    )
    np.testing.assert_allclose(
        window.ground(window.weights(np.array([a, b]))), [a, b], rtol=1e-12, atol=1e-12
    )


def test_the_minimizer_stands_at_the_origin(
    window: LossWindow, stage: Stage, by_hand: Callable[[Stage], Any]
) -> None:
    np.testing.assert_allclose(window.place(by_hand(stage).best), np.zeros(3), atol=1e-9)


def test_the_disc_reaches_as_far_in_every_direction(window: LossWindow, stage: Stage) -> None:
    rim = window.ground(stage.loss.minimizer + window.reach * RING)
    np.testing.assert_allclose(np.hypot(*rim.T), window.radius)
    np.testing.assert_allclose(rim / window.radius, RING, atol=1e-9)  # neither turned nor mirrored


def test_the_start_lies_where_it_was_asked_to(stage: Stage) -> None:
    for margin in (0.5, 0.86):
        window = LossWindow.around(stage.loss, np.array(stage.start), margin)
        assert np.hypot(*window.ground(np.array(stage.start))) == pytest.approx(margin * window.radius)


def test_heights_are_j_above_its_least_times_the_stated_factor(
    window: LossWindow, stage: Stage, by_hand: Callable[[Stage], Any]
) -> None:
    j = by_hand(stage)
    rng = np.random.default_rng(0)
    weights = j.best + window.reach * rng.uniform(-1, 1, (7, 30, 2))
    height = window.place(weights)[..., 2]
    assert height.shape == (7, 30)
    np.testing.assert_allclose(height, window.height_per_loss * (j(weights) - j.least), rtol=1e-9, atol=1e-9)


def test_the_highest_point_of_the_rim_stands_at_the_top(
    window: LossWindow, stage: Stage, by_hand: Callable[[Stage], Any]
) -> None:
    j = by_hand(stage)
    largest = j(j.best + window.reach * RING).max()
    assert window.height_per_loss * (largest - j.least) == pytest.approx(window.top, rel=1e-6)


def test_slopes_are_what_finite_differences_of_j_say(
    window: LossWindow, stage: Stage, by_hand: Callable[[Stage], Any]
) -> None:
    j, h = by_hand(stage), 1e-3
    ground = np.random.default_rng(1).uniform(-1.5, 1.5, (50, 2))

    def height(ground: Any) -> Any:
        return window.height_per_loss * j(j.best + ground * (window.reach / window.radius))

    differences = [(height(ground + h * axis) - height(ground - h * axis)) / (2 * h) for axis in np.eye(2)]
    np.testing.assert_allclose(
        window.slope(window.weights(ground)), np.stack(differences, -1), rtol=1e-6, atol=1e-6
    )
