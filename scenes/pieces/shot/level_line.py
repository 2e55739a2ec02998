"""Lines on a cut-out loss: of equal loss, needle or circle, and two through the middle."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import Mobject

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.drawing.follow import follow
from scenes.kit.surface.trough.carrier import seen_parts, stroke_cased
from scenes.kit.surface.trough.trough import Trough
from scenes.pieces.trough.plate import plated

WITHIN = 1 - 1e-9  # of the way to the cuts, at which a line ends
HALF, ROOM, FAR = 2.3, 0.72, 1e6  # units of space; share of a shape's own length; as good as endless
EVEN = 6  # the power at which two lengths are averaged
POINTS = 41
BESIDE = 0.18  # in picture units, from a line's end to its name


class LevelLine(Painted):
    """A line of equal loss round the lowest point, always about as long: a needle, or a circle.

    Args:
        trough: whose loss it is.
        half: of its length, in units of space, where the shape has that room.
        thickness: in pixels at 1080p.
    """

    kept: ClassVar[tuple[str, ...]] = ("trough",)
    blended: ClassVar[tuple[str, ...]] = ("opacity", "shown")

    def __init__(self, trough: Trough, half: float = HALF, thickness: float = 6.0) -> None:
        super().__init__()
        self.trough, self.half, self.thickness, self.shown = trough, half, thickness, 1.0
        self.points = np.zeros((1, 3))
        self.z_index = trough.on_it
        self.sources: tuple[Mobject, ...] = trough.sources

    def show(self, share: float) -> LevelLine:
        """Let it be this share as long and wide: it grows round the lowest point."""
        self.shown = share
        return self

    @property
    def lines(self) -> list[Array]:
        """Its two sides, weights (n, 2) each."""
        window, inner = self.trough.window, self.trough.seen().solid.inner
        length = min(float(inner.half_axes[0]), FAR)
        room = ROOM * length
        half = (self.half**-EVEN + room**-EVEN) ** (-1 / EVEN)  # nearly the smaller, and no kink
        share = max(self.shown * half / float(inner.half_axes[0]), 1e-6)
        return [window.weights(WITHIN * side) for side in inner.level(share)]

    def paint(self, canvas: Canvas) -> None:
        """Both sides, with a dark edge."""
        stroke_cased(
            canvas, seen_parts(self.trough, self.lines), theme.current().sheen, self.thickness, self.opacity
        )


class MiddleLine(Painted):
    """The line through the lowest point along the flat direction, or across it, from rim to rim.

    Args:
        trough: what it lies on.
        across: whether it runs in the steepest direction, else in the flattest.
        dash: lengths that are drawn and left out in turn, in pixels at 1080p; () is a solid line.
    """

    kept: ClassVar[tuple[str, ...]] = ("trough",)
    blended: ClassVar[tuple[str, ...]] = ("opacity", "shown")

    def __init__(self, trough: Trough, across: bool, dash: tuple[float, ...] = ()) -> None:
        super().__init__()
        self.trough, self.across, self.dash, self.shown = trough, across, dash, 1.0
        self.points = np.zeros((1, 3))
        self.z_index = trough.on_it
        self.sources: tuple[Mobject, ...] = trough.sources

    def show(self, share: float) -> MiddleLine:
        """Draw this share of it, from the lowest point on to both sides."""
        self.shown = share
        return self

    @property
    def line(self) -> Array:
        """All of it, weights (n, 2)."""
        window, inner = self.trough.window, self.trough.seen().solid.inner
        half = min(float(inner.half_axes[int(self.across)]), window.length if not self.across else np.inf)
        ground = np.linspace(-1, 1, POINTS)[:, None] * self.shown * WITHIN * half
        return window.weights(ground * window.directions[int(self.across)])

    def named(self, name: str, side: Array) -> Mobject:
        """What it is called, at its end at that side of the picture (3,); it goes with the viewer.

        Where the line will end, not where it does while it is drawn.
        """
        whole = self.copy().show(1.0)

        def stand(it: Mobject) -> None:
            ends = self.trough.lay(whole.line[[0, -1]])[0]
            it.next_to([*ends[(ends @ side[:2]).argmax()], 0.0], side, buff=BESIDE)

        return follow(plated(name), (self.trough.view,), stand)

    def paint(self, canvas: Canvas) -> None:
        """A line with a dark edge."""
        parts = seen_parts(self.trough, [self.line])
        stroke_cased(canvas, parts, theme.current().sheen, 5.0, self.opacity, self.dash)
