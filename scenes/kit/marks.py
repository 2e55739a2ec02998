"""Marks that measure: dimension lines."""

from __future__ import annotations

import numpy as np
from manim import UP, Line, VGroup
from manim.utils.color import ParsableManimColor

from scenes.kit.canvas import Array


def dimension(
    start: Array, end: Array, color: ParsableManimColor, tick: float = 0.13, width: float = 3.0
) -> VGroup:
    """A line from ``start`` to ``end`` with a mark across each end, as on a drawing with measures."""
    way = np.asarray(end, dtype=float) - np.asarray(start, dtype=float)
    length = float(np.linalg.norm(way))
    across = tick * (np.array([-way[1], way[0], 0.0]) / length if length else UP)
    marks = [Line(place - across, place + across) for place in (start, end)]
    return VGroup(Line(start, end), *marks).set_stroke(color, width)
