"""What fades out towards the left and right edges of a box, whatever is drawn there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import cairo

from scenes.kit.drawing.canvas import Canvas

FAR = 1e5  # pixels beyond any picture


@contextmanager
def fading_out(
    canvas: Canvas, box: tuple[float, float, float, float], left: float, right: float
) -> Iterator[None]:
    """What is drawn meanwhile ends at the edges of a box, and fades before it does so at two of them.

    Args:
        canvas: what is drawn on.
        box: its left, right, bottom and top, in picture units.
        left: over how much it fades there, in picture units, 0 for not at all.
        right: likewise.
    """
    context: Any = canvas.context
    begin, end, bottom, top = box
    width = end - begin
    context.save()
    context.new_path()
    context.rectangle(begin, bottom, width, top - bottom)
    context.clip()
    context.push_group()
    yield
    context.pop_group_to_source()
    fade = cairo.LinearGradient(begin, 0, end, 0)
    fade.add_color_stop_rgba(0, 0, 0, 0, 0 if left else 1)
    fade.add_color_stop_rgba(left / width, 0, 0, 0, 1)
    fade.add_color_stop_rgba(1 - right / width, 0, 0, 0, 1)
    fade.add_color_stop_rgba(1, 0, 0, 0, 0 if right else 1)
    if not canvas.scales_smoothly:
        context.mask(fade)
    else:  # a mask takes as long as drawing what is below it, so it is laid where it changes anything
        first, inner, outer, last = (
            context.user_to_device(x, 0)[0] for x in (begin, begin + left, end - right, end)
        )
        for start, stop, mask in (
            (first, round(inner), fade),
            (round(inner), round(outer), None),
            (round(outer), last, fade),
        ):
            _between(context, start, stop, mask)
    context.restore()


def _between(context: Any, first: float, last: float, mask: cairo.LinearGradient | None) -> None:
    """Paint what lies between two columns of pixels, which are whole ones, or no edge is seen there."""
    if last <= first:
        return
    context.save()
    matrix = context.get_matrix()
    context.identity_matrix()
    context.new_path()
    context.rectangle(first, -FAR, last - first, 2 * FAR)
    context.clip()
    context.set_matrix(matrix)
    if mask is None:
        context.paint()
    else:
        context.mask(mask)
    context.restore()
