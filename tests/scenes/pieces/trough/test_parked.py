"""A parked ball stands at its start, and its arrows point downhill."""

from __future__ import annotations

import numpy as np
import pytest

from bn_math import Lesson
from scenes.kit.lettering.places import WIDE
from scenes.pieces.trough.parked import LENGTH, Parked

LESSON = Lesson.article()


@pytest.mark.parametrize("stage", [LESSON.raw, LESSON.standardized], ids=["raw", "standardized"])
def test_the_ball_is_at_the_start_and_the_arrow_points_against_the_slope(stage) -> None:
    parked = Parked.in_place(stage.loss, stage.descent.points, WIDE.picture)
    np.testing.assert_allclose(parked.ball.weights, stage.start)
    tail, tip = parked.downhill()
    np.testing.assert_allclose(tail, stage.start)
    slope = stage.loss.gradient(np.array(stage.start))
    cosine = (tip - tail) @ -slope / (np.linalg.norm(tip - tail) * np.linalg.norm(slope))
    assert cosine == pytest.approx(1)
    assert np.linalg.norm(tip - tail) * parked.trough.window.scale == pytest.approx(LENGTH)


def test_it_is_the_same_picture_whoever_asks() -> None:
    stage = LESSON.raw
    run = stage.descent.points
    one, other = (Parked.in_place(stage.loss, points, WIDE.picture) for points in (run, run[:1]))
    assert one.view.state == other.view.state
    np.testing.assert_array_equal(one.ball.middle, other.ball.middle)
