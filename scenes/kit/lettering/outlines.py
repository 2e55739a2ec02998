"""Typst's SVG files read in the short way: a letter's outline is parsed once a process, and then only moved.

Manim's own reader parses every letter of every text anew, and is half of what a still costs. What is read
here comes out as there, number for number but for rounding; a file with anything else in it is left to Manim.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any
from xml.etree import ElementTree

import numpy as np
import svgelements
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath
from numpy.typing import NDArray

Points = NDArray[np.float64]

_HREF = "{http://www.w3.org/1999/xlink}href"
_STYLE = ("fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width")
_AS_FOR_ANY_SVG = {"fill": "black", "stroke": "none"}
_DRAWN_OTHERWISE = {"style", "class", "display", "opacity", "clip-path", "mask", "filter", "viewBox"}


class Outline(svgelements.Path):
    """One shape of a text, at its place in the file: what Manim asks of a parsed path, with its points.

    Args:
        points: of its curves (4 n, 3), as a VMobject keeps them.
        style: the SVG attributes of its fill and stroke.
        groups: the ids of the groups that it lies in.
    """

    apply = False  # its transform is in its points

    def __init__(self, points: Points, style: Mapping[str, str], groups: tuple[str, ...] = ()) -> None:
        self.points, self.groups = points, groups
        self.property_by_values(style)

    def approximate_arcs_with_quads(self, error: float = 0.1) -> None:
        """There are no arcs left."""


class _OfAnotherKind(Exception):
    """A file holds what is not read here."""


def read(root: ElementTree.Element) -> list[Outline] | None:
    """The shapes of an SVG file of Typst's in drawing order; None if there is anything else in it.

    Args:
        root: the file's outermost element.
    """
    symbols = {symbol.get("id", ""): symbol for symbol in root.iter() if _tag(symbol) == "symbol"}
    try:
        return list(_shapes(root, np.eye(3), _AS_FOR_ANY_SVG, (), symbols))
    except _OfAnotherKind:
        return None


def _shapes(
    element: ElementTree.Element,
    matrix: Points,
    style: Mapping[str, str],
    groups: tuple[str, ...],
    symbols: Mapping[str, ElementTree.Element],
) -> Iterator[Outline]:
    if not _DRAWN_OTHERWISE.isdisjoint(element.attrib):
        raise _OfAnotherKind
    own = {name: element.attrib[name] for name in _STYLE if name in element.attrib}
    style = {**style, **own} if own else style
    if transform := element.get("transform"):
        matrix = matrix @ _matrix(transform)
    match _tag(element):
        case "path":
            shape = Outline(_moved(_points(element.get("d", "")), matrix), style, groups)
            shape.stroke_width *= math.sqrt(abs(float(np.linalg.det(matrix))))
            yield shape
        case "use":
            place = np.eye(3)
            place[:2, 2] = float(element.get("x", 0)), float(element.get("y", 0))
            for part in symbols[element.get(_HREF, "").removeprefix("#")]:
                yield from _shapes(part, matrix @ place, style, groups, symbols)
        case "svg" | "g":
            inside = (*groups, name) if (name := element.get("id")) else groups
            for part in element:
                yield from _shapes(part, matrix, style, inside, symbols)
        case "defs":
            return
        case _:
            raise _OfAnotherKind


@cache
def _tag_of(name: str) -> str:
    return name.rpartition("}")[2]


def _tag(element: ElementTree.Element) -> str:
    return _tag_of(element.tag) if isinstance(element.tag, str) else ""


def _matrix(transform: str) -> Points:
    found: Any = svgelements.Matrix(transform)
    return np.array([[found.a, found.c, found.e], [found.b, found.d, found.f], [0, 0, 1]])


@lru_cache(maxsize=8192)
def _points(path: str) -> Points:
    """The curves of a path as it is written, (4 n, 3)."""
    return np.asarray(VMobjectFromSVGPath(svgelements.Path(path)).points)


def _moved(points: Points, matrix: Points) -> Points:
    moved = np.zeros_like(points)
    moved[:, :2] = points[:, :2] @ matrix[:2, :2].T + matrix[:2, 2]
    return moved
