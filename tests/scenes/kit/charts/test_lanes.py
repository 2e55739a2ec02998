"""Lanes of rows, and the axis below them: every number where it stands."""

from __future__ import annotations

import numpy as np
import pytest

from bn_math import Lesson
from scenes.kit.charts.lanes import Lanes, ValueAxis
from scenes.kit.lettering.typography import Text
from scenes.kit.script import numbers


def number(text: Text) -> float:
    return float(text.markup.replace(numbers.MINUS, "-").replace(numbers.THIN_SPACE, ""))


@pytest.fixture
def lanes() -> Lanes:
    return Lanes(10, -1.0, 6.0, 2.75, -3.25, "batch")


def test_lanes_lie_evenly_from_top_to_bottom_and_are_numbered_from_one(lanes: Lanes) -> None:
    heights = [lanes.height(lane) for lane in range(10)]
    np.testing.assert_allclose(np.diff(heights), -0.6)
    assert heights[0] == pytest.approx(2.45) and heights[-1] == pytest.approx(-2.95)
    assert [number(text) for text in lanes.numbers] == list(range(1, 11))
    for text, height in zip(lanes.numbers, heights, strict=True):
        assert text.get_y() == pytest.approx(height, abs=1e-6) and text.get_right()[0] < lanes.left


def test_where_lanes_are_narrow_numbers_are_left_out_and_none_overlap() -> None:
    many = Lanes(50, -1.0, 6.0, 2.75, -3.25, "batch")
    assert 5 < len(many.numbers) < 50
    for above, below in zip(many.numbers, many.numbers[1:], strict=False):
        assert above.get_bottom()[1] > below.get_top()[1]
    for text in many.numbers:
        assert text.get_y() == pytest.approx(many.height(int(number(text)) - 1), abs=1e-6)


def test_seats_lie_in_their_lane_side_by_side_and_have_room(lanes: Lanes) -> None:
    seats = np.array([lanes.seat(3, place, 10) for place in range(10)])
    np.testing.assert_allclose(seats[:, 1], lanes.height(3))
    np.testing.assert_allclose(np.diff(seats[:, 0]), 0.7)
    assert seats[0, 0] > lanes.left and seats[-1, 0] < lanes.right
    for count in (5, 10, 50, 100):
        assert lanes.seat_size(count) < (lanes.right - lanes.left) / count
        assert lanes.seat_size(count) < lanes.pitch


@pytest.mark.parametrize("factor", [1.0, 100.0, 0.01])
def test_every_number_of_the_value_axis_stands_at_what_it_says(
    factor: float, lanes: Lanes, lesson: Lesson
) -> None:
    axis = ValueAxis(lesson.data.features[:, 0] * factor, lanes, -2.5, "A")
    assert len(axis.numbers) >= 3
    for text in axis.numbers:
        assert text.get_x() == pytest.approx(axis.at(number(text))[0], abs=0.02)


def test_the_value_axis_lies_below_the_lanes_and_spans_all_values(lanes: Lanes, lesson: Lesson) -> None:
    values = lesson.data.features[:, 0]
    axis = ValueAxis(values, lanes, -2.5, "A")
    assert lanes.left < axis.at(values.min())[0] < axis.at(values.max())[0] < lanes.right
    assert axis.at(values.min())[1] == pytest.approx(-2.5)
    np.testing.assert_allclose(axis.point(5.0, 1.0), [axis.at(5.0)[0], 1.0, 0.0])


def test_a_mark_in_a_lane_is_one_standard_deviation_to_each_side(lanes: Lanes, lesson: Lesson) -> None:
    axis = ValueAxis(lesson.data.features[:, 0], lanes, -2.5, "A")
    bar, tick = axis.mark(5.0, 2.0, lane=4)
    np.testing.assert_allclose([bar.get_start()[0], bar.get_end()[0]], [axis.at(3.0)[0], axis.at(7.0)[0]])
    assert tick.get_x() == pytest.approx(axis.at(5.0)[0])
    assert bar.get_y() == tick.get_y() == pytest.approx(lanes.height(4))
    area, middle, _ = axis.band(5.0, 2.0, "mean")
    np.testing.assert_allclose([area.get_left()[0], area.get_right()[0]], [axis.at(3.0)[0], axis.at(7.0)[0]])
    assert middle.get_x() == pytest.approx(axis.at(5.0)[0])
