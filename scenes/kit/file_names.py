"""Names of files that every system takes: Windows reserves some, drops some endings and folds capitals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def fault(name: str) -> str | None:
    """Why no file or folder can be called ``name`` on every system; None if one can."""
    if _DEVICE.fullmatch(name):
        return "Windows keeps this name for a device"
    if found := _FORBIDDEN.search(name):
        return f"Windows allows no {found[0]!r} in a name"
    if name != name.rstrip(". "):
        return "Windows drops dots and blanks at the end of a name"
    return None if name else "a name has at least one letter"


def portable(name: str) -> str:
    """``name``, or the nearest that every system takes as it is."""
    tame = _FORBIDDEN.sub("-", name).rstrip(". ") or "-"
    return f"_{tame}" if _DEVICE.fullmatch(tame) else tame


def alike(names: Iterable[str]) -> list[str]:
    """Those of ``names`` that are one name where capitals do not count, as on Windows and macOS."""
    names = list(dict.fromkeys(names))
    counts = Counter(name.casefold() for name in names)
    return [name for name in names if counts[name.casefold()] > 1]
