"""An empty PowerPoint deck in a theme of the film: 16:9, its colors and letters.

Colors and letters are those of the deck's own theme, so that a slide that is added goes with the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.util import Inches, Pt

if TYPE_CHECKING:
    from scenes.kit.theme import Theme

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
MARGIN = Inches(0.375)  # below and above it the film has no letters: 5 % of the height
SMALLEST = Pt(18)
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_COLORS = {
    "dk1": "text",
    "lt1": "background",
    "dk2": "muted",
    "lt2": "panel",
    "accent1": "valley",
    "accent2": "bowl",
    "accent3": "feature_a",
    "accent4": "feature_b",
    "accent5": "loss",
    "accent6": "scale_shift",
    "hlink": "bowl",
    "folHlink": "loss",
}
"""PowerPoint's names of a deck's colors, in its order, and the film's roles. Text is dk1 on lt1."""


def empty_deck(theme: Theme, title: str, author: str, subject: str) -> Any:
    """A presentation of python-pptx without a slide; the texts are its file's properties."""
    deck: Any = Presentation()
    _widen(deck)
    _color(deck, theme)
    properties = deck.core_properties
    properties.title, properties.author, properties.subject = title, author, subject
    properties.comments = properties.last_modified_by = ""
    package = deck.part.package
    for relationship in list(package.iter_rels()):
        if relationship.reltype == RELATIONSHIP_TYPE.THUMBNAIL:  # a picture of an empty slide
            package.drop_rel(relationship.rId)
    return deck


def _widen(deck: Any) -> None:
    """From python-pptx's 4:3 to 16:9: what the master and its layouts have is as much wider as the slide."""
    wider, higher = WIDTH / deck.slide_width, HEIGHT / deck.slide_height
    for sheet in (deck.slide_master, *deck.slide_layouts):
        for shape in sheet.placeholders:
            if shape._element.spPr.find(".//{*}off") is None:  # its place is its master's
                continue
            left, top, width, height = shape.left, shape.top, shape.width, shape.height
            shape.left, shape.width = round(left * wider), round(width * wider)
            shape.top, shape.height = round(top * higher), round(height * higher)
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    deck.part._element.find("{*}sldSz").attrib.pop("type", None)  # it says 4:3


def _color(deck: Any, theme: Theme) -> None:
    """Give the master's theme the film's colors, and Lato where it is there; Calibri is like it elsewhere."""
    part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    xml = parse_xml(part.blob)
    scheme = xml.find(".//{*}clrScheme")
    scheme.set("name", theme.name)
    for name, role in _COLORS.items():
        color = scheme.find(f"{{*}}{name}")
        value = getattr(theme, role).to_hex().removeprefix("#")
        color.remove(color[0])
        color.append(parse_xml(f'<a:srgbClr xmlns:a="{DRAWING}" val="{value}"/>'))
    for latin in xml.findall(".//{*}majorFont/{*}latin") + xml.findall(".//{*}minorFont/{*}latin"):
        latin.set("typeface", "Lato")
        latin.set("panose", "020F0502020204030203")  # by which a program without Lato finds what is like it
    part.blob = serialize_part_xml(xml)
