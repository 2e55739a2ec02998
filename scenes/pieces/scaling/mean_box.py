"""A batch's mean as a cross, and round it a box that reaches one spread of each feature to every side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ClassVar

import cairo
import numpy as np
from manim import ManimColor, Mobject

from scenes.kit import theme
from scenes.kit.drawing.canvas import PIXEL, Array, Canvas, Painted
from scenes.kit.drawing.fading import fading_out
from scenes.kit.drawing.shade import COARSE, fill_gradient
from scenes.kit.lettering.places import Box

FILL, LINE, CROSS = 0.07, 4.5, 5.0  # opacity of the box; its line and the cross's, in pixels at 1080p
GLOW, FAR = 0.44, 2.6  # opacity in the middle of the cloud, and how many spreads away it is 0
ROUND = np.stack([part(np.linspace(0, 2 * np.pi, 64, endpoint=False)) for part in (np.cos, np.sin)], axis=1)
SAMPLES = 10  # of the light at least, from its middle to where it is narrowest
LEAST = 0.03  # spread that is seen of a cloud without any, in picture units
WIDEST = 4.5  # picture units from the middle, as far as light is not weaker
SOFT = 0.5  # picture units, over which what leaves the plane fades
OUT_OF_SIGHT = np.array([0.0, -100.0, 0.0])
ARM_LINE = 7.0  # of a spread, from the middle to its side
ARM = 0.17  # of the cross, in picture units
ROUND_IT = 0.1  # picture units beyond all of it: half a line, and more


class MeanBox(Painted):
    """The cross and the box of rows that move; both are measured on the rows at every frame.

    Args:
        rows: says where the rows are, (m, 2), in their own units.
        at: takes rows to points of the picture.
        color: says the box's color.
        sources: what rows, view and color depend on.
        room: beyond which nothing is drawn.
        colors: of the two spreads, the lying feature's first; none are drawn without.
    """

    kept: ClassVar[tuple[str, ...]] = ("rows", "at", "color", "colors", "room")
    blended: ClassVar[tuple[str, ...]] = ("opacity", "boxed", "crossed")

    def __init__(
        self,
        rows: Callable[[], Array],
        at: Callable[[Array], Array],
        color: Callable[[], ManimColor],
        sources: tuple[Mobject, ...],
        room: Box,
        colors: tuple[ManimColor, ...] = (),
    ) -> None:
        super().__init__()
        self.room, self.colors = room, colors
        self.rows, self.at, self.color = rows, at, color
        self.boxed = self.crossed = 1.0
        self.points = np.zeros((1, 3))
        self.sources = sources

    def show(self, crossed: float, boxed: float) -> MeanBox:
        """How much is drawn of the cross, and how far the box has grown from it."""
        self.crossed, self.boxed = crossed, boxed
        return self

    @property
    def measured(self) -> tuple[Array, Array]:
        """The rows' mean and spreads now, both (2,)."""
        rows = self.rows()
        return rows.mean(axis=0), rows.std(axis=0)

    @property
    def middle(self) -> Array:
        """Where the cross is, (3,)."""
        return self.at(self.measured[0])

    @property
    def half(self) -> Array:
        """From the cross to the box's upper right corner, (3,)."""
        mean, spread = self.measured
        return self.at(mean + spread) - self.at(mean)

    def paint(self, canvas: Canvas) -> None:
        """The box, and the cross on it, as far as the plane reaches."""
        x, half = float(self.middle[0]), max(abs(float(self.boxed * self.half[0])), self.crossed * ARM)
        reach = max(half, float(np.linalg.norm(_axes(self.at(self.rows()))[0]))) + ROUND_IT
        with within(canvas, self.room, x - reach, x + reach):
            self._paint(canvas)

    def _paint(self, canvas: Canvas) -> None:
        middle, half, color = self.middle[:2], self.boxed * self.half[:2], self.color()
        glow(canvas, self.at(self.rows()), color, self.boxed * self.opacity)
        corners = middle + half * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])
        if self.boxed > 0:
            canvas.fill(corners, color, FILL * self.opacity)
            canvas.stroke([corners], color, LINE, self.opacity, closed=True)
            sides = np.stack([np.diag(half), np.zeros((2, 2))], axis=1)
            for side, color in zip(sides, self.colors, strict=False):
                canvas.stroke([middle + side], color, ARM_LINE, self.boxed * self.opacity)
        arms = [np.stack([middle - arm, middle + arm]) for arm in self.crossed * ARM * np.eye(2)]
        if self.crossed > 0:
            canvas.stroke(arms, theme.current().text, CROSS, self.opacity)


def glow(canvas: Canvas, places: Array, color: ManimColor, alpha: float) -> None:
    """Light where the rows at ``places`` (m, 2 or 3) are, as far and as tilted as they spread."""
    axes = _axes(places)
    alpha *= min(1.0, np.sqrt(WIDEST / np.abs(axes).max()))  # what fills the picture is not to flood it
    if alpha <= 0:
        return
    shade = cairo.RadialGradient(0, 0, 0, 0, 0, 1)
    for offset in np.linspace(0, 1, 9).tolist():
        share = (np.exp(-0.5 * (FAR * offset) ** 2) - np.exp(-0.5 * FAR**2)) * GLOW
        shade.add_color_stop_rgba(offset, *canvas.rgb(color), float(share) * alpha)
    middle = places[:, :2].mean(axis=0)
    (a, b), (c, d) = axes.tolist()
    to_picture = cairo.Matrix(a, c, b, d, *middle.tolist())
    to_picture.invert()
    shade.set_matrix(to_picture)
    narrow = float(np.linalg.norm(axes, axis=0).min()) / PIXEL
    fill_gradient(canvas, [middle + ROUND @ axes.T], shade, min(COARSE, narrow / SAMPLES))


def _axes(places: Array) -> Array:
    """Half axes in columns, (2, 2), of the ellipse at which the light of rows at ``places`` ends."""
    sizes, turn = np.linalg.eigh(np.atleast_2d(np.cov(places[:, :2].T, bias=True)))
    return np.asarray(turn * (FAR * np.sqrt(np.maximum(sizes, LEAST**2))))


@contextmanager
def within(canvas: Canvas, room: Box, left: float = -np.inf, right: float = np.inf) -> Iterator[None]:
    """What is drawn meanwhile fades out at the left and right edges of ``room``, and ends there.

    Fading takes as long as drawing: it is left out if all that is drawn lies between ``left`` and ``right``,
    and these inside of where it begins.
    """
    if left <= room.left + SOFT or right >= room.right - SOFT:
        with fading_out(canvas, (room.left, room.right, room.bottom, room.top), SOFT, SOFT):
            yield
        return
    context = canvas.context
    context.save()
    context.new_path()
    context.rectangle(room.left, room.bottom, room.width, room.height)
    context.clip()
    yield
    context.restore()


def kept_within(places: Array, room: Box) -> Array:
    """The same points (m, 3), but those outside of ``room`` where nobody sees them."""
    x, y = places[:, 0], places[:, 1]
    is_in = (x >= room.left) & (x <= room.right) & (y >= room.bottom) & (y <= room.top)
    return np.where(is_in[:, None], places, OUT_OF_SIGHT)
