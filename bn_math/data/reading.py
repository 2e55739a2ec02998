"""Reading the columns of a data set from a file or a frame, by what is said of them.

What a file may be is in text_files.py, what its text says in csv_table.py and numerals.py, which columns are
taken in choice.py, and what a data set may hold in dataset.py.
"""

import csv
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bn_math.checks import integer, shown
from bn_math.data.choice import ERROR, Columns, check_choice, chosen, sampled
from bn_math.data.csv_table import table_of
from bn_math.data.frames import PARQUET, SPREADSHEET, table_of_file, table_of_frame
from bn_math.data.numerals import COMMA, POINT
from bn_math.data.table import Table
from bn_math.data.text_files import encoding_named, text_of

# A file of data is at most so many bytes, and a line of it so many characters.
MOST_BYTES, LONGEST_LINE = 64 * 10**6, 10_000
# The endings of files of data.
SUFFIXES = (".csv", ".tsv", ".txt", SPREADSHEET, PARQUET)


@dataclass(frozen=True)
class Reading:
    """How columns are read from a file or a frame.

    features: the names of the two features' columns, target: the target's; without them the table's three
    columns, or of more than three the first two and the last that hold numbers. missing: "error" refuses a
    row in which one of the three has no value, "drop" leaves it out. sample: at most so many rows are taken,
    drawn by a seed; None takes all. encoding: what a CSV file is written in, such as "latin-1"; without it
    UTF-8, or what a byte-order mark says. decimal: a CSV file's decimal mark, "." or ","; without it, it is
    found from the text.
    Raises ValueError naming the field for a value that can be none.
    """

    features: Sequence[str] | None = None
    target: str | None = None
    missing: str = ERROR
    sample: int | None = None
    encoding: str | None = None
    decimal: str | None = None

    def __post_init__(self) -> None:
        """Checks every field."""
        check_choice(self.features, self.target, self.missing)
        if self.sample is not None:
            integer("sample", self.sample, at_least=2)
        encoding_named(self.encoding)
        if self.decimal is not None and not (
            isinstance(self.decimal, str) and self.decimal in (POINT, COMMA)
        ):
            raise ValueError(f'decimal must be "." or ",", but is {shown(self.decimal)}')

    def file(self, path: str | os.PathLike[str], seed: int = 0) -> Columns:
        """The columns of a CSV file, whatever its ending, or of an .xlsx or .parquet file.

        Raises ValueError naming the file, row and column of what is wrong; FileNotFoundError if there is no
        file.
        """
        return self._columns(self._table(path), seed)

    def names(self, path: str | os.PathLike[str]) -> tuple[str, ...]:
        """The names of all columns of such a file. Raises as `file` does."""
        return tuple(self._table(path).names)

    def _table(self, path: str | os.PathLike[str]) -> Table:
        suffix = Path(os.fsdecode(path)).suffix.lower() if isinstance(path, (str, bytes, os.PathLike)) else ""
        if suffix in (SPREADSHEET, PARQUET):
            return table_of_file(path, MOST_BYTES)
        text = text_of(path, MOST_BYTES, LONGEST_LINE, self.encoding)
        name = os.fsdecode(path)
        try:
            return table_of(text, name, self.decimal)
        except csv.Error as error:
            raise ValueError(f"{name} is not CSV: {error}") from error

    def frame(self, frame: Any, seed: int = 0) -> Columns:
        """The columns of a pandas or polars frame. Raises ValueError naming row and column, or TypeError."""
        return self._columns(table_of_frame(frame), seed)

    def text(self, text: str, source: str) -> Columns:
        """The columns of CSV; `source` is what an error calls it."""
        return self._columns(table_of(text, source, self.decimal), 0)

    def _columns(self, table: Table, seed: int) -> Columns:
        columns = chosen(table, self.features, self.target, self.missing)
        return columns if self.sample is None else sampled(columns, self.sample, seed)
