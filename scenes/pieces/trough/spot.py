"""A white dot on a loss, such as where it is least."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import Mobject

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.surface.trough.carrier import ROUND, Carrier, draw_mark


class Spot(Painted):
    """A dot where some weights lie; hidden where they are.

    Args:
        carrier: a Trough, its floor, or a flat map.
        weights: where, (2,).
        radius: in pixels at 1080p.
    """

    kept: ClassVar[tuple[str, ...]] = ("carrier", "weights")

    def __init__(self, carrier: Carrier, weights: Array, radius: float = 13.0) -> None:
        super().__init__()
        self.carrier, self.weights, self.radius = carrier, np.asarray(weights, dtype=float), radius
        self.points = np.zeros((1, 3))
        self.z_index = carrier.on_it
        self.sources: tuple[Mobject, ...] = carrier.sources

    def paint(self, canvas: Canvas) -> None:
        """A filled dot with a dark edge."""
        place, room = self.carrier.lay(self.weights)
        if room > 0:
            draw_mark(canvas, ROUND, place, self.radius, theme.current().iso, self.opacity)
