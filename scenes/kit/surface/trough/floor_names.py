"""Words along the edges of a cut-out loss's floor: which weight runs there, and where a value stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import numpy as np
from manim import Mobject

from scenes.kit import theme
from scenes.kit.drawing.canvas import PIXEL, Array, Canvas, Painted
from scenes.kit.drawing.follow import follow
from scenes.kit.surface.trough.floor import CutFloor

AWAY = 0.16  # from the edge to the words, in picture units
STEEPEST = 75.0  # degrees by which words lean at most


def along_edge(
    text: Mobject,
    floor: CutFloor,
    axis: int,
    weight: float | Callable[[], float] | None = None,
    away: float = AWAY,
    leans: bool = True,
    follows: tuple[Mobject, ...] = (),
) -> Mobject:
    """Keep ``text`` beside the edge of ``floor`` along ``axis`` that faces the viewer, whatever moves.

    Args:
        text: the words.
        floor: whose edge it is.
        axis: 0 for the first weight, 1 for the second.
        weight: the value beside which the words stand, or what says it at every frame; by default the
            middle of the edge.
        away: from the edge to the words, in picture units.
        leans: whether the words lie along the edge, else they are upright.
        follows: what ``weight`` reads, such as trackers.
    """
    text.set(beside_floor=(floor, axis))
    text.move_to([0.0, 0.0, 0.0])
    upright, width, height = text.copy(), text.width, text.height

    def update(it: Mobject) -> None:
        window = floor.trough.window
        value = weight() if callable(weight) else weight
        value = float(window.loss.minimizer[axis]) if value is None else value
        place, normal = floor.edge(axis, value)
        angle = float(np.degrees(np.arctan2(-normal[0], normal[1]))) if leans else 0.0
        angle = (angle + 90.0) % 180.0 - 90.0  # never upside down
        angle = float(np.clip(angle, -STEEPEST, STEEPEST))
        turned = np.radians(angle)
        across = np.array([-np.sin(turned), np.cos(turned)])
        along = np.array([np.cos(turned), np.sin(turned)])
        room = abs(float(normal @ across)) * height / 2 + abs(float(normal @ along)) * width / 2
        x, y = place + normal * (away + room)
        axes = np.array([[*along, 0.0], [*across, 0.0], [0.0, 0.0, 1.0]])
        for part, first in zip(it.get_family(), upright.get_family(), strict=True):
            part.points = first.points @ axes + [x, y, 0.0]

    return follow(text, (*floor.sources, floor.trough, *follows), update)


class EdgeMark(Painted):
    """A dot on the floor's edge where a weight has a value, such as that of the start.

    Args:
        floor: whose edge it is.
        axis: 0 for the first weight, 1 for the second.
        weight: the value, or what says it at every frame.
        radius: in pixels at 1080p.
        follows: what ``weight`` reads, such as trackers.
    """

    kept: ClassVar[tuple[str, ...]] = ("floor", "_weight")

    def __init__(
        self,
        floor: CutFloor,
        axis: int,
        weight: float | Callable[[], float],
        radius: float = 9.0,
        follows: tuple[Mobject, ...] = (),
    ) -> None:
        super().__init__()
        self.floor, self.axis, self.radius = floor, axis, radius
        self._weight = weight
        self.points = np.zeros((1, 3))
        self.z_index = floor.on_it
        self.sources: tuple[Mobject, ...] = (*floor.sources, *follows)

    @property
    def place(self) -> Array:
        """Where it stands in the picture, (2,)."""
        value = self._weight() if callable(self._weight) else self._weight
        return self.floor.edge(self.axis, value)[0]

    def paint(self, canvas: Canvas) -> None:
        """A round dot in the feature's color."""
        palette = theme.current()
        color = (palette.feature_a, palette.feature_b)[self.axis]
        stops = [(0.0, color, self.opacity), (0.9, color, self.opacity), (1.0, color, 0.0)]
        canvas.disc(self.place, self.radius * PIXEL, stops)
