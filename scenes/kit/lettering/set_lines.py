"""The lines of a plain text, each with its baseline's beginning: for files that are read without Typst."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

import numpy as np
import svgelements

from scenes.kit.drawing.canvas import Array

LINE_BREAK = re.compile(r"\\\s+")
_ESCAPED = re.compile(r"\\([^\w\s])")
_CODE = re.compile(r"(?<!\\)[$#*_`\[\]<@]")
_SIGNS = {"'": "\u2019", "~": "\u00a0", "---": "\u2014", "--": "\u2013", "...": "\u2026"}


@dataclass(frozen=True)
class SetLine:
    """A line of a text that is set.

    Args:
        text: its letters.
        place: where its baseline begins, in the page's units, y downwards.
    """

    text: str
    place: tuple[float, float]


def plain_lines(markup: str) -> list[str]:
    """What Typst markup says, line by line; nothing if there are formulas, functions or marks in it."""
    if _CODE.search(markup):
        return []
    lines = [_ESCAPED.sub(r"\1", line) for line in LINE_BREAK.split(markup)]
    for mark, sign in _SIGNS.items():
        lines = [line.replace(mark, sign) for line in lines]
    return [" ".join(line.split(" ")) for line in lines]


def baselines(drawn: ElementTree.Element) -> list[tuple[float, float]]:
    """Where the runs of letters begin in an SVG of Typst's, in its units."""
    return list(_runs(drawn, np.eye(3)))


def _runs(element: ElementTree.Element, matrix: Array) -> Iterator[tuple[float, float]]:
    if element.tag.endswith("defs"):
        return
    if transform := element.get("transform"):
        found = svgelements.Matrix(transform)
        matrix = matrix @ np.array([[found.a, found.c, found.e], [found.b, found.d, found.f], [0, 0, 1]])
    letters = [part for part in element if part.tag.endswith("use")]
    if letters:
        x, y, _ = matrix @ [float(letters[0].get("x", 0)), float(letters[0].get("y", 0)), 1.0]
        yield float(x), float(y)
    for part in element:
        yield from _runs(part, matrix)
