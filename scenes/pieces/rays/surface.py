"""A loss of level rays as a surface: swept by a ray that turns, with a rim, the rays drawn on it."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import Mobject

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.surface.loss_surface import visible_runs
from scenes.kit.surface.trough.shading import (
    AMBIENT,
    COOL,
    DIFFUSE,
    HALF,
    HIGHLIGHT,
    LIGHT,
    OUTSIDE,
    SHEEN,
    STEEL,
    STEEL_SHARE,
    TAN,
    WARM,
    ramp,
)
from scenes.kit.surface.trough.trough import INSIDE, ON_IT
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.rays.window import RayWindow

RINGS, SPOKES = 9, 240
RAYS = 36  # that are drawn
WALL = 0.11  # how thick the surface is at its rim, in units of space
SIGHT_SAMPLES = np.concatenate([np.geomspace(0.004, 0.08, 6), np.linspace(0.12, 0.9995, 26)])
HIDDEN = 0.02  # by so much higher ground hides what lies behind, in units of space


class RayFan(Painted):
    """The surface; ``swept`` is how much of the whole turn is there, from ``first`` on, counter-clockwise.

    Args:
        window: the part of the loss that is shown, and its size in space.
        view: where it is seen from.
        first: the direction of weights (2,) in which the sweep begins.
    """

    shows_a_loss: ClassVar[bool] = True
    blended: ClassVar[tuple[str, ...]] = ("opacity", "swept")
    kept: ClassVar[tuple[str, ...]] = ("view", "window", "_points", "_slopes", "_turns")

    def __init__(self, window: RayWindow, view: Viewpoint, first: Array) -> None:
        super().__init__()
        self.window, self.view, self.swept = window, view, 1.0
        self.first = float(np.arctan2(first[1], first[0]))
        self.sources: tuple[Mobject, ...] = (view,)
        self.points = np.zeros((1, 3))
        self.z_index, self.on_it = INSIDE, ON_IT
        self._turns = spokes(window, self.first)
        angle = self.first + 2 * np.pi * self._turns
        distance = np.geomspace(window.hole, window.radius, RINGS)[:, None]
        ground = np.stack([distance * np.cos(angle), distance * np.sin(angle)], axis=-1)
        self._points, self._slopes = window.lifted(ground), window.slope(ground)

    # -- what lies on it -------------------------------------------------------------------------------------
    def sweep(self, share: float) -> RayFan:
        """Let so much of the whole turn be there."""
        self.swept = share
        return self

    @property
    def tip(self) -> Array:
        """The direction (2,) in which the ray that sweeps lies now."""
        angle = self.first + 2 * np.pi * self.swept
        return np.array([np.cos(angle), np.sin(angle)])

    def lay(self, weights: Array) -> tuple[Array, Array]:
        """Weights (..., 2) -> the picture (..., 2), and how far they are from what is no more seen (...)."""
        ground = self.window.ground(weights)
        distance = np.hypot(ground[..., 0], ground[..., 1])
        points = self.window.lifted(ground)
        room = np.minimum(self.window.radius + 1e-6 - distance, distance - self.window.hole + 1e-6)
        room = np.minimum(room, HIDDEN - self.above(points))
        return self.view.project(points)[..., :2], room

    def above(self, points: Array) -> Array:
        """By how much the surface rises above the lines of sight from points (..., 3) on it, (...)."""
        sight = self.view.sight(points)
        flat = np.maximum(np.hypot(sight[..., 0], sight[..., 1]), 1e-9)
        inwards = (points[..., :2] * sight[..., :2]).sum(axis=-1) / flat
        past = (points[..., :2] ** 2).sum(axis=-1) - self.window.radius**2
        leaves = (np.sqrt(np.maximum(inwards**2 - past, 0)) - inwards) / flat
        along = points[..., None, :] + (leaves[..., None] * SIGHT_SAMPLES)[..., None] * sight[..., None, :]
        here = np.hypot(along[..., 0], along[..., 1])
        rise = self.window.top * self.window.share(along[..., :2]) - along[..., 2]
        is_there = here > self.window.hole
        if self.swept < 1:
            turn = (np.arctan2(along[..., 1], along[..., 0]) - self.first) / (2 * np.pi) % 1.0
            is_there &= turn < self.swept
        return np.asarray(np.where(is_there, rise, -1.0).max(axis=-1))

    @property
    def outlines(self) -> list[Array]:
        """The rim, (n, 2) in the picture."""
        return [self.view.project(self._points[-1])[:, :2]]

    @property
    def scale_factor(self) -> float:
        """Picture units for one unit of a weight."""
        return self.window.scale * self.view.scale_factor

    # -- drawing ---------------------------------------------------------------------------------------------
    def paint(self, canvas: Canvas) -> None:
        """Patches and rim from the farthest to the nearest, clean edges over them, then the rays."""
        last = int(np.searchsorted(self._turns, self.swept + 1e-9)) - 1
        if last < 1:
            return
        points, slopes = self._points[:, : last + 1], self._slopes[:, : last + 1]
        below = points[-1] - [0.0, 0.0, WALL]
        seen, low = self.view.project(points), self.view.project(below)
        inside, outside = self._colors(points, slopes)
        patches = _cells(seen)
        facing = _turn(patches[..., :2])
        tints = np.where((facing < 0)[:, None, None], _cells(inside), _cells(outside))
        rim = np.stack([seen[-1, :-1], low[:-1], low[1:], seen[-1, 1:]], axis=1)
        rim_tints = np.repeat(self._rim_colors(points[-1])[:, None], 4, axis=1)
        outwards = _turn(rim[..., :2]) < 0
        corners, colors = (
            np.concatenate([patches, rim[outwards]]),
            np.concatenate([tints, rim_tints[outwards]]),
        )
        order = np.argsort(corners[..., 2].mean(axis=1), kind="stable")
        canvas.quads(corners[order][..., :2], colors[order], self.opacity)
        self._paint_edges(canvas, points, seen, low, facing.reshape(RINGS - 1, last), inside)
        self._paint_rays(canvas, points, last)

    def _paint_edges(
        self, canvas: Canvas, points: Array, seen: Array, low: Array, facing: Array, inside: Array
    ) -> None:
        """Where the surface turns its back, and its rim."""
        flips = facing < 0
        across, along = flips[:, 1:] != flips[:, :-1], flips[1:] != flips[:-1]
        ends = np.concatenate(
            [
                np.stack([points[:-1, 1:-1][across], points[1:, 1:-1][across]], axis=1),
                np.stack([points[1:-1, :-1][along], points[1:-1, 1:][along]], axis=1),
            ]
        )
        tints = np.concatenate([inside[:-1, 1:-1][across], inside[1:-1, :-1][along]])
        clear = self.above(ends).max(axis=1) < HIDDEN
        flat = self.view.project(ends[clear])[..., :2]
        canvas.segments(flat, OUTSIDE * tints[clear], 2.2, self.opacity)
        color, clear = theme.current().rim, HIDDEN - self.above(points[-1]) > 0
        for run in visible_runs(seen[-1, :, :2], clear):
            canvas.stroke([run], color, 2.6, self.opacity)
        towards = (points[-1, :, :2] * self.view.sight(points[-1])[:, :2]).sum(axis=1) > 0
        for run in visible_runs(low[:, :2], clear & towards):
            canvas.stroke([run], color.interpolate(theme.current().shade, 0.35), 2.0, self.opacity)

    def _paint_rays(self, canvas: Canvas, points: Array, last: int) -> None:
        """Lines of equal loss: rays, as far as they are seen."""
        share = np.linspace(0, 1, 28)[:, None]
        turns = np.arange(0.0, self._turns[last] + 1e-9, 1 / RAYS)
        ends = ([np.interp(turns, self._turns[: last + 1], it) for it in points[ring].T] for ring in (0, -1))
        inner, outer = (np.column_stack(it)[:, None] for it in ends)
        lines = (1 - share) * inner + share * outer
        clear, flat, runs = HIDDEN - self.above(lines) > 0, self.view.project(lines)[..., :2], []
        for line, is_seen in zip(flat, clear, strict=True):
            runs += visible_runs(line, is_seen)
        canvas.stroke(runs, theme.current().iso, 1.8, 0.36 * self.opacity)

    def _colors(self, points: Array, slopes: Array) -> tuple[Array, Array]:
        """Of every vertex from above and from below, each (rings, spokes, 3), under the film's one light."""
        palette = theme.current()
        base = ramp(np.clip(points[..., 2] / self.window.top, 0, 1), palette)
        normal = np.concatenate([-slopes, np.ones((*slopes.shape[:2], 1))], axis=-1)
        normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
        towards = normal @ self.view.axes.T
        lit = _lit(base, towards, points[..., 2:] / self.window.top)
        under = _lit(base + STEEL_SHARE * (STEEL - base), -towards, points[..., 2:] / self.window.top)
        return lit, OUTSIDE * under

    def _rim_colors(self, rim: Array) -> Array:
        """Of the pieces of the rim, (n, 3): brighter where they are turned to the light."""
        middle = (rim[1:, :2] + rim[:-1, :2]) / 2
        normal = np.column_stack([middle, np.zeros(len(middle))]) / np.linalg.norm(middle, axis=1)[:, None]
        bright = np.clip(normal @ self.view.axes.T @ LIGHT, 0, 1)[:, None]
        return np.asarray(np.array(theme.current().rim.to_rgb()) * (0.52 + 0.40 * bright))


def spokes(window: RayWindow, first: float) -> Array:
    """Shares of the whole turn from the direction ``first`` on, (n + 1,): close to each other on a slope."""
    fine = np.linspace(0, 1, 40 * SPOKES + 1)
    angle = first + 2 * np.pi * fine
    height = window.share(np.column_stack([np.cos(angle), np.sin(angle)]))
    climbed = np.concatenate([[0.0], np.cumsum(np.abs(np.diff(height)))])
    passed = fine + climbed / max(float(climbed[-1]), 1e-12)
    return np.asarray(np.interp(np.linspace(0, passed[-1], SPOKES + 1), passed, fine))


def _lit(base: Array, normal: Array, height: Array) -> Array:
    """Colors (..., 3) whose surface has these normals, to the right, up and towards the viewer."""
    diffuse, shine, facing = (
        np.clip(normal @ it, 0, 1)[..., None] for it in (LIGHT, HALF, np.array([0.0, 0.0, 1.0]))
    )
    light = AMBIENT * (COOL + height * (TAN - COOL)) + DIFFUSE * WARM * diffuse + SHEEN * (1 - facing) ** 3
    return np.asarray(0.94 * base * light + 0.5 * HIGHLIGHT * shine**8)


def _cells(grid: Array) -> Array:
    """The corners of every cell of a grid (n, m, d), inner and outer of one spoke, then of the next."""
    corners = grid[:-1, :-1], grid[1:, :-1], grid[1:, 1:], grid[:-1, 1:]
    return np.stack(corners, axis=2).reshape(-1, 4, grid.shape[-1])


def _turn(corners: Array) -> Array:
    """Twice the signed area of quadrilaterals (n, 4, 2): negative when turned to the viewer."""
    one, two = corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1]
    return np.asarray(-(one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0]))
