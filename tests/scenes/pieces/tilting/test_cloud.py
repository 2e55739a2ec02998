"""Rows tilt as their correlation says and stay in their square; what the rulers measure does not change."""

from __future__ import annotations

import numpy as np
import pytest
from manim import ValueTracker

from bn_math import Lesson
from scenes.kit.lettering import places
from scenes.pieces.tilting.cloud import TiltingCloud

LESSON = Lesson.article()


@pytest.mark.parametrize("r", [-0.137, 0.0, 0.5, 0.99])
def test_rows_stand_where_the_correlation_puts_them(r: float) -> None:
    tracker = ValueTracker(0.0)
    cloud = TiltingCloud(LESSON, tracker, places.WIDE.side)
    dots = cloud.dots()
    tracker.set_value(r)
    dots.update(0)
    others, first = dots
    here = np.array([first.place, *(dot.get_center() for dot in others)])[:, :2]
    assert np.corrcoef(here.T)[0, 1] == pytest.approx(r, abs=1e-6)
    np.testing.assert_allclose(here.std(axis=0), cloud.unit, rtol=1e-6)
    square = cloud.frame()[0]
    assert (np.abs(here - square.get_center()[:2]) < square.width / 2).all()


def test_rulers_are_a_spread_to_both_sides_of_the_mean_and_keep_within_the_place() -> None:
    cloud = TiltingCloud(LESSON, ValueTracker(0.0), places.WIDE.side)
    across, up = (cloud.rulers()[feature] for feature in cloud.order)
    assert across.width == pytest.approx(2 * cloud.unit, rel=0.1)
    assert up.height == pytest.approx(2 * cloud.unit, rel=0.1)
    assert across.get_x() == pytest.approx(cloud.middle[0]) and up.get_y() == pytest.approx(cloud.middle[1])
    assert up.get_left()[0] >= places.WIDE.side.left - 0.15


def test_the_feature_that_spans_more_lies_as_in_the_plane_of_the_rows() -> None:
    cloud = TiltingCloud(LESSON, ValueTracker(0.0), places.WIDE.side)
    assert LESSON.data.spans.argmax() == 1
    np.testing.assert_allclose(cloud.at(np.array([1.0, 0.0])) - cloud.middle, [0, cloud.unit, 0], atol=1e-12)
    np.testing.assert_allclose(cloud.at(np.array([0.0, 1.0])) - cloud.middle, [cloud.unit, 0, 0], atol=1e-12)
