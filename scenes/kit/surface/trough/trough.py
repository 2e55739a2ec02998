"""A quadratic loss cut out at one value, as a Mobject: trough or bowl, with a wall, on its floor.

Nothing is sorted by depth. Floor, rim, inside, what lies on it, outside and near rim are drawn in this order.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import cairo
import numpy as np
from manim import ManimColor, Mobject

from scenes.kit import theme
from scenes.kit.drawing.canvas import PIXEL, Array, Canvas, Painted
from scenes.kit.drawing.repeated.lines import stroke_apart
from scenes.kit.drawing.shade import shade
from scenes.kit.surface.trough.floor import GAP, CutFloor
from scenes.kit.surface.trough.seen import Seen, parts_above_zero, together
from scenes.kit.surface.trough.shading import AMBIENT, DIFFUSE, LIGHT
from scenes.kit.surface.trough.solid import WALL
from scenes.kit.surface.trough.window import HALF_WIDTH, CutWindow
from scenes.kit.surface.viewpoint import Viewpoint

LINES = 7
HAIR = 1.2  # pixels at 1080p, half of which lie beyond an edge
FLOOR, ON_FLOOR, INSIDE, ON_IT, NEAR = -5, -4, -3, -2, -1
"""The order of drawing, as ``z_index``: everything else in a scene is drawn after these."""


class Trough(Painted):
    """A loss cut out at one value: the inside of it, the far rim and the lines of equal loss.

    Its parts, both submobjects: ``floor``, which a scene may take away, and ``near``, the wall that stands
    before all that lies inside. What lies on it (ball, trails, arrows) is drawn between the two.

    Args:
        window: the loss and the part of it that is shown, or a function that says it for every frame.
        view: where it is seen from.
        follows: what that function reads, such as trackers; it is called again when one of them has moved.
        lines: how many lines of equal loss there are, evenly spaced in its square root.
        wall: thickness of the wall, in units of space.
        gap: between the floor and the lowest point of the wall, in units of space: the larger it is, the more
            is seen of the floor, and of what lies there.
    """

    shows_a_loss: ClassVar[bool] = True
    kept: ClassVar[tuple[str, ...]] = ("view", "_window", "_follows", "_seen")

    def __init__(
        self,
        window: CutWindow | Callable[[], CutWindow],
        view: Viewpoint,
        follows: tuple[Mobject, ...] = (),
        lines: int = LINES,
        wall: float = WALL * HALF_WIDTH,
        gap: float = GAP,
    ) -> None:
        super().__init__()
        self.view, self.lines, self.wall = view, lines, wall
        self._window, self._follows = window, follows
        self._seen: dict[str, tuple[object, Seen]] = {}
        self.sources: tuple[Mobject, ...] = (view, *follows)
        self.points = np.zeros((1, 3))
        self.z_index, self.on_it = INSIDE, ON_IT
        self.floor, self.near = CutFloor(self, gap), NearWall(self)
        self.floor.z_index, self.floor.on_it, self.near.z_index = FLOOR, ON_FLOOR, NEAR
        self.add(self.floor, self.near)

    @property
    def window(self) -> CutWindow:
        """What is shown now."""
        return self.seen().window

    def seen(self) -> Seen:
        """The shape as it is seen now."""
        moved = tuple(source.points.tobytes() for source in self._follows)
        key = (self.view.state, moved, theme.current())
        if "now" not in self._seen or self._seen["now"][0] != key:
            window = self._window if isinstance(self._window, CutWindow) else self._window()
            self._seen["now"] = key, Seen(window, self.view, self.wall)
        return self._seen["now"][1]

    def lay(self, weights: Array) -> tuple[Array, Array]:
        """Weights (..., 2) -> the picture (..., 2), and how far they are from what is no more seen (...)."""
        return self.seen().lay(weights)

    @property
    def outlines(self) -> list[Array]:
        """What is seen of the inside, each (n, 2) in the picture."""
        return self.seen().inside

    @property
    def scale_factor(self) -> float:
        """Picture units for one unit of a weight, at the lowest point."""
        return self.window.scale * self.view.scale_factor

    def paint(self, canvas: Canvas) -> None:
        """The far rim, the inside, and the lines on it as far as they face the viewer."""
        seen, palette = self.seen(), theme.current()
        shade(canvas, seen.rim, seen.shading.rim, self.opacity)
        shade(canvas, seen.inside, seen.shading.inside, self.opacity)
        inner, lines = seen.solid.inner, seen.lines(self.lines)
        flat = together(lines, lambda ground: seen.flat(inner, ground))
        parts = parts_above_zero(flat, together(lines, lambda ground: seen.sight.facing(inner, ground)))
        stroke_apart(canvas, parts, palette.iso, 1.8, 0.32 * self.opacity)


class NearWall(Painted):
    """What stands before all that lies inside: the outside of the near wall, its rim, and the near cut.

    Args:
        trough: whose wall it is.
    """

    kept: ClassVar[tuple[str, ...]] = ("trough",)

    def __init__(self, trough: Trough) -> None:
        super().__init__()
        self.trough = trough
        self.points = np.zeros((1, 3))
        self.sources: tuple[Mobject, ...] = trough.sources

    def paint(self, canvas: Canvas) -> None:
        """The outside, then the top of the wall and its cut surface over the outside's edge."""
        seen, rim = self.trough.seen(), theme.current().rim
        shade(canvas, [seen.outside], seen.shading.outside, self.opacity)
        for ring in seen.near_rim:
            shade(canvas, [ring], seen.shading.rim, self.opacity)
        if len(seen.face):
            fill(canvas, [seen.face], _lit(rim, seen), self.opacity)


def _lit(color: ManimColor, seen: Seen) -> ManimColor:
    """The rim's color on the near cut, which is turned to the light less than the rim is, or more."""
    up, along = seen.sight.axes[:, 2], np.append(seen.near_side * seen.window.directions[0], 0.0)
    top, face = (max(float(normal @ LIGHT), 0.0) for normal in (up, seen.sight.axes @ along))
    brightness = min((AMBIENT + DIFFUSE * face) / (AMBIENT + DIFFUSE * top), 1.0)
    return ManimColor(np.array(color.to_rgb()) * brightness)


def fill(canvas: Canvas, outlines: list[Array], color: ManimColor, alpha: float, hair: float = HAIR) -> None:
    """Fill outlines as one shape, a hair's half beyond its edge; one that turns the other way is a hole.

    Two shapes that share an edge would let what lies below them through there.
    """
    context = canvas.context
    context.new_path()
    canvas.trace(outlines, closed=True)
    context.set_source_rgba(*canvas.rgb(color), alpha)
    context.fill_preserve()
    if hair > 0:
        context.set_line_width(hair * PIXEL)
        context.set_line_join(cairo.LINE_JOIN_BEVEL)
        context.stroke()
    context.new_path()
