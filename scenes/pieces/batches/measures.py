"""A figure that goes along with a tracker: digits that run, or what it was and then what it has become."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import RIGHT, Mobject, ValueTracker, VGroup

from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.typography import HEADING, Text
from scenes.kit.script import numbers
from scenes.kit.script.magnitude import short

MOST_DECIMALS = 5  # of digits that run


class Measure(VGroup):
    """The figure ``value(tracker's value)`` in a column, its baseline's right end at ``corner``.

    Its digits run from the tracker's 0 to its end. Where they would not show the number there, as with a
    millionth, it is written at these two only, as a power of ten, and changes over half-way.

    Args:
        source: the tracker, which begins at 0.
        value: takes what the tracker says to the number.
        spread: the standard deviation of what is measured; the figures are as fine as it asks for.
        end: what the tracker says in the end, not 0.
    """

    def __init__(
        self, source: ValueTracker, value: Callable[[float], float], spread: float, end: float = 1.0
    ) -> None:
        super().__init__()
        decimals = 2 if spread <= 0 else max(2, 1 - int(np.floor(np.log10(spread))))
        ends, least = (value(0.0), value(end)), 0.5 * 10.0**-decimals
        shown = decimals <= MOST_DECIMALS and (abs(ends[1]) >= least or ends[1] == 0)
        self.corner: Array = np.zeros(3)
        if shown:
            counter = Counter(source, f".{decimals}f", HEADING, value=value, align_right=True)
            self.corner, self.room = counter.corner, max(map(counter.width_of, ends))
            self.add(counter)
            return
        for number in ends:
            self.add(typography.align_baseline(Text(_written(number), HEADING), 0.0).set_x(0.0, RIGHT))
        self.room = max(text.width for text in self)

        def update(_: Mobject) -> None:
            has_come = source.get_value() / end >= 0.5
            for text, is_seen in zip(self, (not has_come, has_come), strict=True):
                text.set_fill(opacity=float(is_seen))

        follow(self, (source,), update)
        update(self)

    def put(self, corner: Array) -> Measure:
        """Move the right end of the baseline."""
        self.shift(corner - self.corner)
        self.corner = corner
        return self


def _written(number: float) -> str:
    return numbers.write(number, ".2f") if number == 0 or 0.01 <= abs(number) < 1000 else short(number)
