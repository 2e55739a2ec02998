"""Discs of one size and color as one shape, each with an edge that keeps it off its neighbors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import ManimColor

from scenes.kit.drawing.canvas import PIXEL, Array, Canvas

TURN = 2 * np.pi


@dataclass(frozen=True)
class Edge:
    """A line round each disc, half of it inside: its width in pixels at 1080p, color and opacity."""

    width: float
    color: ManimColor
    alpha: float


def draw_discs(
    canvas: Canvas,
    spots: Array,
    radius: float,
    color: ManimColor,
    alpha: float = 1.0,
    edge: Edge | None = None,
) -> None:
    """Draw discs: all their edges first, which lie below all of them.

    Args:
        canvas: what is drawn on.
        spots: their middles, (n, 2) in picture units.
        radius: in picture units.
        color: of all.
        alpha: opacity of all together: where two overlap, nothing adds up.
        edge: the line round each of them.
    """
    if alpha <= 0 or not len(spots):
        return
    context: Any = canvas.context
    places = spots.tolist()
    if edge is not None and edge.alpha > 0:
        half = canvas.line_width(edge.width * PIXEL) / 2
        context.new_path()
        _circles(context, places, radius + half)
        if radius > half:  # the way back is a hole; filling a ring takes a third of stroking it
            _circles(context, places, radius - half, is_hole=True)
        context.set_source_rgba(*canvas.rgb(edge.color), edge.alpha)
        context.fill()
    context.new_path()
    _circles(context, places, radius)
    context.set_source_rgba(*canvas.rgb(color), alpha)
    context.fill()


def _circles(context: Any, places: list[list[float]], radius: float, is_hole: bool = False) -> None:
    """Put circles on the path, the ones that are holes the other way round."""
    new, arc = context.new_sub_path, context.arc_negative if is_hole else context.arc
    begin, end = (TURN, 0.0) if is_hole else (0.0, TURN)
    for x, y in places:
        new()
        arc(x, y, radius, begin, end)
