"""A picture that is kept is what would have been painted, for as long as it is the same."""

from __future__ import annotations

import copy

import cairo
import numpy as np
from manim import ManimColor

from scenes.kit.drawing.canvas import Array, Canvas
from scenes.kit.drawing.page_canvas import PageCanvas, in_units
from scenes.kit.drawing.repeated.kept import KeptPicture

SIZE = 90
GROUND = (0.1, 0.2, 0.3)
BOX = [[-1.0, -1.0], [1.0, 1.0]]


class Painter:
    """Paints a triangle that is half clear, and counts how often."""

    def __init__(self) -> None:
        self.times, self.color = 0, ManimColor("#F2A33A")

    def __call__(self, canvas: Canvas) -> None:
        self.times += 1
        canvas.fill(np.array([[-0.9, -0.8], [0.8, -0.5], [0.1, 0.9]]), self.color, 0.6)


def painted(kept: KeptPicture, painter: Painter, state: object, within: object = None) -> Array:
    """A picture with a ground of its own, painted through a clip."""
    surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, SIZE, SIZE)
    context = cairo.Context(surface)
    context.set_source_rgb(*GROUND)
    context.paint()
    with in_units(context, SIZE, SIZE, 3):
        context.rectangle(-0.8, -1.2, 1.5, 2.4)  # of whole pixels
        context.clip()
        kept.paint(Canvas(context, swapped=False), state, painter, within)
    surface.flush()
    return np.frombuffer(surface.get_data(), np.uint8).reshape(SIZE, SIZE, 4).astype(int)


def test_what_stays_is_painted_twice_and_looks_the_same_ever_after() -> None:
    for within in (None, BOX):
        kept, painter = KeptPicture(), Painter()
        pictures = [painted(kept, painter, "still", within) for _ in range(5)]
        assert painter.times == 2
        assert (pictures[0] != pictures[0][0, 0]).any()
        for picture in pictures[1:]:
            assert np.abs(picture - pictures[0]).max() <= 1


def test_what_changes_is_painted_every_time() -> None:
    kept, painter = KeptPicture(), Painter()
    first = painted(kept, painter, 0)
    for number in range(1, 4):
        painter.color = ManimColor((0.2 * number, 0.5, 0.1))
        fresh = painted(KeptPicture(), painter, number)
        assert np.array_equal(painted(kept, painter, number), fresh)
        assert not np.array_equal(fresh, first)
    assert painter.times == 7


def test_a_copy_keeps_a_picture_of_its_own() -> None:
    kept, painter = KeptPicture(), Painter()
    for _ in range(3):
        painted(kept, painter, "still")
    painted(copy.deepcopy(kept), painter, "still")
    assert painter.times == 3


def test_a_file_gets_the_drawing_itself() -> None:
    kept, painter = KeptPicture(), Painter()
    with cairo.RecordingSurface(cairo.CONTENT_COLOR_ALPHA, None) as surface:
        context = cairo.Context(surface)
        with in_units(context, SIZE, SIZE, 3):
            for _ in range(3):
                kept.paint(PageCanvas(context), "still", painter)
    assert painter.times == 3
