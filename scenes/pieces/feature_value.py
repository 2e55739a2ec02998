"""One value of a feature as a label writes it: as fine as the feature asks for, short where it would be long."""

from __future__ import annotations

import numpy as np

from bn_math import Lesson
from scenes.kit.script import numbers
from scenes.kit.script.magnitude import short

LEAST, MOST = 1e-4, 1e7  # what is between them is written without a power of ten


def feature_value(lesson: Lesson, feature: int, value: float) -> float | str:
    """``value`` for a label's ``{value:.2f}``: itself where two decimals suit the feature, else as markup."""
    column = lesson.data.features[:, feature]
    spread, largest = float(lesson.data.stds[feature]), float(np.abs(column).max())
    if not LEAST <= spread or largest >= MOST:
        return short(value)
    if np.array_equal(column, np.round(column)):
        return numbers.write(value, ".0f")
    decimals = 1 - int(np.floor(np.log10(spread)))
    return numbers.write(value, f".{decimals}f") if decimals > 2 else value


def statistic(value: float) -> float | str:
    """``value`` for a label's ``{value:.2f}``: itself where two decimals suit it, else as short markup."""
    return value if value == 0 or 0.01 <= abs(value) < 1e6 else short(value)
