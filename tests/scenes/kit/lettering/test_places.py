"""Places by name: each inside the frame, none over another, in both shapes of the frame."""

from __future__ import annotations

import itertools

import pytest
from manim import UL, Rectangle, Square, config, tempconfig

from scenes.kit.lettering import places, typography
from scenes.kit.lettering.places import SQUARE, WIDE, Box, Places

SHAPES = pytest.mark.parametrize("shape", [WIDE, SQUARE], ids=["16:9", "1:1"])


def overlap(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    upright = min(one.top, other.top) - max(one.bottom, other.bottom)
    return across > 1e-9 and upright > 1e-9


@SHAPES
def test_figures_picture_and_line_below_do_not_cover_each_other(shape: Places) -> None:
    assert not overlap(shape.side, shape.picture)
    assert not overlap(shape.first, shape.second)
    assert not overlap(shape.side, shape.title) and not overlap(shape.foot, shape.side)


@SHAPES
def test_what_is_read_lies_where_no_screen_hides_it(shape: Places) -> None:
    frame = shape.frame
    for box in (shape.whole, shape.title, shape.side, shape.foot, shape.first, shape.second):
        assert min(box.left - frame.left, frame.right - box.right) >= 0.05 * frame.width - 0.05
        assert min(box.bottom - frame.bottom, frame.top - box.top) >= 0.05 * frame.height - 1e-9
    assert frame.left <= shape.picture.left and shape.picture.right <= frame.right


def test_a_picture_takes_two_thirds_of_the_frame() -> None:
    picture, frame = WIDE.picture, WIDE.frame
    assert picture.width / frame.width == pytest.approx(2 / 3, abs=0.05)
    assert picture.height >= 0.9 * frame.height


def test_the_frame_in_force_says_which_places_there_are() -> None:
    assert places.current() is WIDE
    assert WIDE.frame.width == pytest.approx(config.frame_width)
    with tempconfig({"frame_width": 8.0, "frame_height": 8.0}):
        assert places.current() is SQUARE


def test_a_thing_is_put_at_shares_of_the_room_it_leaves() -> None:
    box, thing = Box(1, 5, -1, 2), Rectangle(width=2, height=1)
    assert box.put(thing, 0, 1).get_left()[0] == pytest.approx(1) and thing.get_top()[1] == pytest.approx(2)
    assert box.put(thing, 1, 0).get_right()[0] == pytest.approx(5)
    assert thing.get_bottom()[1] == pytest.approx(-1) and box.holds(thing)
    assert not box.holds(thing.shift([0.1, 0, 0]))


def test_part_of_a_box_is_given_by_shares() -> None:
    assert Box(0, 4, 0, 2).part(left=0.25, top=0.5) == Box(1, 4, 0, 1)


def test_things_stand_below_each_other_or_in_a_row_where_a_place_is_wide() -> None:
    for box, is_row in ((Box(0, 3, 0, 4), False), (Box(0, 6, 0, 1.5), True)):
        one, other = box.stack(Square(1), Square(1), gap=0.25)
        left, top = (abs(one.get_corner(UL) - other.get_corner(UL))[axis] < 1e-9 for axis in (0, 1))
        assert (left, top) == (not is_row, is_row)


@SHAPES
def test_a_heading_stands_in_its_place_with_and_without_a_letter_below_the_line(shape: Places) -> None:
    below, level = (shape.heading(typography.title(word)) for word in ("Eg", "Ea"))
    assert below[0].get_bottom()[1] == pytest.approx(level[0].get_bottom()[1], abs=0.005)
    assert shape.title.holds(level, slack=0.05)


@SHAPES
def test_pairs_of_places_are_alike(shape: Places) -> None:
    for one, other in itertools.pairwise([shape.first, shape.second]):
        assert (one.width, one.height) == (pytest.approx(other.width), pytest.approx(other.height, abs=0.2))
