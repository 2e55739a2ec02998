"""Numbers of any size, written short: a column in one power of ten, or a figure alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from scenes.kit.script import numbers

LEAST, MOST = 1e-2, 1e7  # what is between them is written as it is


@dataclass(frozen=True)
class Magnitude:
    """A power of ten that numbers are given in, 0 where they are written as they are.

    Args:
        power: of ten, a multiple of three.
    """

    power: int = 0

    @classmethod
    def of(cls, values: Iterable[float], least: float = LEAST, most: float = MOST) -> Magnitude:
        """The one that suits ``values``: 0 if the largest is between ``least`` and ``most``."""
        largest = max((abs(float(value)) for value in values), default=0.0)
        if largest == 0 or least <= largest < most:
            return cls()
        return cls(3 * int(np.floor(np.log10(largest) / 3)))

    def share(self, value: float) -> float:
        """``value`` in this power of ten."""
        return value / 10.0**self.power if self.power >= 0 else value * 10.0**-self.power

    def write(self, value: float, spec: str) -> str:
        """``value`` in this power of ten with ``spec``, and the power behind it, as Typst markup."""
        figures = numbers.write(self.share(value), spec)
        times = f"{numbers.THIN_SPACE}×{numbers.THIN_SPACE}"
        return f"{figures}{times}{self.markup}" if self.power else figures

    @property
    def markup(self) -> str:
        """The power as Typst markup."""
        return numbers.ten_to(self.power)


def short(value: float, spec: str | None = None, digits: int = 3) -> str:
    """``value`` with so many significant digits; as a power of ten where that would be long.

    Args:
        value: what is written; 0 is written as it is.
        spec: how it is written where that shows it well: less than a million, and at least ten units of the
            last place. None for as many decimals as ``digits`` need.
        digits: how many significant digits there are otherwise.
    """
    if value == 0:
        return numbers.write(0.0)
    shows_it = spec is not None and abs(value) >= 10 * 10.0 ** -_decimals(spec)
    return numbers.write(value, spec if spec and shows_it and numbers.fits(value) else f"{digits}s")


def _decimals(spec: str) -> int:
    return int(spec[1:-1]) if spec.endswith("f") else 0


def r_style(r: float, decimals: int = 3) -> str:
    """The number style for a correlation: so many decimals that it reads 0 or 1 only if it is that."""
    size = abs(r)
    if 1e-12 < size < 0.5 * 10.0**-decimals:
        return ".0e"
    return f".{max(decimals, min(int(np.ceil(-np.log10(max(1 - size, 1e-12)) - 1e-9)), 12))}f"


def written_r(r: float) -> str:
    """A correlation with three decimals, or with more where they show that it is not 1."""
    return numbers.write(r, r_style(r))
