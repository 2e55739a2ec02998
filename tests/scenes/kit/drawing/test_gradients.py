"""Gradients and fading edges in the short way are those that cairo draws pixel by pixel."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cairo
import numpy as np
import pytest
from manim import ManimColor

from scenes.kit.drawing.canvas import Array, Canvas
from scenes.kit.drawing.fading import fading_out
from scenes.kit.drawing.page_canvas import PageCanvas, in_units
from scenes.kit.drawing.shade import fill_gradient
from tests.scenes.kit.drawing.repeated.test_marks import SIZE, UNITS, drawn

RED = ManimColor("#FF0000")
SQUARE = np.array([[-1.3, -1.1], [1.5, -1.1], [1.5, 0.9], [-1.3, 0.9]])
ROUND = 0.9 * np.stack([part(np.linspace(0, 2 * np.pi, 90)) for part in (np.cos, np.sin)], axis=1)


def lying() -> cairo.LinearGradient:
    """Color and opacity change along a slanting line, evenly."""
    gradient = cairo.LinearGradient(-1.3, -1.1, 1.2, 0.9)
    gradient.add_color_stop_rgba(0, 1, 0, 0, 0.2)
    gradient.add_color_stop_rgba(1, 0, 0, 1, 0.9)
    return gradient


def bell() -> cairo.RadialGradient:
    """A tilted light, twice as long as it is broad."""
    gradient = cairo.RadialGradient(0, 0, 0, 0, 0, 1)
    for at in np.linspace(0, 1, 33).tolist():
        gradient.add_color_stop_rgba(at, 1, 1, 0, 0.5 * float(np.cos(np.pi * at / 2)) ** 4)
    gradient.set_matrix(cairo.Matrix(1.0, 0.5, -0.25, 1.0, 0.1, 0.0))
    return gradient


@pytest.mark.parametrize("gradient", [lying, bell])
@pytest.mark.parametrize("outline", [SQUARE, ROUND], ids=["square", "round"])
def test_a_gradient_worked_out_coarsely_is_the_gradient(
    gradient: Callable[[], cairo.Gradient], outline: Array
) -> None:
    def exact(canvas: Canvas) -> None:
        canvas.trace([outline], closed=True)
        canvas.context.set_source(gradient())
        canvas.context.fill()

    one, other = drawn(lambda canvas: fill_gradient(canvas, [outline], gradient())), drawn(exact)
    assert other.max() > 100
    assert np.abs(one - other).max() <= 4


def test_a_gradient_beyond_the_clip_draws_nothing_and_leaves_no_path() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.context.rectangle(-1.9, -1.9, 0.1, 0.1)
        canvas.context.clip()
        fill_gradient(canvas, [SQUARE], lying())
        assert not list(canvas.context.copy_path())

    assert drawn(draw).max() == 0


def test_a_file_holds_the_gradient_itself() -> None:
    with cairo.RecordingSurface(cairo.CONTENT_COLOR_ALPHA, None) as surface:
        context = cairo.Context(surface)
        with in_units(context, SIZE, SIZE, UNITS):
            fill_gradient(PageCanvas(context), [SQUARE], lying())
        wide, high = (SQUARE.max(axis=0) - SQUARE.min(axis=0)) * SIZE / UNITS
        assert surface.ink_extents()[2:] == pytest.approx((wide, high), abs=1)


def stripes(canvas: Canvas) -> None:
    for x in np.linspace(-1.9, 1.8, 9).tolist():
        canvas.fill(np.array([[x, -2.0], [x + 0.23, -2.0], [x + 0.2, 2.0], [x, 2.0]]), RED, 0.8)


@pytest.mark.parametrize("sides", [(0.5, 0.5), (0.7, 0.0), (0.0, 0.303)])
@pytest.mark.parametrize("box", [(-1.5, 1.4, -1.0, 1.2), (-1.501, 1.313, -50.0, 50.0)])
def test_what_fades_at_the_sides_is_what_a_mask_over_all_of_it_leaves(
    box: tuple[float, float, float, float], sides: Sequence[float]
) -> None:
    class Masked(Canvas):
        scales_smoothly = False  # as for a file: one mask over all of it

    def faded(canvas: Canvas) -> None:
        with fading_out(canvas, box, *sides):
            stripes(canvas)

    one, other = drawn(faded), drawn(lambda canvas: faded(Masked(canvas.context, swapped=False)))
    assert np.abs(one - other).max() <= 3
    everywhere = drawn(stripes)
    along = (np.arange(SIZE) + 0.5) * UNITS / SIZE - UNITS / 2
    within = (along > box[0] + sides[0] + 0.01) & (along < box[1] - sides[1] - 0.01)
    half = SIZE // 2
    np.testing.assert_array_equal(one[half, within], everywhere[half, within])
    beyond = (along < box[0] - 0.01) | (along > box[1] + 0.01)
    assert one[:, beyond].max() == 0
