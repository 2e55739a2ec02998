"""A histogram as one shape: standing on its axis, or mirrored about it, as in a row of them side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

import numpy as np
from manim import VMobject
from manim.utils.color import ParsableManimColor

from scenes.kit.drawing.canvas import Array

Place = Callable[[float, float], Array]
"""Takes a value and a density to the picture."""
EMPTY = 2e-3  # of the tallest bin: what is less cannot be seen


class Histogram(VMobject):
    """Shares of what is counted between ``edges``, drawn as densities: all the areas add up to the shares.

    Two histograms over as many bins have as many corners, so one turns into the other bar by bar.

    Args:
        place: takes a value, in the units of ``edges``, and a density to the point of the picture, (3,).
        shares: of each bin, (n,); they add up to 1 if all is inside of the edges.
        edges: of the bins, ascending, (n + 1,).
        color: of outline and filling.
        mirrored: draw the densities to both sides of the axis.
        opacity: of the filling, 0 to 1.
    """

    def __init__(
        self,
        place: Place,
        shares: Array,
        edges: Array,
        color: ParsableManimColor,
        mirrored: bool = False,
        opacity: float = 0.45,
    ) -> None:
        super().__init__(stroke_color=color, stroke_width=2.0, fill_color=color, fill_opacity=opacity)
        self.mirrored = mirrored
        self.put(place, shares, edges)

    def put(self, place: Place, shares: Array, edges: Array) -> Self:
        """Draw other shares, or at another place."""
        density = np.asarray(shares, dtype=float) / np.diff(edges)
        filled = np.flatnonzero(density > EMPTY * density.max())
        # Empty bins at the ends shrink to nothing, or their outline would run along the axis.
        ends = (edges[filled[0]], edges[filled[-1] + 1]) if len(filled) else (edges[0], edges[-1])
        values = np.clip(np.repeat(edges, 2), *ends)
        heights = np.concatenate([[0.0], np.repeat(density, 2), [0.0]])
        along = list(zip(values, heights, strict=True))
        back = [(value, -height) for value, height in reversed(along)] if self.mirrored else []
        corners = np.array([place(float(value), float(height)) for value, height in [*along, *back]])
        self.set_points_as_corners(np.concatenate([corners, corners[:1]]))
        return self
