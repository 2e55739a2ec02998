"""Four blocks: who shares a mean in each norm of the family, and how far one sample's output swings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manim import ValueTracker

from scenes.kit import theme
from scenes.kit.drawing.canvas import PIXEL, Array, Canvas, Painted
from scenes.kit.lettering.places import Box, Places
from scenes.kit.surface.viewpoint import Viewpoint

AZIMUTH, ZENITH, PERSPECTIVE = 42.0, 63.0, 0.035
SPAN = 6.6  # of a block and what is pulled out of it, in its own units: the diagonal, and a little more
MARK, RING = 9.0, 24.0  # radii of where the output was, and of where it is, in pixels at 1080p


@dataclass(frozen=True)
class Seat:
    """Where one of the family stands: its block, its name, and the line of its output."""

    block: Box
    name: Box
    line: Box
    figure: Box

    def view(self) -> Viewpoint:
        """The block, as it is seen here."""
        scale = min(self.block.width, self.block.height * 1.02) / SPAN
        x, y = self.block.center
        return Viewpoint(AZIMUTH, ZENITH, PERSPECTIVE, (x, y), scale)


def seats(places: Places) -> list[Seat]:
    """Two above two; where there is width for it, names and lines stand beside their blocks, else below."""
    found = []
    for index in range(4):
        row, column = divmod(index, 2)
        cell = places.whole.part(column / 2, (column + 1) / 2, (1 - row) / 2, (2 - row) / 2)
        if cell.is_wide:
            right = cell.part(left=0.56)
            block, rows = cell.part(right=0.56, bottom=0.03, top=0.97), (0.62, 0.78, 0.4, 0.5, 0.17, 0.3)
        else:
            right = cell.part(left=0.04, right=0.96)
            block, rows = cell.part(bottom=0.38), (0.25, 0.37, 0.15, 0.24, 0.0, 0.12)
        name, line, figure = (right.part(bottom=rows[i], top=rows[i + 1]) for i in (0, 2, 4))
        found.append(Seat(block, name, line, figure))
    return found


class OutputLine(Painted):
    """A line of numbers on which one sample's output is a ring; where it has been, dots stay.

    Args:
        box: where the line is, from its left to its right end.
        outputs: what the sample's output is in one company after the other, (n,).
        span: the numbers at the line's two ends.
        clock: in which company it is.
    """

    kept = ("clock",)

    def __init__(self, box: Box, outputs: Array, span: tuple[float, float], clock: ValueTracker) -> None:
        super().__init__()
        self.outputs, self.span, self.clock = np.asarray(outputs), span, clock
        self.sources = (clock,)
        self.points = np.array([box.at(0.0), box.at(1.0)])

    def place(self, output: float) -> Array:
        """Where an output stands, (2,)."""
        low, high = self.span
        share = float(np.clip((output - low) / (high - low), 0.0, 1.0))
        return np.asarray((1 - share) * self.points[0, :2] + share * self.points[1, :2])

    def paint(self, canvas: Canvas) -> None:
        """The line, the dots, the ring."""
        palette, alpha = theme.current(), self.opacity
        canvas.stroke([self.points[:, :2]], palette.rule, 5.0, alpha)
        time = float(np.clip(self.clock.get_value(), 0, len(self.outputs) - 1))
        now = int(time)
        for output in self.outputs[: now + 1]:
            stops = [
                (0.0, palette.bowl, 0.75 * alpha),
                (0.85, palette.bowl, 0.75 * alpha),
                (1.0, palette.bowl, 0.0),
            ]
            canvas.disc(self.place(float(output)), MARK * PIXEL, stops)
        ahead = self.outputs[min(now + 1, len(self.outputs) - 1)]
        share = np.clip((time - now) / 0.55, 0, 1)
        share = share * share * (3 - 2 * share)
        place = self.place(float((1 - share) * self.outputs[now] + share * ahead))
        circle = np.linspace(0, 2 * np.pi, 49)
        ring = place + RING * PIXEL * np.stack([np.cos(circle), np.sin(circle)], axis=-1)
        canvas.fill(ring, palette.background, 0.6 * alpha)
        canvas.stroke([ring], palette.text, 7.0, alpha, closed=True)
