"""The guess as a ball: it lies on the plane of guesses, is lifted by its loss, and rests on the surface."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import Mobject, ValueTracker

from scenes.kit.drawing.canvas import Array, Canvas
from scenes.kit.surface.trough.ball import CutBall
from scenes.kit.surface.trough.trough import Trough
from scenes.kit.surface.trough.window import quadratic
from scenes.pieces.guess.guess import Guess
from scenes.pieces.guess.pin import Landed
from scenes.pieces.guess.plane import GuessPlane

LARGEST = 0.3  # radius of the ball, in picture units


class GuessBall(CutBall):
    """The ball of a descent, where a guess is.

    Args:
        trough: what it rests on in the end.
        plane: what it lies on at first.
        guess: where it is.
        pouring: how much of its loss lifts it; a Mobject.
    """

    kept: ClassVar[tuple[str, ...]] = (*CutBall.kept, "plane", "guess", "pouring")
    blended: ClassVar[tuple[str, ...]] = ("opacity", "resting")

    def __init__(self, trough: Trough, plane: GuessPlane, guess: Guess, pouring: Landed) -> None:
        super().__init__(trough, guess.weights[None], ValueTracker(0))
        self.plane, self.guess, self.pouring, self.resting = plane, guess, pouring, 0.0
        self.usual = self.radius
        assert isinstance(pouring, Mobject)
        self.sources = (*self.sources, plane, guess, pouring)

    def rest(self, share: float) -> GuessBall:
        """Let it rest on the surface so far, 0 to 1; before that it stands on its column."""
        self.resting = share
        return self

    def paint(self, canvas: Canvas) -> None:
        """The ball, which does not grow with all else where it is seen from near."""
        self.radius = min(self.usual, LARGEST / self.trough.view.scale_factor)
        super().paint(canvas)

    @property
    def weights(self) -> Array:
        """Where the ball is, (2,)."""
        return self.guess.weights

    @property
    def touching(self) -> tuple[Array, Array]:
        """Where it lies, in the picture, and how far that is from what is no more seen."""
        if self.resting >= 1:
            return super().touching
        return self.trough.seen().sight.project(self.foot), np.array(1.0)

    @property
    def foot(self) -> Array:
        """The point of space below it, (3,)."""
        ground = self.guess.ground
        plane, height = self.plane.level, float(quadratic(self.trough.window.form, ground))
        lifted = self.resting + (1 - self.resting) * self.pouring.landed
        return np.array([*ground, plane + lifted * (height - plane)])

    @property
    def middle(self) -> Array:
        """The middle of the ball in space, (3,)."""
        resting = super().middle
        return np.asarray(self.resting * resting + (1 - self.resting) * (self.foot + [0, 0, self.radius]))
