"""Tables that are no text: pandas and polars frames, and spreadsheets and Parquet files, which polars reads.

polars and its reader of spreadsheets are the extra `data`; nothing else here needs them.
"""

import os
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

from bn_math.checks import shown
from bn_math.data.numerals import is_number
from bn_math.data.table import Cells, Table, written
from bn_math.data.text_files import require_file

SPREADSHEET, PARQUET = ".xlsx", ".parquet"
# A table has at most so many rows, and a spreadsheet so many bytes once it is unpacked.
MOST_ROWS, MOST_UNPACKED = 10**7, 10**9


def table_of_frame(frame: Any) -> Table:
    """The columns of a pandas or polars frame, rows counted from 0.

    Raises TypeError for what is no such frame.
    """
    if hasattr(frame, "collect") and hasattr(frame, "collect_schema"):
        frame = frame.collect()  # polars' lazy frame
    if hasattr(frame, "iloc") and hasattr(frame, "columns"):
        at: Callable[[int], Any] = lambda i: frame.iloc[:, i]  # noqa: E731
    elif hasattr(frame, "to_series") and hasattr(frame, "columns"):
        at = frame.to_series
    else:
        raise TypeError(f"frame must be a pandas or polars frame, but is {shown(frame)}")
    names = tuple(written(name) for name in frame.columns)
    return Table("the frame", names, lambda i: _cells(at(i)), lambda i: f"row {i}, counted from 0")


def table_of_file(path: str | os.PathLike[str], most_bytes: int) -> Table:
    """The table in a spreadsheet's first sheet (.xlsx), or in a Parquet file (.parquet).

    Raises ValueError naming the file if it cannot be read, and the extra if its reader is not installed.
    """
    name = require_file(path)
    size = os.stat(path).st_size
    if size > most_bytes:
        raise ValueError(f"{name} is too long: it has more than {most_bytes:,} bytes")
    try:
        import fastexcel
        import polars
    except ImportError as error:
        raise ValueError(
            f'{name} can be read once the extra data is installed: pip install "valley-to-bowl[data]" '
            f"(in a checkout: sh bnviz/setup.sh voice data), but there is no {error.name}; or save it as CSV"
        ) from error
    return _parquet(polars, name) if Path(name).suffix.lower() == PARQUET else _spreadsheet(fastexcel, name)


def _parquet(polars: Any, name: str) -> Table:
    try:
        lazy = polars.scan_parquet(name)
        count = int(lazy.select(polars.len()).collect().item())
        names = tuple(lazy.collect_schema().names())
        if count > MOST_ROWS:
            raise ValueError(f"{name} has {count:,} rows, at most {MOST_ROWS:,} are read")
    except (polars.exceptions.PolarsError, OSError) as error:
        raise ValueError(f"{name} is no Parquet file: {_first_line(error)}") from error

    def column(i: int) -> Cells:
        return _cells(lazy.select(polars.col(names[i])).collect().to_series())

    return Table(name, tuple(map(written, names)), column, lambda i: f"row {i}, counted from 0")


def _spreadsheet(fastexcel: Any, name: str) -> Table:
    try:
        with zipfile.ZipFile(name) as packed:
            unpacked = sum(item.file_size for item in packed.infolist())
    except zipfile.BadZipFile as error:
        raise ValueError(f"{name} is no .xlsx file: {error}") from error
    if unpacked > MOST_UNPACKED:
        raise ValueError(f"{name} is too long: unpacked it has more than {MOST_UNPACKED:,} bytes")
    try:
        book = fastexcel.read_excel(name)
        # Row by row as they stand in the sheet: once as texts, and once as numbers, which texts round.
        texts, values = (
            book.load_sheet(0, header_row=None, skip_rows=0, dtypes=kind).to_polars().get_columns()
            for kind in ("string", "float")
        )
        sheets = book.sheet_names
    except fastexcel.FastExcelError as error:
        raise ValueError(f"{name} is no .xlsx file: {_first_line(error)}") from error
    columns = [_merged(*pair) for pair in zip(texts, values, strict=True)]
    rows = [i for i in range(len(columns[0]) if columns else 0) if any(c[i] is not None for c in columns)]
    header = tuple(written("" if text[rows[0]] is None else text[rows[0]]) for text in texts if rows)
    kept = [[column[i] for i in rows[1:]] for column in columns]
    notes = (f"{name}: the first sheet is read, {sheets[0]}",) if len(sheets) > 1 else ()
    return Table(name, header, lambda i: kept[i], lambda i: f"row {rows[i + 1] + 1}", notes=notes)


def _merged(texts: Iterable[str | None], values: Iterable[float | None]) -> list[Any]:
    """A column's cells: numbers where the text is one, texts, and None where nothing stands."""
    return [
        value if text is not None and is_number(text) else (text or "").strip() or None
        for text, value in zip(texts, values, strict=True)
    ]


def _cells(series: Any) -> Cells:
    """A series' cells: an array of numbers where it is one, else a list."""
    values = series.to_numpy()
    return values if isinstance(values, np.ndarray) and values.dtype.kind in "iuf" else list(series)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
