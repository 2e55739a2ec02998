"""A line of equal loss seen from straight above: its longest half is always one length, its shape is true."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from manim import WHITE, ManimColor, Mobject

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.lettering.places import Places
from scenes.kit.surface.trough.carrier import stroke_cased
from scenes.kit.surface.trough.trough import ON_IT
from scenes.kit.surface.trough.window import HALF_WIDTH, LENGTH
from scenes.kit.surface.viewpoint import Viewpoint

HALF = 1.3
"""Half of a line's length, in units of space."""
WIDE, HIGH = 0.9, 0.79  # of the room, what a valley fills from above
LINE, EDGE = 10.0, 7.0  # pixels at 1080p: of the line, and of the dark edge round it
LIT = 0.3  # of white, in a color that lies on a shape
POINTS = 241


@dataclass(frozen=True)
class Shape:
    """An ellipse on the ground: unit vectors in rows, the long one first; length over width; its middle."""

    directions: Array
    aspect: float
    middle: Array

    @classmethod
    def of(cls, hessian: Array, middle: Array | None = None) -> Shape:
        """The line of equal loss of a quadratic loss; 1000 times as long as wide at most."""
        values, vectors = np.linalg.eigh(hessian)
        ratio = max(float(values[0] / values[1]), 1e-6) if values[1] > 0 else 1.0
        return cls(vectors.T, ratio**-0.5, np.zeros(2) if middle is None else middle)


ROUND = Shape(np.eye(2), 1.0, np.zeros(2))


def seen_from_above(places: Places, azimuth: float = -90.0) -> Viewpoint:
    """Where a shape of the usual size fills the middle of the picture, from straight above."""
    whole = places.whole
    scale = min(WIDE * whole.width / (2 * LENGTH * HALF_WIDTH), HIGH * whole.height / (2 * HALF_WIDTH))
    return Viewpoint(azimuth, 0.0, 0.0, whole.center, scale)


class LevelRing(Painted):
    """The line of equal loss of a shape.

    Args:
        view: from straight above.
        shape: says which ellipse it is, for every frame.
        color: by default that of text.
        follows: what ``shape`` reads.
        thickness: of the line, in pixels at 1080p; and ``edge`` by how much its dark ground is broader.
    """

    kept: ClassVar[tuple[str, ...]] = ("view", "shape")
    blended: ClassVar[tuple[str, ...]] = ("opacity", "squash", "color", "thickness")

    def __init__(
        self,
        view: Viewpoint,
        shape: Callable[[], Shape] = lambda: ROUND,
        color: ManimColor | None = None,
        follows: tuple[Mobject, ...] = (),
        thickness: float = LINE,
        edge: float = EDGE,
    ) -> None:
        super().__init__()
        self.view, self.shape, self.thickness, self.squash = view, shape, thickness, 1.0
        self.edge = edge
        self.color = theme.current().text if color is None else color
        self.points = np.zeros((1, 3))
        self.z_index = ON_IT
        self.sources: tuple[Mobject, ...] = (view, *follows)

    def be(self, squash: float | None = None, color: ManimColor | None = None) -> LevelRing:
        """Be round (``squash`` 0), of its true shape (1), or between; in a color."""
        self.squash = self.squash if squash is None else squash
        self.color = self.color if color is None else color
        return self

    def draw(self, thickness: float) -> LevelRing:
        """Be drawn with a line of so many pixels."""
        self.thickness = thickness
        return self

    def outline(self) -> Array:
        """In the picture, (n, 2)."""
        shape, turn = self.shape(), np.linspace(0, 2 * np.pi, POINTS)[:-1]
        unit = np.stack([np.cos(turn), np.sin(turn) / shape.aspect**self.squash], axis=1)
        ground = shape.middle + HALF * unit @ shape.directions
        return self.view.project(np.column_stack([ground, np.zeros(len(ground))]))[:, :2]

    def paint(self, canvas: Canvas) -> None:
        """The line, with an edge."""
        outline = self.outline()
        color, closed = self.color.interpolate(WHITE, LIT), np.concatenate([outline, outline[:1]])
        if self.edge > 0:
            stroke_cased(canvas, [closed], color, self.thickness, self.opacity, casing=self.edge)
        else:
            canvas.stroke([closed], color, self.thickness, self.opacity)


def spread_ring(places: Places) -> LevelRing:
    """A round one in the middle, with which one scene ends and the next begins."""
    return LevelRing(seen_from_above(places))
