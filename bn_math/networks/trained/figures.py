"""A figure over seeds as it may be shown: its median and range, and to what they hold everywhere.

Training amplifies rounding: what another processor's matrix products give may differ. To what a figure holds
is a rule here; that it does is tested under several kernels.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import Array, real_array

# Counts of steps hold as they are if none is longer. Of longer ones halves of the first digit's unit hold:
# of 20 layers of ReLU kernels gave medians from 343 to 351 and from 101 to 107, single seeds farther apart.
EXACT_STEPS = 100
# Of any other figure so many digits hold.
DIGITS = 2


@dataclass(frozen=True)
class Figure:
    """Median, lowest and highest of some seeds, and the unit to whose multiples they hold.

    All of them are numbers, or none: a figure of which a seed has no value is not shown, see `is_shown`.
    """

    median: float
    low: float
    high: float
    unit: float

    @classmethod
    def of(cls, values: ArrayLike) -> "Figure":
        """The figure of seeds (k,). Raises ValueError for what is no row of numbers."""
        seeds = _row(values)
        if not np.isfinite(seeds).all():
            return cls(math.nan, math.nan, math.nan, math.nan)
        middle = float(np.median(seeds))
        unit = _power(abs(middle)) / 10 ** (DIGITS - 1) if middle else 1.0
        return cls(middle, float(seeds.min()), float(seeds.max()), unit)

    @classmethod
    def of_steps(cls, steps: ArrayLike) -> "Figure":
        """The figure of steps (k,), where below 0 stands for not reached. Raises as `of` does."""
        seeds = _row(steps)
        if not np.isfinite(seeds).all() or (seeds < 0).any():
            return cls(math.nan, math.nan, math.nan, math.nan)
        high = float(seeds.max())
        unit = _power(high) / 2 if high > EXACT_STEPS else 1.0
        return cls(float(np.median(seeds)), float(seeds.min()), high, unit)

    @property
    def is_shown(self) -> bool:
        """Whether every seed has a value."""
        return math.isfinite(self.median)

    @property
    def is_exact(self) -> bool:
        """Whether it may be shown as it is; else "about" stands before what is `rounded`."""
        return self.unit == 1.0

    @property
    def rounded(self) -> tuple[float, float, float] | None:
        """Median, lowest and highest as multiples of the unit, 350 for 343; None if a seed has none."""
        if not self.is_shown:
            return None
        found = (self.median, self.low, self.high)
        median, low, high = (round(x / self.unit) * self.unit for x in found)
        return median, low, high


def _row(values: ArrayLike) -> Array:
    seeds = real_array("values", values)
    if seeds.ndim != 1 or not len(seeds):
        raise ValueError(f"values must be a row of numbers, one a seed, but has shape {seeds.shape}")
    return seeds


def _power(value: float) -> float:
    """The unit of the first digit: 100 for 343."""
    return float(10.0 ** math.floor(math.log10(value)))
