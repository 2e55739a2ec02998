"""Mobjects that draw themselves with cairo.

Manim draws Bézier outlines. A shaded surface or a path that is half hidden is not one, so a :class:`Painted`
Mobject gets a :class:`Canvas` (Manim's units, y up) and draws itself in one go.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, Self

import cairo
import numpy as np
from manim import ManimColor, Mobject
from numpy.typing import NDArray

from scenes.kit.drawing.line_widths import LineWidths
from scenes.kit.drawing.monochrome import PLAIN, SMALL, Monochrome, Pattern, fill_patterned

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Pixels = NDArray[np.uint8]
PIXEL = 8 / 1080
"""One pixel of a 1080-pixel-high picture, in Manim's units."""


class Canvas:
    """A cairo context in Manim's units, with the few ways of drawing that the kit needs.

    Args:
        context: what is drawn on. Its matrix takes Manim's units, y upwards, to the surface.
        swapped: whether red and blue change places. This is for Manim's image surface, whose bytes stand in
            the order RGBA where cairo writes BGRA.
    """

    merges: ClassVar[bool] = False
    """Whether a mesh should come as few large patches: for a file, whose size they are."""
    scales_smoothly: ClassVar[bool] = True
    """Whether a small picture, scaled up, is smooth: not in a file, whose reader may do as it likes."""

    def __init__(self, context: cairo.Context[Any], swapped: bool = True) -> None:
        self.context, self.swapped = context, swapped
        self.line_widths: LineWidths | None = None
        self.monochrome: Monochrome | None = None

    def line_width(self, width: float, above: float = 0.0) -> float:
        """The width of a line that is ``width`` broad in the film; see :class:`LineWidths` for ``above``."""
        return width if self.line_widths is None else self.line_widths.of(width, above)

    @property
    def thin(self) -> float | None:
        """The width of the thinnest line, in picture units, where there is one."""
        return None if self.line_widths is None else self.line_widths.least

    def rgb(self, color: ManimColor) -> tuple[float, float, float]:
        """The color's channels in the order of this surface."""
        red, green, blue = (float(channel) for channel in self.tone(np.asarray(color.to_rgb())))
        return (blue, green, red) if self.swapped else (red, green, blue)

    def tone(self, colors: Array) -> Array:
        """Colors (..., 3), red, green and blue, as they are shown here."""
        return colors if self.monochrome is None else self.monochrome.gray(colors)

    def pattern(self, color: ManimColor) -> Pattern:
        """By what a color is told from others where there are none."""
        return PLAIN if self.monochrome is None else self.monochrome.of(color)

    def trace(self, lines: Iterable[Array], closed: bool = False) -> None:
        """Put polylines, each (n, 2), on the current path."""
        context = self.context
        for line in lines:
            if len(line) < 2:
                continue
            xy = line.tolist()
            context.move_to(*xy[0][:2])
            for point in xy[1:]:
                context.line_to(point[0], point[1])
            if closed:
                context.close_path()

    def stroke(
        self,
        lines: Iterable[Array],
        color: ManimColor,
        width: float,
        alpha: float = 1.0,
        closed: bool = False,
        dash: Sequence[float] = (),
        above: float = 0.0,
    ) -> None:
        """Stroke polylines as one shape; ``width`` and ``dash`` are pixels at 1080p.

        ``above`` is the width of the line that is drawn over this one, which then is the ground round it.
        """
        if alpha <= 0:
            return
        context = self.context
        context.new_path()
        self.trace(lines, closed)
        context.set_source_rgba(*self.rgb(color), alpha)
        broad = self.line_width(width * PIXEL, above * PIXEL)
        context.set_line_width(broad)
        context.set_line_join(cairo.LINE_JOIN_ROUND)
        context.set_line_cap(cairo.LINE_CAP_ROUND)
        own = [length * broad for length in self.pattern(color).dash]
        context.set_dash([length * PIXEL for length in dash] or own)
        context.stroke()
        context.set_dash([])

    def segments(self, ends: Array, colors: Array, width: float, alpha: float = 1.0) -> None:
        """Stroke straight pieces (n, 2, 2), each in a color of its own, (n, 3), red, green and blue."""
        context = self.context
        context.set_line_width(self.line_width(width * PIXEL))
        context.set_line_cap(cairo.LINE_CAP_ROUND)
        tints = np.clip(self.tone(colors), 0, 1)[:, :: -1 if self.swapped else 1].tolist()
        context.new_path()
        for (start, end), (one, two, three) in zip(ends.tolist(), tints, strict=True):
            context.move_to(*start)
            context.line_to(*end)
            context.set_source_rgba(one, two, three, alpha)
            context.stroke()

    def fill(self, outline: Array, color: ManimColor, alpha: float = 1.0) -> None:
        """Fill a polygon, (n, 2)."""
        self.context.new_path()
        self.trace([outline], closed=True)
        if self.monochrome is not None:
            fill_patterned(self.context, self.rgb(color)[0], alpha, self.pattern(color), self.thin)
            self.context.new_path()
            return
        self.context.set_source_rgba(*self.rgb(color), alpha)
        self.context.fill()

    def disc(
        self,
        center: Array,
        radius: float,
        stops: Sequence[tuple[float, ManimColor, float]],
        light: float = 0.0,
    ) -> None:
        """A round gradient: ``stops`` are (offset, color, alpha) from the middle outwards.

        ``light`` moves the middle of the gradient towards the upper left, in radii.
        """
        x, y = float(center[0]), float(center[1])
        shade = cairo.RadialGradient(x - light * radius, y + light * radius, 0, x, y, radius)
        for offset, color, alpha in stops:
            shade.add_color_stop_rgba(offset, *self.rgb(color), alpha)
        self.context.new_path()
        self.context.arc(x, y, radius, 0, 2 * np.pi)
        self.context.set_source(shade)
        self.context.fill()
        _, color, alpha = stops[0]
        if 2 * radius < SMALL and self.pattern(color).is_open:
            self.context.arc(x, y, 0.6 * radius, 0, 2 * np.pi)
            self.context.set_source_rgba(1.0, 1.0, 1.0, alpha)
            self.context.fill()

    def lay(self, picture: cairo.ImageSurface) -> None:
        """Lay a picture of this surface's pixels over what is there, at the place that it carries."""
        context = self.context
        context.save()
        context.identity_matrix()
        context.set_source_surface(picture, 0, 0)
        context.paint()
        context.restore()

    def quads(self, corners: Array, colors: Array, alpha: float = 1.0) -> None:
        """Smoothly shaded quadrilaterals, drawn in the order given.

        ``corners`` is (n, 4, 2); ``colors`` is (n, 4, 3), red, green and blue from 0 to 1.
        """
        if not len(corners):
            return
        mesh = cairo.MeshPattern()
        begin, move, line = mesh.begin_patch, mesh.move_to, mesh.line_to
        paint, end = mesh.set_corner_color_rgb, mesh.end_patch
        flat = np.concatenate([corners.reshape(-1, 8), self._tints(colors)], axis=1).tolist()
        for ax, ay, bx, by, cx, cy, dx, dy, r0, g0, b0, r1, g1, b1, r2, g2, b2, r3, g3, b3 in flat:
            begin()
            move(ax, ay)
            line(bx, by)
            line(cx, cy)
            line(dx, dy)
            paint(0, r0, g0, b0)
            paint(1, r1, g1, b1)
            paint(2, r2, g2, b2)
            paint(3, r3, g3, b3)
            end()
        self._paint_mesh(mesh, corners, alpha)

    def patches(self, outlines: Array, colors: Array, alpha: float = 1.0) -> None:
        """Smoothly shaded patches with curved edges, drawn in the order given.

        ``outlines`` is (n, 8, 2): a corner, the middle of the edge that follows, and so on round the patch.
        ``colors`` is (n, 4, 3), those of the corners.
        """
        if not len(outlines):
            return
        mesh = cairo.MeshPattern()
        start, middle = outlines[:, 0::2], outlines[:, 1::2]
        end = np.roll(start, -1, axis=1)
        bend = 2 * middle - (start + end) / 2  # of the parabola through the three points
        curves = np.concatenate([start + 2 / 3 * (bend - start), end + 2 / 3 * (bend - end), end], axis=2)
        tints = self._tints(colors).reshape(-1, 4, 3).tolist()
        for corner, sides, corner_colors in zip(start[:, 0].tolist(), curves.tolist(), tints, strict=True):
            mesh.begin_patch()
            mesh.move_to(*corner)
            for side in sides:
                mesh.curve_to(*side)
            for index, color in enumerate(corner_colors):
                mesh.set_corner_color_rgb(index, *color)
            mesh.end_patch()
        self._paint_mesh(mesh, outlines, alpha)

    def _tints(self, colors: Array) -> Array:
        """Colors (n, 4, 3) in the order of this surface, (n, 12)."""
        tints = np.clip(self.tone(colors), 0, 1)
        return np.asarray((tints[..., ::-1] if self.swapped else tints).reshape(-1, 12))

    def _paint_mesh(self, mesh: cairo.MeshPattern, points: Array, alpha: float) -> None:
        low, high = points.min(axis=(0, 1)), points.max(axis=(0, 1))
        context = self.context
        context.save()
        context.new_path()  # Manim leaves its last outline behind
        context.rectangle(low[0], low[1], high[0] - low[0], high[1] - low[1])
        context.clip()
        context.set_source(mesh)
        context.paint_with_alpha(alpha)
        context.restore()

    def layered(self, mobjects: Iterable[Mobject], shown: Sequence[Mobject]) -> Iterator[Sequence[Mobject]]:
        """What is drawn here of ``shown``, part after part; ``mobjects`` are what it all belongs to."""
        yield shown


class Painted(Mobject):
    """A Mobject with a :meth:`paint` of its own, which Manim's animations can move, fade and transform.

    ``blended`` names the attributes (floats, arrays, colors) that a Transform takes from one to the other;
    ``kept`` those that a copy shares with its original. ``shows_a_loss`` is true of a loss's surface or map.
    """

    shows_a_loss: ClassVar[bool] = False
    blended: ClassVar[tuple[str, ...]] = ("opacity",)
    kept: ClassVar[tuple[str, ...]] = ()

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.opacity = 1.0

    def paint(self, canvas: Canvas) -> None:
        """Draw the Mobject on ``canvas``; each class says how."""
        raise NotImplementedError

    def fade(self, darkness: float = 0.5, family: bool = True) -> Self:
        """Take ``darkness`` of the opacity away."""
        self.opacity *= 1 - darkness
        if family:
            for part in self.submobjects:
                part.fade(darkness, family)
        return self

    def set_opacity(self, opacity: float) -> Self:
        """Set the opacity, 0 to 1."""
        self.opacity = opacity
        return self

    def interpolate_color(self, mobject1: Mobject, mobject2: Mobject, alpha: float) -> None:
        """Blend everything that is not a point."""
        for name in self.blended:
            start, end = getattr(mobject1, name), getattr(mobject2, name)
            if isinstance(start, ManimColor):
                setattr(self, name, start.interpolate(end, alpha))
            elif isinstance(start, tuple):
                mixed = (a.interpolate(b, alpha) for a, b in zip(start, end, strict=True))
                setattr(self, name, tuple(mixed))
            else:
                setattr(self, name, (1 - alpha) * start + alpha * end)

    def align_points_with_larger(self, larger_mobject: Mobject) -> None:
        """Painted shapes of one kind have as many points as each other."""
        raise ValueError(f"{self} cannot become {larger_mobject}: their grids have different sizes")

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        shared = {name: self.__dict__.pop(name) for name in (*self.kept, "sources") if name in self.__dict__}
        try:
            copied: Self = super().__deepcopy__(memo)
        finally:
            self.__dict__.update(shared)
        copied.__dict__.update(shared)
        return copied
