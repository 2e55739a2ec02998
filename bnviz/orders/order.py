"""A file of orders, as typed values: which products it asks for, and what each is called.

Every mistake in it is a sentence that names the file, the table and the field, and what would be right.
"""

from __future__ import annotations

import itertools
import string
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from bnviz.errors import UserError
from bnviz.run import cuts, discover
from bnviz.run.quality import QUALITIES
from scenes import FULL
from scenes.kit.languages import ENGLISH, LANGUAGES
from scenes.kit.palettes import FILM, PALETTES

KINDS = ("film", "slides", "page", "figures")
ARTICLE = "article"
"""The lesson that has no file."""

NAME = "{lesson}-{cut}-{theme}-{language}-{quality}-{voice}"
LARGEST = 1_000_000  # bytes of a file of orders
MOST = 10_000  # products
_PLACES = ("lesson", "cut", "theme", "language", "quality", "voice")


@dataclass(frozen=True)
class Order:
    """One table ``[[order]]``: every combination of what its lists name is made.

    Args:
        make: some of :data:`KINDS`.
        lessons: files beside the file of orders, or :data:`ARTICLE`.
        themes: names of palettes.
        qualities: names of sizes; figures have none, and take the first.
        cuts: names of cuts; empty where ``scenes`` are named.
        scenes: instead of cuts, some scenes.
        languages: codes.
        silent: whether the films are without a voice; talks always are.
    """

    make: tuple[str, ...] = ("film",)
    lessons: tuple[str, ...] = (ARTICLE,)
    themes: tuple[str, ...] = (FILM,)
    qualities: tuple[str, ...] = ("high",)
    cuts: tuple[str, ...] = ()
    scenes: tuple[str, ...] = ()
    languages: tuple[str, ...] = (ENGLISH.code,)
    silent: bool = False


@dataclass(frozen=True)
class Product:
    """One thing to be made, at ``path``: an MP4, or a folder. ``lesson`` None is the article's."""

    kind: str
    lesson: Path | None
    theme: str
    quality: str
    cut: str | None
    scenes: tuple[str, ...]
    language: str
    silent: bool
    path: Path


def products(file: Path) -> list[Product]:
    """All that a file of orders asks for, in its order; the same thing twice is made once.

    Raises:
        UserError: the file cannot be read, says what cannot be, or gives two products one name.
    """
    read = _read(file)
    _require_fields(str(file), read, ("folder", "name", "order"))
    folder = _text(f"{file}: folder", read.get("folder", "media/batch"))
    name = _pattern(f"{file}: name", read.get("name", NAME))
    tables = read.get("order", [])
    if not isinstance(tables, list) or not tables:
        raise UserError(f"{file} has no table [[order]]; it must have one or more, see docs/scaling.md")
    found: dict[Path, Product] = {}
    for number, table in enumerate(tables, 1):
        where = f"{file}: [[order]] number {number}"
        for product in _products(_order(where, table, file.parent), file.parent, Path(folder), name):
            same = found.setdefault(product.path, product)
            if same != product:
                raise UserError(_clash(where, same, product, name))
            if len(found) > MOST:
                raise UserError(f"{where} makes more than {MOST} products of {file}; divide it")
    return list(found.values())


def _read(file: Path) -> Mapping[str, Any]:
    try:
        if file.stat().st_size > LARGEST:
            raise UserError(f"{file} has more than {LARGEST} bytes; a file of orders is a short TOML file")
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror}; name a file of orders") from error
    except ValueError as error:
        raise UserError(f"{file} is no TOML: {error}") from error


def _order(where: str, table: Any, beside: Path) -> Order:
    """The order in a table; every name in it is looked up."""
    if not isinstance(table, dict):
        raise UserError(f"{where} is no table; write it as [[order]] and its fields below")
    _require_fields(where, table, [field.name for field in fields(Order)])
    silent = table.get("silent", False)
    if not isinstance(silent, bool):
        raise UserError(f"{where}: silent is {silent!r}; it must be true or false")
    if "cuts" in table and "scenes" in table:
        raise UserError(f"{where}: cuts and scenes both say what is shown; give one of them")
    known: Mapping[str, Sequence[str] | None] = {
        "make": KINDS,
        "lessons": None,
        "themes": list(PALETTES),
        "qualities": list(QUALITIES),
        "cuts": cuts.cut_names(),
        "scenes": discover.scene_names(),
        "languages": list(LANGUAGES),
    }
    lists = {name: _names(f"{where}: {name}", table[name], of) for name, of in known.items() if name in table}
    order = Order(**lists, silent=silent)
    for lesson in order.lessons:
        if lesson != ARTICLE and not (beside / lesson).is_file():
            raise UserError(
                f"{where}: lessons names {lesson!r}, and {beside / lesson} is no file; it must be a lesson's "
                f"file, TOML or data, beside the file of orders, or {ARTICLE!r}"
            )
    return order


def _require_fields(where: str, table: Mapping[str, Any], known: Sequence[str]) -> None:
    if unknown := [field for field in table if field not in known]:
        raise UserError(f"{where} has a field {unknown[0]!r}, which is none; there are {', '.join(known)}")


def _names(where: str, value: Any, known: Sequence[str] | None) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
        raise UserError(f"{where} is {value!r}; it must be a list of one or more names")
    for item in value:
        if known is not None and item not in known:
            raise UserError(f"{where} names {item!r}; it must be one of {', '.join(known)}")
    return tuple(dict.fromkeys(value))


def _text(where: str, value: Any) -> str:
    if not isinstance(value, str) or not value or "\0" in value:
        raise UserError(f"{where} is {value!r}; it must be the name of a folder")
    return value


def _pattern(where: str, value: Any) -> str:
    places = ", ".join(f"{{{place}}}" for place in _PLACES)
    right = f"it must be a file's name with some of {places} in it"
    if not isinstance(value, str) or not value.strip(". ") or "/" in value or "\0" in value:
        raise UserError(f"{where} is {value!r}; {right}")
    try:
        used = [(place, form, turn) for _, place, form, turn in string.Formatter().parse(value)]
    except ValueError as error:
        raise UserError(f"{where} is {value!r} ({error}); {right}") from error
    if any(place is not None and (place not in _PLACES or form or turn) for place, form, turn in used):
        raise UserError(f"{where} is {value!r}; {right}")
    return value


def _products(order: Order, beside: Path, folder: Path, name: str) -> Iterator[Product]:
    shown: list[tuple[str | None, tuple[str, ...]]] = [(cut, ()) for cut in order.cuts]
    if not shown:
        shown = [(None, order.scenes)] if order.scenes else [(FULL, ())]
    choices = itertools.product(
        order.lessons, order.languages, order.themes, shown, order.qualities, order.make
    )
    for lesson, language, theme, (cut, scenes), quality, kind in choices:
        if kind == "figures" and quality != order.qualities[0]:
            continue  # they have no size in pixels
        silent = order.silent or kind == "slides"
        stem = name.format(
            lesson=Path(lesson).stem,
            cut=cut or "-".join(scenes).lower(),
            theme=theme,
            language=language,
            quality=quality,
            voice="silent" if silent else "spoken",
        )
        yield Product(
            kind=kind,
            lesson=None if lesson == ARTICLE else (beside / lesson).resolve(),
            theme=theme,
            quality=quality,
            cut=cut,
            scenes=scenes,
            language=language,
            silent=silent,
            path=folder / kind / (f"{stem}.mp4" if kind == "film" else stem),
        )


def _clash(where: str, one: Product, other: Product, name: str) -> str:
    """What is wrong when two products have one path."""
    places = {"silent": "voice", "scenes": "cut"}
    differ = [
        places.get(field.name, field.name)
        for field in fields(Product)
        if getattr(one, field.name) != getattr(other, field.name)
    ]
    missing = [f"{{{place}}}" for place in differ if f"{{{place}}}" not in name]
    hint = f"add {missing[0]} to name" if missing else "call their files otherwise"
    return f"{where}: name gives {one.path} to two products, whose {' and '.join(differ)} differ; {hint}"
