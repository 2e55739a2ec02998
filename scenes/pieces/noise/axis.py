"""A number line in letters that are read on a phone, with its name above one end of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from manim import DOWN, UP, Line, VGroup

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import typography
from scenes.kit.script import numbers

TICK, BELOW = 0.1, 0.38  # half a mark, and from the line to its numbers, in picture units
GAP = 0.35  # between two numbers at least


@dataclass(frozen=True, eq=False)
class Lane:
    """Where values stand side by side.

    Args:
        span: the least and the greatest value.
        start: where the least one stands, (3,).
        length: from there to the greatest, in picture units.
    """

    span: tuple[float, float]
    start: Array
    length: float

    def at(self, value: float, above: float = 0.0) -> Array:
        """The point of the picture for ``value``, so many picture units above the lane."""
        low, high = self.span
        share = (value - low) / (high - low)
        return np.asarray(self.start + np.array([share * self.length, above, 0.0]))


class Axis(VGroup):
    """A line from ``start`` over ``length`` units of the picture; :meth:`at` takes a value there.

    Args:
        span: the least and the greatest value.
        start: where the least one stands, (3,).
        length: of the line, in picture units.
        wanted: how many numbers there are at most; none stands beyond the line's ends.
    """

    def __init__(self, span: tuple[float, float], start: Array, length: float, wanted: int = 5) -> None:
        super().__init__()
        palette = theme.current()
        self.lane = Lane(span, np.asarray(start, dtype=float), length)
        self.line = Line(self.at(span[0]), self.at(span[1]), color=palette.rule, stroke_width=2.5)
        self.add(self.line)
        for count in range(wanted, 0, -1):
            marks = self._marks(numbers.ticks(*span, count))
            if all(two.get_left()[0] - one.get_right()[0] >= GAP for one, two in pairwise(marks)):
                self.add(*marks)
                break

    def at(self, value: float, above: float = 0.0) -> Array:
        """The point of the picture for ``value``, so many picture units above the line."""
        return self.lane.at(value, above)

    @property
    def span(self) -> tuple[float, float]:
        """The least and the greatest value."""
        return self.lane.span

    @property
    def start(self) -> Array:
        """Where the least value stands, (3,)."""
        return self.lane.start

    @property
    def length(self) -> float:
        """Of the line, in picture units."""
        return self.lane.length

    def name_it(self, name: typography.Text, above: float, at_left: bool = False) -> None:
        """Put ``name`` over the right end of the line, or over its left one, its baseline so high."""
        x, y, _ = self.at(self.span[0 if at_left else 1], above)
        edge = {"left" if at_left else "right": float(x)}
        typography.align_baseline(name, float(y), **edge)
        self.add(name)

    def _marks(self, ticks: Array) -> list[VGroup]:
        spec, made = numbers.exact(ticks), []
        for tick in ticks.tolist():
            place = self.at(tick)
            number = typography.name(numbers.tick(tick, spec), theme.current().muted)
            number.next_to(place, DOWN, buff=BELOW)
            mark = Line(place + TICK * DOWN, place + TICK * UP, color=theme.current().rule, stroke_width=2.5)
            made.append(VGroup(mark, number))
        left, right = (float(self.at(end)[0]) for end in self.span)
        return [it for it in made if it.get_left()[0] >= left and it.get_right()[0] <= right]
