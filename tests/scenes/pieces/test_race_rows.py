"""However many optimizers there are, their rows lie between the headings and the axis."""

from __future__ import annotations

import pytest

from scenes.pieces.race_rows import FIRST, LAST, PITCH, Rows


def test_six_rows_and_fewer_lie_a_pitch_apart() -> None:
    for count in range(1, 7):
        assert [Rows(count).height(row) for row in range(count)] == [FIRST - PITCH * r for r in range(count)]


@pytest.mark.parametrize("count", [7, 8, 12])
def test_more_rows_are_nearer_to_each_other_and_the_last_does_not_land_on_the_axis(count: int) -> None:
    heights = [Rows(count).height(row) for row in range(count)]
    assert heights[0] == FIRST and heights[-1] == pytest.approx(LAST)
    assert {round(one - other, 9) for one, other in zip(heights, heights[1:], strict=False)} == {
        round((FIRST - LAST) / (count - 1), 9)
    }


def test_what_stands_above_the_rows_stays_where_it_is() -> None:
    assert Rows(12).height(-0.5) == Rows(6).height(-0.5) == FIRST + PITCH / 2


def test_a_bracket_reaches_from_its_first_row_to_its_last() -> None:
    (group,) = Rows(7).bracketed(-4.0, [("set by theory", 0, 2)])
    words, bracket = group
    assert bracket.get_top()[1] == pytest.approx(FIRST + 0.18)
    assert bracket.get_bottom()[1] == pytest.approx(Rows(7).height(2) - 0.18)
    assert words.get_right()[0] < bracket.get_left()[0] == -4.0
