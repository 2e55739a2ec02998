"""Tables: columns of numbers under their heads, aligned on the decimal point."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import RIGHT, UP, Dot, ValueTracker, VGroup
from manim.utils.color import ParsableManimColor

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.typography import Formula, Text, align_baseline

PITCH = 0.72  # from one row to the next


def decimals(values: Array) -> str:
    """The number style that suits a column: two decimals, none for large spans, more for spans below one."""
    span = float(np.ptp(values)) or 1.0
    return ".0f" if span >= 1000 else f".{2 + min(max(0, -int(np.floor(np.log10(span)))), 4)}f"


def column_style(values: Array) -> str:
    """The number style of a column that stays: no decimals for whole numbers, else :func:`decimals`."""
    return ".0f" if np.array_equal(values, np.round(values)) else decimals(values)


def cell(value: float, spec: str, size: float, color: ParsableManimColor | None = None) -> Counter:
    """A number of a table that stays as it is."""
    return Counter(ValueTracker(value), spec, size, color, align_right=True)


class NumberColumn(VGroup):
    """A head and the cells below it; their right edges at ``right``, the head's baseline at ``top``.

    Args:
        head: what stands above the numbers; it is moved.
        cells: the numbers from the first row on, each made with ``align_right``; they are moved.
        right: x of the right edges, in picture units.
        top: y of the head's baseline; the rows follow below at distances of :data:`PITCH`.
        unit: a line above the head, in what the numbers are given; it is moved.
    """

    def __init__(
        self,
        head: Text | Formula,
        cells: Sequence[Counter],
        right: float,
        top: float,
        unit: Text | None = None,
    ) -> None:
        super().__init__()
        self.head, self.cells = head, VGroup(*cells)
        align_baseline(head, top, right=right)
        if unit is not None:
            self.add(unit.next_to(head, UP, buff=0.14, aligned_edge=RIGHT))
        for row, item in enumerate(cells, start=1):
            item.shift(np.array([right, top - row * PITCH, 0.0]) - item.corner)
        self.add(head, self.cells)


def ellipsis_below(column: NumberColumn, inset: float) -> VGroup:
    """Three dots one above the other, ``inset`` from the column's right edge: the rows go on."""
    x, y, color = column.get_right()[0] - inset, column.get_bottom()[1] - 0.38, theme.current().muted
    return VGroup(*(Dot([x, y - step * 0.14, 0], 0.03, color=color) for step in range(3)))
