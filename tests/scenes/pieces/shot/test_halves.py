"""What is laid down to compare the halves is true on its whole way, and ends at the stage it is named for."""

from __future__ import annotations

import numpy as np
import pytest
from manim import WHITE, ValueTracker

from bn_math import Lesson
from scenes.kit.lettering.places import WIDE
from scenes.kit.surface.trough.window import CutWindow
from scenes.pieces.shot.halves import ways
from scenes.pieces.shot.level_line import LevelLine
from scenes.pieces.shot.lying_ellipse import LyingEllipse
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
    assert told["centered"](0.0) == pytest.approx(ends["raw"])
    assert told["scaled"](0.0) == pytest.approx(ends["raw"])
    assert told["standardized"](0.0) == pytest.approx(ends["centered"])
    assert told["raw"](0.0) == pytest.approx(ends["standardized"])


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_on_the_way_it_is_the_loss_of_rows_that_are_divided_by_a_power_of_their_spread(share: float) -> None:
    x = LESSON.data.features
    assert ways(LESSON)["scaled"](share) == pytest.approx(condition(x / x.std(axis=0) ** share))


def test_an_ellipse_is_as_long_as_its_aspect_says_and_all_are_as_wide() -> None:
    for aspect in (1.15, 23.8):
        shape = LyingEllipse(-6.0, 1.0, 0.4, lambda _, it=aspect: it, ValueTracker(0), WHITE)
        low, high = shape.outline().min(axis=0), shape.outline().max(axis=0)
        np.testing.assert_allclose(high - low, [0.4 * aspect, 0.4], rtol=1e-2)
        assert low[0] == pytest.approx(-6.0, abs=1e-3)


def test_the_line_through_the_start_has_the_start_s_loss() -> None:
    for stage in (LESSON.raw, LESSON.standardized):
        parked = Parked.in_place(stage.loss, stage.start, WIDE.picture)
        line = LevelLine(parked.trough, parked.start)
        losses = stage.loss.value(np.concatenate(line.lines))
        np.testing.assert_allclose(losses, stage.loss.value(parked.start), rtol=1e-6)


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
