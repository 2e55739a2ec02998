"""The loss of rows whose correlation changes: one height, one scale, at first another window."""

from __future__ import annotations

import numpy as np
import pytest

from bn_math import Lesson
from scenes.kit.surface.trough.window import HALF_WIDTH
from scenes.pieces.tilting.loss import TiltingLoss
from scenes.pieces.trough.parked import window_of

LESSON = Lesson.article()


def test_it_begins_in_the_window_of_the_other_scenes_and_comes_to_its_own() -> None:
    tilting, standardized = TiltingLoss(LESSON, 0.0, 0.99), LESSON.standardized
    before = window_of(standardized.loss, standardized.start)
    first = tilting.window(LESSON.correlation)
    np.testing.assert_allclose(first.form, before.form)
    assert (first.top, first.length) == pytest.approx((before.top, before.length))
    tilting.own.set_value(1)
    last = tilting.window(LESSON.correlation)
    np.testing.assert_allclose(last.loss.hessian, standardized.loss.hessian, rtol=1e-9)
    assert last.level == tilting.level


@pytest.mark.parametrize("r", [-0.13, 0.0, 0.6, 0.99])
def test_the_start_lies_below_the_rim_at_every_tilt(r: float) -> None:
    window = TiltingLoss(LESSON, 0.0, 0.99).own_window(r)
    assert window.place(np.asarray(LESSON.correlated(r).start))[2] < window.top


def test_the_round_bowl_has_the_usual_half_width() -> None:
    window = TiltingLoss(LESSON, 0.0, 0.99).own_window(0.0)
    assert np.sqrt(window.top / window.curvatures[1]) == pytest.approx(HALF_WIDTH)
