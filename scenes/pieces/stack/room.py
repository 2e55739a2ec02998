"""Where the layers of a stack stand, and how far each thing has come that happens to them."""

from __future__ import annotations

import numpy as np
from manim import Mobject, ValueTracker

from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering.places import Box

SLANT, LEAN, ROOM = 0.36, 0.09, 0.24  # of a pane: half its depth over the way to the next, and how it leans
SHARE, ALONE = 0.53, 0.5  # of a pane's height: what the light has beside the sums; its middle without them


class Stage:
    """What the layers follow: trackers.

    reach: so many layers have room. sent: how many of the runs have gone forward, whole or not. windowed: the
    part of a pane in which the sums lie is there, 0 to 1; without it the light has all of the pane.
    dimmed: what went forward is dimmed, 0 to 1.

    Args:
        depth: so many layers have room at first.
    """

    def __init__(self, depth: int) -> None:
        self.reach, self.windowed = ValueTracker(float(depth)), ValueTracker(1.0)
        self.sent, self.dimmed = ValueTracker(0.0), ValueTracker(0.0)

    @property
    def all(self) -> tuple[Mobject, ...]:
        """Every tracker."""
        return self.reach, self.windowed, self.sent, self.dimmed


class StackRoom:
    """Places for the layers: the last one at the right, the others before it, farther to the left.

    Args:
        box: the panes' part of the picture.
        gutter: how far from its left edge the first layer stands while sums are shown, in picture units.
        stage: how many layers have room, and whether sums are shown.
    """

    def __init__(self, box: Box, gutter: float, stage: Stage) -> None:
        self.box, self.gutter, self.stage = box, gutter, stage

    @property
    def pitch(self) -> float:
        """From a layer to the next one."""
        left = self.box.left + 0.25 + self.gutter * self.stage.windowed.get_value()
        return (self.box.right - 0.25 - left) / max(self.stage.reach.get_value() - 1, 1.0)

    def x(self, back: float | Array) -> Array:
        """How far right a layer stands that lies ``back`` layers before the last."""
        return np.asarray(self.box.right - 0.25 - np.asarray(back) * self.pitch)

    @property
    def lean(self) -> Array:
        """From a pane's middle to its far edge, (2,)."""
        deep = min(SLANT * self.pitch, ROOM)
        return np.array([deep, LEAN * deep / ROOM])

    @property
    def upper(self) -> Box:
        """Where the sums lie."""
        return self.box.part(bottom=SHARE)

    @property
    def light_y(self) -> float:
        """The height of the light's middle: that of what the sums leave; without them the panes' own."""
        windowed = self.stage.windowed.get_value()
        return self.box.bottom + self.box.height * (ALONE + windowed * (SHARE / 2 - ALONE))

    @property
    def light_room(self) -> float:
        """How far up and down the light may reach while sums are shown."""
        return 0.47 * SHARE * self.box.height
