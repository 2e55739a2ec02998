"""A number line for a mini-batch's values, its letter at the left; long numbers are in a power of ten."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import RIGHT

from scenes.kit.charts.axes import RealLine
from scenes.kit.charts.line_ticks import fitting
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.typography import FIGURE, SMALL
from scenes.kit.script.magnitude import Magnitude
from scenes.kit.script.words import Words

LEFT_END, RIGHT_END = -1.1, layout.RIGHT_EDGE


class ValueLine(RealLine):
    """A line from the least to the greatest of ``values``, with a little room at its ends.

    Args:
        values: what it shows, (n,), in data units.
        height: y of the line.
        key: the label in ``words`` that stands at its left.
        words: a scene's; they hold the label "in_power", too.
    """

    def __init__(self, values: Array, height: float, key: str, words: Words) -> None:
        self.power = Magnitude.of(values)
        shown = np.asarray(values) * self.power.share(1.0)
        room = 0.05 * float(np.ptp(shown)) or 1.0
        span = (float(shown.min()) - room, float(shown.max()) + room)
        super().__init__(span, RIGHT_END - LEFT_END, fitting(span, (LEFT_END, RIGHT_END), 7, LEFT_END - 0.1))
        self.shift(layout.at(LEFT_END, height) - self.at(span[0]))
        name = typography.Text(words.label(key), FIGURE)
        self.add(name.move_to(layout.at(LEFT_END - 0.35, height)))
        if self.power.power:
            note = typography.label(words.label("in_power", power=self.power.markup), size=SMALL)
            self.add(note.move_to(layout.at(LEFT_END - 0.25, height - 0.55), RIGHT))

    def place(self, value: float, above: float = 0.0) -> Array:
        """The point of the picture for ``value`` in data units, so far above the line."""
        return self.at(self.power.share(value), above)


def free_place(line: RealLine, places: Sequence[float]) -> float:
    """The first of ``places`` below which no number stands on ``line``, or the one farthest from them."""

    def free(value: float) -> float:
        x = line.at(value)[0]
        return min((abs(text.get_x() - x) - text.width / 2 for text in line.numbers), default=1.0)

    return next((value for value in places if free(value) > 0.1), max(places, key=free))
