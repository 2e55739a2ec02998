"""The ball and the trail it leaves: a descent's own points, on the surface, frame by frame."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import Mobject, ValueTracker

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Mask, Painted
from scenes.kit.surface.loss_surface import LossSurface, visible_runs
from scenes.kit.surface.window import LossWindow

CASING = 2.2  # pixels of background around a line, so that it stands out from every height's color
PIECES = 22  # points in which a jump is drawn, so that it lies on the surface


class DescentPath:
    """A trajectory laid on a loss: where the ball is at any step, whole or not.

    Args:
        window: the part of the loss that is shown.
        weights: the weights at each step from the start on, (n, 2).
    """

    def __init__(self, window: LossWindow, weights: Array) -> None:
        self.window, self.weights = window, np.asarray(weights, dtype=float)

    def __len__(self) -> int:
        return len(self.weights)

    def at(self, step: float) -> Array:
        """Weights at ``step``: the trajectory's own at whole steps, straight between two of them."""
        last = len(self.weights) - 1
        here = min(max(step, 0.0), float(last))
        before = min(int(here), last)
        after = min(before + 1, last)
        return np.asarray(
            self.weights[before] + (here - before) * (self.weights[after] - self.weights[before])
        )

    def jump(self, step: int) -> Array:
        """The way from ``step`` to the next on the surface, (PIECES, 3)."""
        share = np.linspace(0, 1, PIECES)[:, None]
        return self.window.place((1 - share) * self.weights[step] + share * self.weights[step + 1])


class Ball(Painted):
    """A ball that rests on the surface where the path is at ``clock``, in steps.

    Args:
        surface: what hides the ball where it lies behind; the ball is seen from the surface's viewpoint.
        path: the trajectory that the ball follows.
        clock: the step that the ball has reached, whole or not.
        radius: in units of space, as the window's radius is.
    """

    kept: ClassVar[tuple[str, ...]] = ("surface", "path", "clock")

    def __init__(
        self,
        surface: LossSurface,
        path: DescentPath,
        clock: ValueTracker,
        radius: float = 0.125,
    ) -> None:
        super().__init__()
        self.surface, self.path, self.clock, self.radius = surface, path, clock, radius
        self.points = np.zeros((1, 3))
        self.sources: tuple[Mobject, ...] = (surface.view, surface, clock)

    @property
    def weights(self) -> Array:
        """Where the ball is, as weights."""
        return self.path.at(self.clock.get_value())

    @property
    def base(self) -> Array:
        """The point of the surface it rests on, (3,)."""
        return self.path.window.place(self.weights)

    def paint(self, canvas: Canvas) -> None:
        """A soft shadow under it, then the ball, lit from the upper left; pale where the surface hides it."""
        palette, view, base = theme.current(), self.surface.view, self.base
        slope = self.path.window.slope(self.weights)
        normal = np.array([-slope[0], -slope[1], 1.0])
        center = base + normal / np.linalg.norm(normal) * self.radius
        size = self.radius * view.scale_factor
        seen = bool(self.surface.is_seen(center[None])[0])
        alpha = self.opacity * (1.0 if seen else 0.35)
        if seen:
            spot = view.project(base)[:2]
            canvas.disc(spot, 1.7 * size, [(0, palette.background, 0.55 * alpha), (1, palette.background, 0)])
        at = view.project(center)[:2]
        canvas.disc(at, 2.6 * size, [(0, palette.ball, 0.30 * alpha), (1, palette.ball, 0)])
        edge = [
            (0.0, palette.background, alpha),
            (0.92, palette.background, alpha),
            (1.0, palette.background, 0.0),
        ]
        canvas.disc(at, 1.15 * size, edge)
        dark = palette.ball.interpolate(palette.background, 0.45)
        bright = palette.ball.interpolate(palette.sheen, 0.75)
        stops = [
            (0.0, bright, alpha),
            (0.45, palette.ball, alpha),
            (0.97, dark, alpha),
            (1.0, dark, 0.6 * alpha),
        ]
        canvas.disc(at, size, stops, light=0.35)


class Trail(Painted):
    """The jumps that the ball has made, each a thin line across the surface.

    Args:
        surface: what the lines lie on, and what hides them.
        path: the trajectory, of at least two points.
        clock: the step that the ball has reached, whole or not.
        apart: in units of space; from the third on, a jump is drawn only when both of its ends are at least
            this far from where the last drawn one started, or thousands of them would be one broad ribbon.
        line_width: of the lines, in pixels at 1080p.
    """

    kept: ClassVar[tuple[str, ...]] = ("surface", "path", "clock", "_jumps", "_steps", "_seen")

    def __init__(
        self,
        surface: LossSurface,
        path: DescentPath,
        clock: ValueTracker,
        apart: float = 0.12,
        line_width: float = 2.0,
    ) -> None:
        super().__init__()
        self.surface, self.path, self.clock, self.line_width = surface, path, clock, line_width
        self.points = np.zeros((1, 3))
        self.sources: tuple[Mobject, ...] = (surface.view, surface, clock)
        self._steps = drawn_steps(path, apart)
        self._jumps = np.stack([path.jump(step) for step in self._steps])
        self._seen: dict[bytes, Mask] = {}

    def paint(self, canvas: Canvas) -> None:
        """Finished jumps thin and quiet, the one under way bright; what is hidden at a quarter of that."""
        color, step = theme.current().ball, self.clock.get_value()
        done = int(np.searchsorted(self._steps, step, side="right"))
        seen = self._visibility()
        bright, pale, normalized_values = [], [], []
        for jump, is_seen, start in zip(self._jumps[:done], seen[:done], self._steps[:done], strict=True):
            pieces = 1 + int(min(step - start, 1.0) * (PIECES - 1))  # never ahead of the ball
            flat = self.surface.view.project(jump[:pieces])[:, :2]
            bright += visible_runs(flat, is_seen[:pieces])
            pale += visible_runs(flat, ~is_seen[:pieces])
            normalized_values += [flat[0]] if is_seen[0] else []
        canvas.stroke(
            bright,
            theme.current().background,
            self.line_width + CASING,
            0.45 * self.opacity,
            above=self.line_width,
        )
        canvas.stroke(bright, color, self.line_width, 0.95 * self.opacity)
        canvas.stroke(pale, color, self.line_width, 0.20 * self.opacity)
        for spot in normalized_values:
            canvas.disc(spot, 0.035, [(0, color, self.opacity), (0.8, color, self.opacity), (1, color, 0)])

    def _visibility(self) -> Mask:
        key = self.surface.view.state
        if key not in self._seen:
            self._seen.clear()
            lifted = self._jumps.reshape(-1, 3) + np.array([0, 0, 0.01])
            self._seen[key] = self.surface.is_seen(lifted).reshape(self._jumps.shape[:2])
        return self._seen[key]


def drawn_steps(path: DescentPath, apart: float) -> Array:
    """The steps whose jumps are drawn: the first two, then those far enough from the last drawn one.

    Both of a jump's ends must be at least ``apart`` from where that one starts, in units of space.
    """
    ground = path.window.ground(path.weights)
    chosen, last = [0], ground[0]
    for step in range(1, len(ground) - 1):
        close = min(np.linalg.norm(ground[step] - last), np.linalg.norm(ground[step + 1] - last))
        if close >= apart or step == 1:
            chosen.append(step)
            last = ground[step]
    return np.array(chosen)
