"""Two balls that step at one learning rate, one across a loss and one along it, each in its way's color."""

from __future__ import annotations

import numpy as np
from manim import LEFT, RIGHT, ManimColor, Mobject, UpdateFromAlphaFunc, ValueTracker, linear

from scenes.kit.drawing.canvas import Array
from scenes.kit.script.words import Words
from scenes.kit.surface.trough.arrow import LyingArrow
from scenes.kit.surface.trough.ball import CutBall
from scenes.kit.surface.trough.trail import RunTrail
from scenes.kit.surface.trough.trough import Trough
from scenes.pieces.trough.plate import plated

BESIDE, OFF = 0.35, 1.0  # from a start to the name, in picture units
OUT = 0.8  # of the way to the rim, or to a cut: where they start


class TwoWays:
    """Both runs, their balls and trails.

    Args:
        trough: what they step on.
        learning_rate: of both.
        steps: how many they make.
        colors: along and across, of balls, trails and the edges of names; and of the way that is left along,
            an arrow that is not yet shown.
    """

    def __init__(
        self, trough: Trough, learning_rate: float, steps: int, colors: tuple[ManimColor, ManimColor]
    ) -> None:
        self.trough, window, self.clock, self.colors = trough, trough.window, ValueTracker(0), colors
        outer = trough.seen().solid.inner.half_axes
        reach = np.array([min(outer[0], window.length), outer[1]])
        starts = window.weights(OUT * reach[:, None] * -window.directions)
        values = np.maximum(np.linalg.eigvalsh(window.loss.hessian), 0.0)
        self.runs = [
            _run(window.loss.minimizer, start, 1 - learning_rate * float(value), steps)
            for start, value in zip(starts, values, strict=True)
        ]
        self.balls = [
            CutBall(trough, run, self.clock, color=color)
            for run, color in zip(self.runs, colors, strict=True)
        ]
        along, goal = self.balls[0], np.asarray(window.loss.minimizer)
        self.way = LyingArrow(trough, lambda: (along.weights, goal), colors[0], follows=(self.clock,)).show(0)
        self.trails = [
            RunTrail(trough, run, self.clock, color) for run, color in zip(self.runs, colors, strict=True)
        ]

    @property
    def shown(self) -> list[Mobject]:
        """All of it, in the order of drawing."""
        return [*self.trails, self.way, *self.balls]

    def names(self, words: Words) -> list[Mobject]:
        """Which ball goes along, beside its start on the shape, and which across, off the shape."""
        along = plated(words.label("circle_along"), self.colors[0])
        across = plated(words.label("circle_across"), self.colors[1])
        starts = [[*self.trough.lay(ball.run[0])[0], 0.0] for ball in self.balls]
        return [along.next_to(starts[0], RIGHT, buff=BESIDE), across.next_to(starts[1], LEFT, buff=OFF)]


def _run(goal: Array, start: Array, factor: float, steps: int) -> Array:
    """Gradient descent along a main direction: a step leaves ``factor`` of what was left; (steps + 1, 2)."""
    return np.asarray(goal + np.power(factor, np.arange(steps + 1))[:, None] * (start - goal))


def faster(clock: ValueTracker, last: int, run_time: float) -> UpdateFromAlphaFunc:
    """A run goes on to ``last``, ever faster; of two steps that go to and fro, one is shown."""
    first = round(clock.get_value())

    def run(it: Mobject, alpha: float) -> None:
        assert isinstance(it, ValueTracker)
        it.set_value(last if alpha >= 1 else first + 2 * int((last - first) * alpha**3 / 2))

    return UpdateFromAlphaFunc(clock, run, run_time=run_time, rate_func=linear)
