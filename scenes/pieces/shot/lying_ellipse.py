"""A line of equal loss, laid down to be compared: how long it is for its width, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import numpy as np
from manim import ManimColor, ValueTracker

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.drawing.shade import shade
from scenes.kit.surface.trough.shading import ramp

FINE = 181
FAR = 16.0  # from its left end, in picture units: what is longer leaves the picture
COARSE = 5  # pixels at 1080p from one sample of the colors to the next
LINES = 2  # of equal loss, inside
DIMMED = 0.88  # of the ramp, whose bright end covers much


Aspect = Callable[[float], float]
"""Takes a time to a length over a width."""


class LyingEllipse(Painted):
    """An ellipse that lies with its left end at ``left``, ``width`` high and as long as its aspect says.

    Args:
        left: of its left end, x in picture units.
        y: of its middle.
        width: of its short axis, in picture units, the same for all that are compared.
        aspect: takes the time to length over width.
        time: the tracker that it follows.
        color: of line and filling.
    """

    kept: ClassVar[tuple[str, ...]] = ("time", "_aspect")
    blended: ClassVar[tuple[str, ...]] = ("opacity", "y")

    def __init__(
        self,
        left: float,
        y: float,
        width: float,
        aspect: Aspect,
        time: ValueTracker,
        color: ManimColor,
    ) -> None:
        super().__init__()
        self.left, self.y, self.short, self._aspect = left, y, width, aspect
        self.time, self.color = time, color
        self.points = np.zeros((1, 3))
        self.sources = (time,)

    @property
    def aspect(self) -> float:
        """Length over width now."""
        return self._aspect(self.time.get_value())

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle, (x, y) in picture units."""
        return self.left + self.short / 2 * self.aspect, self.y

    def outline(self, share: float = 1.0) -> Array:
        """A line of equal loss, ``share`` of the way out, (n, 2); it ends where nothing is seen any more."""
        turn = np.linspace(-1, 1, FINE)
        turn = np.pi * turn * np.abs(turn)  # finer at the left end
        half = np.array([self.aspect, 1.0]) * self.short / 2
        x = self.left + half[0] * (1 - share * np.cos(turn))
        points = np.stack([np.minimum(x, self.left + FAR), self.y + share * half[1] * np.sin(turn)], axis=1)
        return np.asarray(points)

    def stand(self, y: float) -> LyingEllipse:
        """Move it to another height."""
        self.y = y
        return self

    def paint(self, canvas: Canvas) -> None:
        """The loss inside, seen from above; lines of equal loss; the outline in its color."""
        palette = theme.current()
        half = np.array([self.aspect, 1.0]) * self.short / 2
        middle = np.array(self.middle)

        def color_at(places: Array) -> Array:
            risen = np.linalg.norm((places - middle) / half, axis=-1)
            return DIMMED * ramp(np.clip(risen, 0, 1), palette)

        outline = self.outline()
        shade(canvas, [outline], color_at, self.opacity, COARSE)
        inner = [self.outline((k + 1) / (LINES + 1)) for k in range(LINES)]
        canvas.stroke(inner, palette.iso, 1.6, 0.34 * self.opacity, closed=True)
        canvas.stroke([outline], self.color, 5.0, self.opacity, closed=True)
