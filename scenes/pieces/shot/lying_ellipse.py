"""A line of equal loss, laid down to be compared: all are as long as each other, and as wide as they are."""

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
COARSE = 5  # pixels at 1080p from one sample of the colors to the next
LINES = 3  # of equal loss, inside
DIMMED = 0.88  # of the ramp, whose bright end covers much
LINE = 6.0  # pixels at 1080p


Aspect = Callable[[float], float]
"""Takes a time to a length over a width."""


class LyingEllipse(Painted):
    """An ellipse that lies across the picture and is as wide as its aspect says.

    Args:
        middle: (x, y) in picture units.
        length: of its long axis, in picture units.
        aspect: takes the time to length over width.
        time: the tracker that it follows.
        color: of the outline.
    """

    kept: ClassVar[tuple[str, ...]] = ("time", "_aspect")
    blended: ClassVar[tuple[str, ...]] = ("opacity", "middle", "shown")

    def __init__(
        self, middle: Array, length: float, aspect: Aspect, time: ValueTracker, color: ManimColor
    ) -> None:
        super().__init__()
        self.middle, self.length, self._aspect, self.shown = np.asarray(middle)[:2], length, aspect, 1.0
        self.time, self.color = time, color
        self.points = np.zeros((1, 3))
        self.sources = (time,)

    @property
    def aspect(self) -> float:
        """Length over width now."""
        return self._aspect(self.time.get_value())

    @property
    def half(self) -> Array:
        """Half of its length and half of its width now, (2,)."""
        return self.shown * self.length / 2 * np.array([1.0, 1 / self.aspect])

    def show(self, share: float) -> LyingEllipse:
        """Let it be this share as long and wide."""
        self.shown = share
        return self

    def stand(self, middle: Array) -> LyingEllipse:
        """Move it."""
        self.middle = np.asarray(middle)[:2]
        return self

    def outline(self, share: float = 1.0) -> Array:
        """A line of equal loss, ``share`` of the way out, (n, 2)."""
        turn = np.linspace(-1, 1, FINE)
        turn = np.pi * turn * np.abs(turn)  # finer at the left end
        turn = np.concatenate([turn / 2, np.pi - turn[::-1] / 2])
        return np.asarray(self.middle + share * self.half * np.stack([-np.cos(turn), np.sin(turn)], axis=1))

    def paint(self, canvas: Canvas) -> None:
        """The loss inside, seen from above; lines of equal loss; the outline in its color."""
        palette, half, middle = theme.current(), self.half, self.middle
        if self.shown <= 0:
            return

        def color_at(places: Array) -> Array:
            risen = np.linalg.norm((places - middle) / half, axis=-1)
            return DIMMED * ramp(np.clip(risen, 0, 1), palette)

        outline = self.outline()
        shade(canvas, [outline], color_at, self.opacity, COARSE)
        inner = [self.outline((k + 1) / (LINES + 1)) for k in range(LINES)]
        strength = float(np.clip(half[1] / 0.3, 0, 1))  # in a needle there is no room for them
        canvas.stroke(inner, palette.iso, 1.6, 0.34 * strength * self.opacity, closed=True)
        canvas.stroke([outline], self.color, LINE, self.opacity, closed=True)


def nearest_lying(direction: float, near: float) -> float:
    """The azimuth nearest to ``near`` from which a ``direction`` lies across the picture, all in degrees."""
    turn = direction - 90 - near
    return near + (turn + 90) % 180 - 90
