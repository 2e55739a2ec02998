"""A cut across a loss along its steepest way, and a few steps on it at a learning rate. Exact."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import numpy as np
from manim import ManimColor, ValueTracker

from scenes.kit import theme
from scenes.kit.drawing.canvas import PIXEL, Array, Canvas, Painted
from scenes.kit.lettering.places import Box

START, REACH = 0.62, 1.55  # the start, and how far the cut goes to each side
STEPS = 5  # that are shown: an odd number, so that at the cliff the last lies opposite the start
BALL, MARK = 18.0, 8.0  # radii of the ball, and of where it has been, in pixels at 1080p


class CrossSection(Painted):
    """A parabola, where steps at a rate land on it, and the ball on the last of them.

    Along the steepest way every step multiplies the distance to the bottom by 1 - 2 * share on any loss.

    Args:
        box: the place.
        color: of the cut.
        share: what the learning rate is now, over the largest stable one.
        sources: what ``share`` depends on.
    """

    blended: ClassVar[tuple[str, ...]] = ("opacity",)
    kept: ClassVar[tuple[str, ...]] = ("share",)

    def __init__(
        self, box: Box, color: ManimColor, share: Callable[[], float], sources: tuple[ValueTracker, ...]
    ) -> None:
        super().__init__()
        self.color, self.share, self.sources = color, share, sources
        self.points = np.array([box.at(0, 0), box.at(1, 1)])

    def run(self) -> Array:
        """The start and where each step lands, over the bottom: (STEPS + 1,)."""
        return np.asarray(START * (1 - 2 * self.share()) ** np.arange(STEPS + 1.0))

    def at(self, across: Array) -> Array:
        """Places on the cut (n,) in the picture, (n, 2)."""
        (left, bottom, _), (right, top, _) = self.points
        x = (left + right) / 2 + across / REACH * (right - left) / 2
        return np.stack([x, bottom + (across / REACH) ** 2 * (top - bottom)], axis=-1)

    def paint(self, canvas: Canvas) -> None:
        """The cut, the way from step to step, the ball."""
        palette, alpha = theme.current(), self.opacity
        canvas.stroke([self.at(np.linspace(-REACH, REACH, 81))], self.color, 7.0, alpha)
        places = self.at(np.clip(self.run(), -REACH, REACH))
        canvas.stroke([places], palette.ball, 3.0, 0.8 * alpha)
        for place, radius in zip(places, [MARK] * STEPS + [BALL], strict=True):
            stops = [(0.0, palette.ball, alpha), (0.9, palette.ball, alpha), (1.0, palette.ball, 0.0)]
            canvas.disc(place, radius * PIXEL, stops)
