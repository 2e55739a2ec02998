"""What comes back through a network, as a stream that climbs: at every layer as wide as it is large there."""

from __future__ import annotations

import numpy as np
from manim import ManimColor, ValueTracker

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.drawing.follow import follow

TIP = 0.34  # picture units: the height of the head
HEAD = 0.16  # the least half width of the head
HAIR = 0.02  # half the width that is left where next to nothing comes


class Stream(Painted):
    """It begins at the last layer.

    Args:
        x: of its middle.
        heights: where each layer is, (layers,), the first the highest.
        widths: how wide it is there, (layers,).
        color: of the stream.
        reached: from 0 to 1, how far it has come, from the last layer to the first.
    """

    blended = ("opacity", "color")

    def __init__(
        self, x: float, heights: Array, widths: Array, color: ManimColor, reached: ValueTracker
    ) -> None:
        super().__init__()
        self.x, self.color, self.now = x, color, 0.0
        self.heights, self.widths = np.asarray(heights, dtype=float), np.asarray(widths, dtype=float)
        half = float(self.widths.max()) / 2
        self.points = np.array([[x - half, self.heights.min(), 0.0], [x + half, self.heights.max(), 0.0]])
        follow(self, (reached,), lambda it: setattr(it, "now", reached.get_value()))

    def outline(self) -> Array:
        """Of the stream as far as it has come, (k, 2), without its head."""
        last = len(self.heights) - 1
        at = last * (1 - min(self.now, 1.0))
        layers = np.concatenate([np.arange(last, np.floor(at), -1), [at]])
        steps = np.arange(last + 1)
        ys = np.interp(layers, steps, self.heights)
        half = np.maximum(np.interp(layers, steps, self.widths) / 2, HAIR)
        sides = np.stack([self.x - half, ys], axis=1), np.stack([self.x + half, ys], axis=1)[::-1]
        return np.concatenate(sides)

    def paint(self, canvas: Canvas) -> None:
        """The stream and its head, which shows the way also where nothing is left."""
        if self.now <= 0:
            return
        outline = self.outline()
        canvas.fill(outline, self.color, self.opacity)
        (left, high), (right, _) = outline[len(outline) // 2 - 1], outline[len(outline) // 2]
        half = max(0.7 * (right - left), HEAD)
        head = np.array([[self.x - half, high], [self.x + half, high], [self.x, high + TIP]])
        is_left = right - left > 2.1 * HAIR
        canvas.fill(head, self.color if is_left else theme.current().muted, self.opacity)
