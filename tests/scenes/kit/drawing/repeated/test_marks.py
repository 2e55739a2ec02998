"""Discs, lights and lines drawn in the short way are those that are drawn one by one."""

from __future__ import annotations

from collections.abc import Callable

import cairo
import numpy as np
import pytest
from manim import ManimColor

from scenes.kit.drawing.canvas import PIXEL, Array, Canvas
from scenes.kit.drawing.page_canvas import PageCanvas, in_units
from scenes.kit.drawing.repeated.discs import Edge, draw_discs
from scenes.kit.drawing.repeated.halos import draw_halos
from scenes.kit.drawing.repeated.lines import joined, stroke_apart

SIZE, UNITS = 540, 4.0  # pixels and units: a pixel is as large as in the film
RED, BLUE = ManimColor("#FF0000"), ManimColor("#0000FF")
FADING = ((0.0, 1.0), (0.45, 0.45), (1.0, 0.0))


def drawn(draw: Callable[[Canvas], object], on_black: bool = False) -> Array:
    """Red, green, blue and opacity, 0 to 255, of a picture whose middle is the origin."""
    surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, SIZE, SIZE)
    context = cairo.Context(surface)
    if on_black:
        context.paint()
    with in_units(context, SIZE, SIZE, UNITS):
        draw(Canvas(context, swapped=False))
    surface.flush()
    pixels = np.frombuffer(surface.get_data(), np.uint8).reshape(SIZE, SIZE, 4)
    return pixels[..., [2, 1, 0, 3]].astype(float)


def distances(spots: Array) -> Array:
    """From each pixel's middle to the nearest spot, in picture units, (SIZE, SIZE)."""
    along = (np.arange(SIZE) + 0.5) * UNITS / SIZE - UNITS / 2
    places = np.stack(np.meshgrid(along, -along), axis=-1)
    return np.asarray(np.linalg.norm(places[:, :, None] - spots, axis=-1).min(axis=-1))


def test_discs_and_their_edges_are_where_geometry_has_them() -> None:
    spots = np.array([[-1.0, 0.0], [-0.9, 0.05], [1.0, 0.7]])  # two of them overlap
    edge = Edge(40.0, BLUE, 0.5)
    picture = drawn(lambda canvas: draw_discs(canvas, spots, 0.3, RED, 0.8, edge))
    away, half, sharp = distances(spots), 20 * PIXEL, 1.5 * PIXEL
    outside = away > 0.3 + half + sharp
    ring = (away > 0.3 + sharp) & (away < 0.3 + half - sharp)
    assert outside.any() and ring.any()
    assert np.abs(picture[outside]).max() == 0
    np.testing.assert_allclose(picture[ring], np.tile([0, 0, 127.5, 127.5], (ring.sum(), 1)), atol=1)
    # what adds up nowhere: within the edges of both, and under the disc of one, each is there once
    inner = (away < 0.3 - half - sharp) & (distances(spots[:1]) < 0.3 - half - sharp)
    inner &= distances(spots[1:2]) < 0.3 - half - sharp
    np.testing.assert_allclose(picture[inner], np.tile([204, 0, 0, 204], (inner.sum(), 1)), atol=1)


def test_an_edge_broader_than_the_disc_has_no_hole() -> None:
    picture = drawn(lambda canvas: draw_discs(canvas, np.zeros((1, 2)), 0.1, RED, 0.001, Edge(40, BLUE, 1)))
    inside = distances(np.zeros((1, 2))) < 0.2
    assert picture[inside][:, 2].min() == 255


def test_what_is_clear_or_nowhere_is_not_drawn() -> None:
    assert drawn(lambda canvas: draw_discs(canvas, np.zeros((1, 2)), 0.3, RED, 0.0)).max() == 0
    assert drawn(lambda canvas: draw_discs(canvas, np.zeros((0, 2)), 0.3, RED)).max() == 0


@pytest.mark.parametrize("radius", [0.05, 0.45, 1.3])
def test_lights_are_the_gradients_that_they_stand_for(radius: float) -> None:
    places = np.array([[-0.5, 0.25], [0.513, 0.127], [0.7, -0.4]])
    colors, alphas = [RED, BLUE, RED], [0.3, 0.2, 0.1]

    def gradients(canvas: Canvas) -> None:
        for place, color, alpha in zip(places, colors, alphas, strict=True):
            canvas.disc(place, radius, [(at, color, share * alpha) for at, share in FADING])

    fast = drawn(lambda canvas: draw_halos(canvas, places, radius, colors, alphas, FADING), on_black=True)
    slow = drawn(gradients, on_black=True)
    assert slow[..., :3].max() > 30
    # a light stands on a whole pixel, at most half of one away in x and in y
    steepest = 255 * max(alphas) * 0.55 / 0.45 / (radius * SIZE / UNITS)
    assert np.abs(fast - slow).max() <= 3 + 0.71 * steepest


def test_a_file_holds_lights_as_gradients() -> None:
    with cairo.RecordingSurface(cairo.CONTENT_COLOR_ALPHA, None) as surface:
        context = cairo.Context(surface)
        with in_units(context, SIZE, SIZE, UNITS):
            draw_halos(PageCanvas(context), np.zeros((1, 2)), 0.5, [RED], [0.5], FADING)
        unit = SIZE / UNITS
        assert surface.ink_extents() == pytest.approx((SIZE / 2 - unit / 2,) * 2 + (unit, unit), abs=1)


LINES = [
    np.array([[-1.5, 0.0], [-0.5, 0.4], [0.0, 0.0]]),
    np.array([[0.0, 0.0], [0.7, -0.4], [1.5, 0.2]]),  # begins where the first ends
    np.array([[-1.5, 1.0], [1.5, 1.3]]),
]


def test_lines_that_meet_are_one_shape_and_the_others_are_their_own() -> None:
    assert [len(group) for group in joined(LINES)] == [2, 1]
    around = [LINES[0], LINES[2], LINES[1], np.array([[1.5, 0.2], [0.0, -1.0], [-1.5, 0.0]])]
    assert sorted(len(group) for group in joined(around)) == [1, 3]
    assert joined([LINES[0][:1]]) == []


def test_lines_stroked_apart_are_those_that_are_stroked_together() -> None:
    one = drawn(lambda canvas: stroke_apart(canvas, LINES, RED, 6.0, 0.3))
    other = drawn(lambda canvas: canvas.stroke(LINES, RED, 6.0, 0.3))
    assert other.max() > 70
    # a pixel at an edge has one of few shades; where they meet, too, nothing adds up
    assert np.abs(one - other).max() <= 0.3 * 255 / 3
    assert abs(one.sum() / other.sum() - 1) < 0.01
    assert drawn(lambda canvas: stroke_apart(canvas, LINES, RED, 6.0, 0.0)).max() == 0
