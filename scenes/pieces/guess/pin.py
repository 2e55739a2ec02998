"""What stands on a guess in the plane of all guesses: a column as high as its loss, and the tops' curve."""

from __future__ import annotations

from typing import ClassVar, Protocol

import numpy as np
from manim import Mobject

from scenes.kit import theme
from scenes.kit.drawing.canvas import PIXEL, Array, Canvas, Painted
from scenes.kit.surface.trough.carrier import stroke_cased
from scenes.kit.surface.trough.trough import ON_IT
from scenes.kit.surface.trough.window import CutWindow, quadratic
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.guess.guess import Guess
from scenes.pieces.guess.plane import GuessPlane

COLUMN = 0.21  # its width, in units of space
FOOT = (0.12, 0.05)  # half axes of its foot on the plane, likewise
LAYER = 3.0  # pixels at 1080p of a layer's height from which layers are told apart
FINE = 81  # points of a curve
BEHIND, BETWEEN = 0.2, 0.3  # of the column and of the curves, as ``z_index``: below the ball


class Landed(Protocol):
    """What says how much of the column is there."""

    @property
    def landed(self) -> float:
        """0 to 1."""

    @property
    def layers(self) -> Array:
        """How high each layer of it ends, as shares of its height, the lowest first, (n,)."""


class Pin(Painted):
    """A column that stands on the plane of all guesses, as high as the loss.

    Args:
        guess: where it stands.
        plane: what it stands on.
        window: of the loss that is shown.
        view: where it is seen from.
        pouring: says how much of it is there; a Mobject.
    """

    kept: ClassVar[tuple[str, ...]] = ("guess", "plane", "window", "view", "pouring")

    def __init__(
        self, guess: Guess, plane: GuessPlane, window: CutWindow, view: Viewpoint, pouring: Landed
    ) -> None:
        super().__init__()
        self.guess, self.plane, self.window, self.view, self.pouring = guess, plane, window, view, pouring
        self.points = np.zeros((1, 3))
        self.z_index = ON_IT + BEHIND
        assert isinstance(pouring, Mobject)
        self.sources: tuple[Mobject, ...] = (guess, view, plane, pouring)

    @property
    def ends(self) -> Array:
        """In the picture: the column's foot and its top at full height, (2, 2)."""
        ground = self.guess.ground
        heights = [self.plane.level, float(quadratic(self.window.form, ground))]
        return self.view.project(np.array([[*ground, height] for height in heights]))[:, :2]

    @property
    def column(self) -> Array:
        """The column at full height in the picture: left, right, bottom and top, (4,)."""
        (x, bottom), (_, top) = self.ends
        half = COLUMN * self.view.scale_factor / 2
        return np.array([x - half, x + half, bottom, top])

    def paint(self, canvas: Canvas) -> None:
        """The column, and its round foot."""
        palette, alpha, (left, right, bottom, top) = theme.current(), self.opacity, self.column
        head = bottom + self.pouring.landed * (top - bottom)
        turn = np.linspace(0, 2 * np.pi, 33)[:-1]
        foot = np.stack([np.cos(turn), np.sin(turn)], axis=1) * FOOT * self.view.scale_factor
        canvas.fill(foot + [(left + right) / 2, bottom], palette.shade, 0.7 * alpha)
        if head - bottom > 1e-3:
            box = np.array([[left, bottom], [right, bottom], [right, head], [left, head]])
            canvas.fill(box, palette.loss, 0.95 * alpha)
            lit = np.array([left, left + (right - left) / 3])
            canvas.fill(np.stack([lit[[0, 1, 1, 0]], box[:, 1]], axis=1), palette.sheen, 0.2 * alpha)
            self._tell_apart(canvas, head)

    def _tell_apart(self, canvas: Canvas, head: float) -> None:
        """Lines between the layers, where these are high enough to be seen."""
        left, right, bottom, top = self.column
        heights = bottom + self.pouring.layers * (top - bottom)
        layer = (top - bottom) / max(len(heights), 1) / PIXEL
        strength = float(np.clip((layer - LAYER / 2) / (LAYER / 2), 0, 1))
        lines = [np.array([[left, y], [right, y]]) for y in heights if y < head - PIXEL]
        canvas.stroke(lines, theme.current().outline, 1.0, 0.55 * strength * self.opacity)


class TopCurve(Painted):
    """What the pin's top draws while one weight alone is pulled from ``low`` to ``high``.

    Args:
        window: of the loss that is shown.
        view: where it is seen from.
        middle: a place on the ground (2,), from which ``low`` and ``high`` count.
        axis: the weight that is pulled.
    """

    kept: ClassVar[tuple[str, ...]] = ("window", "view")
    blended: ClassVar[tuple[str, ...]] = ("opacity", "low", "high")

    def __init__(self, window: CutWindow, view: Viewpoint, middle: Array, axis: int) -> None:
        super().__init__()
        self.window, self.view, self.middle, self.axis = window, view, np.asarray(middle), axis
        self.low = self.high = 0.0
        self.points = np.zeros((1, 3))
        self.z_index = ON_IT + BETWEEN
        self.sources: tuple[Mobject, ...] = (view,)

    def reach(self, low: float, high: float) -> TopCurve:
        """Draw it from ``low`` to ``high``, in units of space."""
        self.low, self.high = low, high
        return self

    def paint(self, canvas: Canvas) -> None:
        """A line in J's color."""
        if self.high - self.low < 1e-3:
            return
        ground = np.tile(self.middle, (FINE, 1))
        ground[:, self.axis] += np.linspace(self.low, self.high, FINE)
        line = self.view.project(self.window.lifted(ground))[:, :2]
        stroke_cased(canvas, [line], theme.current().loss, 7, self.opacity)
