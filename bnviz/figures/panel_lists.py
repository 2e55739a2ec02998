"""Which beats make a figure of several panels: a list in a file, of the program's or of the reader's own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from bnviz.errors import UserError
from bnviz.files import opened
from bnviz.run import discover
from bnviz.run.beats import require_beat
from bnviz.run.discover import FOLDER, SceneSource
from scenes.kit.file_names import alike, fault

DRAWN, DRAWN_FOLDER = "Drawn", FOLDER / "pieces" / "printed"
"""The scene that is not filmed, and where it is."""

LETTERS = "abcdefghijkl"
MOST_COLUMNS, NARROWEST, WIDEST = 6, 10.0, 2000.0
LARGEST_FILE = 100_000  # bytes
_NAME = re.compile("[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
_KEYS = {"panels", "columns", "width", "title", "caption", "alt"}


@dataclass(frozen=True)
class Panel:
    """One beat of a scene."""

    source: SceneSource
    beat: str


@dataclass(frozen=True)
class PanelFigure:
    """A figure of several panels.

    Args:
        name: its file's name, without its ending.
        panels: in the order of their letters.
        columns: how many stand beside each other at most.
        width: in mm.
        title: words instead of the beats' own; empty for these.
        caption: likewise.
        alt: likewise.
    """

    name: str
    panels: tuple[Panel, ...]
    columns: int = 2
    width: float = 180.0
    title: str = ""
    caption: str = ""
    alt: str = ""


def panel_figures(path: Path | None = None) -> list[PanelFigure]:
    """The figures that a file lists; by default those of the program.

    Raises:
        UserError: the file cannot be read, or an entry of it is wrong: which, and what would be right.
    """
    where, text = _read(path)
    try:
        listed = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{where} is not valid TOML: {error}") from error
    if not listed:
        raise UserError(f"{where} lists no figure; it should be like [my-figure] and panels = [...] below it")
    if same := alike(listed):
        raise UserError(f"{where}: {' and '.join(same)} are one file where capitals do not count")
    return [_figure(f"{where}, [{name}]", name, entry) for name, entry in listed.items()]


def _read(path: Path | None) -> tuple[str, str]:
    if path is None:
        own = resources.files("bnviz.figures") / "figures.toml"
        return "figures.toml", own.read_text(encoding="utf-8")
    try:
        with opened(path.resolve(), LARGEST_FILE) as file:
            return f"--list {path}", file.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise UserError(f"--list {path} is not UTF-8 text: {error}") from error
    except OSError as error:
        raise UserError(f"--list {path}: {error.strerror or error}") from error


def _figure(where: str, name: str, entry: Any) -> PanelFigure:
    if not _NAME.fullmatch(name):
        raise UserError(
            f"{where}: a figure's name is letters and digits with hyphens between, as in my-figure"
        )
    if reason := fault(name):
        raise UserError(f"{where}: {reason}; call the figure otherwise")
    if not isinstance(entry, Mapping):
        raise UserError(f"{where} is no table; it should be [{name}] with panels = [...] below it")
    if unknown := sorted(set(entry) - _KEYS):
        raise UserError(
            f"{where} has {', '.join(unknown)}, which is unknown; known are: {', '.join(sorted(_KEYS))}"
        )
    words = {key: _text(where, key, entry.get(key, "")) for key in ("title", "caption", "alt")}
    columns = entry.get("columns", PanelFigure.columns)
    if type(columns) is not int or not 1 <= columns <= MOST_COLUMNS:
        raise UserError(
            f"{where}: columns is {columns!r}; it must be a whole number from 1 to {MOST_COLUMNS}"
        )
    width = entry.get("width", PanelFigure.width)
    if type(width) not in (int, float) or not NARROWEST <= width <= WIDEST:
        raise UserError(
            f"{where}: width is {width!r}; it must be a number of mm from {NARROWEST:g} to {WIDEST:g}"
        )
    return PanelFigure(name, _panels(where, entry.get("panels")), columns, float(width), **words)


def _text(where: str, key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise UserError(f"{where}: {key} is {value!r}; it must be a text in quotes")
    return value


def _panels(where: str, listed: Any) -> tuple[Panel, ...]:
    is_list = isinstance(listed, Sequence) and not isinstance(listed, str)
    if not is_list or not 2 <= len(listed) <= len(LETTERS):
        raise UserError(f'{where}: panels must be a list of 2 to {len(LETTERS)} beats, such as "Valley/home"')
    return tuple(_panel(where, item) for item in listed)


def _panel(where: str, item: Any) -> Panel:
    scene, slash, beat = item.partition("/") if isinstance(item, str) else ("", "", "")
    if not slash:
        raise UserError(
            f'{where}: the panel {item!r} should be a scene and a beat of it, as in "Valley/home"'
        )
    try:
        source = source_of(scene)
        require_beat(source, beat)
    except UserError as error:
        raise UserError(f"{where}: {error}") from error
    return Panel(source, beat)


def source_of(scene: str) -> SceneSource:
    """A scene of the film, or the one whose pictures are only printed.

    Raises:
        UserError: there is no such scene.
    """
    return discover.find(scene, DRAWN_FOLDER) if scene == DRAWN else discover.find(scene)


def panel_sources(figures: Sequence[PanelFigure]) -> list[SceneSource]:
    """The scenes that ``figures`` are made of, each once."""
    found = {panel.source.name: panel.source for figure in figures for panel in figure.panels}
    return list(found.values())
