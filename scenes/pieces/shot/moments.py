"""The one shot from raw to standardized data: which loss is seen at each time, from where, and the rows.

Every moment is the true loss of partly standardized data; between two of them nothing is blended. The ball
stays parked because its weights do: at every moment it is at the lesson's start. Home stays in one place of
the picture, and the viewer walks round it as the start does: both stand still while all round them changes.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from scipy.interpolate import PchipInterpolator

from bn_math import Lesson
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering.places import Box, Places
from scenes.kit.surface.trough.framing import PERSPECTIVE, ZENITH, framed
from scenes.kit.surface.trough.trough import Trough
from scenes.kit.surface.trough.window import CutWindow
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.trough.parked import window_of

TIMES = np.linspace(0, 1, 41)  # at which it is worked out where the viewer stands; between them he glides
CLOSER = 8  # steps of that work
CORNERS = 1.2  # times as large as its place, the floor may be
ASIDE = 29.0  # degrees off the trough's axis, from where the shot is seen
ON_THE_LEFT = 27.0  # degrees by which a start on the far wall is left of the middle
FARTHEST = 100.0  # degrees that the viewer walks at most
MOST = 1.6  # times, that the scale changes at most
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

    def look(self, view: Viewpoint, time: float) -> Viewpoint:
        """Move ``view`` to where it is at ``time``: home and ball stay where they are in the picture."""
        x, y = self._home
        azimuth, scale = self._glide(time)
        return view.look(float(azimuth), center=(float(x), float(y)), scale=float(np.exp(scale)))

    def viewpoint(self, time: float) -> Viewpoint:
        """A viewpoint that stands where ``time`` is seen from."""
        return self.look(Viewpoint(0.0, ZENITH, PERSPECTIVE), time)

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
    def _windows(self) -> list[CutWindow]:
        """What is shown at each of :data:`TIMES`."""
        return [self.window(time) for time in TIMES]

    @cached_property
    def _home(self) -> Array:
        """Where home stands in the picture all the time, (2,)."""
        ends = [framed(self._windows[k], self.box, self._azimuths[k]).points[1, :2] for k in (0, -1)]
        return np.asarray(np.mean(ends, axis=0))

    @cached_property
    def _azimuths(self) -> Array:
        """Where the viewer stands at each of the times, in degrees, (n,).

        He walks round home as the start does, so that the ball is always in the same direction from home in
        the picture. Where that would take him far, or the start is at home, he stays where he is.
        """
        found, wanted = [self._first], self._direction(self._windows[0], self._first)
        for window in self._windows[1:]:
            azimuth = found[-1]
            for _ in range(CLOSER):
                off = _turn(self._direction(window, azimuth) - wanted)
                slope = _turn(self._direction(window, azimuth + 1) - self._direction(window, azimuth))
                azimuth -= float(np.clip(off / slope if abs(slope) > 1e-6 else 0.0, -5, 5))
            found.append(azimuth)
        goes = self._nearest > LITTLE and np.ptp(found) <= FARTHEST
        return np.array(found) if goes else np.full(len(TIMES), self._first)

    @cached_property
    def _nearest(self) -> float:
        """How near to home the start ever is, in units of space."""
        return float(min(np.linalg.norm(window.ground(self.start)) for window in self._windows))

    @cached_property
    def _glide(self) -> PchipInterpolator:
        """Azimuth and logarithm of the scale over time; the scale keeps the ball as far from home."""
        moments = list(zip(self._windows, self._azimuths, strict=True))
        scales = np.array([self._largest(*moment) for moment in moments])
        if self._nearest > LITTLE:
            away = np.array([np.linalg.norm(self._seen(*moment)) for moment in moments])
            if away.max() < MOST * away.min():
                scales = (scales * away).min() / away
        return PchipInterpolator(TIMES, np.stack([self._azimuths, np.log(scales)], axis=1))

    def _seen(self, window: CutWindow, azimuth: float) -> Array:
        """The way from home to the start, as it is seen at scale 1, (2,)."""
        view = Viewpoint(azimuth, ZENITH, PERSPECTIVE)
        return np.asarray(view.project(window.place(self.start))[:2])

    def _direction(self, window: CutWindow, azimuth: float) -> float:
        """Of that way, in radians."""
        x, y = self._seen(window, azimuth)
        return float(np.arctan2(y, x))

    def _largest(self, window: CutWindow, azimuth: float) -> float:
        """The scale at which a shape just fits its place, and its floor nearly."""
        trough = Trough(window, Viewpoint(azimuth, ZENITH, PERSPECTIVE))
        room = np.array([[self.box.left, self.box.bottom], [self.box.right, self.box.top]]) - self._home
        found = []
        for parts, beyond in (
            ([*trough.outlines, trough.seen().outside], 1.0),
            (trough.floor.outlines, CORNERS),
        ):
            points = np.concatenate([part for part in parts if len(part)])
            found.append(beyond * (room / [points.min(axis=0), points.max(axis=0)]).min())
        return float(min(found))


def _turn(angle: float) -> float:
    """The same angle from -pi to pi."""
    return float((angle + np.pi) % (2 * np.pi) - np.pi)


def shape_box(places: Places) -> Box:
    """Where the shape stands during the shot: beside the rows, with room for words at the floor's edges."""
    return places.picture.part(left=0.03)


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
