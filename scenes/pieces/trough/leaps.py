"""A ball that leaps from one point of its run to the next through the air, and how a long run is shown so."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import ManimColor

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.surface.trough.ball import ABOVE, CutBall
from scenes.kit.surface.trough.trough import Trough

HOP = 0.16  # of a leap's length, how far its middle is above the straight way
HALO = 2.1  # radius of the shadow below the ball, in radii of the ball
RIPPLES = 2  # rings in turn
ONE_BY_ONE, FASTER = 10, 1.055  # leaps that are single steps; then each is so many times as many steps


def pace(leaps: int, last: int) -> Array:
    """The steps (n,) at which a run is shown after each of ``leaps`` leaps, from 0 to ``last`` at most.

    The first leaps are single steps. Later ones leave steps out, ever more, and always an even number of
    them: a run that goes to and fro is still seen to do so.
    """
    lengths = np.ones(leaps)
    later = np.arange(max(leaps - ONE_BY_ONE, 0))
    lengths[ONE_BY_ONE:] = 2 * np.floor(FASTER ** (later + 1) / 2) + 1
    steps = np.concatenate([[0.0], np.cumsum(lengths)])
    return np.append(steps[steps < last], last) if steps[-1] >= last else steps


class LeapingBall(CutBall):
    """A ball that flies from wall to wall, its shadow below it on the surface.

    Its ``run`` are the points between which it leaps, its ``clock`` counts leaps.
    """

    @property
    def middle(self) -> Array:
        """The middle of the ball in space, (3,): on a bow between two places at which it rests."""
        here = float(np.clip(self.clock.get_value(), 0, len(self.run) - 1))
        before = min(int(here), max(len(self.run) - 2, 0))
        share = here - before
        start, end = (self._resting(self.run[min(k, len(self.run) - 1)]) for k in (before, before + 1))
        rise = 4 * share * (1 - share) * HOP * float(np.linalg.norm(end - start))
        return np.asarray(start + share * (end - start) + [0.0, 0.0, rise])

    def _resting(self, weights: Array) -> Array:
        """The middle of a ball that touches the surface over ``weights``."""
        window = self.trough.window
        base = window.place(weights)
        normal = np.append(-window.slope(base[:2]), 1.0)
        return np.asarray(base + normal * (self.radius / np.linalg.norm(normal)))


class Goal(Painted):
    """A white dot that lies on a shape at its minimum, where the ball is to go.

    Args:
        trough: on what it lies.
        weights: where, (2,); None is where the loss is least, whatever loss the trough shows.
        radius: in units of space.
        color: of the dot; white by default.
    """

    kept: ClassVar[tuple[str, ...]] = ("trough",)
    blended: ClassVar[tuple[str, ...]] = ("opacity", "spread")

    def __init__(
        self, trough: Trough, weights: Array | None, radius: float = 0.075, color: ManimColor | None = None
    ) -> None:
        super().__init__()
        self.trough, self.weights, self.radius, self.color = trough, weights, radius, color
        self.spread = 0.0
        self.points = np.zeros((1, 3))
        self.z_index = trough.on_it + ABOVE / 2
        self.sources = (*trough.sources, trough)

    def ripple(self) -> Goal:
        """Rings spread from it and fade, when this is animated."""
        self.spread = 1.0
        return self

    def paint(self, canvas: Canvas) -> None:
        """The dot with a dark edge, and the rings of a ripple."""
        palette, alpha = theme.current(), self.opacity
        color = self.color or palette.sheen
        if 0 < self.spread < 1:
            way = float(np.mod(RIPPLES * self.spread, 1))
            ring = self._ring(self.radius * (1 + 5 * way))
            canvas.stroke([ring], color, 4.0, alpha * (1 - way), closed=True)
        outline = self._ring(self.radius)
        canvas.stroke([outline], palette.outline, 6.0, alpha, closed=True)
        canvas.fill(outline, color, alpha)

    def _ring(self, radius: float) -> Array:
        """A circle on the ground round the minimum, on the surface, (n, 2) in the picture."""
        angle = np.linspace(0, 2 * np.pi, 49)[:-1]
        window = self.trough.window
        around = np.stack([np.cos(angle), np.sin(angle)], axis=1) * (radius / window.scale)
        weights = window.loss.minimizer if self.weights is None else self.weights
        return self.trough.lay(weights + around)[0]
