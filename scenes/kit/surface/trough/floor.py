"""The floor below a cut-out loss: as large as the shape, in its shadow, with round weights and its map."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from manim import Mobject

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.drawing.repeated.lines import stroke_apart
from scenes.kit.drawing.shade import shade
from scenes.kit.surface.trough.seen import Seen, together

if TYPE_CHECKING:
    from scenes.kit.surface.trough.trough import Trough

SOFT = 24  # pixels from one sample of the floor's colors to the next
GAP = 0.6  # between the floor and the lowest point of the wall, in units of space
MARGIN = 0.42  # of floor beyond the shape, in units of space
SPARSE, DENSE = 0.50, 0.30  # spacing at which grid lines are wholly there, and not at all


class CutFloor(Painted):
    """The plane of the two weights below a :class:`Trough`, with the shape's shadow and its lines.

    Grid lines stand at round weights. While the window grows they thin out by and by, none jumps.

    Args:
        trough: what stands above the floor.
        gap: between the floor and the lowest point of the wall, in units of space.
    """

    kept: ClassVar[tuple[str, ...]] = ("trough",)

    def __init__(self, trough: Trough, gap: float = GAP) -> None:
        super().__init__()
        self.trough, self.on_it, self.gap = trough, 0.0, gap
        self.points = np.zeros((1, 3))
        self.sources: tuple[Mobject, ...] = trough.sources

    @property
    def level(self) -> float:
        """Where the floor is, z in units of space."""
        return -self.trough.wall - self.gap

    @property
    def reach(self) -> Array:
        """How far the floor goes along each axis from the minimizer, in units of space, (2,)."""
        return self.trough.seen().solid.extent + MARGIN

    def lay(self, weights: Array) -> tuple[Array, Array]:
        """Weights (..., 2) -> the picture (..., 2), and how far they are from the floor's edge (...)."""
        seen = self.trough.seen()
        ground = seen.window.ground(weights)
        return self._flat(seen, ground), (self.reach - np.abs(ground)).min(axis=-1)

    @property
    def outlines(self) -> list[Array]:
        """The floor itself, (4, 2) in the picture."""
        corners = self.reach * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])
        return [self._flat(self.trough.seen(), corners)]

    def edge(self, axis: int, weight: float) -> tuple[Array, Array]:
        """Where a weight stands on the floor's edge that runs along ``axis`` and faces the viewer.

        Its place in the picture (2,), and the direction away from the floor (2,), of length 1: for numbers
        and names. A weight beyond the floor's end has its place in the edge's prolongation.
        """
        seen = self.trough.seen()
        side = 1.0 if seen.sight.axes[2, 1 - axis] >= 0 else -1.0
        ground = np.zeros((3, 2))
        ground[:, axis] = (weight - seen.window.loss.minimizer[axis]) * seen.window.scale
        ground[1, axis] += 0.01
        ground[:, 1 - axis] = side * self.reach[1 - axis]
        ground[2, 1 - axis] += 0.01 * side
        place, along, beyond = self._flat(seen, ground)
        normal = np.array([place[1] - along[1], along[0] - place[0]])
        normal *= np.sign(normal @ (beyond - place)) / np.linalg.norm(normal)
        return place, normal

    @property
    def scale_factor(self) -> float:
        """Picture units for one unit of a weight, about."""
        return self.trough.scale_factor

    def _flat(self, seen: Seen, ground: Array) -> Array:
        height = np.full((*ground.shape[:-1], 1), self.level)
        return seen.sight.project(np.concatenate([ground, height], axis=-1))

    def paint(self, canvas: Canvas) -> None:
        """Colors with the shadow in them, the grid, the frame, and lines of equal loss."""
        seen, palette, reach = self.trough.seen(), theme.current(), self.reach
        [corners] = self.outlines
        shade(canvas, [corners], lambda at: seen.shading.floor(self.level, at), self.opacity, SOFT)
        for lines, strength in self._grid(seen, reach):
            stroke_apart(canvas, self._flat(seen, lines), palette.grid, 1.6, strength * self.opacity)
        levels = together(seen.lines(self.trough.lines), lambda ground: self._flat(seen, ground))
        edges = [np.concatenate([corners, corners[:1]]), *levels]
        stroke_apart(canvas, edges, palette.rule, 1.8, self.opacity)

    @staticmethod
    def _grid(seen: Seen, reach: Array) -> list[tuple[Array, float]]:
        """Lines (n, 2, 2) on the ground and how strong they are, from the finest spacing that is seen."""
        middle, scale = np.asarray(seen.window.loss.minimizer), seen.window.scale
        decade = np.floor(np.log10(DENSE / scale))
        spacings = [f * 10**d for d in (decade, decade + 1) for f in (1.0, 5.0)]
        first = next(i for i, spacing in enumerate(spacings) if spacing * scale > DENSE)
        found = []
        for spacing, coarser in pairwise(spacings[first : first + 3]):
            share = float(np.clip((spacing * scale - DENSE) / (SPARSE - DENSE), 0, 1))
            for axis in (0, 1):  # strokes that cross each other take longer
                lines = _along(axis, spacing, coarser, middle, scale, reach, share == 1)
                found.append((lines, share))
            if share == 1:
                break
        return found


def _along(
    axis: int, spacing: float, coarser: float, middle: Array, scale: float, reach: Array, wholly: bool
) -> Array:
    """Lines (n, 2, 2) at multiples of ``spacing`` on one axis, ``wholly`` or without those of ``coarser``."""
    first, last = (middle[axis] + side * reach[axis] / scale for side in (-1, 1))
    number = np.arange(np.ceil(first / spacing), np.floor(last / spacing) + 1)
    if not wholly:
        number = number[np.mod(number, round(coarser / spacing)) != 0]
    lines = np.tile(np.array([-reach, reach]), (len(number), 1, 1))
    lines[:, :, axis] = ((number * spacing - middle[axis]) * scale)[:, None]
    return lines
