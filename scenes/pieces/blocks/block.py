"""A block of small cubes in space, lit from the upper left; some of them glow, and light what is near them.

One Mobject over arrays: its points are the cubes' centers, so moving, pulling out and turning are Manim's own
interpolations, and a film and a vector file hold the same polygons.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Self

import cairo
import numpy as np
from manim import ManimColor, Mobject
from numpy.typing import ArrayLike

from bn_math.checks import Indices
from scenes.kit import theme
from scenes.kit.drawing.canvas import PIXEL, Array, Canvas, Mask, Painted
from scenes.kit.drawing.repeated.halos import draw_halos
from scenes.kit.surface.viewpoint import Viewpoint

FILLED = 0.86  # of the way from one cube to the next is cube, the rest is a gap
LIGHT = np.array([-0.50, 0.72, 0.48])  # right, up, towards the viewer
AMBIENT, DIFFUSE = 0.50, 0.58
TOP, BOTTOM = 1.10, 0.86  # how bright a face is at its upper and at its lower edge
VALUES = 0.34  # by how much a cube's own number makes it brighter or darker
DULL = 0.55  # what does not glow: from the color of grids to that of rules
EVEN = 0.5  # how much less a glowing cube's faces differ
SPILL, NEAR, MOST_LENT = (
    0.19,
    1.15,
    0.28,
)  # light that a glowing cube lends its neighbors, how far, and the most
HALO, AROUND = 0.11, 1.15  # strength and radius of the light in the air, in cubes
FADING = ((0.0, 1.0), (0.45, 0.45), (1.0, 0.0))  # of it outwards
MIRRORED, DEEP = 0.26, 1.7  # how much the ground shows of what stands on it, and how far down, in cubes
SAME = 0.05  # of the way from cube to cube: so near are two places the same
ROUND = 3.4  # width of the edges that round the corners, in pixels at 1080p

_SIGNS = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], dtype=float)
_FACES = np.array([[0, 1, 3, 2], [4, 5, 7, 6], [0, 1, 5, 4], [2, 3, 7, 6], [0, 2, 6, 4], [1, 3, 7, 5]])
_NORMALS = np.array([[-1, 0, 0], [1, 0, 0], [0, -1, 0], [0, 1, 0], [0, 0, -1], [0, 0, 1]], dtype=float)


def places(counts: tuple[int, int, int]) -> Array:
    """The places of a grid round the origin, one apart, (n, 3), the last axis running fastest."""
    grid = np.stack(np.meshgrid(*map(np.arange, counts), indexing="ij"), axis=-1).reshape(-1, 3)
    return np.asarray(grid - (np.array(counts) - 1) / 2, dtype=float)


class Block(Painted):
    """Cubes at the places of a grid.

    ``points`` are their centers (n, 3); ``size`` is how large each is, 1 as wide as the grid lets it;
    ``glow`` is how much it glows, ``tint`` the number in it, from -1 to 1, as brightness; each (n,).

    Args:
        counts: how many cubes there are along the three axes, the last of them upwards.
        view: where the block is seen from; its middle is the origin of space.
        tint: the cubes' numbers, of any shape with as many; without them all are as bright.
        color: of those that glow; None is that of batch normalization.
        pitch: from one cube to the next along the three axes, in units of space.
        ground: whether what is below shows the block mirrored.
    """

    blended: ClassVar[tuple[str, ...]] = ("opacity", "size", "glow", "tint", "colors")
    kept: ClassVar[tuple[str, ...]] = ("view", "counts", "pitch")

    def __init__(
        self,
        counts: tuple[int, int, int],
        view: Viewpoint,
        tint: ArrayLike | None = None,
        color: ManimColor | None = None,
        pitch: Sequence[float] = (1.0, 1.0, 1.0),
        ground: bool = True,
    ) -> None:
        super().__init__()
        self.counts, self.view, self.pitch, self.has_ground = counts, view, np.array(pitch), ground
        self.sources: tuple[Mobject, ...] = (view,)
        grid = places(counts)
        self.points = grid * self.pitch
        self.colors = np.tile((theme.current().bowl if color is None else color).to_rgb(), (len(grid), 1))
        self.size, self.glow = np.ones(len(grid)), np.zeros(len(grid))
        self.tint = np.zeros(len(grid)) if tint is None else np.asarray(tint, dtype=float).reshape(-1)

    # -- which cubes ----------------------------------------------------------------------------------------
    def members(
        self, first: object = slice(None), second: object = slice(None), third: object = slice(None)
    ) -> Array:
        """1 for the cubes that these indices along the three axes pick, 0 for the others, (n,)."""
        chosen: Any = np.zeros(self.counts)
        chosen[first, second, third] = 1.0
        return np.asarray(chosen.reshape(-1))

    def light(self, glow: ArrayLike, color: ManimColor | None = None) -> Self:
        """Let cubes glow, each as much as ``glow`` (n,) says, or all alike; those that do, in ``color``."""
        self.glow = np.broadcast_to(np.asarray(glow, dtype=float), self.glow.shape).copy()
        if color is not None:
            self.colors = np.where(self.glow[:, None] > 0, np.asarray(color.to_rgb()), self.colors)
        return self

    def arrange(self, counts: tuple[int, int, int]) -> Self:
        """Move the cubes to the places of another grid of as many."""
        self.points = places(counts) * self.pitch
        return self

    def grow(self, size: ArrayLike) -> Self:
        """Give the cubes this ``size`` (n,), 0 for what is not there."""
        self.size = np.broadcast_to(np.asarray(size, dtype=float), self.size.shape).copy()
        return self

    def fill(self, tint: ArrayLike) -> Self:
        """Put other numbers into the cubes, from -1 to 1."""
        self.tint = np.asarray(tint, dtype=float).reshape(-1)
        return self

    def pull(self, chosen: Array, way: Sequence[float]) -> Self:
        """Move the ``chosen`` cubes (n,) by ``way`` in space, (3,)."""
        self.points = self.points + chosen[:, None] * np.asarray(way, dtype=float)
        return self

    # -- drawing --------------------------------------------------------------------------------------------
    @property
    def ground(self) -> float:
        """How high the ground is on which the block stands."""
        return float(-self.counts[2] / 2 * self.pitch[2])

    def paint(self, canvas: Canvas) -> None:
        """What the ground mirrors, the faces from the farthest cube to the nearest, the light in the air."""
        if self.opacity <= 0:
            return
        is_there = self.size > 1e-3
        if self.has_ground:
            mirrored = self.points * [1, 1, -1] + [0, 0, 2 * self.ground]
            strength = MIRRORED * np.clip(1 - (self.ground - mirrored[:, 2]) / (DEEP * self.pitch[2]), 0, 1)
            self._paint_cubes(canvas, mirrored, is_there & (strength > 0), strength)
        self._paint_cubes(canvas, self.points, is_there, np.ones(len(self.points)))
        self._paint_halo(canvas, is_there)

    def _paint_cubes(self, canvas: Canvas, centers: Array, chosen: Mask, strength: Array) -> None:
        index = np.flatnonzero(chosen)
        if not len(index):
            return
        view, at = self.view, centers[index]
        order = np.argsort(view.project(at)[:, 2], kind="stable")
        index, at = index[order], at[order]
        half = 0.5 * FILLED * self.size[index, None, None] * self.pitch
        corners = view.project(at[:, None] + half * _SIGNS)[..., :2]
        middles = at[:, None] + half * _NORMALS
        facing = (view.sight(middles) * _NORMALS).sum(axis=-1) > 1e-3
        covered = self._covered(at, self.size[index])
        seen = facing & (facing & ~covered).any(axis=1, keepdims=True)
        cube, face = np.nonzero(seen)  # cube after cube, so that what is near is drawn last
        alphas = self.opacity * strength[index[cube]]
        self._paint_faces(
            canvas,
            corners[cube[:, None], _FACES[face]],
            self._colors(index)[cube, face],
            alphas,
            covered[cube, face] | (alphas < 0.5),
        )

    @staticmethod
    def _paint_faces(canvas: Canvas, outlines: Array, colors: Array, alphas: Array, is_plain: Mask) -> None:
        """Faces (n, 4, 2), brighter at their upper edges, their corners a little round; or in one color."""
        context = canvas.context
        context.set_line_join(cairo.LINE_JOIN_ROUND)
        context.set_line_width(ROUND * PIXEL)
        rows = zip(
            outlines.tolist(),
            outlines[..., 1].min(axis=1).tolist(),
            outlines[..., 1].max(axis=1).tolist(),
            *(_tinted(canvas, colors * factor).tolist() for factor in (1.0, BOTTOM, TOP)),
            alphas.tolist(),
            is_plain.tolist(),
            strict=True,
        )
        for (a, b, c, d), low, high, (red, green, blue), bottom, top, alpha, plain in rows:
            context.new_path()
            context.move_to(*a)
            context.line_to(*b)
            context.line_to(*c)
            context.line_to(*d)
            context.close_path()
            if plain:
                context.set_source_rgba(red, green, blue, alpha)
                context.fill()
                continue
            shade = cairo.LinearGradient(0.0, low, 0.0, high)
            for stop, (one, two, three) in ((0.0, bottom), (1.0, top)):
                shade.add_color_stop_rgba(stop, one, two, three, alpha)
            context.set_source(shade)
            context.fill_preserve()
            context.set_source_rgba(red, green, blue, alpha)
            context.stroke()

    def _covered(self, centers: Array, size: Array) -> Mask:
        """Which faces (n, 6) have a whole cube right before them, so that only a slit of them is seen."""
        apart = (centers[None] - centers[:, None]) / self.pitch
        before = {step: np.abs(apart - step) < SAME for step in (-1, 0, 1)}
        found = []
        for normal in _NORMALS.astype(int).tolist():
            x, y, z = (before[step][..., axis] for axis, step in enumerate(normal))
            found.append((x & y & z & (size > 0.99)).any(axis=1))
        return np.stack(found, axis=1)

    def _colors(self, index: Indices) -> Array:
        """What color each face of the cubes has, (n, 6, 3): its own light, and its neighbors'."""
        palette = theme.current()
        lit = AMBIENT + DIFFUSE * np.clip(_NORMALS @ self.view.axes.T @ LIGHT, 0, None)
        base = np.asarray(palette.grid.interpolate(palette.rule, DULL).to_rgb())
        own, glowing = self.glow[index], self.colors[index]
        value = 1 + VALUES * self.tint[index] * (1 - 0.25 * own)
        apart = np.linalg.norm((self.points[index, None] - self.points[None]) / self.pitch, axis=-1)
        near = np.exp(-((apart / NEAR) ** 2)) * self.glow * self.size
        lent = np.minimum(SPILL * near.sum(axis=1), MOST_LENT) * (1 - own)
        lights = near @ self.colors / np.maximum(near.sum(axis=1), 1e-9)[:, None]
        dull = base * value[:, None]
        color = dull + own[:, None] * (glowing * value[:, None] - dull) + lent[:, None] * lights
        bright = lit[None] + own[:, None] * EVEN * (1 - lit[None])
        return np.asarray(color[:, None] * bright[..., None])

    def _paint_halo(self, canvas: Canvas, is_there: Mask) -> None:
        """The light round what glows."""
        glowing = np.flatnonzero(is_there & (self.glow > 0.05))
        if not len(glowing):
            return
        seen = self.view.project(self.points[glowing])
        radius = AROUND * self.view.scale_factor * float(self.pitch.max())
        share = min(1.0, (10 / len(glowing)) ** 0.5)
        alphas = HALO * share * self.glow[glowing] * self.opacity
        colors = [ManimColor(color) for color in self.colors[glowing]]
        draw_halos(canvas, seen[:, :2], radius, colors, alphas.tolist(), FADING)


def _tinted(canvas: Canvas, colors: Array) -> Array:
    """Colors, (n, 3), in the order of the canvas."""
    tints = canvas.tone(np.clip(colors, 0, 1))
    return tints[:, ::-1] if canvas.swapped else tints
