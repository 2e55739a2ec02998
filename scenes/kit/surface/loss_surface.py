"""A loss as a surface: one Mobject whose points are a polar grid, shaded smoothly, its edges clean."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from manim import Mobject
from numpy.typing import NDArray

from scenes.kit import theme
from scenes.kit.drawing import mesh
from scenes.kit.drawing.canvas import Array, Canvas, Mask, Painted
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.kit.surface.window import LossWindow

RINGS, SPOKES = 36, 120
AMBIENT, DIFFUSE, HIGHLIGHT, SHEEN = 0.62, 0.48, 0.10, 0.16
OUTSIDE = 0.45  # how bright the underside is, next to the inside
RELIEF = np.sin(np.radians(50))  # seen as low as this or lower, the light is at its full strength
SIGHT_SAMPLES = np.concatenate([np.geomspace(0.004, 0.08, 6), np.linspace(0.12, 0.9995, 22)])
LIGHT = np.array([-0.55, 0.60, 0.58])  # right, up, towards the viewer


class LossSurface(Painted):
    """A loss over a disc of weights.

    ``points`` is the grid, (rings * spokes, 3), ring by ring from the middle; ``slopes`` its gradients. Two
    surfaces with one grid transform into each other by interpolating both, which is exact for sums of losses.

    Args:
        window: the part of the loss that is shown, and its size in space.
        view: where the surface is seen from.
        rings: of the grid, the middle and the rim among them, at least 2.
        spokes: of the grid, evenly spread over the whole turn.
    """

    shows_a_loss: ClassVar[bool] = True
    blended: ClassVar[tuple[str, ...]] = ("opacity", "slopes")
    kept: ClassVar[tuple[str, ...]] = ("view",)

    def __init__(self, window: LossWindow, view: Viewpoint, rings: int = RINGS, spokes: int = SPOKES) -> None:
        super().__init__()
        self.view, self.rings, self.spokes, self.radius, self.top = (
            view,
            rings,
            spokes,
            window.radius,
            window.top,
        )
        self.sources: tuple[Mobject, ...] = (view,)
        weights = window.weights(polar_grid(window.radius, rings, spokes))
        self.points = window.place(weights)
        self.slopes = window.slope(weights)
        self._grid = np.arange(rings * spokes).reshape(rings, spokes)
        self._patches = mesh.patches(self._grid)
        self._drawn = self._drawn_patches()

    def _drawn_patches(self) -> mesh.Grid:
        """What a film draws: fewer and larger patches, which look the same and take half the time."""
        return mesh.coarse(self._grid)

    # -- asking --
    def heights_at(self, ground: Array) -> Array:
        """Height of the surface over places (..., 2); minus infinity outside the disc."""
        distance = np.hypot(ground[..., 0], ground[..., 1])
        ring = np.minimum(distance * ((self.rings - 1) / self.radius), self.rings - 1 - 1e-9)
        spoke = np.arctan2(ground[..., 1], ground[..., 0]) * (self.spokes / (2 * np.pi)) % self.spokes
        i, j = ring.astype(int), spoke.astype(int) % self.spokes
        u, v, k = ring - i, spoke - np.floor(spoke), (j + 1) % self.spokes
        z = self.points[:, 2].reshape(self.rings, self.spokes)
        height = (1 - u) * ((1 - v) * z[i, j] + v * z[i, k]) + u * ((1 - v) * z[i + 1, j] + v * z[i + 1, k])
        return np.where(distance <= self.radius, height, -np.inf)

    def is_seen(self, points: Array) -> Mask:
        """Which points (n, 3) on the inside of the surface the viewer sees, (n,) of bool.

        From each point the line of sight is followed until it has left the disc. Where the surface rises
        above it, the point is hidden.
        """
        sight = self.view.sight(points)
        flat = np.maximum(np.hypot(sight[:, 0], sight[:, 1]), 1e-9)
        inwards = (points[:, :2] * sight[:, :2]).sum(axis=1) / flat
        past = np.hypot(points[:, 0], points[:, 1]) ** 2 - self.radius**2
        leaves = (np.sqrt(np.maximum(inwards**2 - past, 0)) - inwards) / flat
        along = points[:, None, :] + (leaves[:, None] * SIGHT_SAMPLES)[..., None] * sight[:, None, :]
        above = self.heights_at(along[..., :2]) - along[..., 2]
        return np.asarray(above.max(axis=1) < 0.01)

    def iso_lines(self, count: int) -> list[Array]:
        """Lines of one loss, each (n, 3), at ``count`` levels evenly spaced in its square root.

        Even in the root is even on the ground, for a quadratic. Along each spoke the level is looked up in
        the root of the height, which is exact there.
        """
        root: Array = np.sqrt(np.maximum(self.points[:, 2], 0)).reshape(self.rings, self.spokes)
        levels = np.sqrt(self.top) * np.arange(1, count + 1) / (count + 1)
        reach = self.radius / (self.rings - 1) * _crossings(root, levels)
        angle = np.arange(self.spokes) * (2 * np.pi / self.spokes)
        lines: list[Array] = []
        for level, radius in zip(levels, reach, strict=True):
            lines.extend(self._runs(level, radius, angle, root[-1]))
        return lines

    def _runs(self, level: float, radius: Array, angle: NDArray[np.floating[Any]], rim: Array) -> list[Array]:
        inside = np.isfinite(radius)
        if inside.all():
            return [self._ring(np.append(radius, radius[0]), np.append(angle, angle[0]), level)]
        if not inside.any():
            return []
        runs, first = [], int(np.flatnonzero(inside & ~np.roll(inside, 1))[0])
        order = (first + np.arange(self.spokes)) % self.spokes
        starts = np.flatnonzero(np.diff(np.concatenate([[0], inside[order].astype(int), [0]])))
        for begin, end in starts.reshape(-1, 2):
            chosen = order[begin:end]
            before, after = (chosen[0] - 1) % self.spokes, (chosen[-1] + 1) % self.spokes
            step = 2 * np.pi / self.spokes
            head = (level - rim[before]) / (rim[chosen[0]] - rim[before])
            tail = (level - rim[after]) / (rim[chosen[-1]] - rim[after])
            radii = np.concatenate([[self.radius], radius[chosen], [self.radius]])
            angles = angle[chosen[0]] + step * np.arange(-1, len(chosen) + 1)
            angles[0] += head * step
            angles[-1] -= tail * step
            runs.append(self._ring(radii, angles, level))
        return runs

    @staticmethod
    def _ring(radius: Array, angle: Array, level: float) -> Array:
        return np.stack(
            [radius * np.cos(angle), radius * np.sin(angle), np.full_like(radius, level**2)], axis=1
        )

    # -- drawing --
    def paint(self, canvas: Canvas) -> None:
        """Far patches first; then the silhouette and the rim as smooth lines over the stairs of the mesh."""
        seen = self.view.project(self.points)
        inside, outside = self._colors()
        facing = _turn(seen[self._patches][..., :2])
        if canvas.merges:
            shape = (self.rings, self.spokes)
            canvas.patches(*mesh.merged(shape, seen, (inside, outside), facing < 0), self.opacity)
        else:
            corners = seen[self._drawn]
            order = np.argsort(corners[..., 2].mean(axis=1), kind="stable")
            from_inside = (_turn(corners[..., :2]) < 0)[:, None, None]
            colors = np.where(from_inside, inside[self._drawn], outside[self._drawn])
            canvas.quads(corners[order][..., :2], colors[order], self.opacity)
        self._paint_edges(canvas, seen, facing, inside)

    def _paint_edges(self, canvas: Canvas, seen: Array, facing: Array, inside: Array) -> None:
        grid, flips = self._grid, (facing < 0).reshape(self.rings - 1, self.spokes)
        across = flips != np.roll(flips, 1, axis=1)
        along = flips[1:] != flips[:-1]
        spokes = np.stack([grid[:-1][across], grid[1:][across]], axis=1)
        rings = np.stack([grid[1:-1][along], np.roll(grid, -1, axis=1)[1:-1][along]], axis=1)
        ends = np.concatenate([spokes, rings])
        canvas.segments(seen[ends][..., :2], OUTSIDE * inside[ends].mean(axis=1), 2.2, self.opacity)
        rim = np.append(grid[-1], grid[-1, 0])
        for run in visible_runs(seen[rim, :2], self.is_seen(self.points[rim])):
            canvas.stroke([run], theme.current().rim, 2.4, 0.85 * self.opacity)

    def _colors(self) -> tuple[Array, Array]:
        """Color of every vertex seen from inside and from outside, each (n, 3)."""
        palette = theme.current()
        level = np.sqrt(np.clip(self.points[:, 2] / self.top, 0, 1))
        ramp = np.array([color.to_rgb() for color in palette.heights])
        base = np.stack(
            [np.interp(level, np.linspace(0, 1, len(ramp)), channel) for channel in ramp.T], axis=1
        )
        normal = np.concatenate([-self.slopes, np.ones((len(base), 1))], axis=1)
        normal /= np.linalg.norm(normal, axis=1, keepdims=True)
        towards = normal @ self.view.axes.T
        light = LIGHT / np.linalg.norm(LIGHT)
        half = light + np.array([0, 0, 1.0])
        half /= np.linalg.norm(half)
        # From straight above it is a map, whose color is to mean the height and nothing else.
        relief = min(1.0, float(np.sin(self.view.points[0, 1])) / RELIEF)
        inside, outside = (self._lit(base, side * towards, light, half) for side in (1, -1))
        return relief * inside + (1 - relief) * base, OUTSIDE * outside

    @staticmethod
    def _lit(base: Array, normal: Array, light: Array, half: Array) -> Array:
        diffuse = np.clip(normal @ light, 0, 1)[:, None]
        highlight = np.clip(normal @ half, 0, 1)[:, None] ** 20
        edge = (1 - np.clip(normal[:, 2:], 0, 1)) ** 3
        return np.asarray(base * (AMBIENT + DIFFUSE * diffuse + SHEEN * edge) + HIGHLIGHT * highlight)


def polar_grid(radius: float, rings: int, spokes: int) -> Array:
    """Places on the ground, ring by ring from the middle to ``radius``, (rings * spokes, 2)."""
    distance = np.linspace(0, radius, rings)[:, None]
    angle = np.arange(spokes) * (2 * np.pi / spokes)
    return np.stack([distance * np.cos(angle), distance * np.sin(angle)], axis=-1).reshape(-1, 2)


def _crossings(rising: Array, levels: Array) -> Array:
    """Where columns (rows, n) reach levels (k,), in rows from the first, (k, n); infinity for never."""
    below = (rising[None] < levels[:, None, None]).sum(axis=1)
    after, column = np.clip(below, 1, len(rising) - 1), np.arange(rising.shape[1])
    low, high = rising[after - 1, column], rising[after, column]
    row = after - 1 + (levels[:, None] - low) / (high - low)
    return np.where(below < len(rising), row, np.inf)


def _turn(corners: Array) -> Array:
    """Twice the signed area of quadrilaterals (n, 4, 2): negative when the inside is turned to the viewer."""
    one, two = corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1]
    return np.asarray(-(one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0]))


def visible_runs(points: Array, seen: Mask, shortest: int = 2) -> list[Array]:
    """The stretches of a line (n, 2) whose points are ``seen`` (n,), of ``shortest`` points or more."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], seen.astype(int), [0]])))
    return [points[begin:end] for begin, end in edges.reshape(-1, 2) if end - begin >= shortest]
