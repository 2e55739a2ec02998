"""Which letters a language's fonts have: what is in none of them would be drawn as an empty box."""

from __future__ import annotations

import importlib.util
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from scenes.kit.cjk import fonts_for
from scenes.kit.languages import Language

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


def folders(language: Language, markup: str = "") -> list[Path]:
    """Where the files of the fonts lie in which ``markup`` is drawn."""
    return [folder(package) for package in dict.fromkeys(fonts_for(markup, language).values()) if package]


def without_glyph(markup: str, language: Language) -> list[str]:
    """The characters of Typst ``markup``, formulas apart, that no font of ``language`` has, sorted."""
    if markup.isascii():  # which every font has
        return []
    letters = {letter for letter in _MATH.sub("", markup) if not _is_unseen(letter)}
    there = _glyphs(tuple(fonts_for(markup, language).items()))
    return sorted(letter for letter in letters if ord(letter) not in there)


def missing(markup: str, language: Language) -> str | None:
    """A sentence about what of ``markup`` cannot be drawn; None if all of it can."""
    if not (letters := without_glyph(markup, language)):
        return None
    named = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters)
    families = ", ".join(fonts_for(markup, language))
    return f"no font of {language.name} ({families}) has {named}, wanted in {markup!r}"


def _is_unseen(letter: str) -> bool:
    """Blanks and marks of layout: Typst makes them of a width, not of a glyph."""
    return unicodedata.category(letter) in ("Zs", "Zl", "Zp", "Cc", "Cf")


@cache
def _glyphs(families: tuple[tuple[str, str], ...]) -> frozenset[int]:
    """The characters that fonts have, by their numbers; fonts are pairs of a family and its package."""
    held = ((family, folder(package)) for family, package in families if package)
    return frozenset().union(*(_of_family(family, place) for family, place in held))


@cache
def _of_family(family: str, place: Path) -> frozenset[int]:
    """What the upright, regular face of ``family`` has.

    Raises:
        ValueError: there is no such face in ``place``.
    """
    for path in sorted((*place.rglob("*.[ot]tf"), *place.rglob("*.ttc"))):
        for font in _faces(path):
            names = font["name"]
            if names.getBestFamilyName() == family and names.getBestSubFamilyName() in _REGULAR:
                return frozenset(font.getBestCmap())
    raise ValueError(f"there is no regular face of the font {family!r} in {place.name}")


def _faces(path: Path) -> Iterator[Any]:
    """The faces in a file, which may be a collection."""
    from fontTools.ttLib import TTCollection, TTFont

    if path.suffix == ".ttc":
        with TTCollection(path, lazy=True) as collection:
            yield from collection.fonts
    else:
        with TTFont(path, lazy=True) as font:
            yield font
