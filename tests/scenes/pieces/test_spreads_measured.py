"""The spread, measured on the rows themselves: squares that level out to the spread's."""

from __future__ import annotations

import numpy as np
import pytest
from manim import ValueTracker

from bn_math import Lesson
from scenes.kit.lettering.places import SQUARE, WIDE, Box
from scenes.kit.script.words import Words
from scenes.pieces.rows.feature_plane import FeaturePlane
from scenes.pieces.rows.row_table import RowTable
from scenes.pieces.rows.spread_bars import SpreadBars
from scenes.pieces.rows.spread_count import SpreadCount
from scenes.pieces.rows.spread_squares import EVEN, OUT, SHUT, SpreadSquares

LESSON = Lesson.article()
PLANE = FeaturePlane(LESSON.data, WIDE.whole)


@pytest.mark.parametrize(("feature", "enlarged"), [(0, 7), (1, 1)])
def test_squares_stand_on_the_rows_ways_and_level_out_to_the_spread_s(feature: int, enlarged: int) -> None:
    stage = ValueTracker(0.0)
    squares = SpreadSquares(PLANE, feature, (-3.0, -2.8), stage, enlarged)
    own, unit = PLANE.places(1.0), PLANE.units(1.0)[0]
    ways = (LESSON.data.features[:, feature] - LESSON.data.means[feature]) * unit
    spread = unit * LESSON.data.features[:, feature].std()
    np.testing.assert_allclose(squares.places(), own)
    stage.set_value(OUT)
    np.testing.assert_allclose(squares.places()[:, squares.axis] - squares.base, enlarged * ways, atol=1e-9)
    grown = squares.squares()
    for axis, wanted in ((squares.axis, ways), (1 - squares.axis, ways)):
        lengths = np.ptp(grown[..., axis], axis=1)
        np.testing.assert_allclose(lengths, enlarged * np.abs(wanted[squares.drawn]), atol=1e-9)
    ends = squares.places()[squares.drawn, squares.axis, None]
    assert (np.abs(grown[..., squares.axis] - ends).min(axis=1) < 1e-9).all()
    stage.set_value(EVEN)
    level = squares.squares()
    np.testing.assert_allclose(level, np.broadcast_to(level[0], level.shape), atol=1e-9)
    np.testing.assert_allclose(np.ptp(level[0], axis=0), enlarged * spread)
    assert level[0][:, squares.axis].max() == pytest.approx(squares.end_when_even)
    stage.set_value(SHUT)
    np.testing.assert_allclose(squares.places(), own)
    bar = squares.squares()[0]
    assert squares.zoom == 1
    assert np.ptp(bar[:, squares.axis]) == pytest.approx(spread)
    assert set(bar[:, 1 - squares.axis].round(9)) == {-3.0, -2.8}


@pytest.mark.parametrize("feature", [0, 1])
def test_the_mean_of_the_squares_stays_what_it_is_while_they_level_out(feature: int) -> None:
    stage = ValueTracker(OUT)
    squares = SpreadSquares(PLANE, feature, (-3.0, -2.8), stage)
    wanted = (LESSON.data.features[:, feature].std() * PLANE.units(1.0)[0]) ** 2
    for now in np.linspace(OUT, EVEN, 7):
        stage.set_value(now)
        assert (squares.sides() ** 2).mean() == pytest.approx(wanted)


def test_what_is_thin_is_enlarged_and_no_square_is_higher_than_its_room() -> None:
    bars, height = SpreadBars(PLANE, 7.0), WIDE.whole.height
    far = np.abs(LESSON.data.features - LESSON.data.means).max(axis=0) * PLANE.units(1.0)[0]
    times = bars.enlarged(0, 0.5 * height, height)
    assert times > 1 and 2 * times * far[0] <= 0.5 * height < 2 * (times + 1) * far[0]
    assert bars.enlarged(1, 0.5 * height, height) == 1
    assert bars.enlarged(1, 1.0, 1.0) * far[1] == pytest.approx(1.0)


@pytest.mark.parametrize("whole", [WIDE.whole, SQUARE.whole], ids=["16 : 9", "1 : 1"])
def test_bars_stand_at_the_rows_own_scale_and_the_figure_beside_them(whole: Box) -> None:
    plane, box = FeaturePlane(LESSON.data, whole), whole.part(top=0.46)
    bars = SpreadBars(plane, float(LESSON.data.stds.max() * plane.units(1.0)[0]))
    count = SpreadCount(bars, Words("TwoScales", LESSON), box)
    count.ratio.set_value(LESSON.data.spread_ratio)
    count.count.update()
    shown = [*count.lying.values(), *count.names, *count.tiles, count.count, count.to_one]
    assert all(box.holds(it, slack=0.05) for it in shown)
    assert count.count.written == f"{LESSON.data.spread_ratio:.0f}"
    mean, one = LESSON.data.means, np.sqrt(LESSON.data.features.var(axis=0))
    large = count.lying[1]
    assert large.get_left()[0] == pytest.approx(plane.at(mean, 1.0)[0])
    assert large.get_right()[0] == pytest.approx(plane.at(mean + one, 1.0)[0])
    assert count.to_one.get_right()[0] < large.get_left()[0] < count.names[0].get_right()[0]


@pytest.mark.parametrize("box", [WIDE.whole.part(0.16, 0.84), SQUARE.whole], ids=["16 : 9", "1 : 1"])
def test_a_row_of_the_table_has_its_features_numbers(box: Box) -> None:
    table = RowTable(LESSON.data, Words("TwoScales", LESSON), box)
    assert [float(cell.written) for cell in table.first] == pytest.approx(LESSON.data.features[0], abs=0.005)
    assert all(box.holds(it, slack=0.05) for it in (*table.heads, *table.others, table.frame()))
