"""Where things stand: the frame, its margins, the column for words and the field for the picture."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, Mobject, VGroup

from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import typography

FRAME_WIDTH, FRAME_HEIGHT = 8 * 16 / 9, 8.0
SAFE = 0.05  # the share of the frame at each side that a screen may hide
SIDE, ENDS = SAFE * FRAME_WIDTH + 0.04, SAFE * FRAME_HEIGHT + 0.2
LEFT_EDGE, RIGHT_EDGE = -FRAME_WIDTH / 2 + SIDE, FRAME_WIDTH / 2 - SIDE
TOP_EDGE, BOTTOM_EDGE = FRAME_HEIGHT / 2 - ENDS, -FRAME_HEIGHT / 2 + ENDS
CAP, BELOW = 0.34, 0.3  # how far a title's baseline lies below the top, and a subtitle's top below that
PICTURE_CENTER = (2.2, 0.0)  # the middle of the right two thirds


def at(x: float, y: float) -> Array:
    """A point of the picture."""
    return np.array([x, y, 0.0])


def place(mobject: Mobject, left: float, top: float) -> Mobject:
    """Put the upper left corner of ``mobject`` at (left, top)."""
    mobject.shift([left - mobject.get_left()[0], top - mobject.get_top()[1], 0])
    return mobject


def fit_width(mobject: Mobject, width: float = RIGHT_EDGE - LEFT_EDGE) -> Mobject:
    """Make a text of the data's own smaller about its center until it is at most ``width`` wide."""
    if mobject.width > width:
        mobject.scale(width / mobject.width)
    return mobject


def heading(title: typography.Text, subtitle: Mobject | None = None) -> VGroup:
    """A scene's title in the upper left corner, with a line below it: the same place with and without a g."""
    typography.align_baseline(title, TOP_EDGE - CAP, left=LEFT_EDGE)
    group = VGroup(title)
    if subtitle is not None:
        top = TOP_EDGE - CAP - BELOW
        subtitle.shift([LEFT_EDGE - subtitle.get_left()[0], top - subtitle.get_top()[1], 0])
        group.add(subtitle)
    return group


def column(*mobjects: Mobject, top: float, left: float = LEFT_EDGE, gap: float = 0.42) -> VGroup:
    """Stack things from ``top`` downwards, their left edges in line."""
    group = VGroup(*mobjects).arrange(DOWN, buff=gap, aligned_edge=LEFT)
    place(group, left, top)
    return group
