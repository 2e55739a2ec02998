"""The command line's reference, from the commands themselves: every command, argument and option."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_type_hints

import typer

from bnviz.cli.app import app
from bnviz.cli.options import CORES

PAGE = "reference/commands.md"
KINDS = {int: "NUMBER", float: "NUMBER", Path: "PATH"}


def pages() -> dict[str, str]:
    """The page's text in Markdown, by its path."""
    return {PAGE: "\n".join(_page())}


def every_command(group: Any = None, name: str = "bnviz") -> dict[str, Any]:
    """Every command that does something, by what is typed: ``bnviz film``, ``bnviz frames check``."""
    group = typer.main.get_command(app) if group is None else group
    found: dict[str, Any] = {}
    for word, command in group.commands.items():
        inner = getattr(command, "commands", None)
        found |= every_command(command, f"{name} {word}") if inner else {f"{name} {word}": command}
    return found


def _page() -> Iterator[str]:
    yield from ("# The command", "")
    yield "`bnviz` alone lists its commands, `bnviz film --help` what one takes. Of a mistake it says in a"
    yield "sentence what is wrong and what would be right, before it renders; its exit code is 1 or 2."
    yield from ("", "| command | what it does |", "|---|---|")
    commands = every_command()
    for name, command in commands.items():
        yield f"| [`{name}`](#{name.replace(' ', '-')}) | {_sentences(command.help)[0]} |"
    for name, command in commands.items():
        yield from ("", f"## {name}", "", *_sentences(command.help, all_of=True), "")
        yield from ("```text", _usage(name, command), "```", "")
        yield from _parameters(command)
    yield ""


def _usage(name: str, command: Any) -> str:
    arguments = [item for item in command.params if item.param_type_name == "argument"]
    words = [item.name.upper() if item.required else f"[{item.name.upper()}]" for item in arguments]
    return " ".join([name, *words, "[OPTIONS]"])


def _parameters(command: Any) -> Iterator[str]:
    kinds = get_type_hints(inspect.unwrap(command.callback))
    rows = [_row(item, kinds.get(item.name)) for item in command.params if not getattr(item, "hidden", False)]
    if rows:
        yield from ("| argument or option | without it | what it is |", "|---|---|---|", *rows, "")


def _row(item: Any, kind: Any) -> str:
    is_argument = item.param_type_name == "argument"
    is_flag = getattr(item, "is_flag", False)
    name = item.name.upper() if is_argument else ", ".join(item.opts)
    value = "" if is_argument or is_flag else f" {item.metavar or _value(kind)}"
    repeated = ", several times" if getattr(item, "multiple", False) else ""
    help_ = _escaped(" ".join((item.help or "").split()))
    return f"| `{_in_cell(name + value)}`{repeated} | {_default(item, is_flag)} | {help_} |"


def _value(kind: Any) -> str:
    """What an option takes: the words to choose from, or what it is."""
    kinds = [part for part in (get_args(kind) or (kind,)) if part is not type(None)]
    kind = kinds[0] if kinds else str
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "|".join(str(member.value) for member in kind)
    return _value(kind) if get_args(kind) else KINDS.get(kind, "TEXT")


def _default(item: Any, is_flag: bool) -> str:
    if item.required:
        return "needed"
    if item.default is CORES and item.name == "workers":
        return "one a core"
    if is_flag or item.default is None or item.default in ((), []):
        return ""
    return f"`{getattr(item.default, 'value', item.default)}`"


def _sentences(text: str | None, all_of: bool = False) -> list[str]:
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text or "")]
    return [_escaped(part) + "\n" for part in paragraphs] if all_of else [_escaped(paragraphs[0])]


def _escaped(text: str) -> str:
    """Text of a terminal as Markdown."""
    return re.sub(r"([<>|*_$])", r"\\\1", text)


def _in_cell(code: str) -> str:
    return code.replace("|", "\\|")
