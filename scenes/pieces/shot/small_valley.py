"""The raw loss beside the bowl, small: its ball leaps on, ever faster, while its steps are counted."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from manim import Animation, Mobject, UpdateFromAlphaFunc, ValueTracker, linear

from bn_math.lesson.stage import Stage
from scenes.kit.lettering.places import Box
from scenes.kit.surface.trough.framing import framed
from scenes.kit.surface.trough.trail import RunTrail
from scenes.kit.surface.trough.trough import Trough
from scenes.pieces.trough.leaps import Goal, LeapingBall
from scenes.pieces.trough.parked import window_of

ASIDE = 50.0  # degrees off the trough's axis
BALL, HOME = 0.16, 0.11  # radii in units of space: a small picture, whose marks are large
ONE_BY_ONE = 8  # leaps that are seen whole
FASTER = 3.5  # the power of the time with which the leaps go


class SmallValley:
    """A descent on the raw loss, small.

    Args:
        stage: the loss and its descent.
        box: the place that it fills.
    """

    def __init__(self, stage: Stage, box: Box) -> None:
        window, run = window_of(stage.loss, stage.start), np.asarray(stage.descent.points)
        run = run if len(run) > 1 else np.repeat(run, 2, axis=0)
        self.last = len(run) - 1
        self.clock = ValueTracker(0)
        self.view = framed(window, box, window.azimuth(ASIDE), with_floor=False)
        self.trough = Trough(window, self.view)
        self.trail = RunTrail(self.trough, run, self.clock)
        self.home = Goal(self.trough, None, HOME)
        self.ball = LeapingBall(self.trough, run, self.clock, BALL)
        self.trough.floor.set_opacity(0.0)

    def __iter__(self) -> Iterator[Mobject]:
        """All of it, as a scene adds it."""
        yield from (self.trough, self.trail, self.home, self.ball)

    def go(self, run_time: float) -> Animation:
        """All steps, ever faster; of later ones, that go to and fro, every second one."""

        def run(_: Mobject, alpha: float) -> None:
            share = 1.0 if alpha >= 1 else alpha**FASTER
            step = share * self.last
            self.clock.set_value(step if step < ONE_BY_ONE or share == 1 else 2 * int(step / 2))

        return UpdateFromAlphaFunc(self.clock, run, run_time=run_time, rate_func=linear)
