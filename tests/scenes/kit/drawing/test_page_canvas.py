"""The scene's picture on other surfaces than Manim's: the same colors, vectors where there can be."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import cairo
import numpy as np
import pytest
from manim import BLUE, ImageMobject, ManimColor, Mobject, Square, VGroup

from scenes.kit.drawing.camera import KitCamera
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.drawing.page_canvas import ImageMeshCanvas, PageCamera, PageCanvas, in_units, picture, png

ORANGE = ManimColor("#FF8020")
FRAME = 128 / 9
TURN = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])


class Mesh(Painted):
    """Two shaded squares, which a page takes as patches."""

    def __init__(self) -> None:
        super().__init__()
        self.points = np.zeros((1, 3))

    def paint(self, canvas: Canvas) -> None:
        corners = np.stack([TURN, TURN + [2.0, 0.0]])
        red, blue = (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)
        colors = np.array([[red, blue, blue, red], [blue, red, red, blue]])
        if canvas.merges:
            middles = (corners + np.roll(corners, -1, axis=1)) / 2
            canvas.patches(np.stack([corners, middles], axis=2).reshape(-1, 8, 2), colors, self.opacity)
        else:
            canvas.quads(corners, colors, self.opacity)


def image(
    *mobjects: Mobject, canvas: Callable[[Any], Canvas] = lambda it: Canvas(it, swapped=False)
) -> Array:
    """Drawn on an image of 320 by 180 by the page's camera."""
    with cairo.ImageSurface(cairo.FORMAT_ARGB32, 320, 180) as surface:
        context = cairo.Context(surface)
        with in_units(context, 320, 180, FRAME):
            PageCamera(canvas(context)).capture_mobjects(list(mobjects))
        return np.asarray(picture(surface))


def film(*mobjects: Mobject) -> Array:
    """Drawn by Manim, as the film is."""
    camera = KitCamera(background_opacity=0)
    camera.capture_mobjects(list(mobjects))
    return np.asarray(camera.pixel_array)


SHAPES: dict[str, Callable[[], Mobject]] = {
    "a fill": lambda: Square(3, fill_color=ORANGE, fill_opacity=1, stroke_width=0),
    "a stroke": lambda: Square(3, stroke_color=ORANGE, stroke_width=40),
    "a gradient": lambda: Square(3, fill_opacity=1, stroke_width=0).set_fill([ORANGE, BLUE]),
    "a mesh": Mesh,
    "a group": lambda: VGroup(Square(3, color=ORANGE), Square(1, color=BLUE, fill_opacity=1)),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_drawn_as_in_the_film(shape: str) -> None:
    made, filmed = image(SHAPES[shape]()), film(SHAPES[shape]())
    assert (filmed[..., 3] > 0).any()
    np.testing.assert_allclose(made[..., 3].astype(int), filmed[..., 3], atol=2)
    np.testing.assert_allclose(made[..., :3] * (made[..., 3:] / 255), filmed[..., :3], atol=2)


@pytest.mark.parametrize("canvas", [PageCanvas, lambda it: ImageMeshCanvas(it, 45.0)])
def test_a_mesh_looks_the_same_on_every_canvas(canvas: Callable[[Any], Canvas]) -> None:
    made, filmed = image(Mesh(), canvas=canvas), film(Mesh())
    inside = filmed[..., 3] == 255
    far = np.abs(made.astype(int) - filmed)[inside].max(axis=1)
    assert inside.sum() > 3000
    assert np.quantile(far, 0.97) <= 12


@pytest.mark.parametrize("canvas", [PageCanvas, lambda it: ImageMeshCanvas(it, 45.0)])
def test_a_mesh_fades(canvas: Callable[[Any], Canvas]) -> None:
    assert image(Mesh().set_opacity(0.5), canvas=canvas)[90, 160, 3] == pytest.approx(128, abs=1)


def test_a_mesh_that_is_an_image_is_as_fine_as_asked() -> None:
    sizes = []
    for resolution in (10.0, 40.0):
        memory = io.BytesIO()
        with cairo.SVGSurface(memory, 320, 180) as surface:
            context = cairo.Context(surface)
            with in_units(context, 320, 180, FRAME):
                Mesh().paint(ImageMeshCanvas(context, resolution))
        text = memory.getvalue().decode()
        assert text.count("<image") == 1
        sizes.append(f'width="{4 * resolution:.0f}" height="{2 * resolution:.0f}"' in text)
    assert sizes == [True, True]


def test_an_empty_mesh_draws_nothing() -> None:
    empty = np.zeros((0, 4, 2)), np.zeros((0, 4, 3))
    memory = io.BytesIO()
    with cairo.SVGSurface(memory, 320, 180) as surface:
        ImageMeshCanvas(cairo.Context(surface), 10.0).quads(*empty)
        PageCanvas(cairo.Context(surface)).patches(np.zeros((0, 8, 2)), empty[1])
    assert b"<image" not in memory.getvalue()


def test_a_patch_s_edge_goes_through_its_middle() -> None:
    round_ = np.array([[-1, -1], [0, -2], [1, -1], [2, 0], [1, 1], [0, 2], [-1, 1], [-2, 0]], dtype=float)

    class Bulging(Mesh):
        def paint(self, canvas: Canvas) -> None:
            canvas.patches(round_[None], np.ones((1, 4, 3)))

    alpha = image(Bulging(), canvas=PageCanvas)[..., 3]
    column, row = np.flatnonzero(alpha[:, 160]), np.flatnonzero(alpha[90])
    assert [column[0], column[-1]] == pytest.approx([90 - 45, 90 + 45], abs=2)
    assert [row[0], row[-1]] == pytest.approx([160 - 45, 160 + 45], abs=2)


def test_what_is_drawn_by_pixels_is_refused() -> None:
    photo = ImageMobject(np.zeros((2, 2, 4), dtype=np.uint8))
    with pytest.raises(TypeError, match="is drawn by pixels; a figure holds only VMobjects and Painted ones"):
        image(photo)


def test_colors_are_not_darkened_by_their_alpha() -> None:
    half = image(Square(3, fill_color=ORANGE, fill_opacity=0.5, stroke_width=0))[90, 160]
    np.testing.assert_allclose(half, [0xFF, 0x80, 0x20, 0x80], atol=2)
    with cairo.ImageSurface(cairo.FORMAT_ARGB32, 4, 4) as surface:
        assert png(surface) == png(surface)
