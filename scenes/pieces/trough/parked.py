"""A ball at its start, the arrow downhill, the dot that is home: what Valley, ValleyToBowl and Bowl share."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from manim import Mobject, ValueTracker
from numpy.typing import ArrayLike

from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering.places import Box
from scenes.kit.surface.trough.arrow import Ends, LyingArrow
from scenes.kit.surface.trough.ball import CutBall
from scenes.kit.surface.trough.framing import framed
from scenes.kit.surface.trough.trough import Trough
from scenes.kit.surface.trough.window import SHALLOW, CutWindow, Quadratic
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.trough.leaps import Goal

LENGTH = 1.2
"""Of the arrow, in units of space: a direction, and no step."""


def window_of(loss: Quadratic, start: ArrayLike) -> CutWindow:
    """The window in which a descent from ``start`` is watched, the same in every scene."""
    return CutWindow.around(loss, np.asarray(start, dtype=float), depth=SHALLOW)


class Parked:
    """A loss, its lowest point, the ball at its start, and the arrow downhill.

    Args:
        window: what is shown, or a function that says it for every frame.
        view: where it is seen from.
        run: the weights after each step (n, 2), the start's first.
        follows: what the function reads, such as trackers.
    """

    def __init__(
        self,
        window: CutWindow | Callable[[], CutWindow],
        view: Viewpoint,
        run: ArrayLike,
        follows: tuple[Mobject, ...] = (),
    ) -> None:
        self.view, self.clock = view, ValueTracker(0)
        self.run = np.atleast_2d(np.asarray(run, dtype=float))
        self.trough = Trough(window, view, follows=follows)
        self.home = Goal(self.trough, None)
        self.ball = CutBall(self.trough, self.run, self.clock)
        self.arrow = LyingArrow(self.trough, self.downhill, follows=follows)

    @classmethod
    def in_place(cls, loss: Quadratic, run: ArrayLike, box: Box) -> Parked:
        """As it stands where one scene hands it to the next: framed in ``box``."""
        window = window_of(loss, np.atleast_2d(np.asarray(run, dtype=float))[0])
        return cls(window, framed(window, box), run)

    def downhill(self) -> Ends:
        """From the start downhill, as weights: :data:`LENGTH` long whatever the slope."""
        window, start = self.trough.window, self.run[0]
        slope = np.asarray(window.loss.hessian @ (start - window.loss.minimizer))
        steepness = max(float(np.linalg.norm(slope)), 1e-300)
        return start, start - slope * (LENGTH / (window.scale * steepness))

    @property
    def start(self) -> Array:
        """Where the ball is parked, (2,)."""
        return np.asarray(self.run[0])

    def __iter__(self) -> Iterator[Mobject]:
        """All of it, as a scene adds it and hands it over."""
        yield from (self.trough, self.home, self.arrow, self.ball)
