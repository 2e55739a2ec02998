"""The one shot from raw to standardized data: which loss is seen at each time, from where, and the rows.

Every moment is the true loss of partly standardized data; between two of them nothing is blended. The ball
stays parked because its weights do: at every moment it is at the lesson's start, and the window is the one in
which that start is watched, so its place in the picture changes little while all around it changes.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from manim import Mobject, ValueTracker
from scipy.interpolate import PchipInterpolator

from bn_math import Lesson
from bn_math.lesson.standardizing import eased
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering.places import Box, Places
from scenes.kit.surface.trough.framing import LEAN, framed
from scenes.kit.surface.trough.solid import Solid
from scenes.kit.surface.trough.window import CutWindow
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.trough.parked import window_of

KNOTS = 17  # moments at which the shape is framed; between them the viewer glides
LITTLE = 0.3  # units of space: a start that is nearer to the lowest point may lie anywhere


class Moments:
    """What is seen of a lesson's data at times from 0, raw, to 1, standardized.

    Args:
        lesson: whose data they are.
        box: the place that the shape fills at every time.
    """

    def __init__(self, lesson: Lesson, box: Box) -> None:
        self.path, self.box = lesson.standardizing, box
        self.start = np.asarray(lesson.settings.start, dtype=float)

    def window(self, time: float) -> CutWindow:
        """What is cut out of the loss at ``time``."""
        return window_of(self.path.loss(time), self.start)

    def azimuth(self, time: float) -> float:
        """Where the viewer stands at ``time``, in degrees: he walks while the features are divided."""
        first, last = self._azimuths
        centering = self.path.centering
        return first + (last - first) * eased(max(time - centering, 0.0) / (1 - centering))

    def look(self, view: Viewpoint, time: float) -> Viewpoint:
        """Move ``view`` to where it is at ``time``."""
        x, y, scale = self._frames(time)
        return view.look(self.azimuth(time), center=(float(x), float(y)), scale=float(np.exp(scale)))

    def viewpoint(self, time: float) -> Viewpoint:
        """A viewpoint that stands where ``time`` is seen from."""
        return self.look(framed(self.window(time), self.box), time)

    def viewpoint_of(self, tracker: ValueTracker) -> Viewpoint:
        """A viewpoint that is moved by time; a scene adds it before all that is seen from there."""
        view = self.viewpoint(tracker.get_value())

        def update(it: Mobject) -> None:
            self.look(view, tracker.get_value())

        follow(view, (tracker,), update)
        return view

    def rows(self, time: float) -> Array:
        """The features at ``time``, (n, 2)."""
        return np.asarray(self.path.dataset(time).features)

    @cached_property
    def _azimuths(self) -> tuple[float, float]:
        """Of the first moment and the last, at most half a turn apart.

        In the end a shape that has closed is turned so that the start lies on its far wall; one that is still
        cut is seen along, from the side on which the start is not.
        """
        first, last = (self.window(time) for time in (0.0, 1.0))
        begin, end = first.azimuth(LEAN), last.azimuth(LEAN)
        ground = last.ground(self.start)
        if Solid(first, 0.0).inner.is_closed and Solid(last, 0.0).inner.is_closed:
            end = begin  # there is no trough to walk round
        elif Solid(last, 0.0).inner.is_closed and np.linalg.norm(ground) > LITTLE:
            end = float(np.degrees(np.arctan2(ground[1], ground[0]))) + 180 - LEAN
        elif float(ground @ [np.cos(np.radians(end)), np.sin(np.radians(end))]) > LITTLE:
            end += 180
        return begin, begin + (end - begin + 180) % 360 - 180

    @cached_property
    def _frames(self) -> PchipInterpolator:
        """Center and logarithm of the scale over time: what frames the shape, made smooth."""
        times = np.linspace(0, 1, KNOTS)
        views = [framed(self.window(time), self.box, self.azimuth(time)) for time in times]
        return PchipInterpolator(
            times, [[*view.points[1, :2], float(np.log(view.scale_factor))] for view in views]
        )


def shape_box(places: Places) -> Box:
    """Where the shape stands during the shot: beside the rows, with room for words at the floor's edges."""
    return places.picture.part(left=0.05, right=0.94, bottom=0.1)


def side_boxes(places: Places) -> tuple[Box, Box]:
    """Beside the shape: the place of the rows, and that of a figure."""
    side = places.side
    room = Box(side.left, side.right, places.foot.bottom, side.top)
    if room.is_wide:
        return room.part(right=0.45), room.part(left=0.55)
    return room.part(bottom=0.36), room.part(top=0.26)
