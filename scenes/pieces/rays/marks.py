"""What is drawn on the rays: one ray, the mark of a right angle, a circle of one length, the ball."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import numpy as np
from manim import ManimColor, Mobject, ValueTracker

from scenes.kit import theme
from scenes.kit.drawing.canvas import PIXEL, Array, Canvas, Painted
from scenes.kit.surface.trough.carrier import at, seen_parts, stroke_cased
from scenes.pieces.rays.floor import RayFloor
from scenes.pieces.rays.surface import RayFan

FINE = 40  # points of a line that is drawn on the surface
CORNER = 0.30  # the side of a right angle's mark, in units of space
EDGE = 3.0  # pixels at 1080p of dark edge round the ball
ABOVE = 0.5  # of what else lies on the surface, as ``z_index``


class LyingRay(Painted):
    """A ray on the surface from the hole to its rim, in the direction that ``which`` says.

    Args:
        fan: what it lies on.
        which: the weights (2,) through which it goes, at every frame.
        follows: what that reads, such as trackers.
        line_width: in pixels at 1080p.
    """

    kept: ClassVar[tuple[str, ...]] = ("fan", "_which")

    def __init__(
        self,
        fan: RayFan,
        which: Callable[[], Array],
        follows: tuple[Mobject, ...] = (),
        line_width: float = 5.0,
    ) -> None:
        super().__init__()
        self.fan, self._which, self.line_width = fan, which, line_width
        self.points = np.zeros((1, 3))
        self.z_index = fan.on_it
        self.sources: tuple[Mobject, ...] = (fan.view, fan, *follows)

    def paint(self, canvas: Canvas) -> None:
        """A white line with a dark edge, as far as it is seen."""
        way = self._which()
        unit = way / max(float(np.linalg.norm(way)), 1e-300)
        window = self.fan.window
        line = np.linspace(window.hole, window.radius, FINE)[:, None] * unit / window.scale
        parts = seen_parts(self.fan, [line])
        stroke_cased(canvas, parts, theme.current().iso, self.line_width, self.opacity)


class RightAngle(Painted):
    """The mark of a right angle between the ray through ``base`` and a step from there; it lies on the rays.

    Args:
        fan: what it lies on.
        base: the weights before the step, (2,).
        end: the weights after it, (2,), which differ from ``base``.
    """

    kept: ClassVar[tuple[str, ...]] = ("fan",)

    def __init__(self, fan: RayFan, base: Array, end: Array) -> None:
        super().__init__()
        self.fan = fan
        self.points = np.zeros((1, 3))
        self.z_index = fan.on_it
        self.sources: tuple[Mobject, ...] = (fan.view, fan)
        inwards, across = (
            CORNER / fan.window.scale * way / max(float(np.linalg.norm(way)), 1e-300)
            for way in (-base, end - base)
        )
        knots = np.stack([base + inwards, base + inwards + across, base + across])
        share = np.linspace(0, 2, 2 * FINE // 4 + 1)
        self.line = np.column_stack([np.interp(share, [0, 1, 2], column) for column in knots.T])

    @staticmethod
    def fits(fan: RayFan, base: Array, end: Array) -> bool:
        """Whether the step is long enough for the mark to stand beside it."""
        return float(np.linalg.norm(end - base)) * fan.window.scale > 1.5 * CORNER

    def paint(self, canvas: Canvas) -> None:
        """Two short lines."""
        parts = seen_parts(self.fan, [self.line])
        stroke_cased(canvas, parts, theme.current().iso, 4.0, self.opacity)


class LengthCircle(Painted):
    """All weights as long as ``weights``, dashed, on the surface.

    Args:
        fan: what it lies on.
        weights: one of them, (2,).
        color: of the line.
    """

    kept: ClassVar[tuple[str, ...]] = ("fan",)

    def __init__(self, fan: RayFan, weights: Array, color: ManimColor) -> None:
        super().__init__()
        self.fan, self.color = fan, color
        self.points = np.zeros((1, 3))
        self.z_index = fan.on_it
        self.sources: tuple[Mobject, ...] = (fan.view, fan)
        angle = np.linspace(0, 2 * np.pi, 6 * FINE + 1)
        self.line = float(np.linalg.norm(weights)) * np.column_stack([np.cos(angle), np.sin(angle)])

    def paint(self, canvas: Canvas) -> None:
        """The circle as far as it is seen."""
        parts = seen_parts(self.fan, [self.line])
        canvas.stroke(parts, theme.current().outline, 6.0, 0.5 * self.opacity, dash=(14.0, 12.0))
        canvas.stroke(parts, self.color, 3.6, self.opacity, dash=(14.0, 12.0))


class Plumb(Painted):
    """The height of the ball: a dashed line from where it touches down to the floor.

    Args:
        ball: whose height it is.
        floor: what it goes down to.
    """

    kept: ClassVar[tuple[str, ...]] = ("ball", "floor")

    def __init__(self, ball: RayBall, floor: RayFloor) -> None:
        super().__init__()
        self.ball, self.floor = ball, floor
        self.points = np.zeros((1, 3))
        self.z_index = ball.fan.on_it
        self.sources: tuple[Mobject, ...] = ball.sources

    def paint(self, canvas: Canvas) -> None:
        """The line, and a dot on the floor."""
        weights, color = self.ball.weights, theme.current().text
        foot, top = self.floor.lay(weights)[0], self.ball.fan.lay(weights)[0]
        canvas.stroke([np.stack([foot, top])], color, 3.6, 0.9 * self.opacity, dash=(10.0, 9.0))
        canvas.disc(
            foot, 9 * PIXEL, [(0.0, color, self.opacity), (0.85, color, self.opacity), (1.0, color, 0)]
        )


class RayBall(Painted):
    """The ball, where a run is at ``clock``, on the surface of rays.

    Args:
        fan: what it rests on.
        run: the weights after each step, (n, 2).
        clock: the step that the ball has reached, whole or not.
        radius: in units of space.
    """

    kept: ClassVar[tuple[str, ...]] = ("fan", "run", "clock")

    def __init__(self, fan: RayFan, run: Array, clock: ValueTracker, radius: float = 0.15) -> None:
        super().__init__()
        self.fan, self.run, self.clock, self.radius = fan, np.asarray(run, dtype=float), clock, radius
        self.points = np.zeros((1, 3))
        self.z_index = fan.on_it + ABOVE
        self.sources: tuple[Mobject, ...] = (fan.view, fan, clock)

    @property
    def weights(self) -> Array:
        """Where the ball is, (2,)."""
        return at(self.run, self.clock.get_value())

    @property
    def middle(self) -> Array:
        """Its middle in the picture, (2,): on the surface's normal over its weights."""
        window = self.fan.window
        ground = window.ground(self.weights)
        normal = np.append(-window.slope(ground), 1.0)
        center = window.lifted(ground) + normal * (self.radius / np.linalg.norm(normal))
        return self.fan.view.project(center)[:2]

    def paint(self, canvas: Canvas) -> None:
        """A soft shadow where it touches, then the ball, lit from the upper left."""
        palette, view, middle = theme.current(), self.fan.view, self.middle
        size = self.radius * view.scale_factor
        alpha, dark = self.opacity, palette.outline
        canvas.disc(self.fan.lay(self.weights)[0], 1.8 * size, [(0, dark, 0.55 * alpha), (1, dark, 0)])
        canvas.disc(middle, size + EDGE * PIXEL, [(0, dark, alpha), (0.94, dark, alpha), (1, dark, 0)])
        lit = palette.shape_mark.interpolate(palette.sheen, 0.75)
        shaded = palette.shape_mark.interpolate(dark, 0.28)
        stops = [(0.0, lit, alpha), (0.4, palette.shape_mark, alpha), (1.0, shaded, alpha)]
        canvas.disc(middle, size, stops, light=0.35)
