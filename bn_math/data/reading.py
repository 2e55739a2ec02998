"""Reading a data set's columns from CSV, with an error that names the row and the column.

What a file may be is in text_files.py, what a data set may hold in dataset.py.
"""

import csv
import io
import math
import os
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from bn_math.checks import Array, shown
from bn_math.data.text_files import text_of

# A file of data is at most so many bytes, and a line of it so many characters.
MOST_BYTES, LONGEST_LINE = 64 * 10**6, 10_000


class Columns(NamedTuple):
    """What stands in a CSV file, in the order of Dataset's fields: features (n, 2), target (n,), names."""

    features: Array
    target: Array
    feature_names: tuple[str, ...]
    target_name: str


def read_columns(path: str | os.PathLike[str], target: str | None = None) -> Columns:
    """The columns of a CSV file; `target` names the target's, which is the last one without it.

    Raises ValueError naming the file, row and column of what is wrong; FileNotFoundError if there is no file.
    """
    if target is not None and not isinstance(target, str):
        raise ValueError(f"target must be a column's name, such as 'y', but is {shown(target)}")
    text = text_of(path, MOST_BYTES, LONGEST_LINE)
    try:
        return columns_of(io.StringIO(text, newline=""), os.fsdecode(path), target)
    except csv.Error as error:
        raise ValueError(f"{os.fsdecode(path)} is not CSV: {error}") from error


def columns_of(lines: Iterable[str], source: str, target: str | None = None) -> Columns:
    """The columns that are written in `lines` of CSV; `source` is what an error calls them.

    Raises ValueError naming the source, row and column of what is wrong; csv.Error for what is not CSV.
    """
    reader = csv.reader(lines)
    header = [name.strip() for name in next(reader, [])]
    _check_header(header, source)
    if target is not None and target not in header:
        raise ValueError(
            f"{source} has no column {shown(target)} for the target; its columns are {', '.join(header)}"
        )
    rows = [
        _numbers(row, header, f"{source}, row {reader.line_num}")
        for row in reader
        if any(map(str.strip, row))
    ]
    if len(rows) < 2:
        raise ValueError(
            f"{source} must have at least two rows of numbers below the header, but has {len(rows)}"
        )
    table = np.array(rows)
    at = header.index(target) if target is not None else len(header) - 1
    names = tuple(name for name in header if name != header[at])
    return Columns(np.delete(table, at, axis=1), table[:, at], names, header[at])


def _check_header(header: list[str], source: str) -> None:
    right = "row 1 must name three columns, two features and the target, such as A,B,y"
    if len(header) != 3:
        raise ValueError(f"{source}: {right}, but has {len(header)}: {_listed(header)}")
    if not all(header) or len(set(header)) != 3:
        raise ValueError(
            f"{source}: {right}, non-empty and distinct, but names {', '.join(map(repr, header))}"
        )
    if any(_is_number(name) for name in header):
        raise ValueError(f"{source}: {right}, but it holds numbers: {', '.join(header)}")


def _listed(names: list[str], most: int = 8) -> str:
    return ", ".join([*names[:most], *(["..."] if len(names) > most else [])]) or "nothing"


def _numbers(row: list[str], header: list[str], place: str) -> list[float]:
    if len(row) != len(header):
        raise ValueError(
            f"{place} must have {len(header)} values, for {', '.join(header)}, but has {len(row)}"
        )
    for name, cell in zip(header, row, strict=True):
        if not _is_number(cell) or not math.isfinite(float(cell)):
            raise ValueError(
                f"{place}, column {shown(name)}: {shown(cell.strip())} must be a finite decimal number "
                "such as 3.5"
            )
    return [float(cell) for cell in row]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
