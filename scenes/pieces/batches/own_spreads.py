"""The mean and the spread of every mini-batch, measured on its rows: ways from the mean that become alike."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import Mobject, ValueTracker

from scenes.kit import theme
from scenes.kit.charts.features import feature_colors
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.pieces.batches.dealing import Dealing

MARKED, OUT, EVEN, SHUT, ALL = 1.0, 2.0, 3.0, 4.0, 5.0
"""The stages. Of row 1's mini-batch: its mean; a line for each row, from the mean to it; all as long as the
spread; one bar. Then the other lanes' means and bars, each bar from its own mean."""
BAR, MARK = 0.3, 0.86  # of a lane's height, by the bar of its spread, and by the mark of its mean
LAG = 0.5  # of a stage: how much later the last lane begins than the first


class OwnSpreads(Painted):
    """For each lane the mean and the spread of the feature that lies, row 1's lane first.

    Args:
        dealing: where the lanes and their rows are.
        stage: 0 at first, then :data:`MARKED` to :data:`ALL`, and what is between.
    """

    kept: ClassVar[tuple[str, ...]] = ("dealing", "stage")

    def __init__(self, dealing: Dealing, stage: ValueTracker) -> None:
        super().__init__()
        self.dealing, self.stage = dealing, stage
        self.points = np.zeros((1, 3))
        self.sources: tuple[Mobject, ...] = (stage,)

    def measured(self, lane: int) -> tuple[float, float]:
        """Where the mean of a lane's rows is, x in the picture, and how long their spread is."""
        along = self.dealing.below[self.dealing.rows_of(lane), 0]
        return float(along.mean()), float(along.std())

    @property
    def of_all(self) -> tuple[float, float]:
        """The same of all rows, where they were."""
        along = self.dealing.above[:, 0]
        return float(along.mean()), float(along.std())

    def paint(self, canvas: Canvas) -> None:
        """Row 1's lane, all rows at the top, and the other lanes one after another."""
        dealing, top = self.dealing, self.dealing.strip.center
        self._own(canvas)
        others = [lane for lane in range(len(dealing.shown)) if lane != dealing.own]
        self._lane(canvas, self.of_all, float(top[1]), self._phase(SHUT))
        for place, lane in enumerate(others):
            middle = float(dealing.lane(lane).center[1])
            late = LAG * (place + 1) / (len(others) + 1)
            self._lane(canvas, self.measured(lane), middle, self._phase(SHUT, late))

    def _phase(self, begin: float, late: float = 0.0) -> float:
        """How far the stage after ``begin`` has come, 0 to 1."""
        return float(np.clip((self.stage.get_value() - begin - late) / (1 - LAG if late else 1), 0, 1))

    def _own(self, canvas: Canvas) -> None:
        """Row 1's lane: mark, lines, and the bar that they become."""
        lane, color = self.dealing.own, feature_colors()[self.dealing.order[0]]
        mean, spread = self.measured(lane)
        middle = float(self.dealing.lane(lane).center[1])
        out, even, shut = (self._phase(it) for it in (MARKED, OUT, EVEN))
        if out > 0 and shut < 1:
            rows = self.dealing.below[self.dealing.rows_of(lane)]
            ends = self._ends(rows, mean, spread, out, even)
            ends[:, :, 1] += shut * (middle - ends[:, :, 1])
            canvas.stroke(list(ends), color, 4.0, 0.9 * self.opacity)
        self._bar(canvas, (mean, spread), middle, shut)
        self._mean(canvas, mean, middle, self._phase(0.0))

    def _lane(self, canvas: Canvas, measured: tuple[float, float], height: float, come: float) -> None:
        """A mark, then a bar that grows from it."""
        mean, spread = measured
        grown = float(np.clip(2 * come - 1, 0, 1))
        self._bar(canvas, (mean, grown * spread), height, float(grown > 0))
        self._mean(canvas, mean, height, min(2 * come, 1.0))

    @staticmethod
    def _ends(rows: Array, mean: float, spread: float, out: float, even: float) -> Array:
        """Lines (m, 2, 2) from the mean: to each row, then turned to one side, then all of one length."""
        way = out * (rows[:, 0] - mean)
        fold, give = min(2 * even, 1.0), max(2 * even - 1, 0.0)
        way = way + fold * (np.abs(way) - way)
        way = way + give * (spread - way)
        ends = np.repeat(rows[:, None], 2, axis=1)
        ends[:, 0, 0], ends[:, 1, 0] = mean, mean + way
        return ends

    def _bar(self, canvas: Canvas, measured: tuple[float, float], middle: float, grown: float) -> None:
        """From the mean to one spread above it."""
        if grown <= 0:
            return
        (mean, spread), half = measured, 0.5 * grown * BAR * self.dealing.pitch
        box = [[mean, middle - half], [mean + spread, middle - half], [mean + spread, middle + half]]
        color = feature_colors()[self.dealing.order[0]]
        canvas.fill(np.array([*box, [mean, middle + half]]), color, 0.9 * self.opacity)

    def _mean(self, canvas: Canvas, mean: float, middle: float, grown: float) -> None:
        """A mark across the lane."""
        half = 0.5 * grown * MARK * self.dealing.pitch
        ends = np.array([[mean, middle - half], [mean, middle + half]])
        canvas.stroke([ends], theme.current().text, 4.0, grown * self.opacity)
