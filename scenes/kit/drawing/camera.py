"""Manim's camera, which also lets Painted Mobjects draw themselves, and which traces no outline twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Self
from weakref import WeakKeyDictionary, finalize

import cairo
import numpy as np
from manim import Camera, Mobject, VMobject

from scenes.kit.drawing.canvas import Array, Canvas, Mask, Painted, Pixels

FINE = 2.0**14  # pixels for a picture unit in which the path of what moves is kept: rounding is not seen
SAME = 1e-7  # units by which an outline may be off and is still the same: a hundred-thousandth of a pixel


class KitCamera(Camera):
    """Draws what Manim's camera draws, and Painted Mobjects.

    An outline stays the same for many frames while its color fades or while it moves, so its path is kept;
    what cannot be seen is not drawn. A frame is given away without copying it, and the next is drawn on
    another array.
    """

    pixel_array: Pixels

    def __init__(self, **options: Any) -> None:
        self._kinds: dict[type, Any] = {}
        self._spare: list[Pixels] = []
        self._is_given = False
        self._paths: WeakKeyDictionary[VMobject, _Kept] = WeakKeyDictionary()
        self._fine = cairo.Context(cairo.ImageSurface(cairo.FORMAT_A8, 1, 1))
        self._fine.scale(FINE, FINE)
        super().__init__(**options)

    def type_or_raise(self, mobject: Mobject) -> Any:
        """The class whose display function draws ``mobject``."""
        kind = self._kinds.get(type(mobject))
        if kind is None:
            found = super().type_or_raise(mobject)  # which also makes the table of functions anew
            self.display_funcs[Painted] = self.display_painted
            kind = self._kinds[type(mobject)] = Painted if isinstance(mobject, Painted) else found
        return kind

    def get_mobjects_to_display(self, mobjects: Iterable[Mobject], *_: Any, **__: Any) -> list[Mobject]:
        """Everything in the families of ``mobjects`` that has points, each once, in the order of drawing."""
        return [mobject for mobject in self.members(mobjects) if len(mobject.points)]

    def members(self, mobjects: Iterable[Mobject]) -> list[Mobject]:
        """The families of ``mobjects``, each member once, in the order of drawing.

        What is among ``mobjects`` keeps its place, whatever else it belongs to. As with Manim's own, what
        belongs to two families comes where it is last.
        """
        listed = dict.fromkeys(mobjects)
        found: dict[Mobject, None] = {}

        def visit(family: Iterable[Mobject]) -> None:
            for mobject in family:
                if mobject not in found:
                    visit(part for part in reversed(mobject.submobjects) if part not in listed)
                    found[mobject] = None

        visit(reversed(listed))
        return sorted(reversed(found), key=lambda mobject: mobject.z_index)

    def capture_mobjects(self, mobjects: Iterable[Mobject], **_: Any) -> None:
        """Draw ``mobjects`` and all that belongs to them."""
        self.draw(self.get_mobjects_to_display(mobjects), self.pixel_array)

    def draw(self, mobjects: Iterable[Mobject], pixels: Any) -> None:
        """Draw ``mobjects``, and nothing that belongs to them, on an array of pixels."""
        for kind, row in groupby(mobjects, self.type_or_raise):
            self.display_funcs[kind](list(row), pixels)

    def picture(self, mobjects: Sequence[Mobject]) -> cairo.ImageSurface:
        """``mobjects`` alone on nothing, cut out; :meth:`Canvas.lay` puts it back in its place."""
        pixels = np.zeros_like(self.pixel_array)
        self.draw(mobjects, pixels)
        # of an array that is gone soon; there is none where nothing was drawn, as of trackers alone
        self.pixel_array_to_cairo_context.pop(id(pixels), None)
        drawn = pixels.view(np.uint32)[..., 0] != 0
        (top, bottom), (left, right) = (_span(drawn.any(axis=side)) for side in (1, 0))
        cut = np.ascontiguousarray(pixels[top:bottom, left:right])
        image = cairo.ImageSurface.create_for_data(cut.data, cairo.FORMAT_ARGB32, right - left, bottom - top)
        image.set_device_offset(-left, -top)
        return image

    def give_away(self) -> Pixels:
        """The picture drawn, (height, width, 4), which is not changed while it is referred to.

        Once nothing refers to it any more, its memory is used for another frame.
        """
        if self._is_given:
            return np.array(self.pixel_array)
        self._is_given = True
        lent = np.asarray(self.pixel_array.data)  # which every part of it keeps alive
        finalize(lent, self._spare.append, self.pixel_array).atexit = False
        return lent

    def set_pixel_array(self, pixel_array: Any, convert_from_floats: bool = False) -> None:
        """Begin a picture with another one below it."""
        if self._is_given:
            self._is_given = False
            self.pixel_array = self._spare.pop() if self._spare else np.empty_like(self.pixel_array)
        super().set_pixel_array(pixel_array, convert_from_floats)

    def display_painted(self, painted: list[Painted], pixel_array: Any) -> None:
        """Let each draw itself on a canvas over the array."""
        canvas = Canvas(self.get_cairo_context(pixel_array))
        for mobject in painted:
            if mobject.opacity > 0:
                mobject.paint(canvas)

    def display_vectorized(self, vmobject: VMobject, ctx: cairo.Context[Any]) -> Self:
        """Stroke, fill and stroke the outline, as far as they can be seen."""
        fills = self.get_fill_rgbas(vmobject)
        behind, before = _is_stroked(vmobject, True), _is_stroked(vmobject, False)
        filled = _is_seen(fills)
        if not (filled or behind or before):
            return self
        self.set_cairo_context_path(ctx, vmobject)
        if behind:
            self.apply_stroke(ctx, vmobject, background=True)
        if filled:
            self.fill(ctx, vmobject, fills)
        if before:
            self.apply_stroke(ctx, vmobject)
        return self

    def fill(self, ctx: cairo.Context[Any], vmobject: VMobject, rgbas: Any) -> None:
        """Fill the outline that is on the context, and keep it there."""
        self.set_cairo_context_color(ctx, rgbas, vmobject)
        ctx.fill_preserve()

    def set_cairo_context_path(self, ctx: cairo.Context[Any], vmobject: VMobject) -> Self:
        """Put the outline on the context, from the path that is kept if it has only moved since."""
        ctx.new_path()
        kept = self._paths.get(vmobject)
        way = kept and _way(kept.points, vmobject.points)
        if kept and way == (0.0, 0.0):
            ctx.append_path(kept.path)
            return self
        if kept and way:
            if kept.fine is None:
                self._fine.new_path()
                _trace(self._fine, kept.points)
                kept.fine = self._fine.copy_path()
            matrix = ctx.get_matrix()
            ctx.translate(*way)
            ctx.append_path(kept.fine)
            ctx.set_matrix(matrix)
            return self
        points = self.transform_points_pre_display(vmobject, vmobject.points)
        if len(points) >= 4:
            _trace(ctx, points)
            self._paths[vmobject] = _Kept(vmobject.points.copy(), ctx.copy_path())
        return self


@dataclass
class _Kept:
    """An outline (4 n, 3), its path where it was, and one that is as exact wherever it moves."""

    points: Array
    path: cairo.Path
    fine: cairo.Path | None = None


def _span(filled: Mask) -> tuple[int, int]:
    """From the first to after the last, and at least one."""
    found = np.flatnonzero(filled)
    return (int(found[0]), int(found[-1]) + 1) if len(found) else (0, 1)


def _is_stroked(vmobject: VMobject, background: bool) -> bool:
    return bool(vmobject.get_stroke_width(background)) and _is_seen(vmobject.get_stroke_rgbas(background))


def _is_seen(rgbas: Array) -> bool:
    """Whether any of the colors (n, 4) has an opacity; mostly there is one."""
    return rgbas.item(3) != 0 if len(rgbas) == 1 else bool(rgbas[:, 3].any())


def _way(one: Array, other: Array) -> tuple[float, float] | None:
    """How far an outline has moved from ``one`` to ``other``; None if it is another outline.

    Mostly it is the same to the last bit, or its last point has moved in another way than its first.
    """
    if one.shape != other.shape or not len(one):
        return None
    if one.tobytes() == other.tobytes():
        return 0.0, 0.0
    (x, y, z), (last_x, last_y, last_z) = (other[0] - one[0]).tolist(), (other[-1] - one[-1]).tolist()
    if abs(last_x - x) > SAME or abs(last_y - y) > SAME or abs(last_z - z) > SAME:
        return None
    return (x, y) if float(np.abs(other - one - (x, y, z)).max()) < SAME else None


def _trace(ctx: cairo.Context[Any], points: Array) -> None:
    """Put Bézier curves (4 n, 3) on the path; a new subpath where one does not begin where the last ended."""
    curves = points[: len(points) // 4 * 4, :2].reshape(-1, 8)
    begins, ends = curves[:, :2], curves[:, 6:]
    breaks = (np.flatnonzero(~_meet(ends[:-1], begins[1:])) + 1).tolist()
    firsts, afters = [0, *breaks], [*breaks, len(curves)]
    closed = _meet(begins[firsts], ends[[after - 1 for after in afters]]).tolist()
    rows, curve_to = curves.tolist(), ctx.curve_to
    for first, after, is_closed in zip(firsts, afters, closed, strict=True):
        ctx.move_to(*rows[first][:2])
        for row in rows[first:after]:
            curve_to(*row[2:])
        if is_closed:
            ctx.close_path()


def _meet(ends: Array, begins: Array) -> Any:
    """Whether points (..., 2) are one for Manim, (...,) of bool."""
    return (np.abs(ends - begins) <= 1e-6 + 1e-5 * np.abs(begins)).all(axis=-1)
