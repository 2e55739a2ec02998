"""Smooth colors inside exact outlines: worked out on a coarse grid, scaled up, and clipped.

Colors of a smooth shape change slowly, its outline does not: the one needs few samples, the other none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cairo
import numpy as np

from scenes.kit.drawing.canvas import PIXEL, Array, Canvas

COARSE, COARSEST = 12, 24  # pixels at 1080p from one sample to the next: in a film, and in a file's mesh
ColorAt = Callable[[Array], Array]
"""Places in the picture (n, m, 2) -> colors (n, m, 3), red, green and blue from 0 to 1."""


def shade(
    canvas: Canvas, outlines: Sequence[Array], color_at: ColorAt, alpha: float = 1.0, coarse: float = COARSE
) -> None:
    """Fill ``outlines``, each (n, 2), as one shape in the colors that ``color_at`` gives.

    In a film the colors are a small picture, one sample in ``coarse`` pixels (at 1080p), scaled up smoothly;
    in a file they are a mesh of smooth patches.
    """
    outlines = [outline for outline in outlines if len(outline) > 2]
    if not outlines or alpha <= 0:
        return
    points = np.concatenate(outlines)
    step = PIXEL * (coarse if canvas.scales_smoothly else COARSEST)
    low, high = np.floor(points.min(axis=0) / step), np.ceil(points.max(axis=0) / step)
    x, y = (np.arange(a, b + 1) * step for a, b in zip(low, high, strict=True))
    places = np.stack(np.meshgrid(x, y), axis=-1)
    colors = np.clip(color_at(places), 0, 1)
    context = canvas.context
    context.save()
    context.new_path()
    canvas.trace(outlines, closed=True)
    if not canvas.scales_smoothly:
        context.clip()
        canvas.quads(_cells(places), _cells(colors), alpha)
    else:
        context.set_source(_scaled_up(canvas.tone(colors), canvas.swapped, low * step, step))
        if alpha < 1:
            context.clip()
            context.paint_with_alpha(alpha)
        else:
            context.fill()
    context.restore()


def fill_gradient(
    canvas: Canvas, outlines: Sequence[Array], gradient: cairo.Gradient, coarse: float = COARSE
) -> None:
    """Fill ``outlines``, each (n, 2), as one shape with a gradient of colors and opacities.

    In a film it is worked out on one sample in ``coarse`` pixels (at 1080p) and scaled up smoothly, which
    takes a fifth of the time on what fills much of the picture; a file gets the gradient itself.
    """
    context = canvas.context
    context.new_path()
    canvas.trace(outlines, closed=True)
    if canvas.scales_smoothly:
        step = PIXEL * coarse
        inner, outer = np.reshape(context.fill_extents(), (2, 2)), np.reshape(context.clip_extents(), (2, 2))
        low = np.floor(np.maximum(inner[0], outer[0]) / step)
        high = np.ceil(np.minimum(inner[1], outer[1]) / step)
        if (high < low).any():
            context.new_path()
            return
        width, height = (high - low).astype(int) + 1
        image = cairo.ImageSurface(cairo.FORMAT_ARGB32, int(width), int(height))
        to_samples = _to_samples(low, step)
        small = cairo.Context(image)
        small.set_matrix(to_samples)
        small.set_source(gradient)
        small.paint()
        context.set_source(_smooth(image, to_samples))
    else:
        context.set_source(gradient)
    context.fill()


def _scaled_up(colors: Array, swapped: bool, corner: Array, step: float) -> cairo.SurfacePattern:
    """A pattern whose pixels are ``step`` apart, the first of them at ``corner``."""
    height, width = colors.shape[:2]
    pixels = np.full((height, width, 4), 255, dtype=np.uint8)
    pixels[..., :3] = np.rint(255 * (colors if swapped else colors[..., ::-1]))
    # Opaque, but scaling up what might not be is a third quicker.
    image = cairo.ImageSurface.create_for_data(pixels.data, cairo.FORMAT_ARGB32, width, height)
    return _smooth(image, _to_samples(corner / step, step))


def _to_samples(first: Array, step: float) -> cairo.Matrix:
    """From picture units to pixels that are ``step`` apart; the middle of the first is at ``first`` steps."""
    x, y = first.tolist()
    return cairo.Matrix(1 / step, 0, 0, 1 / step, 0.5 - x, 0.5 - y)


def _smooth(image: cairo.ImageSurface, matrix: cairo.Matrix) -> cairo.SurfacePattern:
    pattern = cairo.SurfacePattern(image)
    pattern.set_filter(cairo.FILTER_BILINEAR)
    pattern.set_extend(cairo.EXTEND_PAD)
    pattern.set_matrix(matrix)
    return pattern


def _cells(grid: Array) -> Array:
    """The corners of a grid's cells, in turn round each: (n, m, d) -> ((n - 1) (m - 1), 4, d)."""
    corners = grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]
    return np.stack(corners, axis=2).reshape(-1, 4, grid.shape[-1])
