"""Which columns of a table are the features and the target, and which of its rows are taken."""

import difflib
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np

from bn_math.checks import Array, Indices, integer, shown
from bn_math.data.numerals import (
    is_meant_as_number,
    is_missing,
    is_number,
    not_a_number,
    numbers_in,
)
from bn_math.data.table import Table, written

# What `missing` may be.
ERROR, DROP = "error", "drop"
_MOST_LISTED = 8
# So many cells of a column tell whether it is meant as numbers.
_MOST_LOOKED_AT = 1000


class Columns(NamedTuple):
    """What was taken of a table, in the order of Dataset's fields, and what was decided, in sentences."""

    features: Array
    target: Array
    feature_names: tuple[str, ...]
    target_name: str
    notes: tuple[str, ...] = ()


def check_choice(features: Sequence[str] | None, target: str | None, missing: str) -> None:
    """Raises ValueError naming the argument that can be none: names of columns, "error" or "drop"."""
    if target is not None and not isinstance(target, str):
        raise ValueError(f"target must be a column's name, such as 'y', but is {shown(target)}")
    if features is not None and (
        not isinstance(features, (tuple, list))
        or len(features) != 2
        or not all(isinstance(name, str) for name in features)
        or written(features[0]) == written(features[1])
    ):
        raise ValueError(
            f'features must be the names of two columns, such as ["A", "B"], but is {shown(features)}'
        )
    if features is not None and target is not None and written(target) in map(written, features):
        raise ValueError(f"target must not be one of the features, but is {shown(target)}")
    if not isinstance(missing, str) or missing not in (ERROR, DROP):
        raise ValueError(f'missing must be "error" or "drop", but is {shown(missing)}')


def chosen(
    table: Table,
    features: Sequence[str] | None = None,
    target: str | None = None,
    missing: str = ERROR,
) -> Columns:
    """The features and the target of a table.

    Named columns are taken, and the others are not looked at. A table of three columns has two features and,
    last, the target, unless they are named. Of more columns the first two that hold numbers are the features,
    and the last that does the target; a first column without a name, or that counts the rows from 0 or 1, is
    an index and no feature. Rows in which one of the three has no value are dropped if `missing` is "drop".
    Raises ValueError naming the table's source, row and column of what is wrong.
    """
    check_choice(features, target, missing)
    at, notes = _places(table, features, target)
    values = np.column_stack([numbers_in(table.column(i), table.mark) for i in at])
    rows = _rows(table, at, values, missing)
    dropped = len(values) - len(rows)
    if dropped:
        gone = int(np.setdiff1d(np.arange(len(values)), rows)[0])
        empty = table.names[at[int(np.isnan(values[gone]).argmax())]]
        are = "is" if dropped == 1 else "are"
        notes.append(
            f"{table.source}: {dropped} of {len(values)} rows {are} dropped, for want of a value; the first "
            f"is {table.row(gone)}, column {shown(empty)}"
        )
    if len(rows) < 2:
        but = f"{len(rows)} of its {len(values)} have all three values" if dropped else f"has {len(rows)}"
        raise ValueError(f"{table.source} must have at least two rows of numbers below the header, but {but}")
    values = values[rows]
    first, second, last = (table.names[i] for i in at)
    return Columns(values[:, :2], values[:, 2], (first, second), last, (*table.notes, *notes))


def sampled(columns: Columns, count: int, seed: int) -> Columns:
    """At most `count` rows, drawn by `seed` and left in their order; a note tells if some are left out."""
    count = integer("sample", count, at_least=2)
    rows = len(columns.target)
    if rows <= count:
        return columns
    taken = np.sort(np.random.default_rng(seed).permutation(rows)[:count])
    note = f"{count:,} of {rows:,} rows are taken, drawn at random; write sample = N for another number"
    return columns._replace(
        features=columns.features[taken], target=columns.target[taken], notes=(*columns.notes, note)
    )


def _places(
    table: Table, features: Sequence[str] | None, target: str | None
) -> tuple[tuple[int, int, int], list[str]]:
    """Where the two features and the target stand, and what is to be told of how they were chosen."""
    names = table.names
    _check_header(table, named=features is not None and target is not None)
    last = None if target is None else _place(table, target, "target")
    if features is not None:
        first, second = (_place(table, name, "features") for name in features)
    if len(names) == 3:
        if features is None:
            last = 2 if last is None else last
            first, second = (i for i in range(3) if i != last)
        elif last is None:
            (last,) = {0, 1, 2} - {first, second}
        return (first, second, last), [] if features else [_taken(table, first, second, last)]
    if features is not None and last is not None:
        return (first, second, last), []
    index = _index(table)
    numeric = [i for i in range(len(names)) if i != index and names[i] and _is_numeric(table, i)]
    free = [i for i in numeric if i != last]
    if features is not None:
        free = [i for i in numeric if i not in (first, second)]
        if not free:
            raise ValueError(f"{table.source} has no column of numbers left for the target; {_listed(table)}")
        last = free[-1]
    else:
        if len(free) < (2 if last is not None else 3):
            held = ", ".join(names[i] for i in numeric) or "none"
            raise ValueError(
                f"{table.source} must have three columns of numbers, two features and the target, but those "
                f"with numbers are {held}; {_listed(table)}"
            )
        first, second = free[:2]
        last = free[-1] if last is None else last
    for i in (first, second, last):
        _require_one(table, names[i])
    others = [names[i] or "one without a name" for i in range(len(names)) if i not in (first, second, last)]
    as_index = f" ({names[index] or 'the first column'} numbers the rows)" if index is not None else ""
    note = (
        f"{_taken(table, first, second, last)}; left out: {', '.join(_few(others))}{as_index}. "
        'Write features = ["...", "..."] and target = "..." for others'
    )
    return (first, second, last), [note]


def _taken(table: Table, first: int, second: int, last: int) -> str:
    names = table.names
    return f"{table.source}: the features are {names[first]} and {names[second]}, the target is {names[last]}"


def _check_header(table: Table, named: bool) -> None:
    names = table.names
    right = (
        f"{table.source}: row 1 must name three columns or more, two features and the target, such as A,B,y"
    )
    if len(names) < 3:
        raise ValueError(f"{right}, but has {len(names)}: {', '.join(names) or 'nothing'}")
    if not named and any(map(is_number, names)):
        raise ValueError(f"{right}, but it holds numbers: {', '.join(_few(names))}")
    if len(names) == 3 and (not all(names) or len(set(names)) != 3):
        raise ValueError(f"{right}, non-empty and distinct, but names {', '.join(map(repr, names))}")


def _place(table: Table, name: str, what: str) -> int:
    name = written(name)
    if name not in table.names:
        near = difflib.get_close_matches(name, table.names, n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise ValueError(f"{table.source} has no column {shown(name)} for {what}; {hint}{_listed(table)}")
    _require_one(table, name)
    return table.names.index(name)


def _require_one(table: Table, name: str) -> None:
    if table.names.count(name) > 1:
        raise ValueError(
            f"{table.source} has {table.names.count(name)} columns named {shown(name)}: rename them"
        )


def _listed(table: Table) -> str:
    return f"its columns are {', '.join(_few([name or repr(name) for name in table.names]))}"


def _few(names: Sequence[str]) -> list[str]:
    return [*names[:_MOST_LISTED], *(["..."] if len(names) > _MOST_LISTED else [])]


def _index(table: Table) -> int | None:
    """0 if the first column only numbers the rows: it has no name, or counts from 0 or 1."""
    if not table.names[0]:
        return 0
    values = numbers_in(table.column(0), table.mark)
    if len(values) < 2 or np.isnan(values).any():
        return None
    counts = np.arange(len(values))
    return 0 if (values == counts).all() or (values == counts + 1).all() else None


def _is_numeric(table: Table, at: int) -> bool:
    """Whether most of what stands in the column is meant as numbers."""
    column = table.column(at)
    if isinstance(column, np.ndarray) and column.dtype.kind in "iuf":
        return True
    values = list(islice((cell for cell in column if not is_missing(cell)), _MOST_LOOKED_AT))
    return 2 * sum(map(is_meant_as_number, values)) > len(values)


def _rows(table: Table, at: Sequence[int], values: Array, missing: str) -> Indices:
    """The rows (k,) in which all three have a number.

    Raises ValueError for the first cell that is no number, and for one that is missing unless it is dropped.
    """
    bad = np.isnan(values)
    if bad.any():
        columns = [table.column(i) for i in at]
        for row, which in np.argwhere(bad):
            cell, name = columns[which][row], table.names[at[which]]
            if not is_missing(cell):
                raise ValueError(
                    f"{table.source}, {table.row(int(row))}, column {shown(name)}: "
                    f"{not_a_number(cell, table.mark)}"
                )
            if missing == ERROR:
                raise ValueError(
                    f"{table.source}, {table.row(int(row))}, column {shown(name)}: "
                    f"{shown(cell) if isinstance(cell, str) else 'a missing value'} must be a finite decimal "
                    'number such as 3.5; to leave out rows without a value, write missing = "drop"'
                )
    return np.flatnonzero(~bad.any(axis=1))
