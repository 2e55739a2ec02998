"""JavaScript modules as one classic script: browsers load no modules from a file.

A module imports by name, from files below the same folder, in statements that end with ``;`` and have their
address in double quotes; it exports its declarations one by one. Modules are strict, and so is the script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Protocol, Self

_IMPORT = re.compile(r'^import\s*\{([^}]*)\}\s*from\s*"([^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let)\b)", re.MULTILINE)
_NAME = re.compile(r"^export (?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)
_OTHER = re.compile(r"^\s*(?:import|export)\b.*", re.MULTILINE)


class Files(Protocol):
    """A folder, such as a Path or a package's resources."""

    def joinpath(self, *names: str) -> Self:
        """What lies in it."""

    def read_text(self, encoding: str) -> str:
        """The text, if it is a file."""


def joined(web: Files, first: str) -> str:
    """The module ``first``, a path below ``web``, and all that it imports, as one script.

    Each becomes a function that is run once, so that its own names stay its own. Nothing is seen from outside
    but ``window.bnviz``, which holds what ``first`` exports.

    Raises:
        ValueError: a module imports or exports in another way, imports in a circle, or imports what is not
            exported.
    """
    texts = dict(_modules(web, PurePosixPath(first), ()))
    numbers = {path: f"module{number}" for number, path in enumerate(texts, 1)}
    body = "\n".join(
        f"// -- {path} --\nconst {numbers[path]} = (() => {{\n{_plain(path, text, numbers)}\n"
        f"return {{ {', '.join(_NAME.findall(text))} }};\n}})();\n"
        for path, text in texts.items()
    )
    return f'"use strict";\n(() => {{\n{body}window.bnviz = {{ ...{numbers[first]} }};\n}})();\n'


def _modules(web: Files, path: PurePosixPath, above: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """What a module imports, then the module itself; some of them several times."""
    name = path.as_posix()
    if name in above:
        raise ValueError(f"modules import in a circle: {' -> '.join((*above, name))}")
    text = web.joinpath(*path.parts).read_text(encoding="utf-8")
    for names, address in _IMPORT.findall(text):
        place = _resolved(path.parent, address)
        found = dict(_modules(web, place, (*above, name)))
        yield from found.items()
        exported = _NAME.findall(found[place.as_posix()])
        for wanted in filter(None, map(str.strip, names.split(","))):
            if wanted not in exported:
                raise ValueError(f"{name} imports {wanted} from {place}, which does not export it")
    yield name, text


def _resolved(folder: PurePosixPath, address: str) -> PurePosixPath:
    parts = list(folder.parts)
    for part in PurePosixPath(address).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return PurePosixPath(*parts)


def _plain(path: str, text: str, numbers: Mapping[str, str]) -> str:
    def imported(found: re.Match[str]) -> str:
        place = _resolved(PurePosixPath(path).parent, found[2]).as_posix()
        return f"const {{{found[1]}}} = {numbers[place]};\n"

    plain = _EXPORT.sub("", _IMPORT.sub(imported, text))
    if other := _OTHER.search(plain):
        raise ValueError(
            f"{path}: modules import and export in one way, but this one has: {other[0].strip()}"
        )
    return plain
