"""Round numbers below the lines of a plane's grid: finer ones take their place as the viewer comes nearer."""

from __future__ import annotations

import numpy as np
from manim import ValueTracker, VGroup

from scenes.kit import theme
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.kit.script import numbers
from scenes.kit.script.magnitude import short
from scenes.pieces.scaling.plane import ScalingPlane

BAND = 0.5  # below the plane, for the numbers, in picture units
OPEN, SEEN = 0.8, 0.95  # picture units from number to number, from which they are seen, and wholly
WIDEST = 11.0  # times so far, and fewer numbers would be left than a scale needs
MOST = 5  # powers of ten that are passed; of more, the first and the last are shown alone
EDGE = 0.1  # from the plane's side to a number's middle, at least


class RoundNumbers(VGroup):
    """Multiples of 1 and 5 times powers of ten, below the grid's upright lines.

    Args:
        plane: whose grid it is.
        near: how far the viewer has come, see :class:`ScalingPlane`.
    """

    def __init__(self, plane: ScalingPlane, near: ValueTracker) -> None:
        self.plane, self.values = plane, list[tuple[float, float]]()
        ends = [int(np.ceil(np.log10(OPEN / plane.unit(end)))) for end in (0.0, 1.0)]
        powers = list(range(min(ends), max(ends) + 1))
        powers = powers if len(powers) <= MOST else [powers[0], powers[-1]]
        zero = typography.name("0", theme.current().muted)
        for power in powers:
            reach = int(plane.box.width / OPEN) + 1
            for number in range(-reach, reach + 1):
                if number and number % 5:
                    self.values.append((number * float(f"1e{power}"), float(f"1e{power}")))
                if number % 2:
                    self.values.append((number * float(f"5e{power}"), float(f"5e{power}")))
            if power == powers[-1]:
                self.values += [(side * float(f"1e{power + 1}"), float(f"1e{power + 1}")) for side in (-1, 1)]
        texts = [typography.name(_written(value), theme.current().muted) for value, _ in self.values]
        super().__init__(zero, *texts)
        follow(self, (near,), lambda _: self.put(near.get_value()))

    def put(self, near: float) -> None:
        """Move the numbers to their lines, and show those that have room."""
        box, unit, zero = self.plane.box, self.plane.unit(near), float(self.plane.origin(near)[0])
        places = [(0.0, 1.0), *((value, self._seen(spacing * unit)) for value, spacing in self.values)]
        for text, (value, seen) in zip(self, places, strict=True):
            x = zero + value * unit
            opacity = seen if box.left + EDGE <= x <= box.right - EDGE else 0.0
            if opacity:
                text.move_to([x, box.bottom - BAND / 2 - 0.03, 0.0])
            if text[0].get_fill_opacity() != opacity:  # most stay away, and setting it takes long
                text.set_opacity(opacity)

    @staticmethod
    def _seen(spacing: float) -> float:
        """How much of numbers that far apart is seen."""
        if spacing > WIDEST:
            return 0.0
        return float(np.clip((spacing - OPEN) / (SEEN - OPEN), 0, 1))


def _written(value: float) -> str:
    """With as many decimals as it has, or as a power of ten where that would be long."""
    return numbers.write(value, numbers.exact([value])) if 1e-3 < abs(value) < 1e5 else short(value, digits=2)
