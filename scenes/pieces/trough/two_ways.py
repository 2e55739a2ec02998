"""Two balls that step at one learning rate, one across a loss and one along it."""

from __future__ import annotations

import numpy as np
from manim import Mobject, ValueTracker

from scenes.kit.drawing.canvas import Array
from scenes.kit.surface.trough.arrow import LyingArrow
from scenes.kit.surface.trough.ball import CutBall
from scenes.kit.surface.trough.trail import RunTrail
from scenes.kit.surface.trough.trough import Trough

OUT = 0.8  # of the way to the rim, or to a cut: where they start


class TwoWays:
    """Both runs, their balls and trails, and the way home of the one along.

    Args:
        trough: what they step on.
        learning_rate: of both.
        steps: how many they make.
    """

    def __init__(self, trough: Trough, learning_rate: float, steps: int) -> None:
        window, self.clock = trough.window, ValueTracker(0)
        outer = trough.seen().solid.inner.half_axes
        reach = np.array([min(outer[0], window.length), outer[1]])
        starts = window.weights(OUT * reach[:, None] * -window.directions)
        values = np.maximum(np.linalg.eigvalsh(window.loss.hessian), 0.0)
        self.runs = [
            _run(window.loss.minimizer, start, 1 - learning_rate * float(value), steps)
            for start, value in zip(starts, values, strict=True)
        ]
        self.way = LyingArrow(trough, (self.runs[0][0], window.loss.minimizer)).show(0)
        self.balls = [CutBall(trough, run, self.clock) for run in self.runs]
        self.trails = [RunTrail(trough, run, self.clock) for run in self.runs]

    @property
    def shown(self) -> list[Mobject]:
        """All of it, in the order of drawing."""
        return [self.way, *self.trails, *self.balls]


def _run(goal: Array, start: Array, factor: float, steps: int) -> Array:
    """Gradient descent along a main direction: a step leaves ``factor`` of what was left; (steps + 1, 2)."""
    return np.asarray(goal + np.power(factor, np.arange(steps + 1))[:, None] * (start - goal))
