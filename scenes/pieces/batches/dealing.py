"""Where rows are while they are dealt: all in one strip at the top, then each in its mini-batch's lane."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bn_math import Lesson
from bn_math.checks import Indices
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering.places import Box

MOST = 10  # mini-batches that are shown
NUMBERED = 0.75  # picture units at the left of a lane, for its number
FILLS, TALL = 0.96, 0.74  # of a lane's length and height, by the rows


@dataclass(frozen=True)
class Dealing:
    """The strip of all rows and the lanes below it; both features on one scale, the same in all of them.

    Where the features span alike, lanes stand side by side, so that the rows are as large as can be.

    Args:
        lesson: whose rows are dealt.
        box: the place of the picture.
    """

    lesson: Lesson
    box: Box

    @cached_property
    def shown(self) -> tuple[int, ...]:
        """The numbers of the mini-batches that have a lane, counted from 0: row 1's is among them."""
        batches = self.lesson.batches
        first = range(min(MOST, batches.count))
        own = batches.with_first_row
        return (*first,) if own in first else (*first[:-1], own)

    @property
    def own(self) -> int:
        """The lane of row 1's mini-batch, counted from 0."""
        return self.shown.index(self.lesson.batches.with_first_row)

    @cached_property
    def order(self) -> list[int]:
        """The feature that lies, the one that spans more, and the upright one."""
        wide = int(np.argmax(self.lesson.data.spans))
        return [wide, 1 - wide]

    def _unit(self, columns: int) -> float:
        lines = 1 + -(-len(self.shown) // columns)
        width, height = self.box.width / columns - NUMBERED, self.box.height / lines
        return float((np.array([FILLS * width, TALL * height]) / self.lesson.data.spans[self.order]).min())

    @cached_property
    def columns(self) -> int:
        """How many lanes stand side by side."""
        return max(range(1, len(self.shown) + 1), key=self._unit)

    @cached_property
    def unit(self) -> float:
        """Picture units for a unit of either feature."""
        return self._unit(self.columns)

    @property
    def pitch(self) -> float:
        """From one line of lanes to the next."""
        return self.box.height / (1 + -(-len(self.shown) // self.columns))

    def lane(self, number: int) -> Box:
        """A lane's place, without that of its number."""
        line, column = divmod(number, self.columns)
        top = self.box.top - (1 + line) * self.pitch
        width = self.box.width / self.columns
        left = self.box.left + column * width
        return Box(left + NUMBERED, left + width, top - self.pitch, top)

    @property
    def strip(self) -> Box:
        """The place of all rows, above the lanes: in line with the first, where that is alone in its line."""
        lane = self.lane(0)
        left, right = (lane.left, lane.right) if self.columns == 1 else (self.box.left, self.box.right)
        return Box(left, right, self.box.top - self.pitch, self.box.top)

    def at(self, features: Array, place: Box) -> Array:
        """Features (n, 2) -> the picture (n, 2), the middle of what the data span in that of a place."""
        data = self.lesson.data
        middle = (data.lows + data.highs) / 2
        return np.asarray(place.center) + self.unit * (np.asarray(features) - middle)[..., self.order]

    @cached_property
    def turns(self) -> Indices:
        """Every row's turn, counted from 0, (N,)."""
        turns = np.zeros(self.lesson.data.count, dtype=np.intp)
        turns[np.concatenate(self.lesson.batches.rows)] = np.arange(len(turns))
        return turns

    @cached_property
    def above(self) -> Array:
        """Where each row is before it is dealt, (N, 2)."""
        return self.at(self.lesson.data.features, self.strip)

    @cached_property
    def below(self) -> Array:
        """Where each row lands, (N, 2): straight below, in its lane; or out of the picture, without one."""
        landed = self.above - [0.0, 2 * self.box.height]
        for lane, number in enumerate(self.shown):
            rows = self.lesson.batches.rows[number]
            landed[rows] = self.at(self.lesson.data.features[rows], self.lane(lane))
        return landed

    def rows_of(self, lane: int) -> Indices:
        """The rows of a lane, (m,)."""
        return self.lesson.batches.rows[self.shown[lane]]
