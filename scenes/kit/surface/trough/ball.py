"""The ball that rests on a cut-out loss, at a run's own points."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import ManimColor, Mobject, ValueTracker

from scenes.kit import theme
from scenes.kit.drawing.canvas import PIXEL, Array, Canvas, Painted
from scenes.kit.surface.trough.carrier import at
from scenes.kit.surface.trough.trough import Trough

ABOVE = 0.5  # of trails and arrows, as ``z_index``
EDGE = 3.0  # pixels at 1080p of dark edge round the ball


class CutBall(Painted):
    """A ball on a :class:`Trough` where a run is at ``clock``; its bright yellow has a dark edge.

    Where the near wall stands before it, the wall is drawn over it.

    Args:
        trough: what the ball rests on.
        run: the weights after each step, (n, 2); a single one for a ball that stands still.
        clock: the step that the ball has reached, whole or not.
        radius: in units of space.
        color: by default the ball's own yellow.
    """

    kept: ClassVar[tuple[str, ...]] = ("trough", "run", "clock")

    def __init__(
        self,
        trough: Trough,
        run: Array,
        clock: ValueTracker,
        radius: float = 0.12,
        color: ManimColor | None = None,
    ) -> None:
        super().__init__()
        self.color = color
        self.trough, self.run, self.clock, self.radius = trough, np.asarray(run, dtype=float), clock, radius
        self.points = np.zeros((1, 3))
        self.z_index = trough.on_it + ABOVE
        self.sources: tuple[Mobject, ...] = (*trough.sources, trough, clock)

    @property
    def weights(self) -> Array:
        """Where the ball is, (2,)."""
        return at(self.run, self.clock.get_value())

    @property
    def middle(self) -> Array:
        """The middle of the ball in space, (3,): on the surface's normal over its weights."""
        window = self.trough.window
        base = window.place(self.weights)
        normal = np.append(-window.slope(base[:2]), 1.0)
        return np.asarray(base + normal * (self.radius / np.linalg.norm(normal)))

    @property
    def touching(self) -> tuple[Array, Array]:
        """Where it touches, in the picture (2,), and how far that is from what is no more seen."""
        return self.trough.seen().lay(self.weights)

    def paint(self, canvas: Canvas) -> None:
        """A soft shadow where it touches, then the ball, lit from the upper left."""
        palette, seen, center = theme.current(), self.trough.seen(), self.middle
        size = (
            self.radius
            * self.trough.view.scale_factor
            / (1 - seen.sight.perspective * float(seen.sight.axes[2] @ center))
        )
        alpha, dark = self.opacity, palette.outline
        touching, room = self.touching
        if room > 0:
            canvas.disc(touching, 1.9 * size, [(0, dark, 0.6 * alpha), (1, dark, 0)])
        middle = seen.sight.project(center)
        canvas.disc(middle, size + EDGE * PIXEL, [(0, dark, alpha), (0.94, dark, alpha), (1, dark, 0)])
        own = self.color or palette.shape_mark
        lit, shaded = own.interpolate(palette.sheen, 0.75), own.interpolate(dark, 0.28)
        stops = [(0.0, lit, alpha), (0.4, own, alpha), (1.0, shaded, alpha)]
        canvas.disc(middle, size, stops, light=0.35)
