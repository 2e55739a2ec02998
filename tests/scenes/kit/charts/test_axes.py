"""Charts: every mark stands where its number says."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.kit import theme
from scenes.kit.charts.axes import Chart, RealLine
from scenes.kit.lettering.typography import Text
from scenes.kit.script import numbers

BLUE = "#0000FF"


def number(text: Text) -> float:
    return float(text.markup.replace(numbers.MINUS, "-").replace(numbers.THIN_SPACE, ""))


def power(text: Text) -> float:
    return float(text.markup.removeprefix("10#super[").removesuffix("]").replace(numbers.MINUS, "-"))


@pytest.fixture
def chart() -> Chart:
    return Chart((-10, 200), (0, 12), 6.0, 3.0, [0, 50, 100, 150, 200], [0, 4, 8, 12], "B", "A")


def test_data_are_placed_in_proportion(chart: Chart) -> None:
    low, high = chart.at(-10, 0), chart.at(200, 12)
    np.testing.assert_allclose(high - low, [6.0, 3.0, 0.0], atol=1e-9)
    np.testing.assert_allclose(chart.at(95, 3), low + [3.0, 0.75, 0.0], atol=1e-9)


def test_a_moved_chart_takes_its_data_along(chart: Chart) -> None:
    before = chart.at(50, 6)
    chart.shift([1.0, -2.0, 0.0])
    np.testing.assert_allclose(chart.at(50, 6), before + [1.0, -2.0, 0.0], atol=1e-9)


def test_every_number_stands_at_its_tick(chart: Chart) -> None:
    across, up = chart.numbers[:5], chart.numbers[5:]
    for text in across:
        assert text.get_x() == pytest.approx(chart.at(number(text), 0)[0], abs=1e-3)
        assert text.get_top()[1] < chart.at(0, 0)[1]
    for text in up:
        assert text.get_y() == pytest.approx(chart.at(0, number(text))[1], abs=1e-3)
        assert text.get_right()[0] < chart.at(-10, 0)[0]
    assert [number(text) for text in (*across, *up)] == [0, 50, 100, 150, 200, 0, 4, 8, 12]


def test_a_logarithmic_axis_gives_every_decade_the_same_length() -> None:
    powers = [10.0**power for power in (0, -3, -6, -9, -12)]
    chart = Chart((0, 100), (-12, 0), 5.0, 4.0, [0, 100], powers, log=True)
    heights = [chart.at(0, value)[1] for value in powers]
    np.testing.assert_allclose(np.diff(heights), -1.0)
    for text, value in zip(chart.numbers[2:], powers, strict=True):
        assert power(text) == np.log10(value)
        assert text.get_y() == pytest.approx(chart.at(0, value)[1], abs=0.03)


def test_a_curve_goes_through_its_data(chart: Chart) -> None:
    xs, ys = np.array([0.0, 50.0, 120.0]), np.array([1.0, 9.0, 4.0])
    line = chart.curve(xs, ys, BLUE)
    np.testing.assert_allclose(
        [line.points[0], line.points[4], line.points[-1]],
        [chart.at(*item) for item in zip(xs, ys, strict=True)],
    )


def test_a_curve_ends_where_its_data_leave_the_chart(chart: Chart) -> None:
    line = chart.curve(np.array([0.0, 50.0, 100.0, 150.0]), np.array([1.0, 9.0, 30.0, 9.0]), BLUE)
    assert line.points[:, 1].max() <= chart.at(0, 12)[1] + 1e-6


def test_dots_stand_at_their_rows(chart: Chart) -> None:
    rows = np.array([[1.0, 2.0], [100.0, 11.0]])
    for dot, row in zip(chart.dots(rows, BLUE), rows, strict=True):
        np.testing.assert_allclose(dot.get_center(), chart.at(*row), atol=1e-9)


def test_a_number_line_places_values_and_names_its_ticks() -> None:
    line = RealLine((-3, 5), 8.0, [-2, 0, 2, 4], name="A").shift([0.5, 1.0, 0.0])
    np.testing.assert_allclose(line.at(5) - line.at(-3), [8.0, 0, 0], atol=1e-9)
    np.testing.assert_allclose(line.at(1, above=0.5) - line.at(1), [0, 0.5, 0], atol=1e-9)
    for text in line.numbers:
        assert text.get_top()[1] < line.at(0)[1]
        # A minus hangs out to the left of the digits it belongs to.
        assert text.get_x() == pytest.approx(line.at(number(text))[0], abs=1e-3)
    assert [number(text) for text in line.numbers] == [-2, 0, 2, 4]
    assert line.names[0].get_right()[0] < line.at(-3)[0]
    values = np.array([-1.0, 3.5])
    for dot, value in zip(line.dots(values, BLUE, above=0.2), values, strict=True):
        np.testing.assert_allclose(dot.get_center(), line.at(value, 0.2), atol=1e-9)


def test_axes_are_rules_and_numbers_are_muted(chart: Chart) -> None:
    palette = theme.current()
    assert chart.axes.x_axis.get_stroke_color() == palette.rule
    assert chart.numbers[0][0].get_fill_color() == palette.muted
