"""What the valley's scene shows is so: circles that bend as the loss does, what a step leaves, one rate."""

from __future__ import annotations

import numpy as np
import pytest
from manim import ValueTracker

from bn_math import Lesson
from scenes.kit import theme
from scenes.kit.lettering.places import SQUARE, WIDE
from scenes.kit.script.words import Words
from scenes.pieces.trough.bending_circle import BendingCircle
from scenes.pieces.trough.edge_names import edge_names
from scenes.pieces.trough.half_rate import HalfRate
from scenes.pieces.trough.minimum import named_minimum
from scenes.pieces.trough.parked import Parked
from scenes.pieces.trough.retreat import Retreat
from scenes.pieces.trough.small_circle import SmallCircle
from scenes.pieces.trough.two_ways import TwoWays

LESSON = Lesson.article()
RAW = LESSON.raw


@pytest.fixture
def parked() -> Parked:
    return Parked.in_place(RAW.loss, RAW.descent.points, WIDE.picture)


def circle(parked: Parked, axis: int, length: float) -> BendingCircle:
    return BendingCircle(parked.trough, axis, ValueTracker(length), parked.trough.view.get_color())


@pytest.mark.parametrize("axis", [0, 1])
def test_a_circle_touches_the_surface_and_bends_as_it_does(parked: Parked, axis: int) -> None:
    window, drawn = parked.trough.window, circle(parked, axis, 0.02)
    line = drawn.line()
    ground, height = line[:, :2], line[:, 2]
    np.testing.assert_allclose(height, window.lifted(ground)[:, 2], atol=1e-7)
    np.testing.assert_allclose(ground @ window.directions[1 - axis], 0, atol=1e-12)


def test_the_circle_along_is_as_many_times_as_large_as_the_condition_number_says(parked: Parked) -> None:
    along, across = circle(parked, 0, 1.0), circle(parked, 1, 1.0)
    assert along.radius / across.radius == pytest.approx(RAW.spectrum.condition_number)


def test_a_circle_closes_where_the_pen_is_long_enough(parked: Parked) -> None:
    across = circle(parked, 1, 1e9)
    ends = across.line()[[0, -1]]
    np.testing.assert_allclose(ends[0], ends[1], atol=1e-9)
    assert np.ptp(across.line()[:, 2]) == pytest.approx(2 * across.radius)


@pytest.mark.parametrize("box", [WIDE.picture, SQUARE.picture], ids=["16 : 9", "1 : 1"])
def test_the_viewer_retreats_until_all_of_the_circle_is_seen_and_comes_back(parked: Parked, box) -> None:
    view, along = parked.view, circle(parked, 0, 1.0)
    before = view.copy()
    retreat = Retreat(along, view, box)
    animation = retreat.go(1.0)
    animation.begin()
    animation.interpolate(1.0)
    flat = view.project(along.line())[:, :2]
    assert (flat.min(axis=0) >= [box.left, box.bottom]).all()
    assert (flat.max(axis=0) <= [box.right, box.top]).all()
    assert np.ptp(flat, axis=0).max() > 0.8 * min(box.width, box.height)
    back = retreat.back(before, 1.0)
    back.begin()
    back.interpolate(1.0)
    np.testing.assert_allclose(view.points, before.points, rtol=1e-12, atol=1e-12)


def test_one_step_at_half_the_rate_leaves_little_loss_and_most_of_the_way(parked: Parked) -> None:
    half = HalfRate(LESSON, parked.trough)
    x, y = LESSON.data.features, LESSON.data.target
    best = np.linalg.lstsq(x, y, rcond=None)[0]
    h = 2 / len(y) * x.T @ x
    after = best - h @ best / np.trace(h)  # of the way from w = 0
    assert half.loss_left[1] == pytest.approx((after @ h @ after) / (best @ h @ best), rel=1e-6)
    assert half.loss_left[1] < 1e-3 and half.loss_left[0] == 1
    tail, tip = half.way.ends
    np.testing.assert_allclose([tail, tip], [np.zeros(2), best], rtol=1e-9)


@pytest.mark.parametrize("box", [WIDE.side, SQUARE.side], ids=["16 : 9", "1 : 1"])
def test_its_bar_stays_in_its_place(parked: Parked, box) -> None:
    assert box.holds(HalfRate(LESSON, parked.trough).bar(Words("Valley", LESSON), box), slack=0.02)


def test_at_one_rate_a_step_goes_to_the_other_wall_or_hardly_anywhere(parked: Parked) -> None:
    colors = theme.current().feature_a, theme.current().feature_b
    two = TwoWays(parked.trough, RAW.spectrum.best_learning_rate, 3, colors)
    goal = RAW.loss.minimizer
    for run, factor in zip(two.runs, (1 - RAW.percent_along_by_a_step / 100, None), strict=True):
        stepped = run[0] - RAW.spectrum.best_learning_rate * RAW.loss.gradient(run[0])
        np.testing.assert_allclose(run[1], stepped, rtol=1e-6)
        left = (run[1] - goal) @ (run[0] - goal) / ((run[0] - goal) @ (run[0] - goal))
        assert left == pytest.approx(factor) if factor else left < -0.99
    two.clock.set_value(2)
    tail, tip = two.way.ends
    np.testing.assert_allclose(tail, two.runs[0][2])
    np.testing.assert_allclose(tip, goal)


def test_the_names_of_the_weights_are_never_cut_off(parked: Parked) -> None:
    before = parked.view.state
    names = edge_names(Words("Valley", LESSON), parked.trough, WIDE.whole, 7.0)
    assert parked.view.state == before
    assert all(WIDE.whole.holds(name) for name in names)


def test_the_minimum_is_named_below_its_dot(parked: Parked) -> None:
    spot, name = named_minimum(parked.trough, "minimum")
    place = parked.trough.lay(spot.weights)[0]
    assert name.get_top()[1] < place[1] and name.get_x() == pytest.approx(place[0])


def test_the_glass_with_the_small_circle_is_tied_to_where_the_shape_is(parked: Parked) -> None:
    glass = SmallCircle(parked.trough, np.array([-5.0, 0.5]), 1.2, parked.trough.view.get_color())
    place = parked.trough.lay(RAW.loss.minimizer)[0]
    for touched, end in glass.tangents(place):
        np.testing.assert_allclose(end, place)
        assert np.linalg.norm(touched - glass.middle) == pytest.approx(glass.radius)
        assert (touched - glass.middle) @ (place - touched) == pytest.approx(0, abs=1e-9)
