"""Two rows that are standardized by themselves alone: however far apart they are, they land at -1 and 1."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import Mobject, ValueTracker, smooth

from bn_math import Lesson
from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.pieces.noise.axis import Lane
from scenes.pieces.rows.row_one import DOT

TWO, DRAWN, SHOWN = 2, 12, 3  # rows; pairs that are drawn, and of these are shown
WAITS, GOES = 0.3, 0.5  # of a pair's time: as long it stands where it was, and is on its way
SIZE = 2.0  # in DOTs


def pairs(lesson: Lesson, row: int, feature: int) -> tuple[Array, Array]:
    """A row and a mate, the nearest first: standardized by all rows, and by both alone, (pairs, 2) each."""
    mates = lesson.batches.batchmates(row, TWO, DRAWN)
    value = lesson.batches.noise(row, TWO, DRAWN)[:, feature]
    before = np.asarray(lesson.standardized.data.features[:, feature])[mates]
    order = np.argsort(np.abs(before[:, 0] - before[:, 1]), kind="stable")
    chosen = order[np.linspace(0, DRAWN - 1, SHOWN).round().astype(int)]
    return before[chosen], np.column_stack([value, -value])[chosen]


class PairLine(Painted):
    """Two dots on a lane, which go from where all rows' statistics put them to where their own do.

    Args:
        lane: of standardized values.
        before: where each pair is at first, (pairs, 2).
        after: where it goes, (pairs, 2).
        clock: how many pairs are over.
    """

    kept: ClassVar[tuple[str, ...]] = ("lane", "before", "after", "clock")

    def __init__(self, lane: Lane, before: Array, after: Array, clock: ValueTracker) -> None:
        super().__init__()
        self.lane, self.before, self.after, self.clock = lane, before, after, clock
        self.points = np.zeros((1, 3))
        self.sources: tuple[Mobject, ...] = (clock,)

    @property
    def places(self) -> Array:
        """Where the two are now, (2,), in the lane's units."""
        clock = float(np.clip(self.clock.get_value(), 0, len(self.before)))
        pair = min(int(clock + 1e-9), len(self.before) - 1)
        way = float(smooth(float(np.clip((clock - pair - WAITS) / GOES, 0, 1))))
        return np.asarray((1 - way) * self.before[pair] + way * self.after[pair])

    def paint(self, canvas: Canvas) -> None:
        """Both dots."""
        color = theme.current().feature_a
        for value in self.places:
            stops = [(0.0, color, self.opacity), (0.9, color, self.opacity), (1.0, color, 0.0)]
            canvas.disc(self.lane.at(float(value))[:2], SIZE * DOT, stops)
