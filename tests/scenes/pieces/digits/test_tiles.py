"""Tiles stand where they are said to, and are lit and shown each for itself."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Transform

from scenes.kit import theme
from scenes.kit.lettering.places import Box
from scenes.pieces.digits.retreat import Retreat
from scenes.pieces.digits.tiles import Tiles, pictures

BOX = Box(-3.0, 3.0, -2.0, 2.0)


def tiles(count: int = 5, columns: int = 3) -> Tiles:
    images = np.linspace(0, 1, count * 16).reshape(count, 4, 4)
    return Tiles(images, columns, BOX, theme.current().valley)


@pytest.mark.parametrize("pixels", [64, 2, 12, 7])
def test_whatever_the_rows_are_they_become_squares(pixels: int) -> None:
    images = np.random.default_rng(0).random((3, pixels))
    found = pictures(images)
    assert found.shape[1] == found.shape[2] >= 8 or pixels > 64
    assert {*found[0].ravel()} == {*images[0]}
    if pixels == 64:
        np.testing.assert_array_equal(found.reshape(3, 64), images)


def test_they_fill_the_box_and_none_lies_over_another() -> None:
    shown = tiles()
    boxes = [shown.tile(index) for index in range(5)]
    assert shown.whole.width == pytest.approx(BOX.width) and shown.whole.height <= BOX.height
    assert all(a.right < b.left or a.bottom > b.top for i, a in enumerate(boxes) for b in boxes[i + 1 :])
    assert boxes[0].width == pytest.approx(4 * shown.side) == pytest.approx(boxes[4].height)


def test_what_is_not_there_and_the_gaps_are_left_out() -> None:
    raster = tiles().show(np.array([1.0, 1, 0, 1, 1])).raster()
    assert raster.shape == (9, 14, 4)
    opaque = raster[..., 3]
    assert opaque[0, 0] == 1 and opaque[0, 4] == 0 and opaque[4].max() == 0
    assert opaque[:4, 10:].max() == 0 and opaque[5:, 10:].max() == 0  # hidden, and beyond the last


def test_a_tile_that_is_lit_has_the_color_and_another_has_not() -> None:
    shown = tiles(2, 2).light(np.array([0.0, 1.0]))
    shown.images = np.ones_like(shown.images)
    raster, color = shown.raster(), np.array(shown.color.to_rgb())
    np.testing.assert_allclose(raster[0, 5, :3], color)
    assert np.abs(raster[0, 0, :3] - color).max() > 0.2


def test_half_way_between_two_they_are_half_lit() -> None:
    dark, bright = tiles(), tiles().light(np.ones(5))
    change = Transform(dark, bright)
    change.begin()
    change.interpolate(0.5)
    np.testing.assert_allclose(dark.lit, 0.5)


def test_the_viewer_backs_off_from_a_part_that_fills_a_place_to_where_all_stands() -> None:
    shown, near = tiles(), Box(-4.0, 4.0, -4.0, 4.0)
    home, part = shown.points.copy(), shown.tile(3)
    way = Retreat([shown], part, near).at_once()
    first = shown.tile(3)
    assert (first.left, first.right, first.bottom, first.top) == pytest.approx((-4, 4, -4, 4))
    sizes = []
    for alpha in np.linspace(0, 1, 5):
        way.rate_func = lambda t: t
        way.interpolate_mobject(alpha)
        sizes.append(shown.tile(3).width)
    ratios = np.array(sizes[1:]) / sizes[:-1]
    np.testing.assert_allclose(ratios, ratios[0])
    np.testing.assert_allclose(shown.points, home)
