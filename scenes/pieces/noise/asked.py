"""One row asked again and again: its value jumps with its neighbors, or stands still in evaluation mode."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import DOWN, LEFT, UP, Line, ManimColor, Mobject, ValueTracker, VGroup

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.lettering import typography
from scenes.kit.lettering.places import Box
from scenes.kit.script import numbers

ASKED, LATEST = 0.09, 0.15  # radius of a dot, and of the one that the row has become just now
LINE, FAINT = 3.0, 0.55  # pixels at 1080p, and how much is seen of it
ROOM = 0.12  # of the values' range, above and below
HIGH = 0.7  # of the height: a level above is written upon from below
GAP = 0.4  # between the two halves, in picture units


class Asked(Painted):
    """Values over the times a row is asked: at the left in training mode, at the right in evaluation mode.

    Args:
        box: the place of all of it.
        values: the row's in training mode, (n,).
        fixed: the row's in evaluation mode, the same every time.
        clock: how many times it has been asked: n times in each mode.
    """

    kept: ClassVar[tuple[str, ...]] = ("box", "values", "clock")

    def __init__(self, box: Box, values: Array, fixed: float, clock: ValueTracker) -> None:
        super().__init__()
        self.box, self.values, self.fixed, self.clock = box, values, fixed, clock
        every = np.append(values, fixed)
        room = ROOM * float(np.ptp(every)) or 1.0
        self.span = float(every.min()) - room, float(every.max()) + room
        self.points = np.zeros((1, 3))
        self.sources: tuple[Mobject, ...] = (clock,)

    @property
    def times(self) -> int:
        """How many times it is asked in each mode."""
        return len(self.values)

    @property
    def halves(self) -> tuple[Box, Box]:
        """The places of the two modes, side by side."""
        share = 0.5 * (1 - GAP / self.box.width)
        return self.box.part(right=share), self.box.part(left=1 - share)

    def at(self, asked: float, value: float) -> Array:
        """The point of the picture (3,) for a value at the n-th time, counted from 1."""
        low, high = self.span
        after = asked >= self.times + 0.5
        share = (asked - self.times * after) / (self.times + 1)
        return self.halves[int(after)].at(share, (value - low) / (high - low))

    @property
    def beside_the_level(self) -> tuple[Array, Array]:
        """Where the value of evaluation mode is written: a point of its line, and the side with room."""
        low, high = self.span
        is_high = self.fixed > low + HIGH * (high - low)
        return self.at(1.5 * self.times + 0.5, self.fixed), DOWN if is_high else UP

    def paint(self, canvas: Canvas) -> None:
        """The line of each mode and its dots, up to now; the newest is large."""
        palette, clock = theme.current(), self.clock.get_value()
        for first, color in ((0, palette.text), (self.times, palette.bowl)):
            way = self._way(first, clock)
            if not len(way):
                continue
            canvas.stroke([way], color, LINE, FAINT * self.opacity)
            for place in way[:-1]:
                self._dot(canvas, place, ASKED, color)
            is_newest = first == 0 and clock < self.times + 1 or first > 0
            self._dot(canvas, way[-1], LATEST if is_newest else ASKED, color)

    def _way(self, first: int, clock: float) -> Array:
        """The row's places after the time ``first``, up to now, in one mode, (k, 2)."""
        own = self.values if first == 0 else np.full(self.times, self.fixed)
        done = min(clock - first, float(self.times))
        if done < 1:
            return np.zeros((0, 2))
        asked = np.arange(1, int(done + 1e-9) + 1).astype(float)
        if asked[-1] < done - 1e-9:
            asked = np.append(asked, done)
        shown = np.interp(asked, np.arange(1, self.times + 1), own)
        places = zip(asked.tolist(), shown.tolist(), strict=True)
        return np.array([self.at(first + time, value)[:2] for time, value in places])

    def _dot(self, canvas: Canvas, place: Array, radius: float, color: ManimColor) -> None:
        alpha = self.opacity
        canvas.disc(place, radius, [(0.0, color, alpha), (0.9, color, alpha), (1.0, color, 0.0)])

    def axis(self) -> VGroup:
        """Numbers at the left, and a faint line at each, through both halves."""
        palette, made = theme.current(), VGroup()
        ticks = numbers.ticks(*self.span, 4)
        spec = numbers.exact(ticks)
        low, high = self.span
        for tick in ticks.tolist():
            share = (tick - low) / (high - low)
            lines = [Line(half.at(0, share), half.at(1, share)) for half in self.halves]
            number = typography.name(numbers.tick(tick, spec), palette.muted)
            made.add(
                *(line.set_stroke(palette.grid, 2.0) for line in lines),
                number.next_to(lines[0].get_start(), LEFT, buff=0.2),
            )
        return made
