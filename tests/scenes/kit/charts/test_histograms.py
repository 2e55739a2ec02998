"""A histogram's areas are the shares it shows."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Transform

from scenes.kit.charts.histograms import Histogram
from scenes.kit.drawing.canvas import Array

EDGES = np.array([0.0, 1.0, 2.0, 4.0, 7.0, 10.0])
SHARES = np.array([0.1, 0.3, 0.2, 0.0, 0.25])


def standing(value: float, density: float) -> Array:
    return np.array([1.0 + 2.0 * value, -1.0 + 3.0 * density, 0.0])


def area(shape: Histogram) -> float:
    """Of the polygon of the shape's corners."""
    x, y = np.array(shape.get_anchors())[:, :2].T
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2


def test_a_histogram_s_areas_add_up_to_its_shares() -> None:
    assert area(Histogram(standing, SHARES, EDGES, "#0000FF")) == pytest.approx(2.0 * 3.0 * SHARES.sum())
    for one in range(len(SHARES)):
        alone = np.where(np.arange(len(SHARES)) == one, SHARES, 0.0)
        assert area(Histogram(standing, alone, EDGES, "#0000FF")) == pytest.approx(6.0 * SHARES[one])


def test_bins_stand_on_the_axis_between_their_edges() -> None:
    shape = Histogram(standing, SHARES, EDGES, "#0000FF")
    assert shape.get_bottom()[1] == pytest.approx(-1.0)
    assert (shape.get_left()[0], shape.get_right()[0]) == pytest.approx((1.0, 21.0))
    assert shape.get_top()[1] == pytest.approx(-1.0 + 3.0 * 0.3)


def test_empty_bins_at_the_ends_have_no_outline() -> None:
    shares = np.array([0.0, 0.3, 0.0, 0.2, 1e-9])
    shape = Histogram(standing, shares, EDGES, "#0000FF")
    assert (shape.get_left()[0], shape.get_right()[0]) == pytest.approx((3.0, 15.0))
    assert len(shape.points) == len(Histogram(standing, SHARES, EDGES, "#0000FF").points)
    nothing = Histogram(standing, np.zeros(5), EDGES, "#0000FF")
    assert nothing.height == pytest.approx(0.0)


def test_a_mirrored_one_has_the_same_to_both_sides() -> None:
    one, both = (Histogram(standing, SHARES, EDGES, "#0000FF", mirrored=item) for item in (False, True))
    assert area(both) == pytest.approx(2 * area(one))
    assert both.get_top()[1] - (-1.0) == pytest.approx(-1.0 - both.get_bottom()[1])


def test_one_turns_into_another_bar_by_bar() -> None:
    start, end = (Histogram(standing, shares, EDGES, "#0000FF") for shares in (SHARES, SHARES[::-1]))
    move = Transform(start, end)
    move.begin()
    move.interpolate_mobject(0.5)
    half = (SHARES + SHARES[::-1]) / 2
    expected = Histogram(standing, half, EDGES, "#0000FF")
    share = move.rate_func(0.5)
    assert share == pytest.approx(0.5)
    np.testing.assert_allclose(start.points, expected.points, atol=1e-9)
