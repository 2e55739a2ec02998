"""Every argument of a constructor in the kit and the pieces is explained in a docstring.

The source is parsed and not imported.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FOLDERS = ("scenes/kit", "scenes/pieces")


def constructors() -> Iterator[tuple[str, ast.ClassDef, ast.FunctionDef]]:
    """Every public class with an ``__init__`` of its own: where it is, the class, and that function."""
    for file in sorted(file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                for member in node.body:
                    if isinstance(member, ast.FunctionDef) and member.name == "__init__":
                        yield f"{file.relative_to(ROOT).as_posix()}: {node.name}", node, member


def unexplained(owner: ast.ClassDef, init: ast.FunctionDef) -> list[str]:
    """The arguments that neither docstring names."""
    said = f"{ast.get_docstring(owner)}\n{ast.get_docstring(init)}"
    given = init.args.posonlyargs + init.args.args + init.args.kwonlyargs
    names = [item.arg for item in given[1:] if not item.arg.startswith("_")]  # without self
    # In an Args section, or marked as a name in prose: "color" may also be no more than a word.
    return [name for name in names if not re.search(rf"(?m)^ *{name}: |``{name}``", said)]


def test_there_are_constructors() -> None:
    assert len(list(constructors())) > 40


def test_every_argument_of_a_constructor_is_explained() -> None:
    missing = {place: names for place, owner, init in constructors() if (names := unexplained(owner, init))}
    assert not missing


@pytest.mark.parametrize(
    ("docstring", "missing"),
    [
        ("A dot.", ["color", "radius"]),
        ("A dot of some color, ``radius`` wide.", ["color"]),
        ("A dot.\n\n    Args:\n        color: of it.\n        radius: in pixels.\n    ", []),
    ],
)
def test_an_argument_is_found_missing(docstring: str, missing: list[str]) -> None:
    code = (
        f'class Dot:\n    """{docstring}"""\n    def __init__(self, color, *rest, radius=1, _kept=0): ...\n'
    )
    owner = ast.parse(code).body[0]
    assert isinstance(owner, ast.ClassDef)
    init = owner.body[1]
    assert isinstance(init, ast.FunctionDef)
    assert unexplained(owner, init) == missing
