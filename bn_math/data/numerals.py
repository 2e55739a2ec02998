"""Numbers as people write them: decimal points and commas, thousands separators, and what is missing.

A cell is a text from a file, or whatever a frame's column holds. Which cells make a data set is not known.
"""

import math
import numbers
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bn_math.checks import Array, shown

POINT, COMMA = ".", ","

# What people and programs write where a value is missing; letters in any case.
_MISSING = {"", "na", "n/a", "n.a.", "#n/a", "nan", "null", "none", "nil", "missing", "-", "--", "?", "."}
# \u2212 is the minus sign of typesetters.
_SIGN, _EXPONENT = "[+\u2212-]?", "(?:[eE][+\u2212-]?[0-9]+)?"
_NUMBER = {
    mark: re.compile(
        f"{_SIGN}(?:[0-9]+(?:{re.escape(mark)}[0-9]*)?|{re.escape(mark)}[0-9]+){_EXPONENT}", re.ASCII
    )
    for mark in (POINT, COMMA)
}
# Groups of three, as in 1,234,567.8 or 1.234.567,8 or 1 234 567: one separator between all of them.
_GROUPED = re.compile(
    f"{_SIGN}[0-9]{{1,3}}(?P<group>[.,'\u2019 \u00a0\u2009\u202f_])[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*"
    "(?P<rest>[.,][0-9]*)?"
)
# One comma with three digits behind it, which may be a decimal comma as well.
_ONE_GROUP = re.compile(f"{_SIGN}[1-9][0-9]{{0,2}},[0-9]{{3}}")
_SEPARATORS = {
    **{"'": "an apostrophe", "\u2019": "an apostrophe", " ": "a blank", "_": "an underscore"},
    **{"\u00a0": "a blank", "\u2009": "a blank", "\u202f": "a blank", ",": "a comma", ".": "a point"},
}


def is_missing(cell: Any) -> bool:
    """Whether a cell stands for no value: empty, NA, null, NaN and the like."""
    if isinstance(cell, str):
        return cell.strip().lower() in _MISSING
    if cell is None or type(cell).__name__ in ("NAType", "NaTType"):  # pandas' own
        return True
    return isinstance(cell, (float, Decimal, np.floating)) and math.isnan(cell)


def number_in(cell: Any, mark: str = POINT) -> float | None:
    """The finite number in a cell that has `mark` for its decimal mark; None if it is none."""
    if isinstance(cell, str):
        text = cell.strip()
        if not _NUMBER[mark].fullmatch(text):
            return None
        value = float(text.replace("\u2212", "-").replace(mark, POINT))
    elif isinstance(cell, (numbers.Real, Decimal)) and not isinstance(cell, (bool, np.bool_, np.timedelta64)):
        try:
            value = float(cell)
        except OverflowError:
            return None
    else:
        return None
    return value if math.isfinite(value) else None


def is_number(cell: Any) -> bool:
    """Whether a cell is a number, with either decimal mark."""
    return any(number_in(cell, mark) is not None for mark in (POINT, COMMA))


def is_meant_as_number(cell: Any) -> bool:
    """Whether a cell is a number, or one with something between its thousands."""
    return is_number(cell) or (isinstance(cell, str) and bool(_GROUPED.fullmatch(cell.strip())))


def numbers_in(column: Sequence[Any] | NDArray[Any], mark: str = POINT) -> Array:
    """The numbers in a column, (n,), NaN where there is none or it is missing."""
    if isinstance(column, np.ndarray) and column.dtype.kind in "iuf":
        values = column.astype(np.float64)
        return np.where(np.isfinite(values), values, np.nan)
    found = (number_in(cell, mark) for cell in column)
    return np.array([math.nan if value is None else value for value in found], dtype=np.float64)


def decimal_mark(columns: Iterable[Sequence[str]]) -> str:
    """The decimal mark of columns of texts that no comma separates: a point, unless only commas are seen.

    Cells in groups of three are no evidence if their column has other forms as well; see `not_a_number`.
    """
    seen: Counter[str] = Counter()
    for column in columns:
        for cell in column:
            text = cell.strip()
            seen[POINT] += POINT in text and bool(_NUMBER[POINT].fullmatch(text))
            seen[COMMA] += COMMA in text and bool(_NUMBER[COMMA].fullmatch(text))
    return COMMA if seen[COMMA] and not seen[POINT] else POINT


def ambiguous(column: Sequence[str]) -> str | None:
    """A cell of which nobody can tell whether its comma is decimal or parts thousands; None if none is.

    That is so in a column where every comma has three digits behind it, and beside them stand whole numbers
    below a thousand, as 950 stands beside 1,234.
    """
    texts = [cell.strip() for cell in column if not is_missing(cell)]
    with_comma = [text for text in texts if COMMA in text]
    if not with_comma or not all(map(_ONE_GROUP.fullmatch, with_comma)):
        return None
    return with_comma[0] if any(re.fullmatch(f"{_SIGN}[0-9]{{1,3}}", text) for text in texts) else None


def not_a_number(cell: Any, mark: str) -> str:
    """What is wrong with a cell that holds no number, and what would be right: the rest of a sentence."""
    right = "must be a finite decimal number such as 3.5"
    if not isinstance(cell, str):
        return f"{shown(cell.item() if isinstance(cell, np.generic) else cell)} {right}"
    text = cell.strip()
    if (match := _GROUPED.fullmatch(text)) and not is_number(text):
        plain = text.replace(match["group"], "")
        return (
            f"{shown(text)} {right}, but has {_SEPARATORS[match['group']]} between its thousands: write it "
            f"without, as {plain}"
        )
    if mark == POINT and COMMA in text and number_in(text, COMMA) is not None:
        thousands = (
            f", or, if the comma parts thousands, without it, as {text.replace(',', '')}"
            if _GROUPED.fullmatch(text)
            else ""
        )
        return (
            f"{shown(text)} {right}, but has a comma: write {text.replace(',', '.')}{thousands}; if all "
            'numbers in the file have a decimal comma, write decimal = "," in the lesson file'
        )
    if mark == COMMA and POINT in text and number_in(text, POINT) is not None:
        return (
            f"{shown(text)} has a point, but other numbers in the file have a decimal comma: write one of "
            "them everywhere, and nothing between thousands"
        )
    return f"{shown(text)} {right}"
