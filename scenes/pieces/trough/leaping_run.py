"""A loss with a ball that leaps down it, its trail, the white dot that it is to reach, and its steps."""

from __future__ import annotations

import numpy as np
from manim import Animation, Circle, Mobject, UpdateFromAlphaFunc, ValueTracker

from bn_math.lesson.stage import Stage
from scenes.kit import theme
from scenes.kit.drawing.furniture import furniture
from scenes.kit.lettering.places import Box
from scenes.kit.surface.trough.framing import LEAN, ZENITH, framed
from scenes.kit.surface.trough.trail import RunTrail
from scenes.kit.surface.trough.trough import Trough
from scenes.kit.surface.trough.window import LENGTH, CutWindow
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.trough.close_up import CloseUp
from scenes.pieces.trough.leaps import Goal, LeapingBall, WayLeft, pace
from scenes.pieces.trough.step_sign import StepSign

RADIUS = 0.15
HOP, REACH = 0.05, 8.0  # how high the ball flies over its trace, and how far a ripple spreads
CLOSER, ALONG, NEAR = 57.0, 11.0, 0.1  # degrees from the vertical and off the axis, and perspective, close by
LONG, SHORT = 16.0, 1.3  # condition number of a trough that can be cut so short, over its half-width
OVER_THE_RIM = 41.0  # degrees from the vertical, so that a near wall does not hide the lowest point
LARGEST = 3.2  # how many times as large as when all of it is seen
FILLED = 0.62  # of the frame, by the first leap and the dot it aims at


class LeapingRun:
    """One loss, and gradient descent on it as a ball that leaps.

    Args:
        stage: the loss and its descent.
        clock: leaps since the start, shared by all runs that go together.
        leaps: how many are shown at most.
        turned: whether the shape is a bowl, which is turned so that the start lies on the far wall; else one
            looks along it.
    """

    def __init__(self, stage: Stage, clock: ValueTracker, leaps: int, turned: bool = False) -> None:
        self.stage, self.clock = stage, clock
        self.is_long = not turned and stage.spectrum.condition_number >= LONG
        length = SHORT if self.is_long else LENGTH
        self.window = CutWindow.around(stage.loss, np.array(stage.start), length=length)
        self.steps = pace(leaps, stage.descent.steps)
        run = np.asarray(stage.descent.points)[self.steps.astype(int)]
        self.azimuth = self._facing_the_start() if turned else self.window.azimuth(LEAN)
        self.zenith = ZENITH if self.is_long else OVER_THE_RIM
        self.view = Viewpoint()
        self.trough = Trough(self.window, self.view)
        self.goal = Goal(self.trough, stage.loss.minimizer)
        self.goal.reach = REACH
        self.ball = LeapingBall(self.trough, run, clock, RADIUS)
        self.ball.hop = HOP
        self.gap = WayLeft(self.trough, run, clock)
        shown = run if len(run) > 1 else np.repeat(run, 2, axis=0)
        self.trail = RunTrail(self.trough, shown, clock)

    @property
    def parts(self) -> tuple[Trough, RunTrail, Goal, LeapingBall]:
        """All that is drawn."""
        return self.trough, self.trail, self.goal, self.ball

    def step(self, leaps: float) -> float:
        """The step that is reached after so many leaps."""
        return float(np.interp(leaps, np.arange(len(self.steps)), self.steps))

    @property
    def is_home(self) -> bool:
        """Whether the ball has made all its steps."""
        return self.step(self.clock.get_value()) >= (self.stage.steps or np.inf)

    @property
    def leaps(self) -> int:
        """The leaps after which it ends: at home, or where no more is shown."""
        return len(self.steps) - 1

    def sign(self, name: str, goal: str | None, box: Box) -> StepSign:
        """The steps that the ball has made, with ``name`` below them, and ``goal`` for later."""
        steps = self.stage.steps
        sign = StepSign(
            self.clock, lambda: float(np.floor(self.step(self.clock.get_value()))), name, steps, goal, box
        )
        return furniture(sign)

    def glass(self, center: tuple[float, float], radius: float) -> CloseUp:
        """A glass over the lowest point, in which the last leaps are seen."""
        return CloseUp(self.window, self.ball.run, self.clock, center, radius, 10 * self.stage.tolerance)

    def ring(self) -> Animation:
        """A ring spreads from the ball, wherever it goes meanwhile."""
        ring = Circle(color=theme.current().ball)

        def spread(it: Mobject, share: float) -> None:
            x, y, size = self.ball.seen_at
            it.become(Circle((1 + 2.5 * share) * size, color=theme.current().ball).move_to([x, y, 0]))
            it.set_stroke(width=6, opacity=1 - share)

        return UpdateFromAlphaFunc(ring.set_z_index(self.ball.z_index + 1), spread, remover=True)

    def whole(self, box: Box) -> Viewpoint:
        """From where all of it is seen, and fills ``box``."""
        return framed(self.window, box, self.azimuth, self.zenith)

    def near(self, box: Box, whole: Viewpoint) -> Viewpoint:
        """From where the first leap and the white dot fill ``box``; the shape reaches beyond."""
        view = Viewpoint(self.azimuth - LEAN + ALONG, CLOSER, NEAR)
        first, second = self.ball.run[0], self.ball.run[min(1, len(self.ball.run) - 1)]
        seen = view.project(self.window.place(np.stack([first, second, self.stage.loss.minimizer])))[:, :2]
        low, high = seen.min(axis=0), seen.max(axis=0)
        scale = float(min(FILLED * np.array([box.width, box.height]) / np.maximum(high - low, 1e-6)))
        scale = min(scale, LARGEST * whole.scale_factor)
        middle = np.array(box.center) - scale * (low + high) / 2
        return view.look(center=(float(middle[0]), float(middle[1])), scale=scale)

    def _facing_the_start(self) -> float:
        """Where a viewer stands who has the start on the far wall, in degrees."""
        x, y = self.stage.loss.minimizer - np.asarray(self.stage.start)
        return float(np.degrees(np.arctan2(y, x))) + LEAN


def beyond(near: Viewpoint, whole: Viewpoint, other: Viewpoint) -> Viewpoint:
    """Where another shape is while one is near: as far off as when both are seen whole, enlarged."""
    zoom = near.scale_factor / whole.scale_factor
    center = near.points[1, :2] + zoom * (other.points[1, :2] - whole.points[1, :2])
    view: Viewpoint = other.copy()
    return view.look(center=(float(center[0]), float(center[1])), scale=zoom * other.scale_factor)
