"""Flat charts: axes with numbers set in Lato, a number line, clouds of dots, curves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import (
    DOWN,
    LEFT,
    PI,
    UP,
    Axes,
    DashedVMobject,
    Dot,
    LogBase,
    NumberLine,
    VGroup,
    VMobject,
)
from manim.utils.color import ParsableManimColor

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import typography
from scenes.kit.lettering.typography import SMALL, Text
from scenes.kit.script import numbers

Range = tuple[float, float]


class Chart(VGroup):
    """Two axes with round numbers and names. ``at`` takes data to the picture.

    Sizes are in Manim's picture units: the frame is 8 high, so that one unit is 135 pixels at 1080p. The axes
    are centered on the picture's origin until the chart is moved. Ticks, and what ``at`` takes, are in the
    units of the data on either kind of axis.

    Args:
        x: the least and the greatest value on the horizontal axis, in data units; with ``log_x`` these two
            are powers of ten: (0, 3) is from 1 to 1000.
        y: the same for the vertical axis, powers of ten with ``log``.
        width: length of the horizontal axis, in picture units.
        height: length of the vertical axis, in picture units.
        x_ticks: where the horizontal axis has a mark and a number, in data units; may be empty.
        y_ticks: the same for the vertical axis.
        x_name: Typst markup below the horizontal axis; empty for no name.
        y_name: Typst markup above the vertical axis; empty for no name.
        x_spec: how the numbers of ``x_ticks`` are written (see script/numbers.py); None gives all of them as
            many decimals, six at most, as they need. It has no effect with ``log_x``.
        y_spec: the same for ``y_ticks``; it has no effect with ``log``.
        log: the vertical axis is logarithmic, and its numbers are powers of ten.
        x_color: color of ``x_name``; None is the theme's muted color.
        y_color: color of ``y_name``; None is the theme's muted color.
        log_x: the horizontal axis is logarithmic, and its numbers are powers of ten.
    """

    def __init__(
        self,
        x: Range,
        y: Range,
        width: float,
        height: float,
        x_ticks: Sequence[float],
        y_ticks: Sequence[float],
        x_name: str = "",
        y_name: str = "",
        x_spec: str | None = None,
        y_spec: str | None = None,
        log: bool = False,
        x_color: ParsableManimColor | None = None,
        y_color: ParsableManimColor | None = None,
        log_x: bool = False,
    ) -> None:
        super().__init__()
        palette = theme.current()
        line = {"color": palette.rule, "stroke_width": 2.0, "include_ticks": False, "include_tip": False}
        # Counted from the first power, or Manim would let the upright axis cross where the power is 0.
        self._first_power = x[0] if log_x else None
        self.axes = Axes(
            x_range=[0, x[1] - x[0], x[1] - x[0]] if log_x else [*x, x[1] - x[0]],
            y_range=[*y, y[1] - y[0]],
            x_length=width,
            y_length=height,
            tips=False,
            x_axis_config=dict(line),
            y_axis_config={**line, "scaling": LogBase(custom_labels=False)} if log else dict(line),
        )
        self.grid, self.numbers, self.names = VGroup(), VGroup(), VGroup()
        self._ranges = ((10 ** x[0], 10 ** x[1]) if log_x else x), ((10 ** y[0], 10 ** y[1]) if log else y)
        floor, left = self._ranges[1][0], self._ranges[0][0]
        x_spec, y_spec = x_spec or numbers.exact(x_ticks), y_spec or numbers.exact(y_ticks)
        for tick in x_ticks:
            base = self.at(tick, floor)
            self.grid.add(_rule(base, base + DOWN * 0.09))
            written = _power(tick) if log_x else numbers.tick(tick, x_spec)
            self.numbers.add(Text(written, SMALL, palette.muted).next_to(base, DOWN, buff=0.2))
        for tick in y_ticks:
            base = self.at(left, tick)
            self.grid.add(_rule(base, base + LEFT * 0.09))
            written = _power(tick) if log else numbers.tick(tick, y_spec)
            self.numbers.add(Text(written, SMALL, palette.muted).next_to(base, LEFT, buff=0.2))
        if x_name:
            name = typography.label(x_name, x_color)
            self.names.add(name.move_to(self.axes.get_bottom() + DOWN * 0.86))
        if y_name:
            name = typography.label(y_name, y_color)
            self.names.add(name.next_to(self.axes.get_corner(UP + LEFT), UP, buff=0.28, aligned_edge=LEFT))
        self.add(self.axes, self.grid, self.numbers, self.names)

    def at(self, x: float, y: float) -> Array:
        """The point of the picture, (3,), for (x, y) in data units."""
        across = x if self._first_power is None else np.log10(x) - self._first_power
        return np.asarray(self.axes.c2p(across, y), dtype=float)

    def curve(
        self, xs: Array, ys: Array, color: ParsableManimColor, width: float = 4.0, dashed: bool = False
    ) -> VMobject:
        """A line through data, both (n,); it ends where they leave the chart; ``width`` 100 is one unit."""
        (left, right), (low, high) = self._ranges
        inside = (xs >= left) & (xs <= right) & (ys >= low) & (ys <= high)
        end = len(xs) if inside.all() else int(np.argmin(inside))
        line = VMobject(stroke_color=color, stroke_width=width)
        line.set_points_as_corners(np.array([self.at(x, y) for x, y in zip(xs[:end], ys[:end], strict=True)]))
        return DashedVMobject(line, num_dashes=48, dashed_ratio=0.62) if dashed else line

    def dots(self, points: Array, color: ParsableManimColor, radius: float = 0.055) -> VGroup:
        """A dot for each row of (n, 2), in data units; ``radius`` is in picture units."""
        return VGroup(*(Dot(self.at(*point), radius=radius, color=color) for point in points))


class RealLine(VGroup):
    """A number line with numbers in Lato and a name at its left. ``at`` takes a number to the picture.

    Args:
        span: the least and the greatest value, in data units.
        length: length of the line in picture units.
        ticks: where the line has a mark and a number, in data units.
        spec: how the numbers are written (see script/numbers.py); None gives all of them as many decimals,
            six at most, as they need.
        name: Typst markup at the left of the line; empty for no name.
        color: color of ``name``; None is the theme's muted color.
    """

    def __init__(
        self,
        span: Range,
        length: float,
        ticks: Sequence[float],
        spec: str | None = None,
        name: str = "",
        color: ParsableManimColor | None = None,
    ) -> None:
        super().__init__()
        palette = theme.current()
        self.line = NumberLine(
            x_range=[*span, span[1] - span[0]],
            length=length,
            color=palette.rule,
            stroke_width=2.0,
            include_ticks=False,
        )
        spec = spec or numbers.exact(ticks)
        self.ticks, self.numbers, self.names = VGroup(), VGroup(), VGroup()
        for tick in ticks:
            base = self.at(tick)
            self.ticks.add(_rule(base + UP * 0.08, base + DOWN * 0.08))
            self.numbers.add(
                Text(numbers.tick(tick, spec), SMALL, palette.muted).next_to(base, DOWN, buff=0.22)
            )
        if name:
            self.names.add(typography.label(name, color).next_to(self.line, LEFT, buff=0.45))
        self.add(self.line, self.ticks, self.numbers, self.names)

    def at(self, value: float, above: float = 0.0) -> Array:
        """The point of the picture for ``value``, ``above`` the line by so many picture units."""
        return np.asarray(self.line.n2p(value), dtype=float) + np.array([0.0, above, 0.0])

    def dots(
        self, values: Array, color: ParsableManimColor, radius: float = 0.075, above: float = 0.0
    ) -> VGroup:
        """A dot for each value; ``radius`` and ``above`` are in picture units."""
        return VGroup(*(Dot(self.at(value, above), radius=radius, color=color) for value in values))


def turned(text: Text) -> Text:
    """A label turned to read upwards."""
    return text.rotate(PI / 2)


def _power(tick: float) -> str:
    return numbers.ten_to(np.log10(tick))


def _rule(start: Array, end: Array) -> VMobject:
    line = VMobject(stroke_color=theme.current().rule, stroke_width=2.0)
    line.set_points_as_corners(np.array([start, end]))
    return line
