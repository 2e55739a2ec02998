"""One row among the rows of its batch, on a line; and where it lands when it is standardized with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from manim import Mobject, ValueTracker, smooth

from bn_math.checks import Indices
from scenes.kit import theme
from scenes.kit.drawing.canvas import PIXEL, Array, Canvas, Painted
from scenes.kit.drawing.repeated.discs import draw_discs
from scenes.pieces.noise.axis import Axis, Lane
from scenes.pieces.rows.row_one import DOT

FAINT = 0.3  # how much of a row is seen that is not in the batch
RISE = 0.6  # of the bar over the line, in picture units
TALL, END = 0.28, 0.14  # half the height of the mean's mark, and of an end of the bar
LINE = 8.0  # pixels at 1080p
ROOMY = 9.0  # picture units: on a lane that is shorter the dots are smaller
SIZE, GROWN = 1.25, 1.5  # in DOTs, a row's dot; and times as large is the dot of a row that is in the batch
CRISP = 0.92  # radius of a disc with a sharp edge, over one that fades from nine tenths on
IN_A_SHOWER = 0.45  # opacity of a dot that falls among many, which would flash


class Company(Painted):
    """Every row as a faint dot on a lane; those of a batch are lit, with a bar over their mean and spread.

    Args:
        lane: where the rows stand.
        values: of all rows, (n,), in the lane's units.
        batches: the row numbers of each batch.
        followed: the row that has a mark of its own, and is not drawn here.
        clock: the batch that is shown; between two of them dots and bar go from one to the other.
        rise: of the bar over the lane, in picture units.
    """

    kept: ClassVar[tuple[str, ...]] = ("lane", "values", "batches", "clock")
    blended: ClassVar[tuple[str, ...]] = ("opacity", "lit", "barred")

    def __init__(
        self,
        lane: Lane,
        values: Array,
        batches: Sequence[Indices],
        followed: int,
        clock: ValueTracker,
        rise: float = RISE,
    ) -> None:
        super().__init__()
        self.lane, self.values, self.batches, self.clock = lane, values, batches, clock
        self.followed, self.rise, self.barred = followed, rise, 1.0
        self.means, self.stds = (
            np.array([measure(values[rows]) for rows in batches]) for measure in (np.mean, np.std)
        )
        self.lit = 0.0
        self.points = np.zeros((1, 3))
        self.sources: tuple[Mobject, ...] = (clock,)

    def light(self, share: float = 1.0) -> Company:
        """Show so much of the batch, 0 to 1; animated, it appears."""
        self.lit = share
        return self

    def leave_the_bar(self) -> Company:
        """Show the batch's rows alone."""
        self.barred = 0.0
        return self

    @property
    def middle(self) -> Array:
        """Where the bar's mean is in the picture, at its lower end, (2,)."""
        return np.asarray(self.lane.at(self._now(self.means), self.rise - TALL)[:2])

    def paint(self, canvas: Canvas) -> None:
        """All rows, then the batch, then the bar from one spread below its mean to one above."""
        palette, lane = theme.current(), self.lane
        lit, small = self._lit(), min(lane.length / ROOMY, 1.0)
        for row, value in enumerate(self.values):
            if row == self.followed:
                continue
            share = float(lit[row]) * self.lit
            size = small * SIZE * DOT * (1 + (GROWN - 1) * share)
            alpha = self.opacity * (FAINT + (1 - FAINT) * share)
            color = palette.feature_a
            canvas.disc(lane.at(value)[:2], size, [(0, color, alpha), (0.9, color, alpha), (1, color, 0)])
        if self.lit > 0:
            self._bar(canvas)

    def _bar(self, canvas: Canvas) -> None:
        mean, std = self._now(self.means), self._now(self.stds) * self.lit
        seen = self.opacity * self.lit * self.barred
        canvas.stroke(bar(self.lane, mean, std, self.rise), theme.current().text, LINE, seen)

    def _lit(self) -> Array:
        """How much of each row is lit, (n,)."""
        here, share = self._place()
        lit = np.zeros(len(self.values))
        lit[self.batches[here]] += 1 - share
        lit[self.batches[min(here + 1, len(self.batches) - 1)]] += share
        return np.minimum(lit, 1.0)

    def _now(self, each: Array) -> float:
        here, share = self._place()
        return float((1 - share) * each[here] + share * each[min(here + 1, len(each) - 1)])

    def _place(self) -> tuple[int, float]:
        clock = float(np.clip(self.clock.get_value(), 0, len(self.batches) - 1))
        here = int(clock + 1e-9)
        return here, float(smooth(max(clock - here, 0.0)))


def bar(lane: Lane, mean: float, std: float, above: float) -> list[Array]:
    """The lines of a bar over a mean, from one spread below it to one above, so high over the lane."""
    middle, low, high = (lane.at(mean + side * std, above)[:2] for side in (0, -1, 1))
    up = np.array([0.0, 1.0])
    lines = [np.stack([low, high]), np.stack([middle - TALL * up, middle + TALL * up])]
    return lines + [np.stack([end - END * up, end + END * up]) for end in (low, high)]


class Landings(Painted):
    """Where a row lands, batch after batch: dots that fall to their seats and pile up.

    Args:
        axis: the line they land on, of standardized values.
        values: where each lands, (draws,).
        source: the row's place in the picture, (3,).
        height: how high the pile may be, in picture units.
        clock: how many falls are over. First ``slowly`` one by one, then ``together`` at once.
        slowly: how many are looked at one by one.
        together: how many are on their way at once afterwards.
    """

    kept: ClassVar[tuple[str, ...]] = ("axis", "values", "source", "clock")

    def __init__(
        self,
        axis: Axis,
        values: Array,
        source: Array,
        height: float,
        clock: ValueTracker,
        slowly: int = 3,
        together: int = 60,
    ) -> None:
        super().__init__()
        self.axis, self.values, self.source, self.clock = axis, values, np.asarray(source)[:2], clock
        self.cell, self.seats = _seats(axis, values, height)
        self.slowly = slowly
        rest = np.arange(len(values) - slowly)
        self.begins = np.concatenate([np.arange(slowly), slowly + rest / together])
        self.points = np.zeros((1, 3))
        self.sources: tuple[Mobject, ...] = (clock,)

    @property
    def last(self) -> float:
        """What the clock says when all have landed."""
        return float(self.begins[-1] + 1)

    @property
    def top(self) -> float:
        """Y of the pile's top in the end."""
        return float(self.seats[:, 1].max() + self.cell / 2)

    def paint(self, canvas: Canvas) -> None:
        """Every dot that has begun to fall, on its way or in its seat."""
        share = np.clip(self.clock.get_value() - self.begins, 0, 1)
        color = theme.current().text
        radius = min(0.46 * self.cell, 1.2 * DOT)
        landed = share == 1
        draw_discs(canvas, self.seats[landed], CRISP * (radius + 0.5 * PIXEL), color, self.opacity)
        for draw in np.flatnonzero((share > 0) & ~landed).tolist():
            seat, way, large = self.seats[draw], float(share[draw]), 2.0 if draw < self.slowly else 1.0
            place = self.source + (seat - self.source) * np.array([way, way**2])
            size = radius + (large * DOT - radius) * (1 - way) + 0.5 * PIXEL
            alpha = self.opacity * (1.0 if draw < self.slowly else IN_A_SHOWER)
            stops = [(0.0, color, alpha), (0.9, color, alpha), (1.0, color, 0.0)]
            canvas.disc(place, size, stops)


def _seats(axis: Axis, values: Array, height: float) -> tuple[float, Array]:
    """The widest square cell in which the pile is no higher than ``height``, and each dot's seat, (n, 2)."""
    x = np.array([axis.at(float(value))[0] for value in values])
    for cell in np.geomspace(0.34, 0.004, 60):
        bins = np.floor((x - axis.start[0]) / cell).astype(int)
        if np.unique(bins, return_counts=True)[1].max() * cell <= height:
            break
    filled: dict[int, int] = {}
    seats = []
    for column in bins.tolist():
        level = filled[column] = filled.get(column, 0) + 1
        seats.append([axis.start[0] + (column + 0.5) * cell, axis.start[1] + (level - 0.4) * cell])
    return float(cell), np.array(seats)
