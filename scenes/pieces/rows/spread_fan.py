"""How far every row lies from the mean of one feature: the rows fan out, become alike, and shut to a bar.

What is too small to be seen is enlarged for that time.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import ValueTracker

from scenes.kit.charts.features import feature_colors
from scenes.kit.drawing.canvas import PIXEL, Array, Canvas, Painted
from scenes.kit.lettering.places import Box
from scenes.pieces.rows.feature_plane import FeaturePlane

MOST = 150  # lines that are drawn
FILLED = 0.55  # of the distance from one line to the next, by a line
NEAR, OUT, EVEN, SHUT = 1.0, 2.0, 3.0, 4.0
"""The stages: enlarged; a line for each row, from the mean to the row; all as long as the spread; one bar."""


class SpreadFan(Painted):
    """A line for every row from its feature's mean to the row; in the end all are one bar.

    Args:
        plane: where the rows stand, on one scale.
        feature: 0 or 1.
        room: through which the rows fan out, across the feature's direction, if that lies; if it is upright,
            each row stays where it is.
        bar: where the bar lies across that direction: the coordinates of its two sides.
        stage: 0 at first, then :data:`NEAR`, :data:`OUT`, :data:`EVEN`, :data:`SHUT`, and what is between.
        enlarged: how many times rows and lines are enlarged in the feature's direction meanwhile.
    """

    kept: ClassVar[tuple[str, ...]] = ("plane", "stage")

    def __init__(
        self,
        plane: FeaturePlane,
        feature: int,
        room: Box,
        bar: tuple[float, float],
        stage: ValueTracker,
        enlarged: int = 1,
    ) -> None:
        super().__init__()
        self.plane, self.feature, self.stage, self.enlarged = plane, feature, stage, enlarged
        self.lies = feature == plane.wide
        self.axis = 0 if self.lies else 1
        self.points = np.zeros((1, 3))
        self.sources = (stage,)
        self.own = plane.places(1.0)
        self.middle = plane.at(plane.data.means, 1.0)
        self.one_spread = float(plane.data.stds[feature] * plane.units(1.0)[self.axis])
        low, high = (room.bottom, room.top) if self.lies else (room.left, room.right)
        ranks = np.argsort(np.argsort(np.abs(self.own[:, self.axis] - self.middle[self.axis])))
        shares = (ranks + 0.5) / len(ranks)
        self.slots = high - shares * (high - low) if self.lies else self.own[:, 0]
        self.pressed = bar[0] + shares * (bar[1] - bar[0])
        self.drawn = np.argsort(ranks)[np.linspace(0, len(ranks) - 1, min(len(ranks), MOST)).astype(int)]
        gap = (high - low) / len(self.drawn)
        self.line_width = float(np.clip(FILLED * gap / PIXEL, 1.5, 6.0))

    @property
    def base(self) -> float:
        """Where the mean is, along the feature's direction."""
        return float(self.middle[self.axis])

    @property
    def end_when_even(self) -> float:
        """Where all lines end when they are as long as the spread."""
        return self.base + self.enlarged * self.one_spread

    @property
    def zoom(self) -> float:
        """How many times all is enlarged now."""
        near, _, _, shut = self._phases
        return 1 + (self.enlarged - 1) * (near - shut)

    def places(self) -> Array:
        """Where the rows' dots stand now, (n, 3)."""
        _, out, even, shut = self._phases
        found = self._rows
        alike = self._alike(found[:, self.axis], even)
        found[:, self.axis] += (1 - shut) * (alike - found[:, self.axis])
        found[:, 1 - self.axis] += out * (1 - shut) * (self.slots - found[:, 1 - self.axis])
        return found

    def paint(self, canvas: Canvas) -> None:
        """The lines, each at its row's height."""
        _, out, even, shut = self._phases
        if out == 0:
            return
        rows = self._rows[self.drawn]
        end = self._alike(rows[:, self.axis], even)
        side = rows[:, 1 - self.axis] + out * (self.slots[self.drawn] - rows[:, 1 - self.axis])
        if shut:
            end, side = np.full(len(end), self._end), self.slots[self.drawn]
            side = side + shut * (self.pressed[self.drawn] - side)
        ends = np.zeros((len(rows), 2, 2))
        ends[:, 0, self.axis], ends[:, 1, self.axis] = self.base, end
        ends[:, :, 1 - self.axis] = side[:, None]
        alpha = min(1.0, 2 * out) * self.opacity
        canvas.stroke(list(ends), feature_colors()[self.feature], self.line_width, alpha)

    @property
    def _phases(self) -> tuple[float, float, float, float]:
        """How far each of the stages has come, 0 to 1."""
        near, out, even, shut = (
            float(np.clip(self.stage.get_value() - begin, 0, 1)) for begin in (0, NEAR, OUT, EVEN)
        )
        return near, out, even, shut

    @property
    def _rows(self) -> Array:
        found = self.own.copy()
        found[:, self.axis] = self.base + self.zoom * (found[:, self.axis] - self.base)
        return found

    def _alike(self, along: Array, share: float) -> Array:
        """Where lines end that become alike: all turn to one side first, then the long ones give."""
        fold, give = min(2 * share, 1.0), max(2 * share - 1, 0.0)
        way = along - self.base
        way = way + fold * (np.abs(way) - way)
        return np.asarray(self.base + way + give * (self._end - self.base - way))

    @property
    def _end(self) -> float:
        """Where a line as long as the spread ends."""
        return self.base + self.zoom * self.one_spread
