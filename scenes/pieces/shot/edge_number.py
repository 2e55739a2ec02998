"""A number that runs beside the edge of a floor: what a weight is there, whatever moves."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import Mobject, ValueTracker
from manim.utils.color import ParsableManimColor

from scenes.kit.drawing.follow import Sources
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter
from scenes.kit.surface.trough.floor import CutFloor

AWAY = 0.2  # from the edge to the number, in picture units


class EdgeNumber(Counter):
    """The weight beside whose place it stands, upright, off the edge of ``floor`` along ``axis``.

    Args:
        floor: whose edge it is.
        axis: 0 for the first weight, 1 for the second.
        time: what the floor follows.
        weight: says the weight at every frame.
        spec: how it is written, see script/numbers.py.
        color: of the digits.
    """

    def __init__(
        self,
        floor: CutFloor,
        axis: int,
        time: ValueTracker,
        weight: Callable[[], float],
        spec: str,
        color: ParsableManimColor,
    ) -> None:
        self._floor, self._axis, self._weight = floor, axis, weight
        super().__init__(time, spec, typography.NAME, color, value=lambda _: weight())
        self.sources = Sources((time, *floor.sources, floor.trough))
        self.add_updater(lambda it: it.stand(), call_updater=True)

    def stand(self) -> Mobject:
        """Go to the weight's place."""
        weight = self._weight()
        place, normal = self._floor.edge(self._axis, weight)
        width, height = self.width_of(weight), typography.em(0.72 * typography.NAME)
        room = abs(float(normal[0])) * width / 2 + abs(float(normal[1])) * height / 2
        x, y = place + normal * (AWAY + room) - np.array([width, height]) / 2
        return self.shift(np.array([x, y, 0.0]) - self.corner)
