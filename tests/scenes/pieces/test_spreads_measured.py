"""The spread, measured on the rows themselves: ways from the mean that become as long as the spread."""

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
from scenes.pieces.rows.spread_fan import EVEN, NEAR, OUT, SHUT, SpreadFan

LESSON = Lesson.article()
PLANE = FeaturePlane(LESSON.data, WIDE.whole)


@pytest.mark.parametrize(("feature", "enlarged"), [(0, 7), (1, 1)])
def test_rows_keep_their_way_from_the_mean_and_then_all_have_the_spread_s(
    feature: int, enlarged: int
) -> None:
    stage = ValueTracker(0.0)
    fan = SpreadFan(PLANE, feature, WIDE.whole, (-3.0, -2.8), stage, enlarged)
    own, unit = PLANE.places(1.0), PLANE.units(1.0)[0]
    ways = (LESSON.data.features[:, feature] - LESSON.data.means[feature]) * unit
    np.testing.assert_allclose(fan.places(), own)
    for there, times in ((NEAR, enlarged), (OUT, enlarged)):
        stage.set_value(there)
        np.testing.assert_allclose(fan.places()[:, fan.axis] - fan.base, times * ways, atol=1e-9)
    across = fan.places()[:, 1 - fan.axis]
    if fan.lies:
        assert np.ptp(np.diff(np.sort(across))) < 1e-9 and WIDE.whole.height >= np.ptp(across)
    else:
        np.testing.assert_allclose(across, own[:, 0])
    stage.set_value(EVEN)
    far = fan.places()[:, fan.axis] - fan.base
    np.testing.assert_allclose(far, enlarged * unit * LESSON.data.features[:, feature].std())
    stage.set_value(SHUT)
    np.testing.assert_allclose(fan.places(), own)
    assert fan.zoom == 1


def test_what_is_thin_is_enlarged_until_it_fills_its_room_and_what_is_wide_is_not() -> None:
    bars = SpreadBars(PLANE, 7.0)
    times = bars.enlarged(0, WIDE.whole.height)
    far = np.abs(LESSON.data.features[:, 0] - LESSON.data.means[0]).max() * PLANE.units(1.0)[0]
    assert times > 1 and 2 * times * far <= WIDE.whole.height < 2 * (times + 1) * far
    assert bars.enlarged(1, WIDE.whole.width) == 1


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
