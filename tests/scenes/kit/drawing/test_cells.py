"""A raster of cells: each in its color, at its place, with sharp edges, on a frame and in a file."""

from __future__ import annotations

import cairo
import numpy as np
import pytest

from scenes.kit.drawing.canvas import Array, Canvas
from scenes.kit.drawing.cells import draw_cells
from scenes.kit.drawing.page_canvas import PageCanvas, in_units

COLORS = np.array([[[1, 0, 0, 1], [0, 1, 0, 1]], [[0, 0, 1, 1], [1, 1, 1, 0]]], dtype=float)
SIDE = 80  # pixels, for 8 units


def drawn(colors: Array, left: float, bottom: float, width: float, alpha: float = 1.0) -> Array:
    """Red, green, blue and opacity of an image whose middle is the origin."""
    surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, SIDE, SIDE)
    context = cairo.Context(surface)
    with in_units(context, SIDE, SIDE, 8):
        draw_cells(Canvas(context, swapped=False), colors, left, bottom, width, alpha)
    surface.flush()
    pixels = np.frombuffer(surface.get_data(), np.uint8).reshape(SIDE, SIDE, 4)
    return pixels[..., [2, 1, 0, 3]] / 255


def test_the_first_row_is_above_and_what_has_no_opacity_is_left_out() -> None:
    picture = drawn(COLORS, -4, -4, 8)
    for (row, column), color in zip(np.ndindex(2, 2), COLORS.reshape(-1, 4), strict=True):
        middle = picture[20 + 40 * row, 20 + 40 * column]
        np.testing.assert_allclose(middle, color if color[3] else 0, atol=0.01)


def test_edges_are_sharp() -> None:
    red = drawn(COLORS, -4, -4, 8)[20, 36:44, 0]
    np.testing.assert_allclose(red[[0, 1, 2, 5, 6, 7]], [1, 1, 1, 0, 0, 0], atol=0.02)


def test_it_is_as_opaque_as_wanted_and_beyond_the_frame_nothing_is_drawn() -> None:
    assert drawn(COLORS, -4, -4, 8, 0.5)[20, 20, 3] == pytest.approx(0.5, abs=0.01)
    assert drawn(COLORS, 5, -4, 8).max() == drawn(COLORS, -4, -4, 8, 0.0).max() == 0


def test_a_file_holds_it_as_one_image() -> None:
    with cairo.RecordingSurface(cairo.CONTENT_COLOR_ALPHA, None) as surface:
        context = cairo.Context(surface)
        with in_units(context, SIDE, SIDE, 8):
            draw_cells(PageCanvas(context), COLORS, -1, -1, 2)
        assert surface.ink_extents() == pytest.approx((30, 30, 20, 20), abs=1.5)
