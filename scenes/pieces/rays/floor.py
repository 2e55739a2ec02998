"""The plane of the two weights below the rays: its origin, two axes, the shape's shadow; where to stand."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import Mobject

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.drawing.follow import follow
from scenes.kit.drawing.shade import shade
from scenes.kit.lettering.places import Box
from scenes.kit.surface.trough.shading import FLOOR, LIGHT
from scenes.kit.surface.trough.sight import Sight
from scenes.kit.surface.trough.trough import FLOOR as BELOW
from scenes.kit.surface.trough.trough import ON_FLOOR
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.rays.surface import WALL, RayFan
from scenes.pieces.rays.window import RayWindow

GAP = 0.75  # between the floor and the lowest ray, in units of space
MARGIN = 0.35  # of floor beyond the shape
LEAN, SOFT = 0.30, 0.55  # of the shadow, see the trough's
COARSE = 24  # pixels from one sample of the floor's colors to the next
AWAY, STRIDE = 0.1, 0.08  # from the floor's edge to a weight's name, and how that is found, in picture units


class RayFloor(Painted):
    """A disc of weights with two axes through its origin, in the shadow of what stands above it.

    Args:
        fan: what stands above the floor.
    """

    blended: ClassVar[tuple[str, ...]] = ("opacity", "shaded")
    kept: ClassVar[tuple[str, ...]] = ("fan",)

    def __init__(self, fan: RayFan) -> None:
        super().__init__()
        self.fan, self.level, self.shaded = fan, -WALL - GAP, 1.0
        self.reach = fan.window.radius + MARGIN
        self.points = np.zeros((1, 3))
        self.z_index, self.on_it = BELOW, ON_FLOOR
        self.sources: tuple[Mobject, ...] = (fan.view,)

    def shadow(self, share: float) -> RayFloor:
        """Let so much of the shape's shadow be there."""
        self.shaded = share
        return self

    def lay(self, weights: Array) -> tuple[Array, Array]:
        """Weights (..., 2) -> the picture (..., 2), and how far they are from the floor's edge (...)."""
        ground = self.fan.window.ground(weights)
        return self._flat(ground), self.reach - np.hypot(ground[..., 0], ground[..., 1])

    @property
    def outlines(self) -> list[Array]:
        """The floor itself, (n, 2) in the picture."""
        return [self._flat(self.reach * circle())]

    @property
    def scale_factor(self) -> float:
        """Picture units for one unit of a weight, about."""
        return self.fan.scale_factor

    def end(self, axis: int) -> tuple[Array, Array]:
        """Where an axis leaves the floor towards the viewer, (2,), and the way on from there, of length 1."""
        side = 1.0 if self.fan.view.axes[2, axis] >= 0 else -1.0
        unit = side * np.eye(2)[axis]
        before, place = self._flat(np.stack([(self.reach - 0.01) * unit, self.reach * unit]))
        return place, (place - before) / max(float(np.linalg.norm(place - before)), 1e-9)

    def paint(self, canvas: Canvas) -> None:
        """Colors with the shadow in them, the axes, the frame."""
        palette, sight = theme.current(), Sight(self.fan.view)
        bright = np.array(palette.panel.interpolate(palette.grid, FLOOR).to_rgb())
        dark = np.array(palette.shade.to_rgb())
        [edge] = self.outlines

        def colors(picture: Array) -> Array:
            shadow = self.shaded * self._shadow(sight, sight.onto(self.level, picture))[..., None]
            return np.asarray(bright + shadow * (dark - bright))

        shade(canvas, [edge], colors, self.opacity, COARSE)
        for axis, color in enumerate((palette.feature_a, palette.feature_b)):
            line = self.reach * np.outer([-1.0, 1.0], np.eye(2)[axis])
            canvas.stroke([self._flat(line)], color, 2.4, 0.75 * self.opacity)
        canvas.stroke([edge], palette.rule, 1.8, self.opacity, closed=True)

    def _shadow(self, sight: Sight, ground: Array) -> Array:
        """How much of the light the shape keeps from places on the floor (..., 2), 0 to 1."""
        light = LIGHT @ sight.axes
        away = -light[:2] / max(float(light[2]), 0.3)
        rise = 0.5 * self.fan.window.top - self.level
        beyond = np.linalg.norm(ground - LEAN * rise * away, axis=-1) - self.fan.window.radius
        edge = np.clip(0.5 - beyond / (2 * SOFT * rise), 0, 1)
        return np.asarray(0.9 * edge * edge * (3 - 2 * edge))

    def _flat(self, ground: Array) -> Array:
        height = np.full((*ground.shape[:-1], 1), self.level)
        return self.fan.view.project(np.concatenate([ground, height], axis=-1))[..., :2]


def circle(count: int = 180) -> Array:
    """Places on the unit circle, (n, 2)."""
    angle = np.arange(count) * (2 * np.pi / count)
    return np.column_stack([np.cos(angle), np.sin(angle)])


def framed(
    window: RayWindow, box: Box, azimuth: float, zenith: float, perspective: float = 0.05
) -> Viewpoint:
    """The viewpoint from which the rays and their floor just fill ``box``, from wherever on the ground.

    Args:
        window: what is shown.
        box: the place it is to fill.
        azimuth: the viewer's direction on the ground, in degrees; the size does not depend on it.
        zenith: the angle between the viewer and the vertical, in degrees.
        perspective: 1 / the viewer's distance in units of space.
    """
    view = Viewpoint(0.0, zenith, perspective)
    low = np.column_stack([(window.radius + MARGIN) * circle(), np.full(180, -WALL - GAP)])
    high = np.column_stack([window.radius * circle(), np.full(180, window.top)])
    seen = view.project(np.concatenate([low, high]))[:, :2]
    least, most = seen.min(axis=0), seen.max(axis=0)
    scale = float(min(np.array([box.width, box.height]) / (most - least)))
    middle = np.array(box.center) - scale * (least + most) / 2
    return view.look(azimuth=azimuth, center=(float(middle[0]), float(middle[1])), scale=scale)


def beside_axis(text: Mobject, floor: RayFloor, axis: int, room: Box) -> Mobject:
    """Keep upright ``text`` beyond the end of an axis that is nearer to the viewer, inside of ``room``."""
    width, height = text.width, text.height

    def update(it: Mobject) -> None:
        place, way = floor.end(axis)
        half_size = np.array([width, height]) / 2 + AWAY
        off = 0.0
        while (np.abs(floor.outlines[0] - place - off * way) < half_size).all(axis=1).any():
            off += STRIDE
        x, y = place + off * way
        half = min(width, room.width) / 2
        it.move_to([np.clip(x, room.left + half, room.right - half), max(y, room.bottom + height / 2), 0.0])

    return follow(text, (floor.fan.view,), update)
