"""A ruler zooms in on 0, and its marks stand where the values stand."""

from __future__ import annotations

import numpy as np
import pytest
from manim import ValueTracker

from scenes.pieces.ruler import Ruler

ENDS, HEIGHT, SPAN, REACH = (-2.0, 6.0), -1.0, (-80.0, 120.0), 3.5


@pytest.fixture
def zoom() -> ValueTracker:
    return ValueTracker(0.0)


@pytest.fixture
def ruler(zoom: ValueTracker) -> Ruler:
    return Ruler(zoom, ENDS, HEIGHT, SPAN, REACH, "in units of its own")


def test_it_shows_the_span_at_first_and_the_reach_in_the_end(zoom: ValueTracker, ruler: Ruler) -> None:
    np.testing.assert_allclose([ruler.at(value) for value in SPAN], [[x, HEIGHT, 0.0] for x in ENDS])
    zoom.set_value(1.0)
    np.testing.assert_allclose([ruler.x(side * REACH) for side in (-1, 0, 1)], [-2.0, 2.0, 6.0])


@pytest.mark.parametrize("share", [0.0, 0.2, 0.6, 1.0])
def test_it_is_linear_at_every_moment_and_the_marks_that_are_seen_stand_at_their_values(
    zoom: ValueTracker, ruler: Ruler, share: float
) -> None:
    zoom.set_value(share)
    ruler.update()
    assert ruler.x(1.0) - ruler.x(0.0) == pytest.approx(ruler.x(3.0) - ruler.x(2.0))
    assert ruler.zero.get_x() == pytest.approx(ruler.x(0.0))
    for marks, ticks in ((ruler.far, (-50, 50, 100)), (ruler.near, (-3, -2, -1, 1, 2, 3))):
        for mark, tick in zip(marks, ticks, strict=True):
            left, right = ENDS
            if left <= ruler.x(tick) <= right:
                assert mark.get_x() == pytest.approx(ruler.x(tick))
            elif not left - 0.2 < ruler.x(tick) < right + 0.2:
                assert mark[1].get_fill_opacity() == 0


def test_only_one_set_of_numbers_is_seen_at_a_time(zoom: ValueTracker, ruler: Ruler) -> None:
    for share in np.linspace(0.0, 1.0, 21):
        zoom.set_value(share)
        ruler.update()
        far, near = (max(mark[1].get_fill_opacity() for mark in marks) for marks in (ruler.far, ruler.near))
        assert far == 0 or near == 0
        assert ruler.unit.get_fill_opacity() == pytest.approx(near)
    assert (far, near) == (0.0, 1.0)
