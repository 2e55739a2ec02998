"""Surface, lines, path and ball of one loss, put together in the order in which they are drawn."""

from __future__ import annotations

import numpy as np
from manim import (
    Animation,
    Group,
    Mobject,
    UpdateFromAlphaFunc,
    ValueTracker,
    linear,
)

from bn_math.lesson.stage import Stage
from scenes.kit.surface.ball import Ball, DescentPath, Trail
from scenes.kit.surface.contours import IsoLines
from scenes.kit.surface.loss_surface import LossSurface
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.kit.surface.window import LossWindow

MANY = 50  # steps; a longer trail is drawn thinner


class Landscape(Group):
    """One stage's loss as a picture. ``clock`` is the step that the ball has reached.

    The trail and the ball are made, but a scene adds them when the descent begins.

    Args:
        stage: whose loss, start and descent are shown.
        view: where the picture is seen from.
        rings: of the surface's grid.
        spokes: of the surface's grid.
        window: ``margin``, ``radius`` and ``top`` of the window, see :class:`LossWindow`.
    """

    def __init__(
        self,
        stage: Stage,
        view: Viewpoint,
        rings: int = 36,
        spokes: int = 120,
        **window: float,
    ) -> None:
        super().__init__()
        self.stage, self.view = stage, view
        self.window = LossWindow.around(stage.loss, np.asarray(stage.start), **window)
        self.clock = ValueTracker(0)
        self.surface = LossSurface(self.window, view, rings, spokes)
        self.iso_lines = IsoLines(self.surface)
        self.path = DescentPath(self.window, stage.descent.points)
        self.trail = Trail(
            self.surface, self.path, self.clock, line_width=2.0 if len(self.path) > MANY else 3.5
        )
        self.ball = Ball(self.surface, self.path, self.clock)
        self.add(self.surface, self.iso_lines)

    def race(self, run_time: float, ease: float = 2.0) -> Animation:
        """The rest of a long descent, ever faster.

        Only every second step is shown: a ball that crosses the valley sixty times a second would flicker.
        """
        first = int(self.clock.get_value())
        last = len(self.path) - 1

        def run(clock: Mobject, alpha: float) -> None:
            step = first + (last - first) * alpha**ease
            assert isinstance(clock, ValueTracker)
            clock.set_value(last if alpha >= 1 else first + 2 * int((step - first) / 2))

        return UpdateFromAlphaFunc(self.clock, run, run_time=run_time, rate_func=linear)
