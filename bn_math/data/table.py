"""A table as it was read: columns of cells under their names, and what a row is called in an error.

What the cells mean is in numerals.py, which columns are taken in choice.py.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from numpy.typing import NDArray

from bn_math.data.numerals import POINT

Cells: TypeAlias = Sequence[Any] | NDArray[Any]


@dataclass(frozen=True)
class Table:
    """Columns under their names.

    source: what an error calls the table, a file's name; names: of all columns, empty for those without one;
    column: the cells of the column at an index, all of one length; row: what the row at an index is called;
    mark: the decimal mark of cells that are texts; notes: what was decided while it was read, in sentences.
    """

    source: str
    names: tuple[str, ...]
    column: Callable[[int], Cells]
    row: Callable[[int], str]
    mark: str = POINT
    notes: tuple[str, ...] = field(default=())


def written(name: object) -> str:
    """A column's name as it is compared and shown: without blanks around it, letters composed."""
    return unicodedata.normalize("NFC", str(name)).strip()
