"""A raster of square cells, such as a digit's pixels, with sharp edges: one image, however many they are."""

from __future__ import annotations

import cairo
import numpy as np

from scenes.kit.drawing.canvas import Array, Canvas, Pixels

FINEST = 16  # pixels of the image for one cell at most
IN_A_FILE = 8  # the same where the size at which it will be looked at is not known


def draw_cells(
    canvas: Canvas, colors: Array, left: float, bottom: float, width: float, alpha: float = 1.0
) -> None:
    """Fill a raster of square cells.

    Args:
        canvas: what is drawn on.
        colors: of the cells, (rows, columns, 4): red, green, blue and opacity from 0 to 1, the top row first.
        left: x of the raster's left edge, in picture units.
        bottom: y of its lower edge.
        width: of the whole raster.
        alpha: opacity of all of it.
    """
    rows, columns = colors.shape[:2]
    context, side = canvas.context, width / columns
    x0, y0, x1, y1 = context.clip_extents()
    height = side * rows
    is_seen = left < x1 and left + width > x0 and bottom < y1 and bottom + height > y0
    if alpha <= 0 or width <= 0 or not is_seen:
        return
    fine = _pixels_for_a_cell(canvas, side)
    toned = np.concatenate([canvas.tone(colors[..., :3]), colors[..., 3:]], axis=-1)
    pixels = _enlarged(toned, fine, canvas.swapped)
    image = cairo.ImageSurface.create_for_data(
        pixels.data, cairo.FORMAT_ARGB32, columns * fine, rows * fine, 4 * columns * fine
    )
    context.save()
    context.translate(left, bottom + height)
    context.scale(side / fine, -side / fine)
    context.set_source_surface(image, 0, 0)
    context.get_source().set_filter(cairo.FILTER_BILINEAR if canvas.scales_smoothly else cairo.FILTER_NEAREST)
    context.paint_with_alpha(alpha)
    context.restore()


def _pixels_for_a_cell(canvas: Canvas, side: float) -> int:
    """As many pixels of the image as keep a cell's edges sharp where it is drawn."""
    if not canvas.scales_smoothly:
        return IN_A_FILE
    across, _ = canvas.context.user_to_device_distance(side, 0.0)
    return int(np.clip(np.ceil(abs(across)), 1, FINEST))


def _enlarged(colors: Array, times: int, swapped: bool) -> Pixels:
    """Cairo's pixels, their colors multiplied by their opacity, each ``times`` as wide and as high."""
    tints = np.clip(colors, 0, 1)
    tints = np.rint(
        255 * tints * np.concatenate([np.repeat(tints[..., 3:], 3, -1), np.ones_like(tints[..., 3:])], -1)
    )
    small = np.ascontiguousarray(tints if swapped else tints[..., [2, 1, 0, 3]]).astype(np.uint8)
    whole = small.view(np.uint32)[..., 0]
    return np.ascontiguousarray(whole.repeat(times, axis=0).repeat(times, axis=1))
