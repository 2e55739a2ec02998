"""All mini-batches but row 1's: their rows and boxes, on their way to the one place."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import Mobject, ValueTracker, smooth

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.drawing.repeated.discs import draw_discs
from scenes.pieces.rows.row_one import DOT
from scenes.pieces.scaling.mean_box import LINE, glow, within
from scenes.pieces.scaling.plane import ScalingPlane

MOST = 24  # batches that are drawn
SLIDE, SQUEEZE = 3.0, 1.2  # of a batch's time, that the last one waits: to be centered, to be divided
GLOW = 0.08  # opacity of the light where a batch is, there are many
VEIL = 0.7  # opacity of a dot


class Crowd(Painted):
    """The other batches, each a little later than the one before.

    Args:
        plane: where they are.
        centered: the share of the means that is subtracted, from 0 to 1.
        divided: the share of the division that is done.
        near: how far the viewer has come.
    """

    kept: ClassVar[tuple[str, ...]] = ("plane", "trackers")

    def __init__(
        self, plane: ScalingPlane, centered: ValueTracker, divided: ValueTracker, near: ValueTracker
    ) -> None:
        super().__init__()
        self.plane, self.trackers = plane, (centered, divided, near)
        self.count = min(plane.batches.count - 1, MOST)
        self.points = np.zeros((1, 3))
        self.sources: tuple[Mobject, ...] = self.trackers

    def share(self, tracker: ValueTracker, number: int) -> float:
        """How far the batch of that number has come, 0 to 1, when all of them have come so far."""
        lag = SLIDE if tracker is self.trackers[0] else SQUEEZE
        wait = lag * number / max(self.count - 1, 1)
        return float(smooth(float(np.clip((1 + lag) * tracker.get_value() - wait, 0, 1))))

    def rows(self, number: int) -> Array:
        """A batch's rows now, (m, 2); the first has the number 0."""
        centered, divided, _ = self.trackers
        batches = self.plane.batches
        return batches.at(1 + number, self.share(centered, number), self.share(divided, number))

    def paint(self, canvas: Canvas) -> None:
        """Boxes first, dots on them, as far as the plane reaches."""
        with within(canvas, self.plane.box):
            self._paint(canvas)

    def _paint(self, canvas: Canvas) -> None:
        palette, near = theme.current(), self.trackers[2].get_value()
        found = [self.rows(number) for number in range(self.count)]
        for number, rows in enumerate(found):
            low, high = (self.plane.at(rows.mean(axis=0) + side * rows.std(axis=0), near) for side in (-1, 1))
            corners = np.array([[low[0], low[1]], [high[0], low[1]], high[:2], [low[0], high[1]]])
            color = palette.valley.interpolate(palette.bowl, self.share(self.trackers[1], number))
            glow(canvas, self.plane.at(rows, near), color, GLOW * self.opacity)
            canvas.stroke([corners], color, 0.7 * LINE, 0.8 * self.opacity, closed=True)
        spots = self.plane.at(np.concatenate([*found, np.zeros((0, 2))]), near)[:, :2]
        draw_discs(canvas, spots, DOT, palette.text, VEIL * self.opacity)
