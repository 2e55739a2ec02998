"""Beside a bowl on which a ball hops: what is counted, and a glass over home."""

from __future__ import annotations

import numpy as np
from manim import Group, ManimColor, ValueTracker, VGroup

from bn_math.lesson.stage import Stage
from scenes.kit import theme
from scenes.kit.drawing.furniture import furniture
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.places import Box, Places
from scenes.kit.surface.trough.trough import Trough
from scenes.pieces.shot.hop_glass import HopGlass
from scenes.pieces.trough.close_up import CloseUp

COUNT = 150.0  # the size of the digits that are counted, in pixels at 1080p
SECOND = 0.42  # of the side's height, how far the second count stands below the first
NAMED = 46.0  # the size of their names
GLASS = 0.86  # of its room's height, where a figure stands below it
UNDER = 1.15  # picture units above the side's lower edge, where two counts end


def named_count(
    places: Places,
    clock: ValueTracker,
    last: float,
    color: ManimColor,
    name: str,
    place: int,
    each: float = 1.0,
) -> VGroup:
    """A count up to ``last`` and its name: the first of two that stand beside the picture, or the second.

    ``each`` is what one of the clock's units counts.
    """
    side, whole = places.side, places.whole
    room = side.part(right=0.48) if side.is_wide else side
    size = COUNT * min(1.0, room.width / Counter(clock, "d", COUNT).width_of(last))
    counter = Counter(clock, "d", size, color, value=lambda it: np.floor(each * it + 1e-9)).write(last)
    found = furniture(key_figure(counter, name, NAMED))
    found[1].set_color(theme.current().text)
    if side.is_wide:
        Box(side.left, side.right, whole.bottom, side.top).put(found, float(place), 0.0)
    else:
        side.part(top=1 - SECOND * place).put(found, 0.0, 1.0)
    counter.write(0)
    return found


def below_counts(places: Places) -> Box:
    """What is left beside the picture, below two counts."""
    return Box(places.side.left, places.side.right, places.whole.bottom, places.side.bottom + UNDER)


def glass_over_home(
    places: Places, stage: Stage, trough: Trough, clock: ValueTracker, zoom: ValueTracker, hops: bool
) -> Group:
    """A glass: set by ``zoom`` before every hop, or by itself, and then with how many times it enlarges."""
    side, whole, run = places.side, places.whole, np.asarray(stage.descent.points)
    room = Box(side.left, side.right, whole.bottom, side.bottom + 0.62 * side.height)
    if side.is_wide:
        room = Box(side.left + side.width / 2, side.right, whole.bottom, side.top)
    radius = min((1.0 if hops else GLASS) * room.height, room.width) / 2
    center = float(room.at(0.5)[0]), room.top - radius
    if hops:
        return Group(HopGlass(trough, run, clock, zoom, center, radius, stage.tolerance))
    glass = CloseUp(trough.window, run, clock, center, radius, stage.tolerance / 10)
    base = whole.bottom + 0.1
    times = typography.align_baseline(typography.name("×"), base, left=center[0] - 0.7)
    counter = Counter(clock, "3s", typography.NAME, value=lambda _: glass.enlarged)
    counter.shift(np.array([center[0] - 0.4, base, 0.0]) - counter.corner)
    return Group(glass, times, counter)
