"""A cut's curve with its axis, and what steps down on it: ball, steps, slope."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import Mobject, ValueTracker

from scenes.kit import theme
from scenes.kit.drawing.canvas import PIXEL, Array, Canvas, Painted
from scenes.kit.drawing.shade import shade
from scenes.kit.surface.trough.ball import EDGE
from scenes.kit.surface.trough.carrier import ROUND, draw_mark, edge_of
from scenes.kit.surface.trough.shading import ramp
from scenes.pieces.downhill.cut import CutView

FINE = 121  # points of a curve
LINE, BAR, AXIS = 7.0, 13.0, 3.0  # widths in pixels at 1080p: of the curve, of a step, of the axis
BALL = 21.0  # radius of the ball, in pixels at 1080p
ARROW = 0.85  # how far a slope's arrow reaches, in picture units
GROUND = 0.5  # of the colors of heights, below the cut
HEAD, SPREAD = 34.0, 18.0  # of its head, in pixels: length, and half its width


class CutCurve(Painted):
    """The cut in J's color; once it is flat, its axis below.

    Args:
        view: how it is seen.
        beyond: to what height it goes on, fainter, over that of the window's rim.
    """

    kept: ClassVar[tuple[str, ...]] = ("view",)
    blended: ClassVar[tuple[str, ...]] = ("opacity", "shown")

    def __init__(self, view: CutView, beyond: float = 1.0) -> None:
        super().__init__()
        self.view, self.beyond, self.shown = view, beyond, 1.0
        self.points = np.zeros((1, 3))
        self.sources: tuple[Mobject, ...] = (view, view.view)

    def show(self, share: float) -> CutCurve:
        """Draw this much of it, from the start's side on."""
        self.shown = share
        return self

    @property
    def far(self) -> Array:
        """The places where it ends beyond the rim, (2,)."""
        middle = self.view.cut.lowest
        return np.asarray(np.sqrt(self.beyond) * (np.array(self.view.cut.ends) - middle) + middle)

    def paint(self, canvas: Canvas) -> None:
        """The ground, axis, what lies beyond the rim, the cut."""
        palette, view, (low, high) = theme.current(), self.view, self.view.cut.ends
        lies = self.opacity * view.lies
        if lies > 0:
            self._paint_ground(canvas, lies)
            canvas.stroke([view.on_axis(self.far)], palette.rule, AXIS, lies)
        if self.beyond > 1:
            sides = [np.linspace(end, far, 40) for end, far in zip((low, high), self.far, strict=True)]
            canvas.stroke([view.at(side) for side in sides], palette.loss, LINE, 0.45 * self.opacity)
        line = view.at(np.linspace(low, low + self.shown * (high - low), FINE))
        canvas.stroke([line], edge_of(palette.loss), LINE + 3, 0.8 * self.opacity * (1 - view.lifted))
        canvas.stroke([line], palette.loss, LINE, self.opacity)

    def _paint_ground(self, canvas: Canvas, alpha: float) -> None:
        """What lies below the cut, in the colors of the surface's heights."""
        palette, view = theme.current(), self.view
        places = np.linspace(*view.cut.ends, FINE)
        above, below = view.at(places), view.on_axis(places)
        window, lowest = view.cut.window, float(view.cut.height(np.array(view.cut.lowest)))
        back = np.array(palette.background.to_rgb())

        def color_at(picture: Array) -> Array:
            height = lowest + (picture[..., 1] - view.points[0, 1]) / view.points[1, 1]
            share = np.sqrt(np.clip(height / window.top, 0, 1))
            return np.asarray(back + GROUND * (ramp(share, palette) - back))

        shade(canvas, [np.concatenate([above, below[::-1]])], color_at, alpha)


class CutRun(Painted):
    """A run on a cut: the ball, the way it came, and the step that is aimed at as a length on the axis.

    The ball jumps straight from one point of the cut to the next.

    Args:
        view: how the cut is seen.
        rate: the learning rate as a share of the limit: a tracker.
        clock: the step that the ball has reached, whole or not.
        steps: how many there are.
    """

    kept: ClassVar[tuple[str, ...]] = ("view", "clock", "rate")
    blended: ClassVar[tuple[str, ...]] = ("opacity", "traced", "aimed")

    def __init__(self, view: CutView, rate: ValueTracker, clock: ValueTracker, steps: int) -> None:
        super().__init__()
        self.view, self.rate, self.clock, self.last = view, rate, clock, steps
        self.traced, self.aimed = 1.0, 0.0
        self.points = np.zeros((1, 3))
        self.sources: tuple[Mobject, ...] = (view, view.view, clock, rate)

    @property
    def run(self) -> Array:
        """The places after each step, (n,)."""
        return self.view.cut.run(self.rate.get_value(), self.last)

    def aim(self, share: float) -> CutRun:
        """Show this much of the next step's length before it is made."""
        self.aimed = share
        return self

    def _now(self) -> tuple[int, float]:
        step = float(np.clip(self.clock.get_value(), 0, self.last))
        whole = min(int(step), max(self.last - 1, 0))
        return whole, step - whole

    @property
    def place(self) -> Array:
        """Where the ball touches the cut, or is on its way, in the picture: (2,)."""
        whole, part = self._now()
        ends = self.view.at(self.run[[whole, min(whole + 1, self.last)]])
        return np.asarray(ends[0] + part * (ends[1] - ends[0]))

    @property
    def step(self) -> Array:
        """The ends of the step under way on the axis, (2, 2)."""
        whole, part = self._now()
        one, other = self.run[whole], self.run[min(whole + 1, self.last)]
        return self.view.on_axis(np.array([one, one + max(part, self.aimed) * (other - one)]))

    def paint(self, canvas: Canvas) -> None:
        """The way, plumb lines and the step on the axis, then the ball."""
        palette, alpha = theme.current(), self.opacity
        whole, part = self._now()
        here = self.place
        if self.view.lifted > 0 and self.aimed > 0:
            on_axis = self.step
            between = self.run[[whole, min(whole + 1, self.last)]]
            ends = self.view.at(between[0] + np.array([0, max(part, self.aimed)]) * np.diff(between))
            seen = alpha * self.traced * self.view.lies
            plumbs = list(np.stack([ends, on_axis], axis=1))
            canvas.stroke(plumbs, palette.muted, 2, 0.8 * seen, dash=(8, 8))
            canvas.stroke([on_axis], palette.ball, BAR, seen)
        been = self.view.at(self.run[: whole + 1])
        if self.traced > 0 and self.clock.get_value() > 0:
            way = np.concatenate([been, here[None]])
            canvas.stroke([way], palette.ball, 3.5, 0.75 * alpha * self.traced)
            for place in been:
                draw_mark(canvas, ROUND, place, 7, palette.ball, alpha * self.traced)
        size, dark = BALL * PIXEL, palette.outline
        middle = here + [0.0, 0.6 * size]
        canvas.disc(middle, size + EDGE * PIXEL, [(0, dark, alpha), (0.94, dark, alpha), (1, dark, 0)])
        lit = palette.shape_mark.interpolate(palette.sheen, 0.75)
        shaded = palette.shape_mark.interpolate(dark, 0.28)
        stops = [(0.0, lit, alpha), (0.4, palette.shape_mark, alpha), (1.0, shaded, alpha)]
        canvas.disc(middle, size, stops, light=0.35)


class SlopeArrow(Painted):
    """The slope where a run's ball is, on the flat cut: an arrow along the tangent, downhill.

    Its length is that of the slope: the flatter the cut, the shorter the arrow.

    Args:
        run: whose ball it is.
    """

    kept: ClassVar[tuple[str, ...]] = ("ball",)
    blended: ClassVar[tuple[str, ...]] = ("opacity", "shown")

    def __init__(self, run: CutRun) -> None:
        super().__init__()
        self.ball, self.shown = run, 1.0
        self.points = np.zeros((1, 3))
        self.sources: tuple[Mobject, ...] = (run, *run.sources)

    def show(self, share: float) -> SlopeArrow:
        """Draw this much of its length."""
        self.shown = share
        return self

    @property
    def ends(self) -> Array:
        """Tail and tip in the picture, (2, 2)."""
        ball = self.ball
        cut = ball.view.cut
        here = float(np.interp(ball.clock.get_value(), np.arange(ball.last + 1), ball.run))
        beside = ball.view.at(np.array([here, here + 1e-3]))
        tangent = (beside[1] - beside[0]) / np.linalg.norm(beside[1] - beside[0])
        slope = cut.slope(here) / abs(cut.slope(0.0))
        reach = self.shown * ARROW * 2.2 * slope
        return np.stack([ball.place, ball.place - reach * tangent])

    def paint(self, canvas: Canvas) -> None:
        """The shaft and the head."""
        tail, tip = self.ends
        length = float(np.linalg.norm(tip - tail))
        if length < 4 * PIXEL:
            return
        color, along = theme.current().text, (tip - tail) / length
        head = min(HEAD * PIXEL, 0.7 * length)
        across = SPREAD / HEAD * head * np.array([-along[1], along[0]])
        base = tip - head * along
        edge = theme.current().background
        canvas.stroke([np.stack([tail, base])], edge, 14, self.opacity)
        canvas.stroke([np.stack([tail, base])], color, 10, self.opacity)
        canvas.fill(np.stack([tip, base + across, base - across]), color, self.opacity)
