"""What is laid down to compare the halves is true on its whole way, and ends at the stage it is named for."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from manim import ValueTracker

from bn_math import Lesson
from scenes.kit.lettering.places import SQUARE, WIDE, Places
from scenes.kit.script.words import Words
from scenes.kit.surface.trough.window import CutWindow
from scenes.pieces.shot.halves import laid_out, ways
from scenes.pieces.shot.hop_glass import HopGlass
from scenes.pieces.shot.level_line import LevelLine
from scenes.pieces.trough.close_up import SEEN, CloseUp
from scenes.pieces.trough.parked import Parked

LESSON = Lesson.article()


def condition(features: np.ndarray) -> float:
    return float(np.linalg.cond(features))


def test_each_way_ends_at_its_stage_and_begins_where_it_came_out_of() -> None:
    told = ways(LESSON)
    ends = {name: aspect(1.0) for name, aspect in told.items()}
    stages = {stage.name: stage.spectrum.contour_aspect for stage in LESSON.stages}
    for name, end in ends.items():
        assert end == pytest.approx(stages[name], rel=1e-6), name
    assert told["raw"](0.0) == pytest.approx(ends["raw"])
    assert told["centered"](0.0) == pytest.approx(ends["raw"])
    assert told["scaled"](0.0) == pytest.approx(ends["raw"])
    assert told["standardized"](0.0) == pytest.approx(ends["scaled"])


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_on_the_way_it_is_the_loss_of_rows_that_are_divided_by_a_power_of_their_spread(share: float) -> None:
    x = LESSON.data.features
    assert ways(LESSON)["scaled"](share) == pytest.approx(condition(x / x.std(axis=0) ** share))


@pytest.mark.parametrize("places", [WIDE, SQUARE], ids=["wide", "square"])
def test_all_ellipses_are_as_long_and_as_wide_as_the_losses_are_and_stay_apart_and_in_their_place(
    places: Places,
) -> None:
    found = laid_out(LESSON, Words("Bowl", LESSON), places.whole)
    boxes = []
    for stage in LESSON.stages:
        ellipse, text = found[stage.name]
        ellipse.time.set_value(1.0)
        low, high = ellipse.outline().min(axis=0), ellipse.outline().max(axis=0)
        aspect = np.sqrt(np.linalg.cond(stage.loss.hessian))
        np.testing.assert_allclose(high - low, ellipse.length * np.array([1, 1 / aspect]), rtol=1e-2)
        assert float(text[0].update().written) == pytest.approx(stage.spectrum.condition_number, rel=5e-3)
        assert places.whole.holds(text)
        for corner in (low, high):
            assert places.frame.left < corner[0] < places.frame.right
            assert places.frame.bottom < corner[1] < places.frame.top
        boxes += [(low, high), (text.get_corner([-1, -1, 0])[:2], text.get_corner([1, 1, 0])[:2])]
    for one, other in combinations(boxes, 2):
        assert (np.maximum(one[0], other[0]) > np.minimum(one[1], other[1])).any()


def test_the_line_of_equal_loss_is_one_and_grows_from_a_needle_to_a_circle_of_much_the_same_length() -> None:
    lengths, widths = [], []
    for stage in (LESSON.raw, LESSON.standardized):
        parked = Parked.in_place(stage.loss, stage.start, WIDE.picture)
        line = np.concatenate(LevelLine(parked.trough).lines)
        losses = stage.loss.value(line) - stage.loss.minimum
        np.testing.assert_allclose(losses, losses[0], rtol=1e-6)
        flat, steep = parked.trough.window.directions
        ground = parked.trough.window.ground(line)
        lengths.append(np.ptp(ground @ flat))
        widths.append(np.ptp(ground @ steep))
        assert lengths[-1] / widths[-1] == pytest.approx(stage.spectrum.contour_aspect, rel=0.05)
    assert 0.5 < lengths[1] / lengths[0] < 1
    assert widths[0] > 0.1  # to be seen


def test_every_hop_under_the_glass_begins_at_the_same_distance_and_the_last_ends_at_home() -> None:
    stage = LESSON.standardized
    clock, zoom, run = ValueTracker(2), ValueTracker(2), stage.descent.points
    trough = Parked.in_place(stage.loss, run, WIDE.picture).trough
    glass = HopGlass(trough, run, clock, zoom, (-4.0, -1.0), 1.6, stage.tolerance)
    away = np.linalg.norm(np.asarray(run) - stage.loss.minimizer, axis=1)
    for hop in range(2, stage.steps):
        zoom.set_value(hop)
        assert away[hop] * glass.unit == pytest.approx(SEEN * 1.6)
        assert glass.enlarged == pytest.approx(away[0] / away[hop])
    assert away[-1] <= stage.tolerance * away[0]  # inside the white disc


def test_the_glass_shows_every_landing_inside_and_comes_ever_closer() -> None:
    stage = LESSON.standardized
    clock = ValueTracker(0)
    window = CutWindow.around(stage.loss, np.array(stage.start))
    glass = CloseUp(window, stage.descent.points, clock, (0.0, 0.0), 1.8, stage.tolerance / 10)
    enlarged = []
    for step, weights in enumerate(stage.descent.points):
        clock.set_value(step)
        away = np.linalg.norm(weights - stage.loss.minimizer) * glass.unit
        assert away <= SEEN * glass.radius * 1.0001
        enlarged.append(glass.enlarged)
    assert enlarged == sorted(enlarged)
    assert enlarged[0] == pytest.approx(1) and enlarged[-1] >= 1e5
