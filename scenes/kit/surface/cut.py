"""Lines that lie on a loss surface: a cut through it, in one direction."""

from __future__ import annotations

from typing import ClassVar, Self

import numpy as np
from manim import ORIGIN, RIGHT, DashedVMobject, Line, ManimColor, Mobject, VMobject

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.surface.loss_surface import LossSurface, visible_runs
from scenes.kit.surface.window import LossWindow


class Cut(Painted):
    """The surface cut through its minimum along ``direction``; ``shown``, 0 to 1, is how much is drawn.

    Args:
        surface: what the line lies on, and what hides it.
        window: the part of the loss that the surface shows.
        direction: in the plane of the weights, (2,); its length does not matter, but must not be 0.
        color: of the line.
        dash: lengths that are drawn and left out in turn, in pixels at 1080p; () is a solid line.
    """

    blended: ClassVar[tuple[str, ...]] = ("opacity", "shown")
    kept: ClassVar[tuple[str, ...]] = ("surface",)

    def __init__(
        self,
        surface: LossSurface,
        window: LossWindow,
        direction: Array,
        color: ManimColor,
        dash: tuple[float, ...] = (),
    ) -> None:
        super().__init__()
        self.surface, self.color, self.dash, self.shown = surface, color, dash, 1.0
        self.sources: tuple[Mobject, ...] = (surface.view, surface)
        direction = np.asarray(direction, dtype=float) / np.linalg.norm(direction)
        along = np.linspace(-1, 1, 81)[:, None] * 0.995 * window.reach * direction
        self.points = window.place(window.loss.minimizer + along) + np.array([0, 0, 0.012])

    def show(self, part: float) -> Self:
        """Draw this much of it, from the minimum outwards."""
        self.shown = part
        return self

    def sample(self) -> VMobject:
        """A short piece of the same line, for the words that speak of it."""
        line = Line(ORIGIN, RIGHT * 0.9, color=self.color, stroke_width=5)
        return DashedVMobject(line, num_dashes=4) if self.dash else line

    @property
    def end(self) -> Array:
        """Where the cut meets the rim, in the picture."""
        return self.surface.view.project(self.points[-1])

    def paint(self, canvas: Canvas) -> None:
        """A bold line where the surface does not hide it."""
        middle = len(self.points) // 2
        half = round(middle * self.shown)
        points = self.points[middle - half : middle + half + 1]
        if len(points) < 2:
            return
        flat, seen = self.surface.view.project(points)[:, :2], self.surface.is_seen(points)
        runs = visible_runs(flat, seen, 5)
        canvas.stroke(runs, theme.current().background, 9.0, 0.45 * self.opacity, dash=self.dash)
        canvas.stroke(runs, self.color, 6.0, self.opacity, dash=self.dash)
