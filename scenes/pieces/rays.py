"""The loss of a batch-normalized neuron as a surface: rays from the origin, each at one height."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, cast

import numpy as np
from manim import RIGHT, UP, Arrow, Circle, DashedVMobject, Line, Mobject, VGroup

from bn_math.descent.losses import NormalizedNeuron
from scenes.kit import theme
from scenes.kit.drawing import mesh
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import layout, typography
from scenes.kit.surface.ball import DescentPath
from scenes.kit.surface.loss_surface import LossSurface, visible_runs
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.kit.surface.window import LossWindow

HOLE = 0.24  # radius of what is left out round the origin, where there is no direction and no height
RINGS, SPOKES = 10, 240
RAYS = 48
CORNER = 0.22  # the mark of a right angle


@dataclass(frozen=True)
class RayWindow:
    """A disc of weights round the origin. The counterpart of LossWindow.

    z is the logarithm of the loss above its minimum: ``top`` where it is greatest, 0 where no more than
    ``deepest`` of that is left.

    Args:
        loss: the loss that is shown.
        reach: how far the disc goes in every direction, in units of the weights.
        deepest: the share of the greatest loss that lies at height 0, between 0 and 1.
        radius: of the disc as it is drawn, in units of space.
        top: height of its highest points, in units of space.
    """

    loss: NormalizedNeuron
    reach: float
    deepest: float
    radius: float = 2.35
    top: float = 1.2

    def ground(self, weights: Array) -> Array:
        """Weights (..., 2) -> their place on the ground (..., 2)."""
        return np.asarray(weights, dtype=float) * (self.radius / self.reach)

    def weights(self, ground: Array) -> Array:
        """A place on the ground (..., 2) -> the weights (..., 2) it stands for."""
        return np.asarray(ground, dtype=float) * (self.reach / self.radius)

    def place(self, weights: Array) -> Array:
        """Weights (..., 2) -> their point on the surface (..., 3)."""
        left = np.maximum(self.loss.excess(weights) / self.loss.maximum, self.deepest)
        height = self.top * (1 - np.log(left) / np.log(self.deepest))
        return np.concatenate([self.ground(weights), np.asarray(height)[..., None]], axis=-1)

    def slope(self, weights: Array) -> Array:
        """The surface's gradient in space (..., 2) at ``weights`` (..., 2), from the loss's own gradient."""
        excess = np.maximum(self.loss.excess(weights), self.deepest * self.loss.maximum)[..., None]
        steepness = self.top / -np.log(self.deepest) * self.reach / self.radius
        return np.asarray(self.loss.gradient(weights) / excess * steepness)


class RayPath(DescentPath):
    """A trajectory on the surface of rays.

    Args:
        window: the part of the loss that is shown.
        weights: the weights at each step from the start on, (n, 2).
    """

    def __init__(self, window: RayWindow, weights: Array) -> None:
        # A path asks a window no more than where weights lie.
        super().__init__(cast(LossWindow, window), weights)


class RaySurface(LossSurface):
    """The surface of rays, with a hole at the origin.

    Args:
        window: the part of the loss that is shown, and its size in space.
        view: where the surface is seen from.
    """

    def __init__(self, window: RayWindow, view: Viewpoint) -> None:
        super().__init__(cast(LossWindow, window), view, RINGS, SPOKES)
        distance = np.linspace(HOLE, window.radius, RINGS)[:, None]
        angle = np.arange(SPOKES) * (2 * np.pi / SPOKES)
        ground = np.stack([distance * np.cos(angle), distance * np.sin(angle)], axis=-1).reshape(-1, 2)
        self.points = window.place(window.weights(ground))
        self.slopes = window.slope(window.weights(ground))

    def heights_at(self, ground: Array) -> Array:
        """Height of the surface over places (..., 2); minus infinity where there is none."""
        distance = np.hypot(ground[..., 0], ground[..., 1])
        spoke = np.arctan2(ground[..., 1], ground[..., 0]) * (SPOKES / (2 * np.pi)) % SPOKES
        rim = self.points[-SPOKES:, 2]
        before = spoke.astype(int) % SPOKES
        share = spoke - np.floor(spoke)
        height = (1 - share) * rim[before] + share * rim[(before + 1) % SPOKES]
        return np.where((distance <= self.radius) & (distance >= HOLE), height, -np.inf)

    def _drawn_patches(self) -> mesh.Grid:
        """Every patch: from spoke to spoke the height may jump."""
        return self._patches

    def _paint_edges(self, canvas: Canvas, seen: Array, facing: Array, inside: Array) -> None:
        """The rim and the edge of the hole, where they are seen."""
        for first in (0, len(self.points) - SPOKES):
            edge = first + np.arange(SPOKES + 1) % SPOKES
            runs = visible_runs(seen[edge, :2], self.is_seen(self.points[edge]))
            canvas.stroke(runs, theme.current().rim, 2.4, 0.85 * self.opacity)


class RayLines(Painted):
    """Lines of one loss: rays, from the hole to the rim.

    Args:
        surface: what the lines lie on, and what hides them.
    """

    kept: ClassVar[tuple[str, ...]] = ("surface",)

    def __init__(self, surface: RaySurface) -> None:
        super().__init__()
        self.surface = surface
        self.sources: tuple[Mobject, ...] = (surface.view, surface)
        self.points = surface.points[:1].copy()

    def paint(self, canvas: Canvas) -> None:
        """Stroke the parts that are seen."""
        surface, runs = self.surface, []
        share = np.linspace(0, 1, 24)[:, None]
        for spoke in range(0, SPOKES, SPOKES // RAYS):
            inner, outer = surface.points[spoke], surface.points[-SPOKES + spoke]
            line = (1 - share) * inner + share * outer
            runs += visible_runs(surface.view.project(line)[:, :2], surface.is_seen(line))
        canvas.stroke(runs, theme.current().iso, 1.7, 0.34 * self.opacity * surface.opacity)


class WeightNames(VGroup):
    """The names of the two weights, where their axes leave the disc.

    Args:
        surface: the disc; the names follow it and its viewpoint.
        names: Typst markup for the two weights.

    Raises:
        ValueError: there are not two names.
    """

    def __init__(self, surface: RaySurface, names: tuple[str, str]) -> None:
        super().__init__()
        palette = theme.current()
        for axis, (name, color) in enumerate(zip(names, (palette.feature_a, palette.feature_b), strict=True)):
            rim = surface.points[-SPOKES + axis * SPOKES // 4]

            def update(it: Mobject, rim: Array = rim, side: Array = (RIGHT, UP)[axis]) -> None:
                spot = surface.view.project(rim)
                it.next_to(np.append(spot[:2], 0.0), side, buff=0.25)
                it.shift(min(layout.RIGHT_EDGE - it.get_right()[0], 0.0) * RIGHT)

            self.add(follow(typography.label(name, color), (surface.view, surface), update))


class StepAcross(VGroup):
    """Seen from straight above: weights w as a ray, all of their length as a ring, a step at right angles.

    Args:
        window: takes weights to their place on the ground.
        view: where it is seen from, straight above; it is drawn once, and does not follow the view.
        start: the weights before the step, (2,), not 0.
        end: the weights after the step, (2,), which differ from ``start``.
    """

    def __init__(self, window: RayWindow, view: Viewpoint, start: Array, end: Array) -> None:
        super().__init__()
        color = theme.current().text
        middle, base, head = (
            np.append(view.project(np.append(window.ground(w), 0.0))[:2], 0.0)
            for w in (0 * start, start, end)
        )
        ring = Circle(float(np.linalg.norm(base - middle)), color=color, stroke_width=3)
        self.ring = DashedVMobject(ring.move_to(middle), num_dashes=60)
        self.ray = Line(middle, base, color=color, stroke_width=4)
        self.arrow = Arrow(base, head, buff=0, color=color, stroke_width=6, tip_length=0.22)
        inwards, across = (
            CORNER * direction / np.linalg.norm(direction) for direction in (middle - base, head - base)
        )
        sides = (Line(base + inwards, base + inwards + across), Line(base + inwards + across, base + across))
        self.corner = VGroup(*sides).set_stroke(color, 3)
        self.add(self.ring, self.ray, self.arrow, self.corner)
