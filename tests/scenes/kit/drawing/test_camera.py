"""The kit's camera draws what Manim's own does, and no outline that is out of date."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

import cairo
import numpy as np
import pytest
from manim import (
    OUT,
    RIGHT,
    UP,
    Annulus,
    Camera,
    Circle,
    DashedLine,
    Dot,
    Group,
    Line,
    Mobject,
    Square,
    Star,
    ValueTracker,
    VGroup,
    VMobject,
)
from manim.constants import CapStyleType, LineJointType

from scenes.kit.drawing.camera import KitCamera
from scenes.kit.drawing.canvas import Canvas
from scenes.kit.lettering.typography import Text


def drawn(camera: Camera, *mobjects: Mobject) -> Any:
    camera.reset()
    camera.capture_mobjects(list(mobjects))
    return camera.pixel_array.copy()


def broken_line() -> VMobject:
    """An open stretch and a closed one."""
    line = VMobject(stroke_width=10, cap_style=CapStyleType.ROUND, joint_type=LineJointType.BEVEL)
    line.set_points_as_corners(np.array([[-3, 0, 0], [-2, 1, 0], [-1, 0, 0]]))
    line.start_new_path(np.array([1.0, 0, 0]))
    return line.add_points_as_corners(np.array([[2, 1, 0], [3, 0, 0], [1, 0, 0]]))


SHAPES: dict[str, Callable[[], Mobject]] = {
    "text": lambda: Text("Sphinx of black quartz, 0.48%"),
    "a hole": lambda: Annulus(0.5, 1.0, fill_opacity=0.7),
    "an outline": lambda: Star(color="#FF0000", stroke_width=6),
    "dashes": lambda: DashedLine([-3, -1, 0], [3, 1, 0], stroke_width=8),
    "stretches": broken_line,
    "a gradient": lambda: Square(fill_opacity=1).set_color_by_gradient("#FF0000", "#0000FF"),
    "a stroke behind": lambda: Circle(fill_opacity=1).set_stroke("#FF0000", 20, background=True),
    "nothing to see": lambda: Square(fill_opacity=0, stroke_opacity=0),
    "a point": lambda: VMobject(stroke_width=5).set_points(np.zeros((1, 3))),
    "not a number": lambda: Line(stroke_width=5).set_points(np.full((4, 3), np.nan)),
    "order": lambda: VGroup(Circle(fill_opacity=1).set_z_index(2), Square(fill_opacity=1, color="#FF0000")),
    "twice": lambda: Group(
        VGroup(one := Dot(radius=1), Square(fill_opacity=1, color="#FF0000")), VGroup(one)
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_everything_looks_as_manim_draws_it(shape: str) -> None:
    made, camera = SHAPES[shape](), KitCamera()
    expected = drawn(Camera(), made)
    assert (expected != drawn(Camera())).any() == (shape not in ("nothing to see", "a point", "not a number"))
    for _ in range(2):  # traced, and from the path that is kept
        np.testing.assert_array_equal(drawn(camera, made), expected)


@pytest.mark.parametrize(
    "change",
    [
        lambda it: it.scale(1.01),
        lambda it: it.points[:-1].__iadd__(1e-3),
        lambda it: it.points[1:-1].__iadd__(1e-3),
        lambda it: it.set_points(it.points[:-4]),
        lambda it: it.set_fill("#FF0000"),
        lambda it: it.set_stroke(width=7),
        lambda it: it.become(Circle(fill_opacity=1)),
    ],
)
def test_an_outline_that_changes_is_traced_anew(change: Callable[[Any], Any]) -> None:
    made, camera = Star(fill_opacity=1, stroke_width=2), KitCamera()
    before = drawn(camera, made)
    change(made)
    assert (drawn(camera, made) != before).any()
    np.testing.assert_array_equal(drawn(camera, made), drawn(Camera(), made))


@pytest.mark.parametrize("way", [1e-3 * RIGHT, -0.7 * RIGHT + 0.31 * UP, 1e-3 * OUT])
def test_an_outline_that_only_moves_is_drawn_from_the_path_that_is_kept(way: Any) -> None:
    made, camera = Star(fill_opacity=1, stroke_width=2), KitCamera()
    drawn(camera, made)
    kept = camera._paths[made]
    for _ in range(2):
        found = drawn(camera, made.shift(way))
        assert camera._paths[made] is kept
        np.testing.assert_allclose(found.astype(int), drawn(Camera(), made), atol=2)


def test_changes_too_small_to_see_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scenes.kit.drawing.camera.SAME", 1e-3)
    made, camera = Square(fill_opacity=1, stroke_width=0), KitCamera()
    for _ in range(200):
        found = drawn(camera, made.shift(6e-4 * RIGHT))
    np.testing.assert_allclose(found.astype(int), drawn(Camera(), made), atol=12)


def test_nothing_is_kept_of_what_is_gone() -> None:
    camera = KitCamera()
    drawn(camera, VGroup(*(Square() for _ in range(50))))
    gc.collect()
    assert len(camera._paths) == 0


def test_members_come_once_each_and_last_where_they_are_in_two_groups() -> None:
    one, two, three = Dot(), Dot(), Dot().set_z_index(-1)
    first, second = VGroup(one, two), VGroup(one, three)
    assert KitCamera().members([first, second]) == [three, first, two, second, one]


def test_a_picture_is_cut_out_and_laid_where_it_was() -> None:
    camera, made = KitCamera(background_opacity=0), Square(1.0, fill_opacity=0.5).shift(2 * RIGHT + UP)
    expected = drawn(camera, made)
    picture = camera.picture([made])
    assert list(camera.pixel_array_to_cairo_context) == [
        id(camera.pixel_array)
    ]  # another array may get its id
    assert picture.get_width() < 40 and picture.get_height() < 40
    camera.reset()
    Canvas(camera.get_cairo_context(camera.pixel_array)).lay(picture)
    np.testing.assert_array_equal(camera.pixel_array, expected)


def test_a_picture_of_nothing_shows_nothing() -> None:
    camera = KitCamera(background_opacity=0)
    picture = camera.picture([Square(stroke_opacity=0)])
    assert isinstance(picture, cairo.ImageSurface)
    Canvas(camera.get_cairo_context(camera.pixel_array)).lay(picture)
    assert not camera.pixel_array.any()


def test_a_picture_of_trackers_alone_is_of_nothing() -> None:
    picture = KitCamera().picture([ValueTracker(1.0)])
    assert (picture.get_width(), picture.get_height()) == (1, 1)


def test_a_frame_that_was_given_away_stays_as_it_is() -> None:
    camera = KitCamera()
    first = drawn(camera, Circle())
    given = camera.give_away()
    part = given[10:20]
    second = drawn(camera, Square())
    np.testing.assert_array_equal(given, first)
    del given
    third = drawn(camera, Star())
    assert not np.array_equal(first, second)
    assert not np.array_equal(second, third)
    np.testing.assert_array_equal(part, first[10:20])


def test_given_twice_it_is_two_frames() -> None:
    camera = KitCamera()
    expected = drawn(camera, Circle())
    frames = [camera.give_away(), camera.give_away()]
    frames[0][:] = 0
    np.testing.assert_array_equal(frames[1], expected)


def test_frames_that_nobody_holds_any_more_are_drawn_on_again() -> None:
    camera, arrays = KitCamera(), set()
    for _ in range(50):
        drawn(camera, Circle())
        arrays.add(id(camera.pixel_array))
        camera.give_away()
    assert len(arrays) <= 2
    assert len(camera.pixel_array_to_cairo_context) <= 2
