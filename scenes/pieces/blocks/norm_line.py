"""One token's features on a line of numbers: moved by their mean and divided, or divided alone."""

from __future__ import annotations

from typing import ClassVar, Self

import numpy as np
from manim import DOWN, UP, Mobject

from scenes.kit import theme
from scenes.kit.drawing.canvas import PIXEL, Array, Canvas, Painted
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering.places import Box

REACH = 3.2  # numbers at the line's two ends
RADIUS, GHOST = 26.0, 20.0  # of a feature, and of where it was, in pixels at 1080p
TICK, MEAN = 0.3, 0.55  # half the height of the mark at 0, and of the mean's, in picture units


class NormLine(Painted):
    """The features as dots, their mean as an upright line, 0 as a tick.

    Args:
        numbers: the features, (n,).
        has_mean: whether their mean is subtracted before they are divided.
        box: the place: a name is above, the line below.
    """

    blended: ClassVar[tuple[str, ...]] = ("opacity", "time")
    kept: ClassVar[tuple[str, ...]] = ("box",)

    def __init__(self, numbers: Array, has_mean: bool, box: Box) -> None:
        super().__init__()
        self.numbers, self.has_mean, self.box, self.time = np.asarray(numbers), has_mean, box, 0.0
        self.points = np.array([box.at(0.0, 0.25), box.at(1.0, 0.25)])

    def go(self, time: float) -> Self:
        """To 1, where the mean is gone if it goes, and to 2, where they are divided."""
        self.time = time
        return self

    @property
    def shown(self) -> Array:
        """The features as far as they have come, (n,)."""
        moved = self.numbers - self.numbers.mean() if self.has_mean else self.numbers
        first = (1 - min(self.time, 1.0)) * self.numbers + min(self.time, 1.0) * moved
        size = float(np.sqrt((moved**2).mean()))
        return np.asarray(first / size ** max(self.time - 1.0, 0.0))

    def x(self, number: float) -> float:
        """Where a number stands, from left to right."""
        left, right = self.points[:, 0]
        return float((left + right) / 2 + number / REACH * (right - left) / 2)

    def mean_name(self, text: Mobject) -> Mobject:
        """Keep ``text`` above the mean, wherever that goes."""
        top = float(self.points[0, 1]) + MEAN + 0.12
        return follow(
            text,
            (self,),
            lambda it: it.move_to([self.x(float(self.shown.mean())), top, 0.0], aligned_edge=DOWN),
        )

    def zero_name(self, text: Mobject) -> Mobject:
        """Put ``text`` below the line, at 0."""
        return text.move_to([self.x(0.0), float(self.points[0, 1]) - MEAN - 0.12, 0.0], aligned_edge=UP)

    def paint(self, canvas: Canvas) -> None:
        """The line, 0, the mean, the features."""
        palette, alpha, shown = theme.current(), self.opacity, self.shown
        y = self.points[0, 1]
        x = self.x
        canvas.stroke([self.points[:, :2]], palette.rule, 5.0, alpha)
        for number, half, color, width in (
            (0.0, TICK, palette.text, 6.0),
            (float(shown.mean()), MEAN, palette.text, 8.0),
        ):
            at = x(number)
            canvas.stroke([np.array([[at, y - half], [at, y + half]])], color, width, alpha)
        if self.time > 0:  # where they were: what is divided has come nearer to 0, or gone farther off
            turn = np.linspace(0, 2 * np.pi, 49)
            circle = GHOST * PIXEL * np.stack([np.cos(turn), np.sin(turn)], axis=1)
            was = [np.array([x(float(number)), y]) + circle for number in self.numbers]
            canvas.stroke(was, palette.muted, 4.0, alpha * min(self.time, 1.0), closed=True)
        for number in shown:
            stops = [(0.0, palette.bowl, alpha), (0.9, palette.bowl, alpha), (1.0, palette.bowl, 0.0)]
            canvas.disc(np.array([x(float(number)), y]), RADIUS * PIXEL, stops)
