"""Lines of one loss, drawn on the surface."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import Mobject

from scenes.kit import theme
from scenes.kit.drawing.canvas import Canvas, Painted
from scenes.kit.surface.loss_surface import LossSurface, visible_runs

COUNT = 7


class IsoLines(Painted):
    """Iso-loss lines of a surface, always those of its present shape; hidden where the surface hides them.

    Args:
        surface: what the lines lie on.
        count: how many levels of the loss there are, evenly spaced in its square root.
    """

    kept: ClassVar[tuple[str, ...]] = ("surface",)

    def __init__(self, surface: LossSurface, count: int = COUNT) -> None:
        super().__init__()
        self.surface, self.count = surface, count
        self.sources: tuple[Mobject, ...] = (surface.view, surface)
        self.points = surface.points[:1].copy()

    def paint(self, canvas: Canvas) -> None:
        """Stroke the parts that are seen."""
        view, palette = self.surface.view, theme.current()
        lines = self.surface.iso_lines(self.count)
        together = np.concatenate(
            [np.zeros((0, 3)), *lines]
        )  # asked for at once, or that takes most of a frame
        ends = np.cumsum([len(line) for line in lines])[:-1]
        flat, seen = view.project(together)[:, :2], self.surface.is_seen(together)
        runs = []
        for line, is_seen in zip(np.split(flat, ends), np.split(seen, ends), strict=True):
            runs += visible_runs(line, is_seen)
        canvas.stroke(runs, palette.iso, 1.7, 0.34 * self.opacity * self.surface.opacity)
