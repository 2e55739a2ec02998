"""A guess at the two weights, which can be pulled about."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import ValueTracker
from numpy.typing import ArrayLike

from bn_math.descent.losses import LeastSquares
from scenes.kit.drawing.canvas import Array
from scenes.kit.surface.trough.window import DEEP, HALF_WIDTH, CutWindow

ASIDE = 0.72  # how far from the minimizer the guess stands that is told of, as a share of the way to the rim
FIRST, ALONG = 0.95, 0.55  # where the first guess is: across from ``home``, and some way along
SWEEPS = (0.94, 0.82)  # how far a guess is pulled: up to the rim, and along the length, as shares of them


class Guess(ValueTracker):
    """Two weights, as a place on the ground of a window. Animate it: ``guess.animate.go(ground)``.

    Args:
        loss: that they are weights of.
        start: weights (2,) that the window holds.
    """

    def __init__(self, loss: LeastSquares, start: ArrayLike) -> None:
        super().__init__()
        self.loss = loss
        self.window = CutWindow.around(loss, np.asarray(start, dtype=float), depth=DEEP)
        self.steep = int(np.argmax(np.diag(self.window.form)))
        side = float(np.sign(self.window.ground(np.asarray(start, dtype=float))[self.steep])) or 1.0
        self.home = side * ASIDE * self.reach[self.steep] * self.axis(self.steep)
        self.first = self._inside(-FIRST * self.home + ALONG * self._room_along() * self.axis(1 - self.steep))
        self.go(self.first)

    def __deepcopy__(self, memo: dict[int, object]) -> Guess:
        copied: Guess = object.__new__(Guess)
        copied.__dict__.update(self.__dict__)
        copied.points = self.points.copy()
        return copied

    def axis(self, which: int) -> Array:
        """The direction in which one weight alone grows, (2,)."""
        return np.eye(2)[which]

    @property
    def reach(self) -> Array:
        """How far from the minimizer each weight alone goes within the window, in units of space, (2,)."""
        heights = np.sqrt(self.window.top / np.diag(self.window.form))
        cuts = self.window.length / np.maximum(np.abs(self.window.directions[0]), 1e-9)
        return np.minimum(heights, cuts)

    def go(self, ground: Array) -> Self:
        """Move to a place on the ground, (2,)."""
        self.points = np.array([[float(ground[0]), float(ground[1]), 0.0]])
        return self

    @property
    def ground(self) -> Array:
        """Where it is on the ground, (2,)."""
        return np.asarray(self.points[0, :2], dtype=float)

    @property
    def weights(self) -> Array:
        """The two weights, (2,)."""
        return self.window.weights(self.ground)

    def weight(self, which: int) -> float:
        """One of the two weights."""
        return float(self.weights[which])

    @property
    def mean_square(self) -> float:
        """J: the mean over all rows of the squared misses."""
        return float(self.loss.value(self.weights))

    def sweep(self, which: int) -> tuple[float, float]:
        """How far one weight is pulled to both sides, in units of space, the lesser first."""
        across, along = SWEEPS
        far = across * float(self.reach[which]) if which == self.steep else along * self._room_along()
        return -far, far

    def _room_along(self) -> float:
        """How far the flatter weight alone may go from the first guess without leaving the window."""
        steps = np.linspace(0, float(self.reach[1 - self.steep]), 200)
        both = [self.home + sign * steps[:, None] * self.axis(1 - self.steep) for sign in (-1, 1)]
        held = np.minimum.accumulate(np.logical_and(*map(self.window.holds, both)))
        return float(steps[held].max(initial=0.2 * HALF_WIDTH))

    def _inside(self, ground: Array) -> Array:
        """The place itself, or one nearer to the minimizer that the window holds."""
        shares = np.linspace(1, 0, 41)
        held = shares[self.window.holds(1.06 * shares[:, None] * ground)]
        return np.asarray(held[0] * ground)

    @property
    def extremes(self) -> Array:
        """The first guess, and weights at the ends of both sweeps, (5, 2)."""
        other = 1 - self.steep
        places = [self.first]
        places += [at * self.axis(self.steep) for at in self.sweep(self.steep)]
        places += [self.home + at * self.axis(other) for at in self.sweep(other)]
        return self.window.weights(np.array(places))
