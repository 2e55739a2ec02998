"""The shape as a solid: an inner and an outer paraboloid, and which places on the ground each covers.

All in the plane of the ground and in units of space; how it is seen is sight.py's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from scenes.kit.drawing.canvas import Array
from scenes.kit.surface.trough.window import FLATTEST, CutWindow, quadratic

FEWEST, CUT = 8, 49  # pieces of one side of a level line at least, and points along one straight cut
FLAT = 0.0008  # units of space by which a line may be off: a seventh of a pixel at the usual size
WALL = 0.044  # thickness of the wall over the shape's half-width
OVERLAP = 0.2  # of the wall's thickness


@dataclass(frozen=True, eq=False)
class Paraboloid:
    """z = g' M g - ``drop`` up to ``top``, between cuts at ``length`` from the middle.

    Args:
        form: M, (2, 2).
        drop: how far its lowest point lies below z = 0.
        top: height of its rim.
        length: how far its straight cuts are from the middle.
        directions: the flat and the steep direction in rows, (2, 2).
        curvatures: the form's eigenvalues along them, (2,).
    """

    form: Array
    drop: float
    top: float
    length: float
    directions: Array
    curvatures: Array

    @cached_property
    def half_axes(self) -> Array:
        """Of the rim's ellipse, the flat direction's first, (2,)."""
        flat, steep = self.curvatures
        return np.sqrt((self.top + self.drop) / np.array([max(flat, FLATTEST * steep), steep]))

    @property
    def is_closed(self) -> bool:
        """Whether the rim closes before it reaches the cuts."""
        return bool(self.half_axes[0] <= self.length)

    def lifted(self, ground: Array) -> Array:
        """Places (..., 2) -> points (..., 3) on the paraboloid."""
        height = quadratic(self.form, ground) - self.drop
        return np.concatenate([ground, height[..., None]], axis=-1)

    def level(self, share: float) -> Array:
        """The two sides of the line at which the way to the rim is ``share``, (2, n, 2) on the ground.

        Each side runs from the one cut to the other; without cuts the two sides join. A line of equal height,
        of no more points than can be seen.
        """
        along, across = self.half_axes * share
        end = float(np.arcsin(min(1.0, self.length / along)))
        bulge = 1 / np.hypot(np.sin(end) / along, np.cos(end) / across)
        piece = 2 * np.sqrt(2 * FLAT / bulge)  # so far a chord leaves the ellipse by no more than FLAT
        turn = np.linspace(-end, end, 1 + max(FEWEST, int(np.ceil(2 * end / piece))))
        upper = np.stack([along * np.sin(turn), across * np.cos(turn)], axis=-1)
        return np.stack([upper, upper[::-1] * [1, -1]]) @ self.directions

    def cut(self, side: int, count: int = CUT) -> Array:
        """The straight cut on the flat direction's ``side`` (1 or -1), (count, 2); empty if there is none.

        It runs on from where the rim's side before it ends.
        """
        if self.is_closed:
            return np.zeros((0, 2))
        half = self.half_axes[1] * np.sqrt(1 - (self.length / self.half_axes[0]) ** 2)
        b = side * half * np.linspace(1, -1, count)
        return np.asarray(np.stack([np.full_like(b, side * self.length), b], axis=-1) @ self.directions)

    @cached_property
    def rim(self) -> Array:
        """The two sides of its highest level, (2, n, 2) on the ground."""
        return self.level(1.0)

    @cached_property
    def border(self) -> Array:
        """Once around the part that is cut out, (n, 2) on the ground; the first point is not repeated."""
        upper, lower = self.rim
        return np.concatenate(
            [
                upper[:-1],
                self.cut(1)[:-1] if not self.is_closed else upper[:0],
                lower[:-1],
                self.cut(-1)[:-1] if not self.is_closed else upper[:0],
            ]
        )


@dataclass(frozen=True, eq=False)
class Solid:
    """The loss itself as the inside of a wall, and the outside of that wall.

    The outside is a paraboloid, too. The wall is as thick at the lowest point as at the rim, across.

    Args:
        window: which part of which loss.
        wall: thickness of the wall, in units of space.
    """

    window: CutWindow
    wall: float

    @cached_property
    def inner(self) -> Paraboloid:
        """The loss."""
        w = self.window
        return Paraboloid(w.form, 0.0, w.top, w.length, w.directions, w.curvatures)

    @cached_property
    def outer(self) -> Paraboloid:
        """The outside of the wall."""
        w = self.window
        half = float(self.inner.half_axes[1])
        sideways = self.wall * np.sqrt(1 + (half / (2 * w.top)) ** 2)
        factor = (1 + self.wall / w.top) / (1 + sideways / half) ** 2
        return Paraboloid(w.form * factor, self.wall, w.top, w.length, w.directions, w.curvatures * factor)

    def face(self, side: int) -> Array:
        """The wall's cut surface at the flat direction's ``side``, (n, 3); empty if there is none."""
        outer, inner = (shape.lifted(shape.cut(side)) for shape in (self.outer, self.inner))
        return np.concatenate([outer, inner[::-1]])

    @cached_property
    def covered(self) -> Paraboloid:
        """The outside as it is drawn: a little higher than the rim, which is laid over it without a gap."""
        return replace(self.outer, top=self.outer.top + OVERLAP * self.wall)

    @property
    def extent(self) -> Array:
        """How far the shape reaches from the middle along x and y, (2,)."""
        return np.abs(self.outer.border).max(axis=0)
