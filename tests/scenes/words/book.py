"""What the tests of the words share: the words as they stand in the files, and the numbers of the article."""

from __future__ import annotations

import functools
import re
import string
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

import scenes
from bn_math import Lesson
from scenes.kit.script import variants
from tests.scenes.shown import computed

SCENES = Path(scenes.__file__).parent
WORD_FILES = sorted((SCENES / "words").glob("*.toml"))
ARTICLE = Lesson.article()
COLUMNS = {
    "target",
    *(f"{word}_{key}" for word in ("feature", "weight", "sigma", "mu", "column") for key in "ab"),
}


@functools.cache
def book(language: str = "en") -> Mapping[str, Any]:
    return tomllib.loads((SCENES / "words" / f"{language}.toml").read_text(encoding="utf-8"))


def entries(page: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every string of a words file, with where it stands."""
    if isinstance(page, str):
        yield path, page
    elif not isinstance(page, int):  # a year, or another number that no data change
        for key, value in page.items() if isinstance(page, Mapping) else enumerate(page):
            yield from entries(value, (*path, str(key)))


def outside(text: str) -> str:
    """What stands outside of braces."""
    return "".join(plain for plain, *_ in string.Formatter().parse(text))


def placeholders(text: str) -> list[tuple[str, str]]:
    """(name, style) of everything in braces."""
    return [(name, spec or "") for _, name, spec, _ in string.Formatter().parse(text) if name is not None]


def of_the_article_s_data(entry: Any) -> str:
    """The one of an entry's texts that is said of the article's data; empty if none is."""
    chosen = variants.choose(entry, ARTICLE)
    return chosen[1] if chosen else ""


def is_of_the_data(name: str) -> bool:
    """Whether a placeholder is a number of the lesson's, and neither a symbol nor a column's name."""
    return name not in book()["symbols"] and name not in COLUMNS


@functools.cache
def of_the_article() -> dict[str, float]:
    return dict(computed(ARTICLE))


def digits(literal: str) -> int:
    """How many significant digits are typed; the noughts at a whole number's end are not counted."""
    mantissa = re.split("[eE]", literal.replace("_", ""))[0].lstrip("+-")
    plain = mantissa.replace(".", "").lstrip("0")
    return len(plain if "." in mantissa else plain.rstrip("0"))


def is_typed(value: float, literal: str, significant: int) -> bool:
    """Whether ``literal`` is ``value`` rounded to so many digits, itself, in percent, or without its sign."""
    typed = abs(float(literal.replace("_", "")))
    return any(
        float(f"{abs(v):.{significant - 1}e}") == typed for v in (value, 100 * value) if v and np.isfinite(v)
    )


def found_in(literal: str, least: int) -> list[str]:
    """What of the lesson a literal of at least so many digits could have been typed from."""
    count = digits(literal)
    if count < least:
        return []
    places = {name for name, value in of_the_article().items() if is_typed(value, literal, count)}
    if count >= 4:
        rows = [
            ARTICLE.data.features,
            ARTICLE.batches.means,
            ARTICLE.batches.stds,
            *ARTICLE.batches.standardized,
        ]
        data = np.concatenate([ARTICLE.data.target, *(item.ravel() for item in rows)])
        places |= {f"the data ({value})" for value in data if is_typed(float(value), literal, count)}
    return sorted(places)
