"""The loss of rows at every correlation, in one window, and how it is seen."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from manim import ValueTracker

from bn_math import Lesson
from scenes.kit.lettering.places import Box
from scenes.kit.surface.trough.framing import framed
from scenes.kit.surface.trough.window import HALF_WIDTH, SHALLOW, CutWindow
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.trough.parked import window_of

MARGIN = 0.88  # of the way to the rim, where the start lies at most
LENGTH = 1.4  # from the minimum to a cut, over the bowl's half-width


class TiltingLoss:
    """The standardized rows' loss at correlations from ``low`` to ``high``.

    Args:
        lesson: whose rows they are.
        low: the least correlation that is shown, the lesson's own apart.
        high: the greatest.
    """

    def __init__(self, lesson: Lesson, low: float, high: float) -> None:
        self.lesson, self.low, self.high = lesson, low, high
        self.own = ValueTracker(0)
        """0 where the window is that in which other scenes show the standardized loss, 1 for this one."""

    def window(self, r: float) -> CutWindow:
        """What is shown at a correlation; on the way from the other window, at the lesson's own."""
        share, before, after = self.own.get_value(), self.before, self.own_window(r)
        if share == 1:
            return after
        pairs = zip(_sizes(before), _sizes(after), strict=True)
        return CutWindow(before.loss, *(float(one ** (1 - share) * other**share) for one, other in pairs))

    @cached_property
    def before(self) -> CutWindow:
        """The window in which other scenes show the standardized loss."""
        return window_of(self.lesson.standardized.loss, self.lesson.standardized.start)

    def own_window(self, r: float) -> CutWindow:
        """The loss at a correlation, cut at one height and drawn to one scale at every one.

        The bowl without a correlation is as wide as any shape; the start lies below the rim at every tilt.
        """
        stage = self.lesson.correlated(r)
        return CutWindow(stage.loss, self.level, self.scale, SHALLOW * HALF_WIDTH, LENGTH * HALF_WIDTH)

    @cached_property
    def level(self) -> float:
        """The height at which every loss is cut. It is linear in r, so the two ends are enough."""
        least, most = min(self.low, self.lesson.correlation), max(self.high, self.lesson.correlation)
        stages = [self.lesson.correlated(r) for r in (least, most)]
        return max(float(stage.loss.excess(stage.start)) for stage in stages) / MARGIN**2

    @cached_property
    def scale(self) -> float:
        """Units of space for one of a weight: the bowl without a correlation has the usual half-width."""
        curvature = float(self.lesson.correlated(0.0).spectrum.eigenvalues[-1])
        return HALF_WIDTH / float(np.sqrt(2 * self.level / curvature))

    @cached_property
    def azimuth(self) -> float:
        """Along the valley that comes, with the start on the far wall; the nearer way round from above."""
        window = self.own_window(self.high)
        turned, start = window.azimuth(), window.ground(np.asarray(self.lesson.correlated(self.high).start))
        towards = np.array([np.cos(np.radians(turned)), np.sin(np.radians(turned))])
        turned = turned if start @ towards <= 0 else turned + 180
        return float((turned + 270) % 360 - 270)

    def framed(self, r: float, box: Box, with_floor: bool = True) -> Viewpoint:
        """Where the loss at a correlation is seen from as large as there is room, for its floor as well."""
        return framed(self.own_window(r), box, self.azimuth, with_floor=with_floor)


def _sizes(window: CutWindow) -> tuple[float, float, float, float]:
    return window.level, window.scale, window.top, window.nearest
