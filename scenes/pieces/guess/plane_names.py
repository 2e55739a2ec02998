"""The two weights along the edges of the plane of guesses, and where it is seen from, so that they fit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import product

import numpy as np
from manim import Mobject

from scenes.kit import theme
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import NAME
from scenes.kit.surface.trough.floor_names import EdgeMark, along_edge
from scenes.kit.surface.trough.framing import MET, framed
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.guess.guess import Guess
from scenes.pieces.guess.pin import Pin
from scenes.pieces.guess.plane import GuessPlane

LEAN = 28.0  # degrees off the trough's axis, from where the plane is seen, and the landscape on it
ACROSS, LOW = 40.0, 66.0  # the same and degrees to the vertical, from where both curves are seen
MARK = 17.0  # radius of a weight's dot on the plane's edge, in pixels at 1080p
ROOM = (-0.06, 0.0, 0.06, 0.12)  # left of the plane, as shares of its place's width: the least that will do
LESS = (0.0, 0.08, 0.16, 0.24)  # right of it, likewise
LARGE = 46.0  # of the names, in pixels at 1080p
AWAY = 0.26  # from an edge to its name, in picture units: a dot has room between them
BESIDE = 0.25  # from the rows to a name, in picture units


def weight_names(plane: GuessPlane, names: Sequence[str], width: float) -> list[Mobject]:
    """Which weight runs along which edge, no wider than ``width``."""
    palette = theme.current()
    colors = (palette.feature_a, palette.feature_b)
    texts = [fitted([name], width, color, LARGE, NAME) for name, color in zip(names, colors, strict=True)]
    return [along_edge(text, plane, axis, away=AWAY, follows=(plane,)) for axis, text in enumerate(texts)]


def weight_marks(plane: GuessPlane, guess: Guess) -> list[EdgeMark]:
    """Dots on the edges where the guess's weights are."""
    return [
        EdgeMark(plane, axis, partial(guess.weight, axis), radius=MARK, follows=(plane, guess))
        for axis in (0, 1)
    ]


def where_it_is_met(plane: GuessPlane, box: Box) -> Viewpoint:
    """Where the plane, and what will stand on it, fills ``box``."""
    window = plane.trough.window
    return framed(window, box, window.azimuth(LEAN), MET)


def from_the_side(plane: GuessPlane, names: Sequence[Mobject], box: Box, right: float) -> Viewpoint:
    """The same, where neither curve runs towards the viewer; the names end at ``right``."""
    window, view = plane.trough.window, plane.trough.view
    before = view.points.copy()
    for less in LESS:
        view.become(framed(window, box.part(0, 1 - less), window.azimuth(ACROSS), LOW))
        for name in names:
            name.update()
        if all(float(name.get_right()[0]) < right for name in names):
            break
    found = view.copy()
    view.points = before
    return found


def near_the_column(pin: Pin, box: Box) -> Viewpoint:
    """Where the column at its full height stands in the middle of ``box``, from its bottom to its top."""
    view, now = pin.view.copy(), pin.view.copy()
    for _ in range(3):  # perspective makes it larger by a little more than the scale
        now.points, pin.view.points = pin.view.points, view.points
        left, right, bottom, top = pin.column
        pin.view.points = now.points
        x, y = view.points[1, :2]
        zoom = box.height / max(top - bottom, 1e-6)
        foot = np.array([(left + right) / 2, bottom])
        moved = np.array([box.center[0], box.bottom]) - zoom * (foot - [x, y])
        view.look(center=(float(moved[0]), float(moved[1])), scale=zoom * view.scale_factor)
    return view


def stand_beside(plane: GuessPlane, names: Sequence[Mobject], box: Box, left: float, right: float) -> None:
    """See the plane as large in ``box`` as its names allow, which stand between ``left`` and ``right``."""
    for less, room in product(LESS, ROOM):
        plane.trough.view.become(where_it_is_met(plane, box.part(room, 1 - less)))
        for name in names:
            name.update()
        ends = [(float(name.get_left()[0]), float(name.get_right()[0])) for name in names]
        if all(first > left + BESIDE and last < right for first, last in ends):
            return
