"""Which beats a change is about: those whose words or whose code are others than before."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

Words = Mapping[str, Any]


def parsed(text: str) -> Words | None:
    """A words file, by scenes; None while it is no TOML: it is being edited."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def in_words(before: Words, now: Words) -> list[tuple[str, str]]:
    """Scenes and beats whose words have changed, in the file's order.

    A label, which belongs to no beat, is about the whole scene: the beat is empty then.
    """
    found = []
    for scene, page in now.items():
        old = before.get(scene)
        if page == old or not (isinstance(page, dict) and "beats" in page):
            continue
        was = old if isinstance(old, dict) else {}
        beats = [beat for beat, words in page["beats"].items() if was.get("beats", {}).get(beat) != words]
        is_label = {**page, "beats": None} != {**was, "beats": None}
        found += [(scene, beat) for beat in beats] or ([(scene, "")] if is_label else [])
    return found


def in_code(before: str, now: str) -> list[str] | None:
    """The beats whose code has changed between two texts of a scene's file; None if that cannot be told.

    To a beat belong its block, what stands around it in its method, and the methods without beats that these
    call.
    """
    try:
        old, new = _signatures(before), _signatures(now)
    except SyntaxError:
        return None
    return [beat for beat, signature in new.items() if old.get(beat) != signature]


def _signatures(text: str) -> dict[str, str]:
    """By beat, in order: all its code, as one text without comments and positions."""
    tree = ast.parse(text)
    methods = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    rest = "".join(
        ast.dump(node) for node in tree.body if not isinstance(node, ast.ClassDef | ast.FunctionDef)
    )
    found = {}
    helpers = {name: method for name, method in methods.items() if not any(_beats(method))}
    for method in methods.values():
        for beat in _beats(method):
            called = _called(_only(method, beat), helpers)
            found[beat] = rest + ast.dump(_only(method, beat)) + "".join(map(ast.dump, called))
    return found


def _beats(method: ast.AST) -> Iterator[str]:
    for node in ast.walk(method):
        if beat := _beat_of(node):
            yield beat


def _beat_of(node: ast.AST) -> str | None:
    """The name in ``with self.beat("name")``, if the node is such a block."""
    if isinstance(node, ast.With):
        for item in node.items:
            match item.context_expr:
                case ast.Call(func=ast.Attribute(attr="beat"), args=[ast.Constant(value=str(name)), *_]):
                    return name
    return None


def _only(method: ast.FunctionDef, beat: str) -> ast.AST:
    """A copy of a method without the blocks of its other beats."""

    class Without(ast.NodeTransformer):
        def visit_With(self, node: ast.With) -> Any:  # noqa: N802  that is how it is found
            other = _beat_of(node)
            return ast.Pass() if other and other != beat else self.generic_visit(node)

    return Without().visit(ast.parse(ast.unparse(method)))  # type: ignore[no-any-return]


def _called(start: ast.AST, methods: Mapping[str, ast.FunctionDef]) -> list[ast.FunctionDef]:
    """What ``start`` calls of ``methods``, and what these call, in order."""
    found: list[ast.FunctionDef] = []
    waiting = [start]
    while waiting:
        for node in ast.walk(waiting.pop()):
            name = str(getattr(node, "attr", None) or getattr(node, "id", ""))
            if name in methods and methods[name] not in found:
                found.append(methods[name])
                waiting.append(methods[name])
    return sorted(found, key=lambda method: method.lineno)
