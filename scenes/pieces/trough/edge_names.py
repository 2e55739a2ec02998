"""Both weights' names along the floor's edges, where nothing of them is cut off while the viewer walks."""

from __future__ import annotations

from itertools import product

import numpy as np
from manim import Mobject

from scenes.kit import theme
from scenes.kit.lettering import typography
from scenes.kit.lettering.places import Box
from scenes.kit.script.words import Words
from scenes.kit.surface.trough.floor_names import AWAY, along_edge
from scenes.kit.surface.trough.trough import Trough

SHARES = (0.0, 0.2, -0.2, 0.4, -0.4, 0.6, -0.6, 0.8, -0.8)
"""Of the way from the middle of an edge to its end: where a name is tried, off the floor or on it."""


def edge_names(words: Words, trough: Trough, room: Box, walk: float) -> list[Mobject]:
    """A name for each weight, inside ``room`` from all directions up to ``walk`` degrees to either side."""
    palette, floor, goal = theme.current(), trough.floor, trough.window.loss.minimizer
    found = list[Mobject]()
    for axis, color in enumerate((palette.feature_a, palette.feature_b)):
        reach = float(floor.reach[axis]) / trough.window.scale
        for inside, share in product((False, True), SHARES):
            name = typography.name(words.label(("weight_a", "weight_b")[axis]), color)
            away = -AWAY - name.height if inside else AWAY
            along_edge(name, floor, axis, float(goal[axis]) + share * reach, away)
            if _stays(name, trough, room, walk):
                break
        found.append(name)
    return found


def _stays(name: Mobject, trough: Trough, room: Box, walk: float) -> bool:
    """Whether a name is inside ``room`` from every direction; the viewer is back in the end."""
    view, here = trough.view, trough.view.points.copy()
    held = True
    for turn in (-walk, walk, 0.0):
        view.points = here.copy()
        view.look(azimuth=float(np.degrees(here[0, 0])) + turn)
        held = held and room.holds(name.update())
    view.points = here
    name.update()
    return held
