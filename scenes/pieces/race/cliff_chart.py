"""Steps against the learning rate, both logarithmic: each rate measured by its own cliff, or as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Dot,
    Line,
    ManimColor,
    Mobject,
    ValueTracker,
    VGroup,
    VMobject,
)

from bn_math.lesson.stage import Stage
from scenes.kit import theme
from scenes.kit.charts.marks import dimension
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.kit.lettering.places import Box
from scenes.kit.script import numbers

LEAST, NEAREST = 1e-3, 1e-7  # shares of the cliff at which a curve begins, and how near it ends
BEYOND = 1.6  # times the cliff that an axis goes on
MOST_NUMBERS = 6  # on an axis
SLANT, HATCH = 0.22, 0.3  # width of the hatching, and from one of its lines to the next


@dataclass(frozen=True)
class RateCurve:
    """The steps that each learning rate needs on one loss, up to its cliff.

    Args:
        stage: the loss and its start.
        color: of the curve.
    """

    stage: Stage
    color: ManimColor

    @property
    def cliff(self) -> float:
        """The largest learning rate at which the descent does not explode."""
        return self.stage.spectrum.largest_stable_learning_rate

    @property
    def best(self) -> float:
        """Theory's best rate."""
        return self.stage.spectrum.best_learning_rate

    @cached_property
    def rates(self) -> Array:
        """Ascending, the best one among them, and many close to the cliff, (n,)."""
        shares = np.concatenate([np.geomspace(LEAST, 0.5, 120), 1 - np.geomspace(0.5, NEAREST, 80)])
        return np.union1d(self.cliff * shares, [self.best])

    @cached_property
    def steps(self) -> Array:
        """The steps that each of the rates needs, at least 1, (n,)."""
        return np.maximum(np.asarray(self.stage.steps_against(self.rates)), 1.0)

    @property
    def most(self) -> float:
        """The steps of the smallest rate; those next to the cliff are beyond any chart."""
        return float(self.steps[0])


class Curve(Protocol):
    """Steps against learning rates, whatever they are of."""

    @property
    def color(self) -> ManimColor:
        """Of the curve."""

    @property
    def cliff(self) -> float:
        """The largest learning rate that an axis has room for."""

    @property
    def rates(self) -> Array:
        """Ascending, (n,)."""

    @property
    def steps(self) -> Array:
        """The steps that each of the rates needs, at least 1, (n,)."""

    @property
    def most(self) -> float:
        """So many of them the chart has room for."""


class CliffChart:
    """The chart in ``box``. ``plain`` says how rates are measured: 0 by their own cliff, 1 as they are.

    What lies between is the same data on an axis that is neither: the curves slide apart.

    Args:
        curves: what is drawn.
        box: the place of all of it, with numbers and names.
        plain: a tracker from 0 to 1.
        span: the least and the greatest plain rate that the axis has room for.
        names: Typst markup for the two horizontal axes, and for the vertical one.
        size: of the numbers on the axes, in pixels at 1080p.
    """

    def __init__(
        self,
        curves: Sequence[Curve],
        box: Box,
        plain: ValueTracker,
        span: tuple[float, float],
        names: tuple[str, str, str],
        size: float = typography.NAME,
    ) -> None:
        self.curves, self.plain, self.words, self.size = tuple(curves), plain, names, size
        self.box = Box(box.left + 0.9, box.right - 0.3, box.bottom + 1.15, box.top - 0.6)
        self.top = float(np.ceil(np.log10(max(curve.most for curve in curves))))
        low = min(span[0], *(float(curve.rates[0]) for curve in curves))
        high = max(span[1], *(BEYOND * curve.cliff for curve in curves))
        self.spans = np.log10([[LEAST, BEYOND], [low, high]])

    def at(self, curve: Curve, rates: Array, steps: Array) -> Array:
        """Rates and steps (...) -> points of the picture (..., 3), where the axis is now."""
        share = self.plain.get_value()
        low, high = (1 - share) * self.spans[0] + share * self.spans[1]
        x = (np.log10(rates) - (1 - share) * np.log10(curve.cliff) - low) / (high - low)
        y = np.minimum(np.log10(steps) / self.top, 1.0)
        places = [self.box.left + x * self.box.width, self.box.bottom + y * self.box.height, 0 * x]
        return np.stack(np.broadcast_arrays(*places), axis=-1)

    # -- axes ------------------------------------------------------------------------------------------------
    def upright(self) -> VGroup:
        """The axis of the steps, its numbers and its name."""
        palette, box = theme.current(), self.box
        made = VGroup(Line(box.at(0, 0), box.at(0, 1), color=palette.rule, stroke_width=2.0))
        made.add(Line(box.at(0, 0), box.at(1, 0), color=palette.rule, stroke_width=2.0))
        for power in _few(range(int(self.top) + 1)):
            number = numbers.ten_to(power) if power else numbers.write(1)
            text = typography.figure(number, palette.muted, self.size)
            made.add(text.next_to(box.at(0, power / self.top), LEFT, buff=0.18))
        name = typography.name(self.words[2], palette.muted)
        return made.add(name.next_to(box.at(0, 1), UP, buff=0.2, aligned_edge=LEFT))

    def lying(self, plain: int) -> VGroup:
        """The numbers and the name of a horizontal axis: shares of the cliff (0), or plain rates (1)."""
        palette, (low, high) = theme.current(), self.spans[plain]
        made = VGroup()
        powers = _few(range(int(np.ceil(low - 1e-9)), int(np.floor(high + 1e-9)) + 1))
        for power in powers:
            number = numbers.ten_to(power) if plain and power else numbers.write(10.0**power, _digits(power))
            place = self.box.at((power - low) / (high - low), 0)
            made.add(typography.figure(number, palette.muted, self.size).next_to(place, DOWN, buff=0.18))
        name = typography.name(self.words[plain], palette.muted)
        return made.add(name.move_to(self.box.at(0.5, 0) + 0.95 * DOWN))

    # -- curves ----------------------------------------------------------------------------------------------
    def drawn(self, curve: Curve, done: ValueTracker) -> VMobject:
        """A curve as far as ``done`` says: 0 to 1 of its logarithm from the first rate to the cliff."""
        line = VMobject(stroke_color=curve.color, stroke_width=7.0)

        def update(it: Mobject) -> None:
            assert isinstance(it, VMobject)
            places, share = self.at(curve, curve.rates, curve.steps), max(done.get_value(), 1e-3)
            it.set_points_as_corners(np.vstack([places[self.way(curve) < share], self.tip(curve, share)]))

        follow(line, (self.plain, done), update)
        return line

    def tip(self, curve: Curve, done: float) -> Array:
        """How far a curve has come that is drawn as far as ``done`` says, (3,)."""
        places, way = self.at(curve, curve.rates, curve.steps), self.way(curve)
        return np.array([np.interp(max(done, 1e-3), way, column) for column in places.T])

    def way(self, curve: Curve) -> Array:
        """How much of a curve's length in the picture lies before each of its rates, 0 to 1, (n,)."""
        places = self.at(curve, curve.rates, curve.steps)
        lengths = np.linalg.norm(np.diff(places, axis=0), axis=1)
        return np.concatenate([[0.0], np.cumsum(lengths)]) / lengths.sum()

    def until(self, curve: Curve, rate: float) -> float:
        """How much of a curve is drawn when it has come to ``rate``."""
        return float(np.interp(rate, curve.rates, self.way(curve)))

    def best(self, curve: RateCurve) -> VGroup:
        """A dot in a ring at theory's best rate."""
        steps = float(curve.steps[np.searchsorted(curve.rates, curve.best)])
        mark = VGroup(Dot(radius=0.11, color=curve.color))
        mark.add(
            Dot(radius=0.21).set_style(fill_opacity=0, stroke_color=theme.current().text, stroke_width=4)
        )

        def update(it: Mobject) -> None:
            it.move_to(self.at(curve, np.array(curve.best), np.array(steps)))

        follow(mark, (self.plain,), update)
        return mark

    def cliff(self, curve: Curve) -> VGroup:
        """The wall at a curve's cliff, hatched on its far side, as drawings mark what is closed."""
        height = self.box.height
        wall = VGroup(Line([0, 0, 0], [0, height, 0], color=curve.color, stroke_width=5))
        hatching = VGroup(
            *(Line([0, y, 0], [SLANT, y + SLANT, 0]) for y in np.arange(0, height - SLANT, HATCH))
        ).set_stroke(theme.current().alarm, 3.0)
        wall.add(hatching)

        def update(it: Mobject) -> None:
            foot = self.at(curve, np.array(curve.cliff), np.array(1.0))
            it.shift(foot - wall[0].get_start())

        follow(wall, (self.plain,), update)
        return wall

    def apart(self, words: str) -> VGroup:
        """A measure between the two cliffs in plain rates, and how many times farther the one is."""
        ends = [
            self.at(curve, np.array(curve.cliff), np.array(1.0)) + 0.86 * self.box.height * UP
            for curve in self.curves
        ]
        line = dimension(ends[0], ends[1], theme.current().text, 0.13, 4.0)
        text = typography.figure(words, theme.current().text)
        text.next_to(line, DOWN, buff=0.2)
        if text.width > line.width:
            text.next_to(line, LEFT if line.get_x() > self.box.center[0] else RIGHT, buff=0.3)
        return VGroup(line, text)


def _few(powers: range) -> list[int]:
    """Every second, third and so on, where there are too many."""
    return list(powers[:: -(-len(powers) // MOST_NUMBERS)])


def _digits(power: int) -> str:
    return f".{max(-power, 0)}f"
