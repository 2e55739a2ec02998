"""Empty bands: closed up where they are broad, and what lies beyond keeps its own shape."""

from __future__ import annotations

import pytest

from scenes.kit.lettering.places import Box
from scenes.kit.print.bands import Closing, Moves, moved_box

BOXES = [Box(0, 2, 0, 1), Box(0, 1, 5, 6), Box(1, 2, 5.5, 7), Box(6, 7, 0.5, 6.5)]


def test_a_band_is_closed_to_what_is_kept_of_it() -> None:
    closing = Closing.of([(0, 1), (5, 6), (5.5, 7), (7.2, 8)], least=1.0, kept=0.5)
    assert closing.bands == ((1, 5),)
    assert [closing.shift(start) for start in (0, 5, 5.5, 7.2)] == [0, -3.5, -3.5, -3.5]


def test_what_reaches_over_a_band_keeps_it_open() -> None:
    assert Closing.of([(0, 1), (5, 6), (0.5, 5.5)], 1.0, 0.5).bands == ()
    assert Closing.of([], 1.0, 0.5).bands == ()


def test_boxes_move_by_both_axes_and_come_no_nearer_than_what_is_kept() -> None:
    moves = Moves.of(BOXES, least=2.0, kept=0.5)
    moved = [moved_box(box, moves.of_box(box)) for box in BOXES]
    assert moved[0] == BOXES[0]
    assert (
        moved[3].left == pytest.approx(2.5) and moved[3].bottom == 0.5
    )  # across only: it fills the other band
    for before, after in zip(BOXES, moved, strict=True):
        assert (before.width, before.height) == pytest.approx((after.width, after.height))
