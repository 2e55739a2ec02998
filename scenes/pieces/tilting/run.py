"""A shape beside another, a ball's way on it, and how a long way is shown in few leaps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manim import Mobject, ValueTracker, VMobject

from scenes.kit.drawing.canvas import Array
from scenes.kit.surface.trough.trough import Trough
from scenes.kit.surface.viewpoint import Viewpoint

SINGLE, LEAPS = 8, 44  # leaps of one step, and all leaps of a long run


@dataclass
class Side:
    """One of the two shapes that stand beside each other, and what moves it."""

    r: ValueTracker
    view: Viewpoint
    trough: Trough


@dataclass
class Run:
    """A ball's way on one of the shapes: its clock, its count, and all that is drawn of it."""

    clock: ValueTracker
    count: VMobject
    parts: tuple[Mobject, ...]


def leaps(last: int) -> Array:
    """The steps (n,) at which a run of ``last`` steps is shown after each leap, :data:`LEAPS` at most.

    The first are single steps; each of the others is so many times as long as the one before, and of an odd
    number of steps, so that a run to and fro is still seen to go so.
    """
    ahead = np.arange(1, LEAPS - SINGLE + 1)
    for growth in np.linspace(1.0, 2.0, 200):
        lengths = np.concatenate([np.ones(SINGLE), 2 * np.floor(growth**ahead / 2) + 1])
        steps = np.concatenate([[0.0], np.cumsum(lengths)])
        if steps[-1] >= last:
            break
    return np.append(steps[steps < last], last)
