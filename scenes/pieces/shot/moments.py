"""The one shot from raw to standardized data: which loss is seen at each time, from where, and the rows.

Every moment is the true loss of partly standardized data; between two of them nothing is blended. The ball
stays parked because its weights do: at every moment it is at the lesson's start. Home stays in one place of
the picture, and the viewer walks round it as the start does: both stand still while all round them changes.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from manim import Mobject, ValueTracker
from scipy.interpolate import PchipInterpolator

from bn_math import Lesson
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering.places import Box, Places
from scenes.kit.surface.trough.framing import PERSPECTIVE, ZENITH, framed
from scenes.kit.surface.trough.trough import Trough
from scenes.kit.surface.trough.window import CutWindow
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.trough.parked import window_of

KNOTS = 17  # moments at which the shape is framed; between them the viewer glides
TURNS = 65  # moments at which it is looked where the start lies
ASIDE = 29.0  # degrees off the trough's axis, from where the shot is seen
ON_THE_LEFT = 27.0  # degrees by which a start on the far wall is left of the middle
FARTHEST = 100.0  # degrees that the viewer walks at most
CORNERS = 1.16  # times as large as its place, the floor may be
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
        """Where the viewer stands at ``time``, in degrees.

        He walks round home as the start does, so that in the picture both stay where they are; a start so
        near to home that its direction says nothing leaves him where he is.
        """
        return self._first + float(self._turned(time))

    def look(self, view: Viewpoint, time: float) -> Viewpoint:
        """Move ``view`` to where it is at ``time``."""
        x, y = self._home
        scale = float(np.exp(self._scales(time)))
        return view.look(self.azimuth(time), center=(float(x), float(y)), scale=scale)

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
    def _first(self) -> float:
        """The azimuth at the beginning: along the shape, the start on its far wall."""
        window = self.window(0.0)
        towards = [window.azimuth(lean) for lean in (ASIDE, -ASIDE, 180 - ASIDE, 180 + ASIDE)]
        ground = window.ground(self.start)
        if float(np.linalg.norm(ground)) <= LITTLE:
            return towards[0]
        away = np.degrees(np.arctan2(ground[1], ground[0])) - 180 + ON_THE_LEFT
        return min(towards, key=lambda it: abs((it - away + 180) % 360 - 180))

    @cached_property
    def _turned(self) -> PchipInterpolator:
        """By how many degrees the start has walked round home, over time."""
        times = np.linspace(0, 1, TURNS)
        ground = np.array([self.window(time).ground(self.start) for time in times])
        turned = np.unwrap(np.arctan2(ground[:, 1], ground[:, 0]))
        if np.linalg.norm(ground, axis=1).min() <= LITTLE or np.ptp(turned) > np.radians(FARTHEST):
            turned[:] = 0.0
        return PchipInterpolator(times, np.degrees(turned - turned[0]))

    @cached_property
    def _home(self) -> Array:
        """Where home stands in the picture all the time, (2,)."""
        centers = [
            framed(self.window(time), self.box, self.azimuth(time)).points[1, :2] for time in (0.0, 1.0)
        ]
        return np.asarray(np.mean(centers, axis=0))

    @cached_property
    def _scales(self) -> PchipInterpolator:
        """The logarithm of the scale over time: the shape fills its place, and home stays where it is."""
        times = np.linspace(0, 1, KNOTS)
        return PchipInterpolator(times, [np.log(self._largest(time)) for time in times])

    def _largest(self, time: float) -> float:
        """The scale at which the shape of a moment just fits, and of its floor all but the corners."""
        trough = Trough(self.window(time), Viewpoint(self.azimuth(time), ZENITH, PERSPECTIVE))
        room = np.array([[self.box.left, self.box.bottom], [self.box.right, self.box.top]]) - self._home
        found = []
        for parts, beyond in (
            ([*trough.outlines, trough.seen().outside], 1.0),
            (trough.floor.outlines, CORNERS),
        ):
            points = np.concatenate([part for part in parts if len(part)])
            found.append(beyond * (room / [points.min(axis=0), points.max(axis=0)]).min())
        return float(min(found))


def shape_box(places: Places) -> Box:
    """Where the shape stands during the shot: beside the rows, with room for words at the floor's edges."""
    return places.picture.part(left=0.04, bottom=0.04)


def words_box(places: Places) -> Box:
    """Where the words at the floor's edges may stand: beside the rows."""
    whole = places.whole
    left = places.picture.left if not places.side.is_wide else whole.left
    return Box(left, whole.right, whole.bottom, whole.top)


def side_boxes(places: Places) -> tuple[Box, Box]:
    """Beside the shape: the place of the rows, and that of a figure."""
    side = places.side
    if side.is_wide:
        room = Box(side.left, side.right, places.foot.bottom, side.top)
        return room.part(right=0.45), room.part(left=0.55)
    room = Box(side.left, side.right, places.whole.bottom, places.whole.top)
    return room.part(bottom=0.3), room.part(top=0.25)
