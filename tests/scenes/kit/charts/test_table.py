"""Tables: numbers aligned on the decimal point, in a style that suits their column."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.kit.charts.table import PITCH, NumberColumn, cell, decimals, ellipsis_below
from scenes.kit.lettering.typography import Text, em


@pytest.mark.parametrize(
    "values, spec",
    [
        ([1.0, 9.9], ".2f"),
        ([5.0, 198.0], ".2f"),
        ([0.0, 5000.0], ".0f"),
        ([0.1, 0.9], ".3f"),
        ([0.0012, 0.0091], ".5f"),
        ([0.0, 1e-9], ".6f"),
        ([3.0, 3.0], ".2f"),
    ],
)
def test_a_column_gets_the_decimals_that_its_span_needs(values: list[float], spec: str) -> None:
    assert decimals(np.array(values)) == spec


def test_a_column_is_aligned_on_the_decimal_point_row_by_row() -> None:
    values = [7.97, 181.81, 53.91, 12345.67]
    column = NumberColumn(Text("B", 40), [cell(value, ".2f", 40) for value in values], right=3.0, top=1.0)
    points = []
    for row, item in enumerate(column.cells, start=1):
        np.testing.assert_allclose(item.corner, [3.0, 1.0 - row * PITCH, 0.0], atol=1e-9)
        seen = [slot for slot in item._slots if len(slot.points) > 1]
        points.append(seen[-3].get_x())  # the point before two decimals
        assert seen[-1].get_right()[0] <= 3.0 + 1e-9
    np.testing.assert_allclose(points, points[0], atol=1e-9)
    assert column.head.get_right()[0] == pytest.approx(3.0)
    assert column.head.get_bottom()[1] == pytest.approx(1.0, abs=0.03 * em(40))


def test_an_ellipsis_stands_where_it_is_asked() -> None:
    column = NumberColumn(Text("A", 40), [cell(1.0, ".2f", 40)], right=2.0, top=1.0)
    dots = ellipsis_below(column, 0.5)
    assert len(dots) == 3 and dots.get_top()[1] < column.get_bottom()[1]
    np.testing.assert_allclose([dot.get_x() for dot in dots], column.get_right()[0] - 0.5)
