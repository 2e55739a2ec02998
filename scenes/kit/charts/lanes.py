"""A lane for each mini-batch: seats to which rows are dealt, then a common axis for the rows' values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, Line, Rectangle, VGroup

from scenes.kit import theme
from scenes.kit.charts.axes import RealLine
from scenes.kit.charts.line_ticks import fitting
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.typography import SMALL, Text, align_baseline
from scenes.kit.script import numbers

NAMES_GAP = 0.3  # from the lanes to what stands at their left
NAME_GAP = 0.45  # from an axis to its name


class Lanes:
    """``count`` lanes of equal height between ``top`` and ``bottom``, from ``left`` to ``right``.

    Args:
        count: the number of lanes, at least 1.
        left: x of the lanes' left ends, in picture units; their numbers stand further to the left.
        right: x of the lanes' right ends.
        top: y of the first lane's upper edge, in picture units.
        bottom: y of the last lane's lower edge.
        head: Typst markup above the lanes' numbers.
    """

    def __init__(self, count: int, left: float, right: float, top: float, bottom: float, head: str) -> None:
        self.count, self.left, self.right, self.top, self.bottom = count, left, right, top, bottom
        lines = [Line([left, y, 0], [right, y, 0]) for y in map(self.height, range(count))]
        self.lines = VGroup(*lines).set_stroke(theme.current().grid, self.thick(2.0)).set_z_index(-1)
        # Where lanes are narrow, only every so many of them has room for its number.
        every = int(np.ceil(0.38 / self.pitch))
        self.numbered = range(0, count, every)
        self.numbers = VGroup(*(self._number(lane) for lane in self.numbered))
        self.head = self.name(head, top + 0.28)

    @property
    def pitch(self) -> float:
        """From one lane to the next."""
        return (self.top - self.bottom) / self.count

    def height(self, lane: int) -> float:
        """Where a lane lies."""
        return self.top - (lane + 0.5) * self.pitch

    def thick(self, most: float) -> float:
        """The width of a stroke that leaves room between the lanes, however many there are."""
        return min(most, 35 * self.pitch)

    def seat(self, lane: int, place: int, seats: int) -> Array:
        """A place in a lane of ``seats``."""
        x = self.left + (place + 0.5) / seats * (self.right - self.left)
        return np.array([x, self.height(lane), 0.0])

    def seat_size(self, seats: int, most: float = 0.22) -> float:
        """How large a dot may be to sit there."""
        return min(most, 0.6 * self.pitch, 0.8 * (self.right - self.left) / seats)

    def squeeze(self, bottom: float) -> list[Animation]:
        """Make room below: the lanes end at ``bottom`` from now on, and their numbers go along."""
        self.bottom = bottom
        return [
            number.animate.set_y(self.height(lane))
            for lane, number in zip(self.numbered, self.numbers, strict=True)
        ]

    def name(self, words: str, height: float) -> Text:
        """A name at the left of whatever lies at ``height``."""
        return align_baseline(typography.label(words, size=SMALL), height - 0.08, right=self.left - NAMES_GAP)

    def _number(self, lane: int) -> Text:
        number = typography.label(numbers.write(lane + 1), size=SMALL)
        return number.move_to([self.left - NAMES_GAP, self.height(lane), 0], aligned_edge=RIGHT)


class ValueAxis(RealLine):
    """A number line for a feature's ``values`` below ``lanes``, at ``height``.

    Args:
        values: the numbers that the axis has to hold, (n,), in data units, not all of them equal.
        lanes: the lanes whose left and right ends the axis shares.
        height: y of the line, in picture units.
        names: Typst markup for the left of the line, the first that has room; empty for no name.
    """

    def __init__(self, values: Array, lanes: Lanes, height: float, names: Sequence[str]) -> None:
        span = float(np.ptp(values))
        ends = (float(values.min()) - 0.03 * span, float(values.max()) + 0.03 * span)
        color = theme.current().feature_a
        super().__init__(ends, lanes.right - lanes.left, fitting(ends, (lanes.left, lanes.right), 5))
        self.lanes, self.tint = lanes, color
        if names:
            room = lanes.left - NAME_GAP - layout.LEFT_EDGE
            self.names.add(fitted(names, room, color).next_to(self.line, LEFT, buff=NAME_GAP))
        self.shift(np.array([lanes.left, height, 0.0]) - self.at(ends[0]))

    def point(self, value: float, height: float) -> Array:
        """The point of the picture for a value, at a height of the picture."""
        return np.array([self.at(value)[0], height, 0.0])

    def band(self, mean: float, std: float, words: str) -> VGroup:
        """A mean and one standard deviation to each side of it, behind all lanes, with words above."""
        low, high = self.at(mean - std), self.at(mean + std)
        tall = self.lanes.top - low[1]
        area = Rectangle(width=(high - low)[0], height=tall, stroke_width=0)
        area.set_fill(self.tint, 0.14).move_to(low, aligned_edge=DOWN + LEFT)
        middle = Line(self.at(mean), self.at(mean) + tall * UP, color=self.tint, stroke_width=2.5)
        name = align_baseline(typography.label(words, self.tint, SMALL), self.lanes.top + 0.2).set_x(
            self.at(mean)[0]
        )
        name.shift(min(layout.RIGHT_EDGE - name.get_right()[0], 0.0) * RIGHT)
        return VGroup(area, middle, name).set_z_index(-1)

    def mark(self, mean: float, std: float, lane: int) -> VGroup:
        """In a lane, a bar of one standard deviation to each side, and a tick at the mean."""
        y, tall = self.lanes.height(lane), min(0.34 * self.lanes.pitch, 0.25)
        middle, width = self.point(mean, y), self.lanes.thick(4.0)
        bar = Line(self.point(mean - std, y), self.point(mean + std, y), stroke_width=width)
        tick = Line(middle - tall * UP, middle + tall * UP, stroke_width=1.5 * width)
        return VGroup(bar, tick).set_color(theme.current().text)
