"""The last layer's pane twice, large and from its front: the same training without batch norm, and with."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import ManimColor, Mobject, ValueTracker

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.lettering.places import Box
from scenes.pieces.panes.clouds import WITH, WITHOUT
from scenes.pieces.panes.pane_stack import (
    CORNERS,
    DASH,
    DOT,
    ROW_ONE_DOT,
    ROW_ONE_RING,
    TURN,
    PaneStack,
    discs,
    two_spreads_round,
)
from scenes.pieces.rows.row_one import RING

FILLED = 0.94  # of a box, by all that a cloud reaches
DOTS = 2.2  # picture units that count as half a pane where the sizes of dots are concerned


class PanePair(Painted):
    """Both panes leave the place that the stack's last one has, and come to the boxes.

    Each shows the outline of its cloud at the start, dashed, the cloud now with its outline, and how far
    its mean is from where it was.

    Args:
        stack: the panes; the clock of its stage is the pair's, too.
        boxes: for the pane without batch norm, and for the one behind it.
        opened: how far they have come, 0 to 1.
    """

    kept: ClassVar[tuple[str, ...]] = ("stack", "boxes", "opened")

    def __init__(self, stack: PaneStack, boxes: tuple[Box, Box], opened: ValueTracker) -> None:
        super().__init__()
        self.stack, self.boxes, self.opened = stack, boxes, opened
        self.points = np.zeros((1, 3))
        self.sources: tuple[Mobject, ...] = (opened, stack.stage.clock, stack.view)
        clouds = stack.clouds
        found = np.concatenate(
            [
                part
                for which in (WITHOUT, WITH)
                for it in clouds.steps
                for part in (self.cloud(which, it), two_spreads_round(self.cloud(which, it)))
            ]
        )
        low, high = found.min(axis=0), found.max(axis=0)
        size = np.array([boxes[0].width, boxes[0].height])
        self._middle = (low + high) / 2
        self._unit = float(FILLED * (size / np.maximum(high - low, 1e-9)).min())

    def place(self, which: int, flat: Array) -> Array:
        """Points (..., 2) in half panes of the stack -> the picture (..., 2)."""
        come = self.opened.get_value()
        there = np.asarray(self.boxes[which].center) + self._unit * (flat - self._middle)
        return np.asarray((1 - come) * self.stack.place(self.stack.clouds.count, flat) + come * there)

    def cloud(self, which: int, step: float) -> Array:
        """The last layer's cloud at a step, (rows, 2) in half panes."""
        return np.asarray(self.stack.clouds.at(which, step)[-1])

    @property
    def row_one(self) -> Array:
        """Where row 1 is behind batch norm, (3,) in the picture."""
        return np.append(self.place(WITH, self.cloud(WITH, self.stack.stage.clock.get_value())[0]), 0.0)

    @property
    def row_one_size(self) -> float:
        """How large it is there, as a share of the size at which scenes hand it over."""
        return ROW_ONE_RING * self._half / RING

    @property
    def _half(self) -> float:
        """Picture units that sizes of dots count in."""
        come = self.opened.get_value()
        return (1 - come) * self.stack.half(self.stack.clouds.count) + come * DOTS

    def paint(self, canvas: Canvas) -> None:
        """Pane, axes, start, way, cloud: each of both."""
        palette = theme.current()
        for which, color in ((WITH, palette.bowl), (WITHOUT, palette.valley)):
            self._pane(canvas, which)
            self._cloud(canvas, which, color)

    def _pane(self, canvas: Canvas, which: int) -> None:
        """The glass, and two lines through the mean of the start."""
        box, come, palette = self.boxes[which], self.opened.get_value(), theme.current()
        there = np.asarray(box.center) + CORNERS * [box.width / 2, box.height / 2]
        corners = (1 - come) * self.stack.place(self.stack.clouds.count, CORNERS) + come * there
        canvas.fill(corners, palette.panel, 0.55 * self.opacity)
        zero = np.asarray(box.center) - self._unit * self._middle
        lines = np.array(
            [[[box.left, zero[1]], [box.right, zero[1]]], [[zero[0], box.bottom], [zero[0], box.top]]]
        )
        ends = np.array([[[-1.0, 0.0], [1.0, 0.0]], [[0.0, -1.0], [0.0, 1.0]]])
        lines = (1 - come) * self.stack.place(self.stack.clouds.count, ends) + come * lines
        canvas.stroke(list(lines), palette.rule, 2.2, 0.6 * self.opacity)
        canvas.stroke([corners], palette.rule, 2.2, self.opacity, closed=True)

    def _cloud(self, canvas: Canvas, which: int, color: ManimColor) -> None:
        """The outline that it had, the way of its mean, its rows, and its outline now."""
        step, alpha, text = self.stack.stage.clock.get_value(), self.opacity, theme.current().text
        cloud, half = self.cloud(which, step), self._half
        spots = self.place(which, cloud)
        discs(canvas, spots[1:], DOT * half, color, 0.75 * alpha)
        start = two_spreads_round(self.cloud(which, 0.0))
        canvas.stroke([self.place(which, start)], text, 4.0, 0.95 * alpha, dash=DASH)
        canvas.stroke([self.place(which, two_spreads_round(cloud))], color, 4.5, alpha, closed=True)
        way = self.place(which, np.array([self.cloud(which, it).mean(axis=0) for it in (0.0, step)]))
        canvas.stroke([way], text, 5.0, alpha)
        discs(canvas, way[1:], ROW_ONE_DOT * half, color, alpha)
        discs(canvas, spots[:1], ROW_ONE_DOT * half, text, alpha)
        ring = ROW_ONE_RING * half * np.stack([np.cos(TURN), np.sin(TURN)], axis=-1)
        canvas.stroke([spots[0] + ring], text, 3.5, alpha, closed=True)
