"""Rows as small pictures in a square of tiles: every number a square, the brighter the larger it is."""

from __future__ import annotations

from collections.abc import Callable

import cairo
import numpy as np

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Pixels

FILLS = 0.84  # of a tile, by its picture


class Pictures:
    """The tiles, which fill the square from -1 to 1.

    Args:
        rows: the numbers of each row, (n, d); they are drawn in squares of as many columns as rows.
    """

    def __init__(self, rows: Array) -> None:
        low, high = float(rows.min()), float(rows.max())
        side = int(np.ceil(np.sqrt(rows.shape[1])))
        shades = np.zeros((len(rows), side * side))
        shades[:, : rows.shape[1]] = (rows - low) / (high - low or 1.0)
        self.shades = shades.reshape(len(rows), side, side)
        self.across = int(np.ceil(np.sqrt(len(rows))))
        self.tile = 2 / self.across
        turns = (np.arange(len(rows)) + len(rows) // 2 - self.across // 2) % len(rows)
        self.places = np.stack(
            [-1 + self.tile * (turns % self.across + 0.5), 1 - self.tile * (turns // self.across + 0.5)],
            axis=-1,
        )
        """Middles of the tiles, (n, 2), row 1's in the middle of all."""

    def paint(self, canvas: Canvas, place: Callable[[Array], Array], alpha: float) -> None:
        """Draw the pictures.

        Args:
            canvas: what is drawn on.
            place: takes points of the square (k, 2) to the picture (k, 2).
            alpha: how opaque the brightest parts are.
        """
        if alpha <= 0:
            return
        half = 0.5 * FILLS * self.tile
        corners = np.array([[-half, half], [half, half], [-half, -half]])
        color = theme.current().text
        for shades, middle in zip(self.shades, self.places, strict=True):
            self._lay(canvas, shades, place(middle + corners), alpha * np.array([*canvas.rgb(color)]), alpha)

    @staticmethod
    def _lay(canvas: Canvas, shades: Array, corners: Array, color: Array, alpha: float) -> None:
        """One picture, its upper left, upper right and lower left corner at ``corners``."""
        side = len(shades)
        pixels: Pixels = np.zeros((side, side, 4), dtype=np.uint8)
        pixels[..., :3] = np.rint(255 * shades[..., None] * color[::-1])
        pixels[..., 3] = np.rint(255 * shades * alpha)
        image = cairo.ImageSurface.create_for_data(pixels.data, cairo.FORMAT_ARGB32, side, side)
        across, down = (corners[1] - corners[0]) / side, (corners[2] - corners[0]) / side
        context = canvas.context
        context.save()
        context.transform(cairo.Matrix(*across, *down, *corners[0]))
        context.set_source_surface(image, 0, 0)
        context.get_source().set_filter(cairo.FILTER_NEAREST)
        context.paint()
        context.restore()
