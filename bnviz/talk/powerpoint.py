"""The talk for PowerPoint: a title slide, a movie a slide with its still over it, the credits.

A slide's movie plays when the slide comes; its still appears over it when it has ended. Slide sorter, print
and programs that play nothing draw every slide as it is in the end, and so show the still.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.util import Inches, Length, Pt

from bnviz.figures.writers import creation_date
from bnviz.talk.deck import Slide, alt_of
from bnviz.talk.pictures import first_and_last
from bnviz.talk.powerpoint_design import DRAWING, HEIGHT, SMALLEST, WIDTH, empty_deck
from bnviz.talk.powerpoint_xml import add_sections, add_slide_number, name_notes_master, play_then_show
from bnviz.talk.title_and_credits import CreditsPage, TitlePage
from scenes.kit import theme

if TYPE_CHECKING:
    from scenes.kit.settings import Settings

LEFT, RIGHT = Inches(0.9), Inches(12.4)  # where what is written on title and credits begins, and ends at most
ALONE, ABOVE = Inches(0.5), Inches(0.6)  # of a slide's title, which lies above the slide: height, and how far
_TITLE, _TITLE_ONLY, _CONTENT = 0, 5, 1  # python-pptx's layouts


def write_powerpoint(
    path: Path,
    slides: Sequence[Slide],
    clips: Path,
    opening: TitlePage,
    closing: CreditsPage,
    settings: Settings,
) -> None:
    """Write the talk to ``path``.

    Args:
        path: the PPTX file.
        slides: one for each beat, in order.
        clips: the folder with their movies, ``name.mp4``.
        opening: what the first slide says.
        closing: what the last slide says.
        settings: of the film, for its theme and what its stills show.
    """
    deck = empty_deck(theme.named(settings.theme), opening.title, opening.occasion.speaker, opening.subject)
    _add_title(deck, opening)
    for slide in slides:
        _add_beat(deck, slide, clips / f"{slide.name}.mp4", alt_of(slide.placed, settings))
    _add_credits(deck, closing)
    pages = list(deck.slides)
    for number, page in enumerate(pages[1:], 2):  # a title slide has none
        add_slide_number(page, number)
    add_sections(deck.part._element, _sections([page.slide_id for page in pages], slides, opening, closing))
    notes = deck.part.relate_to(deck.part.notes_master_part, RELATIONSHIP_TYPE.NOTES_MASTER)
    name_notes_master(deck.part._element, notes)
    _save(deck, path)


def _sections(
    ids: Sequence[int], slides: Sequence[Slide], opening: TitlePage, closing: CreditsPage
) -> list[tuple[str, list[int]]]:
    """A section a scene; title and credits have one each."""
    by_scene = groupby(zip(ids[1:-1], slides, strict=True), key=lambda pair: pair[1].placed.scene.title)
    scenes = [(title, [page for page, _ in pairs]) for title, pairs in by_scene]
    return [(opening.title, [ids[0]]), *scenes, (closing.title, [ids[-1]])]


def _add_beat(deck: Any, slide: Slide, clip: Path, alt: str) -> None:
    page = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    title = page.shapes.title  # for outlines and screen readers: the still has its own words
    title.text = slide.title
    title.left, title.top, title.width, title.height = Length(0), Length(-ABOVE), WIDTH, ALONE
    title.text_frame.paragraphs[0].runs[0].font.size = SMALLEST
    poster, still = first_and_last(slide.placed)
    movie = page.shapes.add_movie(
        str(clip), 0, 0, WIDTH, HEIGHT, poster_frame_image=io.BytesIO(poster), mime_type="video/mp4"
    )
    picture = page.shapes.add_picture(io.BytesIO(still), 0, 0, WIDTH, HEIGHT)
    for shape, name, described in ((movie, clip.name, slide.title), (picture, slide.title, alt)):
        shape.name = name
        shape._element.xpath(".//p:cNvPr")[0].set("descr", described)
    placed = slide.placed
    milliseconds = round(1000 * (placed.last - placed.first) / placed.scene.frame_rate)
    play_then_show(page._element, movie.shape_id, picture.shape_id, milliseconds, slide.loop)
    page.notes_slide.notes_text_frame.text = slide.notes


def _add_title(deck: Any, opening: TitlePage) -> None:
    page = deck.slides.add_slide(deck.slide_layouts[_TITLE])
    title, subject = page.shapes.title, page.placeholders[1]
    width = Inches(8.2)
    _write(title, [opening.title], Pt(54), (LEFT, Inches(1.0), width, Inches(2.4)), MSO_ANCHOR.BOTTOM)
    _write(subject, [opening.subject], Pt(24), (LEFT, Inches(3.5), width, Inches(1.1)), MSO_ANCHOR.TOP, True)
    if opening.lines:
        place = (LEFT, Inches(4.8), width, Inches(1.9))
        _write(page.shapes.add_textbox(*place), opening.lines, Pt(24), place, MSO_ANCHOR.BOTTOM)
    _draw_sign(page)


def _draw_sign(page: Any) -> None:
    """What the film is about in two lines: the needle that becomes a circle."""
    across, down = Inches(10.9), Inches(3.6)
    for width, height, color in (
        (Inches(0.7), Inches(4.9), MSO_THEME_COLOR.ACCENT_1),
        (Inches(2.9), Inches(2.9), MSO_THEME_COLOR.ACCENT_2),
    ):
        left, top = Length(across - width // 2), Length(down - height // 2)
        shape = page.shapes.add_shape(MSO_SHAPE.OVAL, left, top, width, height)
        shape.fill.background()
        shape.shadow.inherit = False
        shape.line.color.theme_color, shape.line.width = color, Pt(4)


def _add_credits(deck: Any, closing: CreditsPage) -> None:
    page = deck.slides.add_slide(deck.slide_layouts[_CONTENT])
    width = Length(RIGHT - LEFT)
    above, below = (LEFT, Inches(0.8), width, Inches(0.9)), (LEFT, Inches(1.9), width, Inches(4.6))
    _write(page.shapes.title, [closing.title], Pt(36), above, MSO_ANCHOR.BOTTOM)
    _write(page.placeholders[1], closing.lines, Pt(24), below, MSO_ANCHOR.TOP)


def _write(
    shape: Any,
    lines: Sequence[str],
    size: Length,
    place: tuple[Length, Length, Length, Length],
    anchor: MSO_ANCHOR,
    is_muted: bool = False,
) -> None:
    """Set ``lines``, a paragraph each, from the left, without the layout's bullets."""
    shape.left, shape.top, shape.width, shape.height = place
    frame = shape.text_frame
    frame.text = "\n".join(lines)
    frame.word_wrap, frame.vertical_anchor = True, anchor
    for paragraph in frame.paragraphs:
        paragraph.alignment, paragraph.space_after = PP_ALIGN.LEFT, Pt(8)
        properties = paragraph._p.get_or_add_pPr()
        properties.set("marL", "0")
        properties.set("indent", "0")
        properties.append(parse_xml(f'<a:buNone xmlns:a="{DRAWING}"/>'))
        for run in paragraph.runs:
            run.font.size = size
            if is_muted:
                run.font.color.theme_color = MSO_THEME_COLOR.TEXT_2


def _save(deck: Any, path: Path) -> None:
    """Write the file: the same bytes each time, with movies and pictures, which are packed, as they are."""
    date = datetime.fromisoformat(creation_date()).replace(tzinfo=None)
    deck.core_properties.created = deck.core_properties.modified = date
    memory = io.BytesIO()
    deck.save(memory)
    with zipfile.ZipFile(memory) as made, zipfile.ZipFile(path, "w") as file:
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            is_packed = name.endswith((".mp4", ".jpg"))
            entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            file.writestr(entry, made.read(name))
