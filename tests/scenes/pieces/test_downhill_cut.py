"""A cut along the gradient is the loss itself, and a run on it is gradient descent."""

from __future__ import annotations

import numpy as np
import pytest
from manim import ValueTracker

from bn_math import Lesson
from scenes.kit.lettering.places import SQUARE, WIDE, Box
from scenes.kit.surface.trough.framing import framed
from scenes.pieces.downhill.cut import CutView, DownhillCut
from scenes.pieces.downhill.dial import Dial
from scenes.pieces.downhill.drawn import CutRun
from scenes.pieces.downhill.gradient import GradientArrow
from scenes.pieces.downhill.plane import CutPlane
from scenes.pieces.trough.parked import Parked, window_of

LESSON = Lesson.article()


@pytest.fixture(name="cut")
def _cut() -> DownhillCut:
    stage = LESSON.raw
    return DownhillCut(window_of(stage.loss, stage.start), stage.start_on_the_wall)


def test_a_step_is_the_learning_rate_times_the_slope(cut: DownhillCut) -> None:
    """That is, a step of gradient descent on the loss, at the rate that the share stands for."""
    loss, start = LESSON.raw.loss, np.array(LESSON.raw.start)
    slope = loss.gradient(start)
    rate = 2 * (slope @ slope) / (slope @ loss.hessian @ slope)  # the limit on this line
    landing = cut.window.weights(cut.ground(cut.run(0.3, 1)[-1:]))[0]
    np.testing.assert_allclose(landing, start - 0.3 * rate * slope, rtol=1e-6)


@pytest.mark.parametrize(("share", "lands"), [(0.05, "lower"), (0.45, "lower"), (1.16, "higher")])
def test_below_the_limit_it_lands_lower_and_above_it_higher(
    cut: DownhillCut, share: float, lands: str
) -> None:
    heights = cut.height(cut.run(share, 3))
    assert np.all(np.diff(heights) < 0) == (lands == "lower")
    assert np.all(np.diff(heights) > 0) == (lands == "higher")


def test_its_ends_are_on_the_rim_and_its_lowest_point_is_between(cut: DownhillCut) -> None:
    low, high = cut.ends
    np.testing.assert_allclose(cut.height(np.array([low, high])), cut.window.top)
    assert low < 0 < cut.lowest < high
    assert cut.slope(cut.lowest) == pytest.approx(0)


def test_unlifted_it_lies_on_the_surface_and_flat_it_fills_its_box(cut: DownhillCut) -> None:
    view = framed(cut.window, WIDE.picture)
    box = WIDE.whole
    lying = CutView(cut, view).look(box, 0.0).at(np.array([0.0]))[0]
    np.testing.assert_allclose(lying, view.project(cut.window.place(cut.start))[:2])
    flat = CutView(cut, view).look(box)
    ends = flat.at(np.array(cut.ends))
    assert box.left - 1e-9 <= ends[0, 0] < ends[1, 0] <= box.right + 1e-9
    assert box.bottom < flat.at(np.array([cut.lowest]))[0, 1] < ends[0, 1] <= box.top + 1e-9


def test_the_step_on_the_axis_is_as_long_as_the_ball_s_jump_is_wide(cut: DownhillCut) -> None:
    flat = CutView(cut, framed(cut.window, WIDE.picture)).look(WIDE.whole)
    run = CutRun(flat, ValueTracker(0.45), ValueTracker(1 - 1e-9), 2)
    wide = flat.at(run.run[:2])
    assert np.ptp(run.step[:, 0]) == pytest.approx(np.ptp(wide[:, 0]))
    assert run.step[1, 0] == pytest.approx(run.place[0])


def test_a_step_is_shown_before_it_is_made_as_long_as_the_rate_says(cut: DownhillCut) -> None:
    flat = CutView(cut, framed(cut.window, WIDE.picture)).look(WIDE.whole)
    rate = ValueTracker(0.45)
    run = CutRun(flat, rate, ValueTracker(0), 2)
    assert np.ptp(run.step[:, 0]) == 0
    aimed = np.ptp(run.aim(1.0).step[:, 0])
    assert aimed == pytest.approx(np.ptp(flat.at(cut.run(0.45, 1))[:, 0]))
    rate.set_value(0.9)
    assert np.ptp(run.step[:, 0]) == pytest.approx(2 * aimed)


def test_the_gradient_is_steepest_uphill_and_the_turned_arrow_is_downhill(cut: DownhillCut) -> None:
    parked = Parked(cut.window, framed(cut.window, WIDE.picture), cut.start)
    arrow, loss = GradientArrow(parked.trough, cut), LESSON.raw.loss
    tail, tip = arrow.ends
    slope = loss.gradient(tail)
    np.testing.assert_allclose((tip - tail) / np.linalg.norm(tip - tail), slope / np.linalg.norm(slope))
    lengths = []
    for aside in (-60.0, 0.0, 60.0):
        arrow.aside.set_value(aside)
        lengths.append(np.linalg.norm(arrow.ends[1] - tail) / np.linalg.norm(tip - tail))
    np.testing.assert_allclose(lengths, [0.5, 1.0, 0.5])  # as steep as the loss is that way
    arrow.aside.set_value(0.0)
    arrow.turned.set_value(1.0)
    np.testing.assert_allclose(arrow.ends, parked.downhill())


def test_the_plane_comes_down_until_it_stands_on_the_surface(cut: DownhillCut) -> None:
    view = framed(cut.window, WIDE.picture)
    plane = CutPlane(CutView(cut, view).look(WIDE.whole, 0.0), Parked(cut.window, view, cut.start).trough)
    (lower, upper), _ = plane.edges
    np.testing.assert_allclose(lower, upper)
    (lower, _), places = plane.lower(1.0).edges
    np.testing.assert_allclose(lower, cut.height(places), atol=1e-12)


@pytest.mark.parametrize("box", [WIDE.whole, SQUARE.whole], ids=["16 : 9", "1 : 1"])
def test_a_dial_s_knob_and_its_names_stand_where_the_rate_is(box: Box) -> None:
    rate = ValueTracker(0.5)
    dial = Dial(rate, 1.0, "learning rate", box.part(bottom=0.2, top=0.4))
    knob, line = dial.slider.knob, dial.slider.line
    assert knob.get_x() == pytest.approx(line.get_center()[0])
    name = dial.named(0.5, "good", "#FFFFFF")
    assert name.get_x() == pytest.approx(knob.get_x()) and name.get_top()[1] < knob.get_bottom()[1]
    assert all(box.holds(dial.named(at, "too large", "#FFFFFF")) for at in (0.0, 1.0))
