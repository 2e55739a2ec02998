"""Lines of one kind that never cross, such as those of equal loss; and what is too faint for fine edges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import cairo
from manim import ManimColor

from scenes.kit.drawing.canvas import PIXEL, Array, Canvas

DIGITS = 6  # of a picture unit: ends that are as near as this are one


@contextmanager
def faintly(canvas: Canvas) -> Iterator[None]:
    """In a film, what is drawn meanwhile has edges of 16 shades, and takes little more than half of the time.

    For lines and areas of so little contrast that nobody could tell more shades apart. A file has no shades.
    """
    before = canvas.context.get_antialias()
    canvas.context.set_antialias(cairo.ANTIALIAS_FAST)
    yield
    canvas.context.set_antialias(before)


def stroke_apart(
    canvas: Canvas, lines: Iterable[Array], color: ManimColor, width: float, alpha: float = 1.0
) -> None:
    """Stroke faint polylines, each (n, 2): in a film one by one, which takes two thirds of one shape's time.

    Lines that end where another one does are one shape, or their ends would be seen on each other.

    Args:
        canvas: what is drawn on.
        lines: none crosses another.
        color: of all.
        width: in pixels at 1080p.
        alpha: opacity.
    """
    if not canvas.scales_smoothly:  # a file, in which one shape is shorter
        canvas.stroke(lines, color, width, alpha)
        return
    if alpha <= 0:
        return
    context = canvas.context
    context.set_source_rgba(*canvas.rgb(color), alpha)
    context.set_line_width(width * PIXEL)
    context.set_line_join(cairo.LINE_JOIN_ROUND)
    context.set_line_cap(cairo.LINE_CAP_ROUND)
    context.new_path()
    with faintly(canvas):
        for shape in joined(lines):
            canvas.trace(shape)
            context.stroke()


def joined(lines: Iterable[Array]) -> list[list[Array]]:
    """Lines, each (n, 2), in groups: two are together where an end of one is an end of the other."""
    groups: list[list[Array]] = []
    of_end: dict[tuple[float, float], list[Array]] = {}
    for line in lines:
        if len(line) < 2:
            continue
        ends = [(round(x, DIGITS), round(y, DIGITS)) for x, y in (line[0].tolist(), line[-1].tolist())]
        group = [line]
        for end in ends:
            other = of_end.get(end)
            if other is not None and other is not group:
                groups = [it for it in groups if it is not other]
                of_end |= {place: group for place, it in of_end.items() if it is other}
                group[:0] = other
        groups.append(group)
        of_end |= dict.fromkeys(ends, group)
    return groups
