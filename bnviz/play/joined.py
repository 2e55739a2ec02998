"""JavaScript modules as one classic script: browsers load no modules from a file.

A module imports by name, from files below the same folder, in statements that end with ``;`` and have their
address in double quotes; it exports its declarations one by one. Modules are strict, and so is the script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Protocol, Self

_IMPORT = re.compile(r'^import\s*\{([^}]*)\}\s*from\s*"([^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let)\b)", re.MULTILINE)
_TOP = re.compile(r"^(?:export )?(?:async )?(?:function\*?|class|const|let) (\w+)", re.MULTILINE)
_OTHER = re.compile(r"^\s*(?:import|export)\b.*", re.MULTILINE)


class Files(Protocol):
    """A folder, such as a Path or a package's resources."""

    def joinpath(self, *names: str) -> Self:
        """What lies in it."""

    def read_text(self, encoding: str) -> str:
        """The text, if it is a file."""


def joined(web: Files, first: str) -> str:
    """The module ``first``, a path below ``web``, and all that it imports, as one script.

    Nothing of it is seen from outside but ``window.bnviz``, which holds what ``first`` exports.

    Raises:
        ValueError: a module imports or exports in another way, imports in a circle, imports what is not
            exported, or two of them declare the same name.
    """
    texts = dict(_modules(web, PurePosixPath(first), ()))
    owners: dict[str, str] = {}
    for path, text in texts.items():
        for name in _TOP.findall(text):
            if name in owners:
                raise ValueError(f"{path} declares {name}, as {owners[name]} does: one script holds both")
            owners[name] = path
    public = sorted(_exports(texts[first]))
    body = "\n".join(f"// -- {path} --\n{_plain(path, text)}" for path, text in texts.items())
    return f'"use strict";\n(() => {{\n{body}\nwindow.bnviz = {{ {", ".join(public)} }};\n}})();\n'


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
        exported = _exports(found[place.as_posix()])
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


def _exports(text: str) -> set[str]:
    return {name for line in text.splitlines() if line.startswith("export ") for name in _TOP.findall(line)}


def _plain(path: str, text: str) -> str:
    plain = _EXPORT.sub("", _IMPORT.sub("", text))
    if found := _OTHER.search(plain):
        raise ValueError(
            f"{path}: modules import and export in one way, but this one has: {found[0].strip()}"
        )
    return plain
