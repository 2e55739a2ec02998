"""A CSV file's text as a table: which separator it has, which decimal mark, and its rows.

How bytes become text is in text_files.py, what a cell says in numerals.py.
"""

import csv
import io
import re
from collections.abc import Sequence
from typing import NamedTuple

from bn_math.checks import shown
from bn_math.data.numerals import COMMA, POINT, ambiguous, decimal_mark, is_number
from bn_math.data.table import Table, written

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_SEP_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
# So many records are looked at to find the separator.
_LOOKED_AT = 50


class _Row(NamedTuple):
    line: int
    cells: list[str]


def table_of(text: str, source: str, decimal: str | None = None) -> Table:
    """The table that is written in `text`: a first row of names, then a record a row.

    Empty lines are skipped. The separator is a comma, a semicolon or a tab: the one that a first line
    `sep=;` names, or under which rows have as many cells as there are names. Where it is no comma, numbers
    may have a decimal comma, if no number has a point; `decimal`, "." or ",", says so instead.
    Raises ValueError naming the source and row of what is wrong; csv.Error for what is not CSV.
    """
    first, rest = _first_line(text)
    skipped = 0
    if match := _SEP_LINE.fullmatch(first):
        separator, text, skipped = match[1], rest, 1
        if separator not in _SEPARATORS:
            raise ValueError(
                f"{source}, row 1 must name a comma, a semicolon or a tab, but is {shown(first)}"
            )
    else:
        separator = _separator(text)
    rows = _rows(text, separator, skipped)
    header = [written(name) for name in rows[0].cells] if rows else []
    records = [_without_end(row, len(header), header, source, separator) for row in rows[1:]]
    if header and not header[-1] and not any(cells[-1].strip() for cells in records):
        header = header[:-1]  # every line ends with a separator
    columns: list[tuple[str, ...]] = list(zip(*records, strict=True)) or [()] * len(header)
    notes = []
    mark = decimal or (POINT if separator == "," else decimal_mark(columns))
    if mark == COMMA and decimal is None:
        for name, column in zip(header, columns, strict=False):
            if cell := ambiguous(column):
                raise ValueError(
                    f"{source}, column {shown(name)}: {shown(cell)} may have a decimal comma or one between "
                    'thousands; write decimal = "," in the lesson file, or the numbers without separators'
                )
    if separator != ",":
        notes.append(
            f"{source}: columns are separated by {_SEPARATORS[separator]}"
            + (", and numbers have a decimal comma" if mark == COMMA else "")
        )
    lines = [row.line for row in rows[1:]]
    return Table(source, tuple(header), lambda i: columns[i], lambda i: f"row {lines[i]}", mark, tuple(notes))


def _first_line(text: str) -> tuple[str, str]:
    end = re.search(r"\r\n|\r|\n", text)
    return (text[: end.start()], text[end.end() :]) if end else (text, "")


def _rows(text: str, separator: str, skipped: int = 0) -> list[_Row]:
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=separator != "\t"
    )
    return [_Row(reader.line_num + skipped, row) for row in reader if any(map(str.strip, row))]


def _separator(text: str) -> str:
    """The one under which the most rows have as many cells as the first, and among such the most cells."""

    def fit(separator: str) -> tuple[float, int]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        rows = []
        try:
            for row in reader:
                if any(map(str.strip, row)):
                    rows.append(row)
                if len(rows) > _LOOKED_AT:
                    break
        except csv.Error:
            return 0.0, 0
        names = len(rows[0]) if rows else 0
        if names < 2:
            return 0.0, names
        alike = sum(len(row) == names for row in rows[1:])
        # Commas that a header alone has, within names, are outdone by semicolons in every row.
        return (alike / (len(rows) - 1) if len(rows) > 1 else 0.5), names

    return max(_SEPARATORS, key=fit)


def _without_end(row: _Row, count: int, header: Sequence[str], source: str, separator: str) -> list[str]:
    """The row's cells, as many as there are names; empty ones beyond are what a last separator leaves."""
    cells = row.cells
    while len(cells) > count and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) == count:
        return cells
    shown_names = ", ".join([*header[:8], *(["..."] if count > 8 else [])])
    hint = (
        "; where numbers have a decimal comma, columns must be separated by semicolons"
        if separator == "," and len(cells) > count and all(map(is_number, cells))
        else ""
    )
    raise ValueError(
        f"{source}, row {row.line} must have {count} values, for {shown_names}, but has {len(cells)}{hint}"
    )
