"""A guess's pin in the plane of all guesses, as high as its loss; and the curves that the pin's top draws."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import Mobject

from scenes.kit import theme
from scenes.kit.drawing.canvas import PIXEL, Array, Canvas, Painted
from scenes.kit.surface.trough.carrier import ROUND, draw_mark, stroke_cased
from scenes.kit.surface.trough.floor import CutFloor
from scenes.kit.surface.trough.window import CutWindow, quadratic
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.guess.guess import Guess

COLUMN, STALK, HEAD = 26.0, 4.0, 13.0  # pixels at 1080p: widths of column and stalk, and the head's radius
FINE = 81  # points of a curve


class Pin(Painted):
    """A stalk on the floor and, from where J is 0 or the floor, a column as high as the loss.

    Args:
        guess: where it stands.
        floor: the plane of all guesses.
        window: of the loss that is shown.
        view: where it is seen from.
    """

    kept: ClassVar[tuple[str, ...]] = ("guess", "floor", "window", "view")
    blended: ClassVar[tuple[str, ...]] = ("opacity", "grown")

    def __init__(self, guess: Guess, floor: CutFloor, window: CutWindow, view: Viewpoint) -> None:
        super().__init__()
        self.guess, self.floor, self.window, self.view, self.grown = guess, floor, window, view, 0.0
        self.points = np.zeros((1, 3))
        self.sources: tuple[Mobject, ...] = (guess, view)

    def grow(self, share: float) -> Pin:
        """Let the column be so much of its height."""
        self.grown = share
        return self

    @property
    def ends(self) -> Array:
        """In the picture: the pin's foot, where its column begins, and its top at full height, (3, 2)."""
        ground = self.guess.ground
        zero = -self.guess.loss.minimum * self.window.height_per_loss
        heights = [self.floor.level, max(self.floor.level, zero), float(quadratic(self.window.form, ground))]
        return self.view.project(np.array([[*ground, height] for height in heights]))[:, :2]

    @property
    def column(self) -> Array:
        """The column at full height in the picture: left, right, bottom and top, (4,)."""
        _, (x, bottom), (_, top) = self.ends
        return np.array([x - COLUMN * PIXEL / 2, x + COLUMN * PIXEL / 2, bottom, top])

    def paint(self, canvas: Canvas) -> None:
        """The place of the guess, the stalk, the column, the top."""
        palette, alpha = theme.current(), self.opacity
        foot, base, top = self.ends
        head = base + self.grown * (top - base)
        canvas.stroke([np.stack([foot, base])], palette.text, STALK, alpha)
        if self.grown > 0:
            low, high = base + [-COLUMN * PIXEL / 2, 0], head + [COLUMN * PIXEL / 2, 0]
            box = np.array([low, [high[0], low[1]], high, [low[0], high[1]]])
            canvas.fill(box, palette.loss, 0.85 * alpha)
        draw_mark(canvas, ROUND, foot, 0.8 * HEAD, palette.text, alpha)
        draw_mark(canvas, ROUND, head, HEAD, palette.loss if self.grown > 0 else palette.text, alpha)


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
