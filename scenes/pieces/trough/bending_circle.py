"""The circle that bends as a loss does at its lowest point, across or along: a sharp bend, a small circle."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import ManimColor, Mobject, ValueTracker

from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.surface.trough.ball import ABOVE
from scenes.kit.surface.trough.carrier import stroke_cased
from scenes.kit.surface.trough.trough import Trough

FINE = 361  # points of a line, and of its part around the lowest point
FLATTEST = 1e-12  # the least curvature over the steepest that is told from 0
NEAREST = 0.6  # of the viewer's distance: what comes nearer is not drawn
FAINT = 0.10  # how dense the disc is that a whole circle frames


class BendingCircle(Painted):
    """An osculating circle of the surface at its lowest point, upright over one of its main directions.

    It is drawn from the lowest point to both sides with a pen of ``length``; where that is enough it closes.
    Its size is true in space, in which the height is one factor of the loss, the same for both directions.

    Args:
        trough: the shape whose circle it is.
        axis: 0 for the flat direction, 1 for the steep one.
        length: how much of the line is drawn, in units of space: a tracker.
        color: of the line.
        dash: lengths that are drawn and left out in turn, in pixels at 1080p; () is a solid line.
    """

    kept: ClassVar[tuple[str, ...]] = ("trough", "length")

    def __init__(
        self,
        trough: Trough,
        axis: int,
        length: ValueTracker,
        color: ManimColor,
        dash: tuple[float, ...] = (),
    ) -> None:
        super().__init__()
        self.trough, self.axis, self.length, self.color, self.dash = trough, axis, length, color, dash
        self.points = np.zeros((1, 3))
        self.z_index = trough.on_it + ABOVE
        self.sources: tuple[Mobject, ...] = (*trough.sources, trough, length)

    @property
    def radius(self) -> float:
        """In units of space: one over the curvature of z = g' M g."""
        values = self.trough.window.curvatures
        return 1 / float(2 * max(values[self.axis], FLATTEST * values[-1]))

    @property
    def drawn(self) -> float:
        """How much of the line there is, in units of space."""
        return float(min(self.length.get_value(), 2 * np.pi * self.radius))

    def line(self, length: float | None = None) -> Array:
        """So much of it, or what is drawn, (n, 3) in space, from one end to the other."""
        radius, half = self.radius, (self.drawn if length is None else length) / 2
        even, near = np.linspace(-1, 1, FINE), np.linspace(-1, 1, FINE) ** 5
        turn = half / radius * np.unique(np.concatenate([even, near]))
        ground = radius * np.sin(turn)[:, None] * self.trough.window.directions[self.axis]
        height = 2 * radius * np.sin(turn / 2) ** 2
        return np.concatenate([ground, height[:, None]], axis=1)

    def paint(self, canvas: Canvas) -> None:
        """The line, and a faint disc once it is closed."""
        view = self.trough.view
        points = self.line()
        depth = float(view.points[0, 2]) * (points @ view.axes[2])
        flat = view.project(points[depth < NEAREST])[:, :2]
        if len(flat) < 2:
            return
        if self.drawn >= 2 * np.pi * self.radius * (1 - 1e-9):
            canvas.fill(flat, self.color, FAINT * self.opacity)
        stroke_cased(canvas, [flat], self.color, 6.0, self.opacity, self.dash)
