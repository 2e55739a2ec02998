"""Small pictures of pixels in a grid, thousands of cells, as one Mobject over arrays."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import Animation, ManimColor, there_and_back

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.drawing.cells import draw_cells
from scenes.kit.lettering.places import Box

GROWN = 1.05  # times as large, where a wall is pointed out
LEAST = 8  # cells across a picture
UNLIT, PAPER, GLOW = 0.55, 0.6, 0.14  # shares: of ink that is not lit, of a tile's ground, of a lit one's


def pictures(images: Array) -> Array:
    """Images (n, pixels), row by row, as squares (n, h, h); pixels of what is no square are stretched."""
    count, pixels = images.shape
    high = next(rows for rows in range(int(pixels**0.5), 0, -1) if pixels % rows == 0)
    wide = pixels // high
    side = max(wide, LEAST)
    rows, columns = (np.arange(side) * length // side for length in (high, wide))
    return np.asarray(images.reshape(count, high, wide)[:, rows][:, :, columns])


class Tiles(Painted):
    """Pictures (n, h, w) in rows of ``columns``, each lit for itself.

    Its points are the lower left and the upper right corner, so that it can be moved and scaled.

    Args:
        images: the pictures, values from 0 (paper) to 1 (ink).
        columns: how many stand in a row.
        box: where they stand; they fill its width or its height, and stand in its middle.
        color: of the ink of a tile that is lit.
        gap: between two tiles, in pixels of theirs.
        ground: how much of the color the paper of a lit tile takes; None leaves the paper out.
    """

    blended: ClassVar[tuple[str, ...]] = ("opacity", "images", "lit", "shown", "color")

    def __init__(
        self,
        images: Array,
        columns: int,
        box: Box,
        color: ManimColor,
        gap: int = 1,
        ground: float | None = GLOW,
    ) -> None:
        super().__init__()
        self.images = np.asarray(images, dtype=float)
        self.columns, self.gap, self.color, self.ground = columns, gap, color, ground
        self.lit = np.zeros(len(images))
        self.shown = np.ones(len(images))
        rows, wide = self.cells
        side = min(box.width / wide, box.height / rows)
        half = np.array([wide * side, rows * side, 0.0]) / 2
        self.points = np.stack([box.at() - half, box.at() + half])

    @property
    def cells(self) -> tuple[int, int]:
        """Rows and columns of all cells, gaps counted."""
        count, height, width = self.images.shape
        rows, gap = -(-count // self.columns), self.gap
        return rows * (height + gap) - gap, min(self.columns, count) * (width + gap) - gap

    @property
    def side(self) -> float:
        """Of one cell, in picture units."""
        return float(self.points[1, 0] - self.points[0, 0]) / self.cells[1]

    def tile(self, index: int) -> Box:
        """Where one of the pictures is now."""
        _, height, width = self.images.shape
        row, column = divmod(index, self.columns)
        left = float(self.points[0, 0]) + column * (width + self.gap) * self.side
        top = float(self.points[1, 1]) - row * (height + self.gap) * self.side
        return Box(left, left + width * self.side, top - height * self.side, top)

    @property
    def whole(self) -> Box:
        """Where all of them are now."""
        (left, bottom, _), (right, top, _) = self.points
        return Box(float(left), float(right), float(bottom), float(top))

    def light(self, lit: Array) -> Tiles:
        """Light every tile by its share (n,)."""
        self.lit = np.asarray(lit, dtype=float)
        return self

    def show(self, shown: Array) -> Tiles:
        """Show every tile by its share (n,)."""
        self.shown = np.asarray(shown, dtype=float)
        return self

    def breathe(self) -> Animation:
        """It grows a little, and shrinks again."""
        middle = self.points.mean(axis=0)
        return self.animate(rate_func=there_and_back).scale(GROWN, about_point=middle).build()

    def paint(self, canvas: Canvas) -> None:
        """All of them as one raster."""
        left, bottom, _ = self.points[0]
        width = float(self.points[1, 0] - self.points[0, 0])
        draw_cells(canvas, self.raster(), float(left), float(bottom), width, self.opacity)

    def raster(self) -> Array:
        """Colors and opacities of all cells, (rows, columns, 4)."""
        count, height, width = self.images.shape
        columns, gap = self.cells[1] // (width + self.gap) + 1, self.gap
        rows = -(-count // self.columns)
        tints = np.zeros((rows * columns, height + gap, width + gap, 4))
        tints[:count, :height, :width, :3] = self._tints()
        bare = self.images if self.ground is None else 1.0
        tints[:count, :height, :width, 3] = self.shown[:, None, None] * bare
        tints = tints.reshape(rows, columns, height + gap, width + gap, 4).swapaxes(1, 2)
        flat = tints.reshape(rows * (height + gap), columns * (width + gap), 4)
        return flat[: self.cells[0], : self.cells[1]]

    def _tints(self) -> Array:
        """Colors of every picture's pixels, (n, h, w, 3)."""
        palette = theme.current()
        ground, panel, rule, color = (
            np.array(tint.to_rgb()) for tint in (palette.background, palette.panel, palette.rule, self.color)
        )
        lit = self.lit[:, None]
        paper = ground + PAPER * (panel - ground)
        dim = ground + UNLIT * (rule - ground)
        ink = dim + lit * (color - dim)
        tile = ink if self.ground is None else paper + self.ground * lit * (color - paper)
        share = self.images[..., None]
        return np.asarray(tile[:, None, None] + share * (ink - tile)[:, None, None])
