"""Losses along one step of training after another: curves that lie over each other, the newest in front."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from manim import ManimColor, ValueTracker
from scipy.interpolate import PchipInterpolator

from scenes.kit import theme
from scenes.kit.drawing.canvas import PIXEL, Array, Canvas, Painted
from scenes.kit.lettering.places import Box

FINE = 41  # points of a curve
THIN, THICK, BALL = 3.0, 9.0, 14.0  # pixels at 1080p: a curve, the newest one, and the ball at its end
FAINT = 0.42  # of a curve, what is seen of it once others have come


def ways(shares: Array, losses: Array) -> tuple[Array, Array]:
    """Curves through losses (k, s) at ``shares``, (s,), that swing no farther: where (p,), how high (k, p).

    A loss without end is as high as any that has one, ten times.
    """
    finite = losses[np.isfinite(losses)]
    most = 10.0 * float(finite.max()) if finite.size else 1.0
    known = np.nan_to_num(losses, nan=most, posinf=most)
    x = np.linspace(shares[0], shares[-1], FINE)
    if len(shares) < 2:
        return np.repeat(shares, FINE), np.repeat(known, FINE, axis=1)
    return x, np.asarray(PchipInterpolator(shares, known, axis=1)(x))


class Fan(Painted):
    """The curves of one network, as many as a clock says; of the newest, a ball goes the way.

    Args:
        curves: places in the picture, (k, p, 2).
        box: beyond which nothing is drawn.
        color: of the network.
        clock: how many steps there are; between two whole numbers the newest is on its way.
        order: which curve is the first, the second, and so on.
    """

    blended: ClassVar[tuple[str, ...]] = ("opacity", "ball")
    kept: ClassVar[tuple[str, ...]] = ("curves", "box", "clock", "order")

    def __init__(
        self, curves: Array, box: Box, color: ManimColor, clock: ValueTracker, order: Sequence[int]
    ) -> None:
        super().__init__()
        self.curves, self.box, self.color, self.clock, self.order = curves, box, color, clock, list(order)
        self.ball = 1.0
        self.points = np.zeros((1, 3))
        self.z_index = 1
        self.sources = (clock,)

    def leave_the_ball(self) -> Fan:
        """Show no ball, nor a curve that is thicker than the others."""
        self.ball = 0.0
        return self

    def newest(self) -> Array:
        """As much of the newest curve as there is, (n, 2)."""
        clock = float(np.clip(self.clock.get_value(), 0, len(self.order)))
        place = min(int(clock), len(self.order) - 1)
        curve = self.curves[self.order[place]]
        gone = (clock - place) * (len(curve) - 1)
        whole = min(int(gone), len(curve) - 2)
        end = curve[whole] + (gone - whole) * (curve[whole + 1] - curve[whole])
        return np.vstack([curve[: whole + 1], end])

    def paint(self, canvas: Canvas) -> None:
        """All curves that have come, then the newest and its ball; cut off at the box."""
        clock = self.clock.get_value()
        if clock <= 0:
            return
        context, box, palette = canvas.context, self.box, theme.current()
        context.save()
        context.new_path()
        context.rectangle(box.left - 0.2, box.bottom - 0.2, box.width + 0.4, box.height + 0.2)
        context.clip()
        gone = self.order[: min(int(clock), len(self.order) - (self.ball > 0))]
        for place in gone:
            canvas.stroke([self.curves[place]], self.color, THIN, FAINT * self.opacity)
        way, seen = self.newest(), self.opacity * self.ball
        canvas.stroke([way], palette.background, 1.8 * THICK, 0.8 * seen)
        canvas.stroke([way], self.color, THICK, seen)
        context.restore()
        end = np.minimum(way[-1], [box.right, box.top])
        for size, color in ((1.35 * BALL, palette.background), (BALL, palette.ball)):
            canvas.disc(end, size * PIXEL, [(0, color, seen), (0.92, color, seen), (1, color, 0)])
