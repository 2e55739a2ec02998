"""Lines of a page: within bounds, edges seen at both sides, areas left alone."""

from __future__ import annotations

import pytest

from scenes.kit.drawing.line_widths import LineWidths

WIDTHS = LineWidths(least=0.5, most=1.0, area=4.0)


@pytest.mark.parametrize(("film", "page"), [(0.1, 0.5), (0.7, 0.7), (3.0, 1.0), (5.0, 5.0)])
def test_a_line_is_within_bounds_and_an_area_as_it_is(film: float, page: float) -> None:
    assert WIDTHS.of(film) == page


@pytest.mark.parametrize(("ground", "line"), [(2.0, 0.7), (3.9, 3.0), (0.4, 0.1)])
def test_of_a_ground_half_a_point_is_seen_at_each_side_of_its_line(ground: float, line: float) -> None:
    assert WIDTHS.of(ground, line) == pytest.approx(WIDTHS.of(line) + 2 * 0.5)
