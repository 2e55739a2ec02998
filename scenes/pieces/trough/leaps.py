"""A ball that leaps from one point of its run to the next through the air, and how a long run is shown so."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import ManimColor, ValueTracker

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.surface.trough.ball import ABOVE, CutBall
from scenes.kit.surface.trough.carrier import at
from scenes.kit.surface.trough.trough import Trough

HOP = 0.16  # of a leap's length, how far its middle is above the straight way
STOP = 0.2  # half the length of the stop where a way began, in units of space
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

    hop = HOP
    """How high it flies."""

    @property
    def middle(self) -> Array:
        """The middle of the ball in space, (3,): on a bow between two places at which it rests."""
        here = float(np.clip(self.clock.get_value(), 0, len(self.run) - 1))
        before = min(int(here), max(len(self.run) - 2, 0))
        share = here - before
        start, end = (self._resting(self.run[min(k, len(self.run) - 1)]) for k in (before, before + 1))
        rise = 4 * share * (1 - share) * self.hop * float(np.linalg.norm(end - start))
        return np.asarray(start + share * (end - start) + [0.0, 0.0, rise])

    @property
    def seen_at(self) -> tuple[float, float, float]:
        """Its middle in the picture, x and y, and its radius there."""
        view = self.trough.view
        x, y, near = (float(it) for it in view.project(self.middle))
        return x, y, self.radius * view.scale_factor / (1 - float(view.points[0, 2]) * near)

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
    reach = 5.0
    """How far a ripple spreads, in radii of the dot."""

    def __init__(
        self, trough: Trough, weights: Array | None, radius: float = 0.075, color: ManimColor | None = None
    ) -> None:
        super().__init__()
        self.trough, self.weights, self.radius, self.color = trough, weights, radius, color
        self.spread = 0.0
        self.points = np.zeros((1, 3))
        self.z_index = trough.on_it + ABOVE / 2
        self.sources = (*trough.sources, trough)

    @property
    def place(self) -> tuple[float, float]:
        """Where it is in the picture, x and y."""
        weights = self.trough.window.loss.minimizer if self.weights is None else self.weights
        x, y = self.trough.lay(weights[None])[0][0]
        return float(x), float(y)

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
            ring = self._ring(self.radius * (1 + self.reach * way))
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


class WayLeft(Painted):
    """A line along a trough's bottom, from where the ball has come to the minimum: how far it still is.

    Args:
        trough: on what it lies.
        run: the points between which the ball leaps, (n, 2).
        clock: leaps since the start.
    """

    kept: ClassVar[tuple[str, ...]] = ("trough", "run", "clock")

    def __init__(self, trough: Trough, run: Array, clock: ValueTracker) -> None:
        super().__init__()
        self.trough, self.run, self.clock = trough, run, clock
        self.points = np.zeros((1, 3))
        self.z_index = trough.on_it + ABOVE / 3
        self.sources = (*trough.sources, trough, clock)

    def ends(self) -> Array:
        """The weights at its two ends, (2, 2)."""
        goal, along = self.trough.window.loss.minimizer, self.trough.window.directions[0]
        here = at(self.run, min(self.clock.get_value(), len(self.run) - 1.0))
        return np.stack([goal + ((here - goal) @ along) * along, goal])

    def paint(self, canvas: Canvas) -> None:
        """A white line with a dark edge, and a stop across the place where it began."""
        palette, alpha = theme.current(), self.opacity
        here, goal = self.ends()
        along = self.trough.window.directions[0]
        start = goal + ((self.run[0] - goal) @ along) * along
        across = self.trough.window.directions[1] * (STOP / self.trough.window.scale)
        way = [self.trough.lay(here + np.linspace(0, 1, 24)[:, None] * (goal - here))[0]]
        stop = [self.trough.lay(start + np.linspace(-1, 1, 9)[:, None] * across)[0]]
        canvas.stroke([*way, *stop], palette.outline, 14.0, 0.6 * alpha)
        canvas.stroke(way, palette.sheen, 8.0, alpha)
        canvas.stroke(stop, palette.sheen, 5.0, alpha)
