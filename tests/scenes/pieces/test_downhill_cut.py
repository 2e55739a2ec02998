"""A cut along the gradient is the loss itself, and a run on it is gradient descent."""

from __future__ import annotations

import numpy as np
import pytest
from manim import ValueTracker

from bn_math import Lesson
from scenes.kit.lettering.places import WIDE
from scenes.kit.surface.trough.framing import framed
from scenes.pieces.downhill.cut import CutView, DownhillCut
from scenes.pieces.downhill.drawn import CutRun
from scenes.pieces.trough.parked import window_of

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


@pytest.mark.parametrize(("share", "lands"), [(0.05, "lower"), (0.45, "lower"), (1.1, "higher")])
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
    run = CutRun(flat, cut.run(0.45, 2), ValueTracker(1 - 1e-9))
    wide = flat.at(run.run[:2])
    assert np.ptp(run.step[:, 0]) == pytest.approx(np.ptp(wide[:, 0]))
    assert run.step[1, 0] == pytest.approx(run.place[0])
