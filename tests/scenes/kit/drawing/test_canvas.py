"""What paints itself: its colors arrive, and Manim's animations move, fade and copy it."""

from __future__ import annotations

from typing import Any, ClassVar

import cairo
import numpy as np
import pytest
from manim import BLACK, FadeIn, FadeOut, Group, ManimColor, Square, Transform, linear

from scenes.kit.drawing.camera import KitCamera
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.surface.contours import IsoLines
from scenes.kit.surface.loss_surface import LossSurface
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.kit.surface.window import LossWindow

ORANGE = ManimColor("#FF8020")
SQUARE = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])


class Patch(Painted):
    """A colored square, painted by one of the canvas's ways of drawing."""

    blended: ClassVar[tuple[str, ...]] = ("opacity", "color", "size", "ramp")
    kept: ClassVar[tuple[str, ...]] = ("view",)

    def __init__(self, direction: str = "fill", color: ManimColor = ORANGE) -> None:
        super().__init__()
        self.direction, self.color, self.size, self.view = direction, color, 1.0, Viewpoint()
        self.ramp = (color, BLACK)
        self.points = np.zeros((1, 3))

    def paint(self, canvas: Canvas) -> None:
        outline: Array = self.size * SQUARE + self.points[0, :2]
        if self.direction == "fill":
            canvas.fill(outline, self.color, self.opacity)
        elif self.direction == "stroke":
            canvas.stroke([outline[[0, 2]] / 4], self.color, 400, self.opacity)
        elif self.direction == "disc":
            canvas.disc(self.points[0], 1.0, [(0, self.color, self.opacity), (1, self.color, self.opacity)])
        elif self.direction == "segments":
            tint = np.array([self.color.to_rgb()])
            canvas.segments(outline[None, [0, 2]] / 4, tint, 400, self.opacity)
        else:
            canvas.quads(outline[None], np.tile(self.color.to_rgb(), (1, 4, 1)), self.opacity)


def picture(*mobjects: Any, **options: Any) -> Any:
    camera = KitCamera(background_color=BLACK, **options)
    camera.capture_mobjects(list(mobjects))
    return camera.pixel_array


WAYS = ("fill", "stroke", "segments", "disc", "quads")


@pytest.mark.parametrize("direction", WAYS)
def test_every_way_of_drawing_gives_red_green_and_blue_in_their_order(direction: str) -> None:
    assert picture(Patch(direction))[90, 160].tolist() == [0xFF, 0x80, 0x20, 0xFF]


@pytest.mark.parametrize("direction", WAYS)
def test_half_an_opacity_is_half_a_color(direction: str) -> None:
    np.testing.assert_allclose(
        picture(Patch(direction).set_opacity(0.5))[90, 160, :3], [0x80, 0x40, 0x10], atol=1
    )


@pytest.mark.parametrize("direction", WAYS)
def test_on_an_ordinary_cairo_surface_the_colors_are_right_too(direction: str) -> None:
    surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, 20, 20)
    context = cairo.Context(surface)
    context.translate(10, 10)
    context.scale(5, 5)
    Patch(direction).paint(Canvas(context, swapped=False))
    pixel = np.frombuffer(surface.get_data(), np.uint32).reshape(20, 20)[10, 10]
    assert f"{pixel:08X}" == "FFFF8020"


def test_units_are_manim_s_and_y_points_upwards() -> None:
    patch = Patch()
    patch.shift([2.0, 1.0, 0.0])
    rows, columns = np.nonzero(picture(patch)[..., 0])
    assert [columns.min(), columns.max() + 1] == [round(160 + 1 * 22.5), round(160 + 3 * 22.5)]
    assert abs(rows.min() - 22.5 * 2) <= 1 and abs(rows.max() + 1 - 22.5 * 4) <= 1


def test_a_stroke_is_as_wide_as_it_says_at_1080_pixels() -> None:
    class Bar(Patch):
        def paint(self, canvas: Canvas) -> None:
            canvas.stroke([np.array([[-3.0, 0.0], [3.0, 0.0]])], ORANGE, 60)

    column = picture(Bar())[:, 160, 0].astype(float)
    assert column.sum() / 255 == pytest.approx(60 * 180 / 1080, abs=0.1)


def test_corner_colors_blend_across_a_patch() -> None:
    class Blend(Patch):
        def paint(self, canvas: Canvas) -> None:
            red, blue = (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)
            canvas.quads(3 * SQUARE[None], np.array([[red, blue, blue, red]]))

    row = picture(Blend())[90, 100:220, :3].astype(float)
    assert (np.diff(row[:, 0]) <= 0).all() and (np.diff(row[:, 2]) >= 0).all()
    np.testing.assert_allclose(row[60], [127, 0, 127], atol=4)
    assert row[0, 0] > 230 and row[-1, 2] > 230


def test_what_comes_later_lies_on_top_among_painted_and_ordinary_shapes() -> None:
    square = Square(2, fill_color="#0000FF", fill_opacity=1, stroke_width=0)
    assert picture(Patch(), square)[90, 160, :3].tolist() == [0, 0, 255]
    assert picture(square, Patch())[90, 160, :3].tolist() == [0xFF, 0x80, 0x20]


def test_what_has_no_opacity_is_not_painted() -> None:
    class Never(Patch):
        def paint(self, canvas: Canvas) -> None:
            raise AssertionError("painted although it is faded out")

    assert not picture(Never().set_opacity(0))[..., :3].any()
    with pytest.raises(AssertionError, match="painted"):
        picture(Never().set_opacity(0.01))


@pytest.mark.parametrize("direction", WAYS)
def test_what_was_drawn_before_leaves_no_trace(direction: str) -> None:
    camera = KitCamera(background_color=BLACK)
    expected = picture(Patch(direction))
    camera.capture_mobjects([Square(5, fill_opacity=1)])
    camera.reset()
    camera.capture_mobjects([Patch(direction)])
    np.testing.assert_array_equal(camera.pixel_array, expected)


# -- animations -----------------------------------------------------------------------------------------
def test_fading_out_and_in_goes_evenly_and_ends_whole() -> None:
    patch = Patch()
    out = FadeOut(patch, rate_func=linear)
    out.begin()
    out.interpolate(0.25)
    assert patch.opacity == pytest.approx(0.75)
    out.interpolate(1)
    assert patch.opacity == 0
    whole = Patch()
    appear = FadeIn(whole, rate_func=linear)
    appear.begin()
    assert whole.opacity == 0
    appear.interpolate(0.25)
    assert whole.opacity == pytest.approx(0.25)
    appear.interpolate(1)
    assert whole.opacity == 1


def test_fading_a_group_fades_what_is_painted_in_it() -> None:
    inner, outer = Patch(), Patch()
    outer.add(inner)
    Group(outer).fade(0.75)
    assert outer.opacity == inner.opacity == pytest.approx(0.25)
    outer.fade(0.5, family=False)
    assert outer.opacity == pytest.approx(0.125) and inner.opacity == pytest.approx(0.25)


def test_a_transform_blends_points_colors_and_numbers() -> None:
    patch, other = Patch(), Patch(color=ManimColor("#0000FF"))
    other.size = 3.0
    other.set_opacity(0.5).shift([2.0, 0.0, 0.0])
    change = Transform(patch, other, rate_func=linear)
    change.begin()
    change.interpolate(0.5)
    assert patch.points[0].tolist() == [1, 0, 0]
    assert (patch.size, patch.opacity) == (2.0, 0.75)
    np.testing.assert_allclose(patch.color.to_rgb(), (ORANGE.to_rgb() + [0, 0, 1]) / 2, atol=0.01)
    np.testing.assert_allclose(patch.ramp[0].to_rgb(), patch.color.to_rgb(), atol=0.01)
    assert patch.ramp[1] == BLACK


def test_surfaces_of_different_grids_refuse_to_become_each_other(window: LossWindow) -> None:
    coarse, fine = LossSurface(window, Viewpoint(), 4, 12), LossSurface(window, Viewpoint(), 8, 12)
    with pytest.raises(ValueError, match="grids have different sizes"):
        Transform(coarse, fine).begin()


def test_a_copy_shares_what_is_kept_and_owns_the_rest() -> None:
    patch = Patch()
    copied = patch.copy()
    assert copied.view is patch.view
    assert copied.points is not patch.points
    copied.shift([1.0, 0.0, 0.0]).set_opacity(0.1)
    assert patch.points[0].tolist() == [0, 0, 0] and patch.opacity == 1
    assert patch.view is copied.view and "view" in vars(patch)  # copying has not taken it away


def test_a_copied_group_keeps_referring_to_the_originals(window: LossWindow) -> None:
    surface = LossSurface(window, Viewpoint(), 4, 12)
    group = Group(surface, IsoLines(surface))
    copied = group.copy()
    assert copied[0] is not surface and copied[0].view is surface.view
    assert copied[1] is not group[1] and copied[1].surface is surface
    assert copied[1].sources[1] is surface and copied[0].sources[0] is surface.view
