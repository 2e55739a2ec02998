"""A viewer who steps back from a shape until a circle many times its size is seen."""

from __future__ import annotations

import numpy as np
from manim import Animation, Mobject, UpdateFromAlphaFunc, smooth

from scenes.kit.lettering.places import Box
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.trough.bending_circle import BendingCircle

FARTHEST = 2000.0  # how many times smaller everything becomes, at most
BEFORE, LEVEL = 90.0, 86.0
"""Degrees off the trough's axis, and to the vertical, from where the circle along is seen: it is round."""
ROOM = 0.94  # of the place that the circle fills


class Retreat:
    """The way from where a viewer stands to where ``circle`` fills ``box``; the circle is drawn meanwhile.

    The distance grows evenly in powers of ten.

    Args:
        circle: the one that is too large to be seen. It follows the viewer's distance.
        view: where it is seen from, before all that stands there.
        box: the place that it fills in the end.
    """

    def __init__(self, circle: BendingCircle, view: Viewpoint, box: Box) -> None:
        self.circle, self.view = circle, view
        self.near, self.far = view.copy(), view.copy()
        self.far.look(
            azimuth=circle.trough.window.azimuth(BEFORE),
            zenith=LEVEL,
            perspective=0.0,
            center=(0.0, 0.0),
            scale=1.0,
        )
        flat = self.far.project(circle.line(2 * np.pi * circle.radius))[:, :2]
        low, high = flat.min(axis=0), flat.max(axis=0)
        scale = ROOM * float(min(np.array([box.width, box.height]) / (high - low)))
        scale = min(max(scale, self.near.scale_factor / FARTHEST), self.near.scale_factor)
        x, y = np.array(box.center) - scale * (low + high) / 2
        y = max(
            float(y), box.bottom + 0.02 * box.height
        )  # what is larger than the place leaves it at the top
        self.far.look(center=(float(x), y), scale=scale)

    def go(self, run_time: float) -> Animation:
        """Away; the circle's line grows as everything shrinks, until it is closed."""
        first, whole = self.circle.drawn, 2 * np.pi * self.circle.radius
        shrinks = self.near.scale_factor / self.far.scale_factor

        def run(_: Mobject, alpha: float) -> None:
            self._stand(alpha)
            grown = first * shrinks**alpha * (whole / (first * shrinks)) ** (alpha * alpha)
            self.circle.length.set_value(grown)

        return UpdateFromAlphaFunc(self.view, run, run_time=run_time, rate_func=smooth)

    def back(self, to: Viewpoint, run_time: float) -> Animation:
        """To a viewpoint near the shape."""
        self.near = to.copy()
        return UpdateFromAlphaFunc(
            self.view, lambda _, alpha: self._stand(1 - alpha), run_time=run_time, rate_func=smooth
        )

    def _stand(self, share: float) -> None:
        points = (1 - share) * self.near.points + share * self.far.points
        scale = self.near.scale_factor * (self.far.scale_factor / self.near.scale_factor) ** share
        points[0, 2] = self.near.points[0, 2] * max(1 - 3 * share, 0.0)  # far away nothing is foreshortened
        points[1, 2] = scale
        self.view.points = points
