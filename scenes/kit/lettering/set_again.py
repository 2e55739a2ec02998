"""A text set once more with Typst where its outlines lie: for files that hold letters, and not their shapes.

Where that is, is measured: what Typst makes of the code is laid over the outlines as they stand, turned,
moved and scaled. A text that is half faded, bent, or colored letter by letter is none that can be set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import cairo
import numpy as np
from manim import ManimColor, Mobject, VMobject
from manim.utils import typst_file_writing

from scenes.kit import settings
from scenes.kit.cjk import fonts_for
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import fonts, outlines, typography
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.set_lines import SetLine, baselines, plain_lines
from scenes.kit.lettering.typography import Lettering, Text

EM = float(typst_file_writing.TYPST_COMPILATION_FONT_SIZE)  # of the code's outlines, in points
NEAR = 0.03  # of an em, by which an outline may lie beside the letter
OPAQUE, UNSEEN = 0.999, 0.001


@dataclass(frozen=True)
class SetText:
    """A text and its place on a page, in the page's units, y downwards.

    Args:
        code: in Typst, with everything but the size.
        folders: where the files of its fonts lie.
        place: the left upper corner of what Typst makes of the code.
        size: the em.
        angle: by which it is turned, clockwise, in degrees.
        box: what its letters cover: left, top, right, bottom.
        lines: what it says, if that is nothing but plain lines.
        color: of what has no other.
        families: of its fonts, the first one first.
        weight: Typst's name of their weight.
    """

    code: str
    folders: tuple[Path, ...]
    place: tuple[float, float]
    size: float
    angle: float
    box: tuple[float, float, float, float]
    lines: tuple[SetLine, ...]
    color: str
    families: tuple[str, ...]
    weight: str


def letterings(mobjects: Iterable[Mobject]) -> Iterator[Any]:
    """Every text among ``mobjects`` and what belongs to them; one that is part of another is not counted."""
    seen: set[int] = set()

    def outermost(mobject: Any) -> Iterator[Any]:
        if isinstance(mobject, Lettering):
            yield mobject
            return
        for part in mobject.submobjects:
            yield from outermost(part)

    for mobject in mobjects:
        for lettering in outermost(mobject):
            if id(lettering) not in seen:
                seen.add(id(lettering))
                yield lettering


def set_again(lettering: Any, matrix: cairo.Matrix, shown: Callable[[ManimColor], str]) -> SetText | None:
    """How ``lettering`` is set on a page; None where only its outlines can be drawn.

    Args:
        lettering: a Text, a Formula or a Counter.
        matrix: from Manim's units to the page's.
        shown: a color as the page has it, such as ``#1f77b4``.
    """
    parts = letters_of(lettering)
    colors = [color and shown(color) for color in map(_color, parts)]
    colored = _colored(lettering, parts, colors)
    if colored is None:
        return None
    fill, by_name = colored
    preamble, body = _typst(lettering)
    preamble = "\n".join([preamble, *by_name])
    language, markup = settings.current_language(), str(getattr(lettering, "markup", ""))
    folders = tuple(fonts.folders(language, markup))
    drawn = _drawn(preamble, body, folders)
    found = [shape.points[:, :2] for shape in outlines.read(drawn) or [] if len(shape.points) > 1]
    if [len(points) for points in found] != [len(part.points) for part in parts]:
        return None
    there = on_page(matrix, np.concatenate([part.points for part in parts]))
    turn, move, off = _laid_over(np.concatenate(found), there)
    if off > NEAR * EM:
        return None
    (left, top), (right, bottom) = there.min(axis=0).tolist(), there.max(axis=0).tolist()
    size, angle = EM * abs(turn), float(np.degrees(np.angle(turn)))
    return SetText(
        code=f'{preamble}\n#set text(fill: rgb("{fill}"))\n{body}',
        folders=folders,
        place=(move.real, move.imag),
        size=size,
        angle=angle,
        box=(left, top, right, bottom),
        lines=tuple(
            SetLine(line, (place.real, place.imag))
            for line, place in _lines(lettering, drawn, lambda place: turn * place + move)
        ),
        color=fill,
        families=tuple(fonts_for(markup, language)),
        weight="light" if 'weight: "light"' in preamble else "regular",
    )


def letters_of(lettering: Any) -> list[VMobject]:
    """The outlines of a text that are more than a point; a counter's spare digits are none."""
    family = lettering.digits if isinstance(lettering, Counter) else lettering.get_family()
    return [part for part in family if len(part.points) > 1]


def on_page(matrix: cairo.Matrix, points: Array) -> Array:
    """Points of the picture, (n, 3), on a page: (n, 2)."""
    x, y = points[:, 0], points[:, 1]
    return np.column_stack(
        [matrix.xx * x + matrix.xy * y + matrix.x0, matrix.yx * x + matrix.yy * y + matrix.y0]
    )


def _laid_over(points: Array, there: Array) -> tuple[complex, complex, float]:
    """How ``points`` (n, 2) are turned and scaled, and moved, to lie on ``there``, and how far they miss it.

    As complex numbers; what they miss it by is in their own units.
    """
    one, other = (found[:, 0] + 1j * found[:, 1] for found in (points, there))
    about = one - one.mean()
    turn = complex(np.vdot(about, other - other.mean()) / max(float(np.vdot(about, about).real), 1e-300))
    move = complex(other.mean() - turn * one.mean())
    return turn, move, float(np.abs(turn * one + move - other).max() / max(abs(turn), 1e-300))


def _color(part: VMobject) -> ManimColor | None:
    """The one color of an outline, which is filled or, as a fraction's bar is, stroked.

    None if it has several, or if anything shines through it.
    """
    strokes = part.get_stroke_rgbas() if part.get_stroke_width() else np.zeros((1, 4))
    fills = part.get_fill_rgbas()
    filled, stroked = (bool(rgbas[:, 3].max() > UNSEEN) for rgbas in (fills, strokes))
    rgbas = fills if filled else strokes
    if not (filled or stroked) or len(rgbas) > 1 or rgbas[0, 3] < OPAQUE:
        return None
    color = ManimColor(rgbas[0, :3])
    return None if filled and stroked and ManimColor(strokes[0, :3]) != color else color


def _typst(lettering: Any) -> tuple[str, str]:
    """The set-up for the text's code, and the code."""
    if isinstance(lettering, Counter):
        return typography.preamble(language=settings.current_language()), lettering.code
    return lettering.typst_preamble, lettering.typst_code


def _colored(
    lettering: Any, parts: Sequence[VMobject], colors: Sequence[str | None]
) -> tuple[str, list[str]] | None:
    """The text's color, and code for the named parts of a formula that have others; None if it cannot be."""
    of = {id(part): color for part, color in zip(parts, colors, strict=True) if color is not None}
    if not of or len(of) < len(parts):
        return None
    by_name, inside = dict[str, str](), dict[int, str]()
    names = getattr(lettering, "_group_labels", ()) if len(set(of.values())) > 1 else ()
    for name in dict.fromkeys(names):  # the inner ones come later
        members = [id(part) for part in lettering.select(name).family_members_with_points() if id(part) in of]
        found = {of[part] for part in members}
        if len(found) == 1:
            by_name[name] = found.pop()
            inside |= dict.fromkeys(members, by_name[name])
    outside = {color for part, color in of.items() if part not in inside}
    if len(outside) > 1 or any(of[part] != color for part, color in inside.items()):
        return None
    entries = ", ".join(f'"{name}": rgb("{value}")' for name, value in by_name.items())
    rule = (
        f"#let manimgrp(lbl, body) = {{ let known = ({entries}); "
        "if lbl in known { text(fill: known.at(lbl), body) } else { body } }"
    )
    return (outside or {next(iter(of.values()))}).pop(), [rule] if by_name else []


def _drawn(preamble: str, body: str, folders: tuple[Path, ...]) -> ElementTree.Element:
    """What Typst makes of the code: an SVG's elements, in points, y downwards."""
    root = ElementTree.parse(typography.svg_file(body, preamble, font_paths=list(folders))).getroot()
    bare = ElementTree.Element("svg")
    bare.extend(root)
    return bare


def _lines(
    lettering: Any, drawn: ElementTree.Element, placed: Callable[[complex], complex]
) -> Iterator[tuple[str, complex]]:
    """The lines of a text without formulas, each with the place of its baseline's beginning."""
    if isinstance(lettering, Counter):
        lines = [lettering.written]
    elif isinstance(lettering, Text):
        lines = plain_lines(lettering.markup)
    else:
        return
    begins = baselines(drawn)
    if isinstance(lettering, Counter) and begins:  # its signs stand in boxes of their own
        begins = begins[:1]
    if len(begins) == len(lines):
        for line, (x, y) in zip(lines, begins, strict=True):
            yield line, placed(complex(x, y))
