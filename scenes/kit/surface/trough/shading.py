"""The colors of a shape and of the floor below it, at any places of the picture."""

from __future__ import annotations

import numpy as np

from scenes.kit.drawing.canvas import Array
from scenes.kit.surface.trough.sight import Sight
from scenes.kit.surface.trough.solid import Paraboloid, Solid
from scenes.kit.surface.trough.window import quadratic
from scenes.kit.theme import Theme

LIGHT = np.array([-0.55, 0.60, 0.58]) / np.linalg.norm([-0.55, 0.60, 0.58])  # right, up, to the viewer
HALF = (LIGHT + [0, 0, 1]) / np.linalg.norm(LIGHT + [0, 0, 1])
AMBIENT, DIFFUSE, HIGHLIGHT, SHEEN = 0.74, 0.34, 0.13, 0.12
COOL, WARM = np.array([0.96, 1.0, 1.05]), np.array([1.06, 1.0, 0.91])  # in the shade, and in the light
TAN = np.array([1.08, 1.00, 0.95])  # in the shade of what is high up, or sand would turn olive there
STREAK, NARROW = (
    np.array([0.05, 0.09, 0.12]),
    150,
)  # what shines where the surface is level, and how soon that fades as it rises
FALLS_OFF = 0.22  # of the light on the rim, from the end next to the light to the other
OUTSIDE = 0.52  # how bright the outside is, next to the inside
RELIEF = np.sin(np.radians(50))  # seen as low as this or lower, the light is at its full strength
STEEL, STEEL_SHARE = np.array([0.45, 0.55, 0.66]), 0.45  # what the outside's color is mixed with
FINE = 1024  # entries of the table of heights' colors
FLOOR = 0.35  # of the way from a panel's color to the grid's: a little lighter than the background
SLICES = (0.05, 0.35, 1.0)  # heights over the rim's at which the shape is cut through for its shadow
LEAN = 0.30  # how far a slice's shadow moves away from the light, over its height
SOFT = 0.42  # half the width of a shadow's edge, over the height of what throws it


class Shading:
    """Colors under one light, which stands at the viewer's upper left.

    Args:
        solid: the shape.
        sight: how it is seen.
        palette: the theme's colors.
    """

    def __init__(self, solid: Solid, sight: Sight, palette: Theme) -> None:
        self.solid, self.sight, self.palette = solid, sight, palette
        self._relief = min(1.0, float(np.sin(sight.view.points[0, 1])) / RELIEF)

    def inside(self, picture: Array) -> Array:
        """Of the loss itself, at places of the picture (..., 2): (..., 3)."""
        ground = self.sight.meet(self.solid.inner, picture)
        base = self.base(ground)
        # From straight above it is a map, whose color is to mean the height and nothing else.
        lit = self._lit(base, self.solid.inner, ground, 1)
        return lit if self._relief == 1 else self._relief * lit + (1 - self._relief) * base

    def outside(self, picture: Array) -> Array:
        """Of the outside of the wall, at places of the picture (..., 2): (..., 3)."""
        ground = self.sight.meet(self.solid.outer, picture, from_outside=True)
        base = self.base(ground)
        return OUTSIDE * self._lit(base + STEEL_SHARE * (STEEL - base), self.solid.outer, ground, -1)

    def rim(self, picture: Array) -> Array:
        """Of the wall's level top, brighter towards the light, at places of the picture: (..., 3)."""
        window = self.solid.window
        ground = self.sight.onto(window.top, picture)
        towards = (LIGHT @ self.sight.axes)[:2]
        reach = np.array([window.length, self.solid.inner.half_axes[1]]) * np.abs(window.directions @ towards)
        share = 0.5 + 0.5 * np.clip(ground @ towards / reach.sum(), -1, 1)
        dark = (1 - share[..., None]) * FALLS_OFF
        return np.asarray(np.array(self.palette.rim.to_rgb()) * (1 - dark * (2 - TAN)))

    def base(self, ground: Array) -> Array:
        """The color that means the loss over places on the ground (..., 2), without any light: (..., 3)."""
        return ramp(self._share(ground), self.palette)

    def _share(self, ground: Array) -> Array:
        """How high the loss is over places on the ground, as its square root's share of the rim's: (...)."""
        window = self.solid.window
        return np.asarray(np.sqrt(np.clip(quadratic(window.form, ground) / window.top, 0, 1)))

    def floor(self, height: float, picture: Array) -> Array:
        """Of the floor at ``height``, under the shape's soft shadow, at places of the picture: (..., 3)."""
        bright = np.array(self.palette.panel.interpolate(self.palette.grid, FLOOR).to_rgb())
        dark = np.array(self.palette.shade.to_rgb())
        shadow = self.shadow(height, self.sight.onto(height, picture))[..., None]
        return np.asarray(bright + shadow * (dark - bright))

    def shadow(self, floor: float, ground: Array) -> Array:
        """How much of the light the shape keeps from places on the floor, 0 to 1.

        The mean of the shadows of a few level slices: the lower one is, the sharper and the nearer.
        """
        shape, light = self.solid.outer, LIGHT @ self.sight.axes
        away = -light[:2] / max(float(light[2]), 0.3)
        total = np.zeros(ground.shape[:-1])
        for share in SLICES:
            height = share * shape.top
            rise = height - floor
            here = (ground - LEAN * rise * away) @ shape.directions.T
            reach = shape.half_axes * np.sqrt((height + shape.drop) / (shape.top + shape.drop))
            scaled = here / reach
            radius = np.sqrt((scaled**2).sum(axis=-1)) + 1e-9
            slope = np.sqrt(((scaled / reach) ** 2).sum(axis=-1)) / radius + 1e-9
            beyond = np.maximum((radius - 1) / slope, np.abs(here[..., 0]) - shape.length)
            edge = np.clip(0.5 - beyond / (2 * SOFT * rise), 0, 1)
            total += edge * edge * (3 - 2 * edge)
        return np.asarray(total / len(SLICES))

    def _lit(self, base: Array, shape: Paraboloid, ground: Array, side: int) -> Array:
        """Colors (..., 3) of a surface over the ground; ``side`` is 1 for its inside, -1 for its outside."""
        slope = 2 * ground @ shape.form
        length = np.sqrt(1 + slope[..., 0] ** 2 + slope[..., 1] ** 2)
        # The normal along the light, along what shines most, and towards the viewer.
        along = np.stack([LIGHT, HALF, [0.0, 0.0, 1.0]]) @ self.sight.axes
        normal = (side * (along[:, 2] - slope @ along[:, :2].T)) / length[..., None]
        diffuse, shine, facing = np.moveaxis(np.clip(normal, 0, 1), -1, 0)[..., None]
        shade = COOL + self._share(ground)[..., None] * (TAN - COOL)
        light = AMBIENT * shade + DIFFUSE * WARM * diffuse + SHEEN * (1 - facing) ** 3
        square = shine * shine
        bright = HIGHLIGHT * (square * square) ** 4
        if side > 0:
            bright = bright + STREAK * length[..., None] ** -NARROW
        return np.asarray(base * light + bright)


def ramp(share: Array, palette: Theme) -> Array:
    """The theme's colors of heights at shares (...) of the way from the minimum to the rim: (..., 3)."""
    colors = np.array([color.to_rgb() for color in palette.heights])
    knots, fine = np.linspace(0, 1, len(colors)), np.linspace(0, 1, FINE)
    table = np.stack([np.interp(fine, knots, channel) for channel in colors.T], axis=-1)
    return np.asarray(table[(share * (FINE - 1) + 0.5).astype(np.intp)])
