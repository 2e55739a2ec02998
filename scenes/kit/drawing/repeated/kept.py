"""A picture of what a Mobject paints again and again although nothing of it changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Self

import cairo
import numpy as np
from numpy.typing import ArrayLike

from scenes.kit.drawing.canvas import Canvas


class KeptPicture:
    """What was painted, kept as long as it is the same; a copy keeps a picture of its own."""

    def __init__(self) -> None:
        self._key: Hashable = None
        self._image: cairo.ImageSurface | None = None

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return type(self)()

    def paint(
        self,
        canvas: Canvas,
        state: Hashable,
        paint: Callable[[Canvas], None],
        within: ArrayLike | None = None,
    ) -> None:
        """Paint, or lay the picture that was kept over what is there.

        What changes from frame to frame is painted straight away: the picture is made when the same is asked
        for a second time. A file always gets the drawing itself.

        Args:
            canvas: what is painted on.
            state: all that decides what is painted.
            paint: paints it.
            within: two corners of a box that holds all of it, (2, 2) in picture units; None is all that the
                clip lets through.
        """
        context = canvas.context
        target = context.get_target()
        if not canvas.scales_smoothly or not isinstance(target, cairo.ImageSurface):
            paint(canvas)
            return
        box = _clip(context, within)
        to_pixels = context.get_matrix()
        scale = to_pixels.xx, to_pixels.yx, to_pixels.xy, to_pixels.yy, to_pixels.x0, to_pixels.y0
        key = state, box, scale, canvas.swapped
        if key != self._key:
            self._key, self._image = key, None
            paint(canvas)
            return
        if self._image is None:
            left, top, right, bottom = box
            self._image = cairo.ImageSurface(cairo.FORMAT_ARGB32, max(right - left, 1), max(bottom - top, 1))
            self._image.set_device_offset(-left, -top)
            inner = cairo.Context(self._image)
            inner.set_matrix(context.get_matrix())
            paint(Canvas(inner, canvas.swapped))
        canvas.lay(self._image)


def _clip(context: cairo.Context[Any], within: ArrayLike | None) -> tuple[int, int, int, int]:
    """The pixels that are reached: left, top, and after the last to the right and at the bottom."""
    x0, y0, x1, y1 = context.clip_extents()
    low, high = np.array([x0, y0]), np.array([x1, y1])
    if within is not None:
        corners = np.asarray(within, dtype=float)
        low, high = np.maximum(low, corners.min(axis=0)), np.minimum(high, corners.max(axis=0))
    ends = np.array([context.user_to_device(*low), context.user_to_device(*high)])
    left, top = np.floor(ends.min(axis=0)).astype(int).tolist()
    right, bottom = np.ceil(ends.max(axis=0)).astype(int).tolist()
    return left, top, right, bottom
