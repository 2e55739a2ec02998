"""A picture of what a Mobject paints again and again although nothing of it changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Self

import cairo
import numpy as np

from scenes.kit.drawing.canvas import Canvas


class KeptPicture:
    """What was painted, kept as long as it is the same; a copy keeps a picture of its own.

    It is as large as the clip that it is painted in, so what paints much of itself outside of a box should
    clip to the box first.
    """

    def __init__(self) -> None:
        self._key: Hashable = None
        self._image: cairo.ImageSurface | None = None

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return type(self)()

    def paint(self, canvas: Canvas, state: Hashable, paint: Callable[[Canvas], None]) -> None:
        """Paint, or lay the picture that was kept over what is there.

        What changes from frame to frame is painted straight away: the picture is made when the same is asked
        for a second time. A file always gets the drawing itself.

        Args:
            canvas: what is painted on.
            state: all that decides what is painted; None is never the same.
            paint: paints it.
        """
        context = canvas.context
        target = context.get_target()
        if not canvas.scales_smoothly or not isinstance(target, cairo.ImageSurface):
            paint(canvas)
            return
        box = _clip(context)
        key = state, box, tuple(context.get_matrix()), canvas.swapped
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


def _clip(context: cairo.Context[cairo.ImageSurface]) -> tuple[int, int, int, int]:
    """The pixels that the clip reaches: left, top, and after the last to the right and at the bottom."""
    x0, y0, x1, y1 = context.clip_extents()
    xs, ys = zip(context.user_to_device(x0, y0), context.user_to_device(x1, y1), strict=True)
    low, high = np.floor([min(xs), min(ys)]), np.ceil([max(xs), max(ys)])
    return int(low[0]), int(low[1]), int(high[0]), int(high[1])
