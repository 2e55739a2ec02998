"""A mini-batch as a cloud of dots, row 1 in its ring where it is one of them."""

from __future__ import annotations

from typing import Self

from manim import VGroup

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array
from scenes.pieces.row_dots import RowDots
from scenes.pieces.rows.row_one import DOT, RowOne

SIZE = 1.35  # of dots and ring, as a share of the size at which all rows of the data are shown


class BatchCloud(VGroup):
    """The dots of row 1's mini-batch at ``places``, row 1 first and in its ring.

    Args:
        places: where the rows stand, (m, 3).
        size: of dots and ring, as a share of their usual size.
    """

    def __init__(self, places: Array, size: float = SIZE) -> None:
        self.first = RowOne(places[0], size)
        self.others = RowDots(places[1:], size * DOT, theme.current().text).set_fill(opacity=0.9)
        super().__init__(self.others, self.first)

    def put(self, places: Array) -> Self:
        """Move every row to its place, (m, 3)."""
        self.others.put(places[1:])
        self.first.put(places[0])
        return self
