"""What the columns of a data set are called, in which units they are, and how they are said.

How a name is drawn, shortened or read out is not known here.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bn_math.checks import shown
from bn_math.pickling import PickleByFields

# A header such as "height (cm)" or "height [cm]": a name and its unit.
_WITH_UNIT = re.compile(r"(.*\S)\s*[(\[]([^()\[\]]{1,12})[)\]]")
# Longer texts than this are no names.
LONGEST = 200
# What the film has room for in one line; a letter of Chinese, Japanese or Korean takes two places.
WIDEST = {"title": 60, "subject": 90, "source": 110}

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DataLabels(PickleByFields):
    """What a film about the data calls them. Everything may be left out.

    title: the film's, at most 60 characters; subject: what the data are, in a few words, at most 90;
    source: where they come from, for the credits, at most 110. names, units, spoken: by the columns'
    headers, what each is called on the screen and in captions, its unit, and how the voice says it;
    mappings, kept as pairs of header and text.
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
        for field, most in WIDEST.items():
            text = _text(field, getattr(self, field), most)
            object.__setattr__(self, field, text)
        for field in ("names", "units", "spoken"):
            object.__setattr__(self, field, _pairs(field, getattr(self, field)))

    def name(self, header: str) -> str:
        """What the column of this header is called; by default the header without its unit in brackets."""
        if found := dict(self.names).get(header):
            return found
        apart = _WITH_UNIT.fullmatch(header)
        return apart[1] if apart else header

    def unit(self, header: str) -> str:
        """The unit of the column of this header; by default what its header has in brackets, or nothing."""
        if header in dict(self.units):
            return dict(self.units)[header]
        apart = _WITH_UNIT.fullmatch(header)
        return apart[2] if apart and header not in dict(self.names) else ""

    def said(self, header: str) -> str:
        """How the voice is to say the name of the column; empty if that is not given."""
        return dict(self.spoken).get(header, "")

    def checked_for(self, headers: Iterable[str]) -> "DataLabels":
        """These labels, if each of them is of one of the columns `headers`, all of which have a name.

        Raises ValueError naming the table and the header of one that is of another column, and a column whose
        name is none: it has line breaks or control characters, or more than 200 characters.
        """
        known = tuple(headers)
        for header in known:
            try:
                _text("its name", self.name(header))
            except ValueError as error:
                raise ValueError(
                    f"column {shown(header)}: {error}; call it otherwise in the file, or in [names]"
                ) from None
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


def _text(field: str, text: object, most: int = LONGEST) -> str:
    if not isinstance(text, str):
        raise ValueError(f"{field} must be a text in quotes, but is {shown(text)}")
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    if len(text) > LONGEST or len(text) + wide > most:
        counted = f"{len(text)}, {wide} of them of double width" if wide else f"{len(text)}"
        raise ValueError(f"{field} must have at most {most} characters, but has {counted}")
    if any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in text):
        raise ValueError(f"{field} must be one line without control characters, but is {shown(text)}")
    return text.strip()
