"""The data as pictures: to scale where it says so, every row in its place, every number where it stands."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from manim import ValueTracker

from bn_math import Dataset, Lesson
from scenes.kit.charts.lanes import Lanes, ValueAxis
from scenes.kit.charts.scatter import Scatter
from scenes.kit.lettering.typography import Text
from scenes.kit.script import numbers
from scenes.pieces.ledger import Ledger

NAMES = ("A", "B")


def scatter(data: Dataset, to_scale: bool = False) -> Scatter:
    return Scatter(data, NAMES, 10.0, 4.3, to_scale)


def number(text: Text) -> float:
    return float(text.markup.replace(numbers.MINUS, "-").replace(numbers.THIN_SPACE, ""))


def scaled(data: Dataset, factor: float) -> Dataset:
    return Dataset(data.features * factor, data.target)


def test_the_wider_feature_lies(lesson: Lesson) -> None:
    assert scatter(lesson.data).wide == 1
    turned = Dataset(lesson.data.features[:, ::-1], lesson.data.target)
    assert scatter(turned).wide == 0


def test_every_row_has_its_place(lesson: Lesson) -> None:
    for to_scale in (False, True):
        picture = scatter(lesson.data, to_scale)
        for (a, b), place in zip(lesson.data.features, picture.places(), strict=True):
            np.testing.assert_allclose(place, picture.at(b, a))


def test_to_scale_a_unit_of_one_feature_is_as_long_as_one_of_the_other(lesson: Lesson) -> None:
    picture = scatter(lesson.data, to_scale=True)
    origin = picture.at(5, 5)
    assert (picture.at(6, 5) - origin)[0] == pytest.approx((picture.at(5, 6) - origin)[1])
    across, up = (np.ptp([place[axis] for place in picture.places()]) for axis in (0, 1))
    assert across / up == pytest.approx(lesson.span_ratio)
    stretched = scatter(lesson.data)
    assert (stretched.at(6, 5) - stretched.at(5, 5))[0] < 0.2 * (stretched.at(5, 6) - stretched.at(5, 5))[1]


def test_a_span_line_is_as_long_as_the_feature_spans(lesson: Lesson) -> None:
    picture = scatter(lesson.data, to_scale=True)
    low, high = lesson.data.features.min(axis=0), lesson.data.features.max(axis=0)
    for feature, axis in ((0, 1), (1, 0)):
        line = picture.span_line(feature)[0]
        ends = [picture.place(feature, value[feature], 5.0)[axis] for value in (low, high)]
        np.testing.assert_allclose([line.get_start()[axis], line.get_end()[axis]], ends)


def test_squares_as_tall_as_the_strip_fill_it_from_end_to_end(lesson: Lesson) -> None:
    picture = scatter(lesson.data, to_scale=True)
    boxes = picture.squares("#FFFFFF")
    ratio = lesson.data.spans[1] / lesson.data.spans[0]
    assert len(boxes) == int(np.ceil(ratio))
    for box in boxes[:-1]:
        assert box.width == pytest.approx(box.height)
    assert sum(box.width for box in boxes) / boxes[0].height == pytest.approx(ratio)
    thin = Dataset(lesson.data.features * [0.1, 1.0], lesson.data.target)
    assert len(scatter(thin, to_scale=True).squares("#FFFFFF")) == 0  # no hatching


@pytest.mark.parametrize("factor", [1.0, 100.0, 0.01])
def test_every_number_of_the_scatter_stands_at_what_it_says(factor: float, lesson: Lesson) -> None:
    picture = scatter(scaled(lesson.data, factor))
    across = [text for text in picture.numbers if text.get_top()[1] < picture.axes.get_bottom()[1] + 0.05]
    up = [text for text in picture.numbers if text not in across]
    assert len(across) >= 3 and len(up) >= 3
    low = lesson.data.features.min(axis=0) * factor
    for text in across:
        assert text.get_x() == pytest.approx(picture.at(number(text), low[0])[0], abs=0.02)
    for text in up:
        assert text.get_y() == pytest.approx(picture.at(low[1], number(text))[1], abs=0.02)


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


def written(column: Any) -> list[float]:
    return [
        float(cell._written.replace(numbers.THIN_SPACE, "").replace(numbers.MINUS, "-"))
        for cell in column.cells
    ]


@pytest.mark.parametrize("direction", [0.0, 0.5, 1.0])
def test_the_ledger_works_out_the_loss_as_by_hand(direction: float, lesson: Lesson, by_hand: Any) -> None:
    clock = ValueTracker(direction)

    def weights(share: float) -> Any:
        return (1 - share) * np.array([1.0, 1.0]) + share * lesson.raw.loss.minimizer

    ledger = Ledger(lesson.raw.loss, clock, weights, 3, -1.9, (-1.0, 0.65, 2.35, 4.05, 6.4), 1.0, Text("J"))
    x, y, w = lesson.data.features[:3], lesson.data.target[:3], weights(direction)
    np.testing.assert_allclose(written(ledger.a), x[:, 0], atol=0.005)
    np.testing.assert_allclose(written(ledger.b), x[:, 1], atol=0.005)
    np.testing.assert_allclose(written(ledger.target), y, atol=0.005)
    np.testing.assert_allclose(
        written(ledger.predicted), [row[0] * w[0] + row[1] * w[1] for row in x], atol=0.005
    )
    np.testing.assert_allclose(written(ledger.squared), (x @ w - y) ** 2, atol=0.005)
    j = float(ledger.mean[1]._written.replace(numbers.THIN_SPACE, ""))
    assert j == pytest.approx(float(by_hand(lesson.raw)(w)), abs=0.005)
