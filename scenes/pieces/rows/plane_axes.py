"""The axes of a plane of features, whose numbers change while the two come to one scale."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Line, Mobject, ValueTracker, VGroup

from scenes.kit import theme
from scenes.kit.charts.features import feature_colors, powers_of
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.kit.script import numbers
from scenes.pieces.rows.feature_plane import FeaturePlane

NEAREST = {True: 1.1, False: 0.44}  # of two numbers of the lower axis, and of the left one: none is seen
ROOM = 1.2  # times as far from one another they are wholly seen
TICK, AWAY = 0.1, 0.2  # length of a mark, and from the axis to a number, in picture units
EDGE = 0.15  # from the end of an axis to the last of its numbers, at least
STEP, PART = 20.0, 0.62  # of a step: its width as Manim counts it, and of the lesser span at most
BESIDE = 0.15  # from a step to its number, in picture units
MOST = 5  # spacings that are shown one after another


class PlaneAxis(VGroup):
    """One axis of a plane, at its box's lower or left edge: a line, marks, numbers.

    Numbers stand at multiples of 1 and 5 times a power of ten. While the axis comes to another scale they
    move with it; those that come too near to one another fade, and coarser ones stay.

    Args:
        plane: what it is an axis of.
        share: how far the plane has come to one scale.
        lies: whether it is the lower axis, else the left one.
    """

    def __init__(self, plane: FeaturePlane, share: ValueTracker, lies: bool) -> None:
        super().__init__()
        self.plane, self.lies, self.axis = plane, lies, 0 if lies else 1
        self.feature = plane.order[self.axis]
        box = plane.box
        self.half = (box.width if lies else box.height) / 2
        self.line = Line(box.at(0, 0), box.at(1, 0) if lies else box.at(0, 1), stroke_width=2.5)
        self.line.set_color(theme.current().rule)
        self.values = self._values()
        self.marks = VGroup(*(self._mark(value) for value in self.values))
        self.add(self.line, self.marks)
        follow(self, (share,), lambda _: self.put(share.get_value()))

    def put(self, share: float) -> None:
        """Move marks and numbers to where they stand at ``share``, and show those that have room."""
        unit = float(self.plane.units(share)[self.axis])
        for mark, (value, spacing) in zip(self.marks, self.values.items(), strict=True):
            away = (value - self.plane.middles[self.axis]) * unit
            inside = abs(away) <= self.half - EDGE
            seen, shown = self._has_room(spacing, unit) if inside else 0.0, mark[0].get_stroke_opacity()
            if seen == shown == 0:
                continue
            middle = self.plane.box.at(0.5, 0) if self.lies else self.plane.box.at(0, 0.5)
            line = mark[0]
            line.shift(middle + away * (RIGHT if self.lies else UP) - line.get_end())
            mark[1].next_to(line, DOWN if self.lies else LEFT, buff=AWAY - TICK)
            if seen != shown:
                mark.set_opacity(seen)

    def _has_room(self, spacing: float, unit: float) -> float:
        """How much of numbers at that spacing is seen: all or nothing where the axis begins and ends."""
        first, last = (float(self.plane.units(end)[self.axis]) for end in (0.0, 1.0))
        now, start, end = (spacing * it / NEAREST[self.lies] for it in (unit, first, last))
        if end >= 1 or start < 1:
            return float(end >= 1)
        return float(np.clip((now - 1) / max(min(ROOM, start) - 1, 1e-9), 0, 1))

    def _values(self) -> dict[float, float]:
        """Each number of the axis, and the widest of the spacings that it is a multiple of."""
        first, last = self.plane.units(0.0)[self.axis], self.plane.units(1.0)[self.axis]
        nearest, found = NEAREST[self.lies], dict[float, float]()
        spacings = _spacings(nearest / first, nearest / last)
        if len(spacings) > MOST:  # too many decades for numbers that can be followed
            spacings = spacings[:2]
        for spacing in spacings:
            reach = self.half / max(last, nearest / spacing)
            low, high = (self.plane.middles[self.axis] + side * reach for side in (-1, 1))
            for number in range(int(np.ceil(low / spacing)), int(np.floor(high / spacing)) + 1):
                found[self._same(found, number * spacing)] = spacing if number else np.inf
        return found

    @staticmethod
    def _same(found: dict[float, float], value: float) -> float:
        """The number that is there already, if ``value`` is it but for rounding."""
        return next((known for known in found if np.isclose(known, value, rtol=1e-9, atol=0)), value)

    def _mark(self, value: float) -> VGroup:
        """A short line across the axis, and the number beside it."""
        power = powers_of(self.plane.data)[self.feature]
        shown = power.share(value)
        text = typography.name(numbers.write(shown, numbers.exact([shown])), theme.current().muted)
        line = Line(TICK * (DOWN if self.lies else LEFT), np.zeros(3), stroke_width=2.5)
        return VGroup(line.set_color(theme.current().rule), text)


class OneStep(Line):
    """The same step on either axis, as a thick line on it: a round number of the features' units.

    Args:
        plane: whose axis it is.
        share: how far the plane has come to one scale.
        lies: whether it is the lower axis, else the left one.
    """

    def __init__(self, plane: FeaturePlane, share: ValueTracker, lies: bool) -> None:
        feature, axis = plane.order[0 if lies else 1], 0 if lies else 1
        super().__init__(stroke_width=STEP, color=feature_colors()[feature])
        self.plane, self.share, self.lies = plane, share, lies
        self.step = round_number(PART * float(plane.data.spans.min()))
        corner = plane.box.at(0, 0)

        def put(_: Mobject) -> None:
            ends = np.stack([corner, corner])
            unit = float(plane.units(share.get_value())[axis])
            low = (plane.data.lows[feature] - plane.middles[axis]) * unit + plane.box.center[axis]
            ends[:, axis] = low, low + self.step * unit
            self.set_points_as_corners(ends)

        follow(self, (share,), put)

    @cached_property
    def number(self) -> VGroup:
        """How long it is, beside it; nothing where the two axes count in other powers of ten."""
        one, other = powers_of(self.plane.data)
        if one.power != other.power:
            return VGroup()
        shown = one.share(self.step)
        text = typography.figure(numbers.write(shown, numbers.exact([shown])), self.get_color())
        side = UP if self.lies else RIGHT
        return VGroup(follow(text, (self.share,), lambda it: it.next_to(self, side, buff=BESIDE)))


def round_number(most: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that is no more than ``most``."""
    decade = 10.0 ** np.floor(np.log10(most))
    return float(max(factor * decade for factor in (1, 2, 5) if factor * decade <= most * (1 + 1e-9)))


def _spacings(least: float, most: float) -> list[float]:
    """1 and 5 times powers of ten, from the first that is not below ``least`` to one beyond ``most``."""
    decade = int(np.floor(np.log10(least)))
    ladder = (float(f"{factor}e{power}") for power in range(decade, decade + 60) for factor in (1, 5))
    found: list[float] = []
    for spacing in ladder:
        if spacing >= least:
            found.append(spacing)
            if spacing >= most and len(found) > 1:
                break
    return found
