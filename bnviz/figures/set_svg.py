"""An SVG whose letters are text: what cairo has drawn, layer by layer, with text elements between.

A reader without the fonts sees others: the files name them and hold none. Formulas stay outlines.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from bnviz.figures.svg import SVG, tidy_svg

if TYPE_CHECKING:
    from bnviz.figures.writers import About
    from scenes.kit.lettering.set_again import SetText

WEIGHTS = {"light": "300"}


def set_between(
    layers: Sequence[bytes],
    texts: Sequence[Sequence[SetText]],
    size: tuple[float, float],
    name: str,
    about: About,
) -> bytes:
    """The SVG of ``size`` mm in which each of ``layers``, SVGs of cairo's, lies below its ``texts``.

    Ids begin with ``name``; see :func:`bnviz.figures.svg.tidy_svg`.
    """
    root: ElementTree.Element | None = None
    for number, (content, layer) in enumerate(zip(layers, texts, strict=True)):
        own = name if number == 0 else f"{name}-{number}"
        tree = ElementTree.fromstring(tidy_svg(content, size, own, about.title, about.description))
        if root is None:
            root = tree
        else:
            root.extend(part for part in tree if part.tag not in (f"{{{SVG}}}title", f"{{{SVG}}}desc"))
        for text in layer:
            root.extend(_lines(text))
    assert root is not None
    ElementTree.indent(root, space="")
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _lines(text: SetText) -> list[ElementTree.Element]:
    found = []
    for line in text.lines:
        x, y = (f"{place:.2f}" for place in line.place)
        look = {
            "x": x,
            "y": y,
            "fill": text.color,
            "font-family": ", ".join((*text.families, "sans-serif")),
            "font-size": f"{text.size:.2f}",
        }
        if text.weight in WEIGHTS:
            look["font-weight"] = WEIGHTS[text.weight]
        if abs(text.angle) > 0.01:
            look["transform"] = f"rotate({text.angle:.3f} {x} {y})"
        element = ElementTree.Element(f"{{{SVG}}}text", look)
        element.text = line.text
        found.append(element)
    return found
