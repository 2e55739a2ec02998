"""The reference of what scripts use: the public names of `bn_math`, room by room, and those of `bnviz`."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from docutils import nodes
from sphinx import addnodes

import bn_math
import bnviz

ROOMS = {
    "lesson": "The lesson",
    "data": "Data and mini-batches",
    "descent": "Losses and descents",
    "normalization": "Normalization",
    "networks": "Networks",
}
FOLDER = "reference"
ARRAY = "ndarray[tuple[Any, ...], dtype[{}]]"
TYPES = {
    ARRAY.format("float64"): "Array",
    ARRAY.format("signedinteger[_64Bit]"): "Indices",
    ARRAY.format("int64"): "Indices",
    ARRAY.format("bool"): "Flags",
    "_Buffer | _SupportsArray[dtype[Any]] | _NestedSequence[_SupportsArray[dtype[Any]]]"
    " | complex | bytes | str | _NestedSequence[complex | bytes | str]": "ArrayLike",
}
"""What Sphinx writes for the aliases of types, and their names."""


def pages() -> dict[str, str]:
    """The pages' text in Markdown, by their paths."""
    return {
        f"{FOLDER}/index.md": "\n".join(_overview()),
        f"{FOLDER}/notebooks.md": "\n".join(_notebooks()),
        **{f"{FOLDER}/{room}.md": "\n".join(_page(room)) for room in ROOMS},
    }


def by_room() -> dict[str, list[str]]:
    """The public names of `bn_math` by the room they live in; constants go with what uses them."""
    found: dict[str, list[str]] = {room: [] for room in ROOMS}
    for name in bn_math.__all__:
        found[_room(name)].append(name)
    return found


def as_rst(app: Any, what: str, name: str, found: Any, options: Any, lines: list[str]) -> None:
    """Docstrings are plain text with code in backticks: nothing else in them is markup."""
    lines[:] = [_plain(line) for line in lines]


def short_types(app: Any, doctree: nodes.document) -> None:
    """Name types as the code does, where Sphinx writes out what an alias stands for."""
    for signature in doctree.findall(addnodes.desc_signature):
        for node in list(signature.findall(_is_type)):
            text = node.astext()
            if (short := _short(text)) != text:
                node.children = []
                node += nodes.Text(short.removeprefix(" -> "))  # the arrow of what is returned is added later


def _is_type(node: nodes.Node) -> bool:
    kinds = addnodes.desc_annotation, addnodes.desc_returns, addnodes.desc_sig_name
    return isinstance(node, kinds)


def _short(text: str) -> str:
    for long, short in TYPES.items():
        text = text.replace(long, short)
    return text


def _plain(line: str) -> str:
    if re.match(r"\s*(:\w[\w ]*:|\.\. )", line):  # a field or directive that napoleon has written
        head, mark, rest = line.partition(": ")
        return head + mark + _plain(rest) if mark else line
    parts = re.split(r"(:\w+:`[^`]*`|``.*?``|`[^`]*`)", line)
    return "".join(
        part if index % 2 else re.sub(r"([|*\\])", r"\\\1", part) for index, part in enumerate(parts)
    )


def _room(name: str) -> str:
    found = getattr(bn_math, name)
    module = getattr(found, "__module__", "")
    parts = module.split(".")
    if parts[0] == "bn_math" and parts[1] in ROOMS:
        return parts[1]
    for room in ROOMS:  # a constant has no module of its own
        if any(name in vars(item) for item in _modules_of(room)):
            return room
    raise LookupError(f"bn_math.{name} lives in no room of {', '.join(ROOMS)}")


def _modules_of(room: str) -> Iterator[Any]:
    import sys

    prefix = f"bn_math.{room}."
    yield from (module for name, module in sorted(sys.modules.items()) if name.startswith(prefix))


def _overview() -> Iterator[str]:
    yield from ("# Reference", "")
    yield "What scripts, notebooks and terminals use, from the code's own words."
    yield from ("", "```{toctree}", ":maxdepth: 1", "", "commands", "notebooks", *ROOMS, "```", "")
    yield "Everything public in `bn_math` is imported from there: `from bn_math import Lesson`. Arrays are"
    yield "float64; a trailing axis of size d holds a weight vector; `ArrayLike` is what numpy takes."
    yield from ("It needs numpy and scipy, and draws nothing.", "")
    yield from ("| module | names |", "|---|---|")
    for room, names in by_room().items():
        yield f"| [{ROOMS[room]}]({room}.md) | {', '.join(f'`{name}`' for name in names)} |"
    yield ""


def _page(room: str) -> Iterator[str]:
    doc = inspect.getdoc(import_module(f"bn_math.{room}")) or ""
    yield from (f"# {ROOMS[room]}", "", doc, "")
    for name in by_room()[room]:
        yield from _entry("bn_math", name, getattr(bn_math, name))


def _notebooks() -> Iterator[str]:
    yield from ("# Notebooks", "")
    yield "What `import bnviz` offers to a notebook; [embedding](../guide/notebook.md) tells more."
    yield ""
    for name in sorted(set(dir(bnviz)) & {"figure", "playground", "show"}):
        yield from _entry("bnviz", name, getattr(bnviz, name))


def _entry(package: str, name: str, found: Any) -> Iterator[str]:
    yield from (f"## {name}", "")
    if not callable(found):
        yield from ("```python", *f"{package}.{name} = {_shown(found)}".splitlines(), "```", "")
        return
    kind = "class" if inspect.isclass(found) else "function"
    options = ["   :members:", "   :inherited-members:"] if kind == "class" else []
    yield from ("```{eval-rst}", f".. currentmodule:: {package}", "", f".. auto{kind}:: {package}.{name}")
    yield from (*options, "```", "")


def _shown(value: Any) -> str:
    """A constant: the names in a table, the ends of a long row, or the number."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key!r}: ..." for key in value) + "}"
    if isinstance(value, tuple) and len(value) > 4:
        return f"({value[0]!r}, {value[1]!r}, ..., {value[-1]!r})"
    return repr(value)
