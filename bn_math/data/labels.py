"""What the columns of a data set are called, in which units they are, and how they are said.

How a name is drawn, shortened or read out is not known here.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bn_math.checks import shown
from bn_math.pickling import PickleByFields

# Longer texts than this are no names, no titles.
LONGEST = 200

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DataLabels(PickleByFields):
    """What a film about the data calls them. Everything may be left out.

    title: the film's; subject: what the data are, in a few words; source: where they come from, for the
    credits. names, units, spoken: by the columns' headers, what each is called on the screen and in captions,
    its unit, and how the voice says it; mappings, kept as pairs of header and text.
    Raises ValueError naming the field for what is no text of at most 200 printable characters, and TypeError
    for a table that is none.
    """

    title: str = ""
    subject: str = ""
    source: str = ""
    names: Mapping[str, str] | Pairs = ()
    units: Mapping[str, str] | Pairs = ()
    spoken: Mapping[str, str] | Pairs = ()

    def __post_init__(self) -> None:
        """Checks every field."""
        for field in ("title", "subject", "source"):
            object.__setattr__(self, field, _text(field, getattr(self, field)))
        for field in ("names", "units", "spoken"):
            object.__setattr__(self, field, _pairs(field, getattr(self, field)))

    def name(self, header: str) -> str:
        """What the column of this header is called; by default the header."""
        return dict(self.names).get(header, header)

    def unit(self, header: str) -> str:
        """The unit of the column of this header; empty if none is given."""
        return dict(self.units).get(header, "")

    def said(self, header: str) -> str:
        """How the voice is to say the name of the column; empty if that is not given."""
        return dict(self.spoken).get(header, "")

    def checked_for(self, headers: Iterable[str]) -> "DataLabels":
        """These labels, if each of them is of one of the columns `headers`.

        Raises ValueError naming the table and the header of one that is of another column.
        """
        known = tuple(headers)
        for field in ("names", "units", "spoken"):
            for header in dict(getattr(self, field)):
                if header not in known:
                    raise ValueError(
                        f"{field} has {shown(header)}, which is no column of the data; the columns are "
                        f"{', '.join(known)}"
                    )
        return self

    def of_columns(self, headers: Iterable[str]) -> "DataLabels":
        """These labels without those of columns other than `headers`."""
        known = tuple(headers)
        kept: dict[str, Any] = {
            field: {header: text for header, text in getattr(self, field) if header in known}
            for field in ("names", "units", "spoken")
        }
        return replace(self, **kept)


def _pairs(field: str, table: object) -> Pairs:
    if isinstance(table, tuple):
        table = dict(table)
    if not isinstance(table, Mapping):
        raise TypeError(f"{field} must be a table from headers to texts, but is {shown(table)}")
    return tuple((str(header), _text(f"{field}[{shown(header)}]", text)) for header, text in table.items())


def _text(field: str, text: object) -> str:
    if not isinstance(text, str):
        raise ValueError(f"{field} must be a text in quotes, but is {shown(text)}")
    if len(text) > LONGEST:
        raise ValueError(f"{field} must have at most {LONGEST} characters, but has {len(text)}")
    if any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in text):
        raise ValueError(f"{field} must be one line without control characters, but is {shown(text)}")
    return text.strip()
