"""How points of space reach the picture: one viewpoint, shared by everything that stands in it."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import DEGREES, Mobject

from scenes.kit.drawing.canvas import Array


class Viewpoint(Mobject):
    """Where the picture is seen from. Animate it: ``self.play(view.animate.look(azimuth=40))``.

    Its two points are (azimuth, zenith, perspective) and (x, y, scale) of what stands at the origin: an
    animation of the viewpoint is Manim's interpolation of these. Angles are radians inside, degrees here and
    in :meth:`look`.

    Args:
        azimuth: the viewer's direction on the ground, in degrees counter-clockwise from the x axis.
        zenith: the angle between the viewer and the vertical, in degrees: 0 is straight from above.
        perspective: 1 / the viewer's distance in units of space, so 0 is a parallel projection.
        center: where space's origin stands in the picture, (x, y) in picture units.
        scale: picture units for one unit of space.
    """

    def __init__(
        self,
        azimuth: float = -60.0,
        zenith: float = 52.0,
        perspective: float = 0.045,
        center: tuple[float, float] = (0.0, 0.0),
        scale: float = 1.0,
    ) -> None:
        super().__init__()
        self.points = np.zeros((2, 3))
        self.look(azimuth, zenith, perspective, center, scale)

    def look(
        self,
        azimuth: float | None = None,
        zenith: float | None = None,
        perspective: float | None = None,
        center: tuple[float, float] | None = None,
        scale: float | None = None,
    ) -> Self:
        """Change what is given and keep the rest."""
        points = self.points.copy()
        for column, value in enumerate((azimuth, zenith)):
            if value is not None:
                points[0, column] = value * DEGREES
        if perspective is not None:
            points[0, 2] = perspective
        if center is not None:
            points[1, :2] = center
        if scale is not None:
            points[1, 2] = scale
        self.points = points
        return self

    def interpolate_color(self, mobject1: Mobject, mobject2: Mobject, alpha: float) -> None:
        """A viewpoint has no color."""

    @property
    def state(self) -> bytes:
        """Changes whenever the view does."""
        return bytes(self.points.tobytes())

    @property
    def scale_factor(self) -> float:
        """Picture units for one unit of space."""
        return float(self.points[1, 2])

    @property
    def axes(self) -> Array:
        """Unit vectors to the right, upwards and towards the viewer, (3, 3)."""
        azimuth, zenith = self.points[0, :2]
        ca, sa, cz, sz = np.cos(azimuth), np.sin(azimuth), np.cos(zenith), np.sin(zenith)
        return np.array([[-sa, ca, 0.0], [-ca * cz, -sa * cz, sz], [ca * sz, sa * sz, cz]])

    def project(self, points: Array) -> Array:
        """Points of space (..., 3) -> picture (..., 3): x, y and the depth towards the viewer."""
        seen = np.asarray(points, dtype=float) @ self.axes.T
        size = self.points[1, 2] / (1 - self.points[0, 2] * seen[..., 2:])
        flat = self.points[1, :2] + size * seen[..., :2]
        return np.concatenate([flat, seen[..., 2:]], axis=-1)

    def sight(self, points: Array) -> Array:
        """Unit vectors (..., 3) from points of space towards the viewer; all alike without perspective."""
        towards = self.axes[2] - self.points[0, 2] * np.asarray(points, dtype=float)
        return np.asarray(towards / np.linalg.norm(towards, axis=-1, keepdims=True))
