"""One value of a feature as a label writes it: as fine as the feature asks for, and never long."""

from __future__ import annotations

import re

import numpy as np

from bn_math import Lesson
from scenes.kit.script import numbers
from scenes.kit.script.magnitude import short

LEAST, MOST = 1e-4, 1e7  # what is between them is written without a power of ten


def feature_value(lesson: Lesson, feature: int, value: float, is_whole: bool | None = None) -> float | str:
    """``value`` for a label's ``{value:.2f}``: itself where two decimals suit the feature, else as markup.

    Args:
        lesson: whose feature it is.
        feature: 0 or 1.
        value: in the feature's units.
        is_whole: whether it is written without decimals; by default where all the feature's values are whole.
    """
    column = lesson.data.features[:, feature]
    spread, largest = float(lesson.data.stds[feature]), float(np.abs(column).max())
    if spread < LEAST or largest >= MOST:
        return short(value)
    if is_whole or (is_whole is None and np.array_equal(column, np.round(column))):
        return numbers.write(value, ".0f")
    decimals = 1 - int(np.floor(np.log10(spread)))
    return numbers.write(value, f".{decimals}f") if decimals > 2 else value


def statistic(value: float) -> float | str:
    """``value`` for a label's ``{value:.2f}``: itself where two decimals suit it, else as short markup."""
    return value if value == 0 or 0.01 <= abs(value) < 1e6 else short(value)


def in_formula(written: float | str) -> float | str:
    """The same as Typst's notation for formulas has it, where a power is no raised text."""
    return re.sub(r"#super\[(.*?)\]", r"^(\1)", written) if isinstance(written, str) else written


def in_brackets(written: float | str, number: float) -> float | str:
    """A number that follows a minus: in brackets if it is below zero."""
    if number >= 0 or written == 0:
        return written
    return f"({written if isinstance(written, str) else numbers.write(written, '.2f')})"
