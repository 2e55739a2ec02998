"""Which letters a language's fonts have: what is in none of them would be drawn as an empty box."""

from __future__ import annotations

import importlib.util
import re
import unicodedata
from functools import cache
from pathlib import Path

from scenes.kit.languages import LANGUAGES, Language

_MATH = re.compile(r"(?<!\\)\$.*?(?<!\\)\$", re.DOTALL)  # formulas have a font of their own
_REGULAR = ("Regular", "Book", "Roman")


def folder(package: str) -> Path:
    """Where the font files of ``package`` lie.

    Raises:
        ValueError: the package is not installed.
    """
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise ValueError(f"the package {package}, which holds a font, is not installed")
    return Path(found.origin).parent


def folders(language: Language) -> list[Path]:
    """Where the files of the language's fonts lie."""
    return [folder(package) for package in dict.fromkeys(language.fonts.values())]


def without_glyph(markup: str, language: Language) -> list[str]:
    """The characters of Typst ``markup``, formulas apart, that no font of ``language`` has, sorted."""
    if markup.isascii():  # which every font has
        return []
    letters = {letter for letter in _MATH.sub("", markup) if not _is_unseen(letter)}
    return sorted(letter for letter in letters if ord(letter) not in _glyphs(language.code))


def missing(markup: str, language: Language) -> str | None:
    """A sentence about what of ``markup`` cannot be drawn; None if all of it can."""
    if not (letters := without_glyph(markup, language)):
        return None
    named = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters)
    return f"no font of {language.name} ({', '.join(language.fonts)}) has {named}, wanted in {markup!r}"


def _is_unseen(letter: str) -> bool:
    """Blanks and marks of layout: Typst makes them of a width, not of a glyph."""
    return unicodedata.category(letter) in ("Zs", "Zl", "Zp", "Cc", "Cf")


@cache
def _glyphs(code: str) -> frozenset[int]:
    """The characters that the language's fonts have, by their numbers."""
    language = LANGUAGES[code]
    found: set[int] = set()
    for family, package in language.fonts.items():
        found |= _of_family(family, folder(package))
    return frozenset(found)


def _of_family(family: str, place: Path) -> set[int]:
    """What the upright, regular face of ``family`` has.

    Raises:
        ValueError: there is no such face in ``place``.
    """
    from fontTools.ttLib import TTFont

    for path in sorted(place.rglob("*.[ot]tf")):
        with TTFont(path, lazy=True) as font:
            names = font["name"]
            if names.getBestFamilyName() == family and names.getBestSubFamilyName() in _REGULAR:
                return set(font.getBestCmap())
    raise ValueError(f"there is no regular face of the font {family!r} in {place.name}")
