"""The talk's PDF: its pages, what can be searched in them, and that they are the beats' stills as vectors."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
import typst

from bnviz.errors import UserError
from bnviz.run import discover
from bnviz.run.stills import beat_stills
from bnviz.talk.slides import make_slides
from bnviz.talk.title_and_credits import Occasion, require_letters
from scenes.kit.settings import Settings
from tests.bnviz.conftest import EXAMPLES
from tests.bnviz.raster import page_pixels
from tests.bnviz.talk.conftest import MadeTalk, talk_of

TALKS = Path(__file__).parents[3] / "docs/talks.md"


@pytest.fixture(scope="module")
def document(paged: MadeTalk) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(paged.pdf)


def text(document: pypdfium2.PdfDocument, page: int) -> str:
    return " ".join(document[page].get_textpage().get_text_range().split())


def test_a_page_a_slide_between_title_and_credits(document: pypdfium2.PdfDocument, paged: MadeTalk) -> None:
    assert len(document) == 1 + len(paged.slides) + 1
    assert {tuple(map(round, page.get_size())) for page in document} == {(960, 540)}
    assert [document.get_page_label(number) for number in range(len(document))] == list("12345")


def test_title_and_credits_can_be_searched(document: pypdfium2.PdfDocument) -> None:
    first, last = text(document, 0), text(document, len(document) - 1)
    for said in ("From Valley to Bowl", "Ada Lovelace", "Seminar, Room 1 & 2", "1 May"):
        assert said in first
    for owed in ("Credits", "Peng Qian, 2024", "Manim Community", "Lato (SIL Open Font License)"):
        assert owed in last


def test_scenes_and_beats_are_bookmarks(document: pypdfium2.PdfDocument) -> None:
    found = [(item.level, item.get_title(), item.get_dest().get_index()) for item in document.get_toc()]
    assert found == [
        (0, "From Valley to Bowl", 0),
        *((0, "Small", 1), (1, "A square", 1), (1, "It moves", 2)),
        *((0, "Other", 3), (1, "A circle", 3)),
        (0, "Credits", 4),
    ]


def test_the_pages_are_the_beats_stills_also_of_a_loop(paged: MadeTalk) -> None:
    for number, slide in enumerate(paged.slides, 1):
        placed = slide.placed
        source, light = discover.find(placed.scene.name, EXAMPLES), Settings(voice=False, theme="light")
        wanted = beat_stills(source, light, 640, 360)[placed.beat.name].picture.astype(int)
        seen = page_pixels(paged.pdf, number, 640).astype(int)
        assert np.abs(seen - wanted)[:335].mean() < 1.5, slide.title


def test_the_pages_are_vectors_and_few_bytes(paged: MadeTalk, document: pypdfium2.PdfDocument) -> None:
    data = paged.pdf.read_bytes()
    assert not re.search(rb"/Subtype\s*/Image", data)
    assert len(data) < 200_000
    assert not document.get_metadata_dict().get("CreationDate")


def test_what_is_seen_is_told_to_who_does_not_see_it(paged: MadeTalk) -> None:
    with pikepdf.open(paged.pdf) as file:
        told = [
            str(item.Alt) for item in file.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
        ]
    for slide in paged.slides:
        assert any(slide.placed.beat.title in alt for alt in told)


def test_with_notes_a_sheet_of_paper_has_the_still_and_what_is_said(tmp_path: Path) -> None:
    made = make_slides(talk_of(tmp_path, notes=True, formats=("pdf",)))
    document = pypdfium2.PdfDocument(tmp_path / "valley-to-bowl.pdf")
    assert len(document) == 1 + len(made) + 1
    assert {tuple(map(round, page.get_size())) for page in document} == {(595, 842)}
    for number, slide in enumerate(made, 1):
        for line in slide.notes.split("\n"):
            assert line in text(document, number)


def test_a_letter_that_no_font_has_is_told_before_anything_is_rendered() -> None:
    with pytest.raises(UserError, match=r"--event cannot be written in the PDF: no font of English .* has ก"):
        require_letters(Occasion("Ada", "ก", ""), Settings())
    require_letters(Occasion("Ada #[x] $y$", "", "1. 5."), Settings())


def test_the_typst_example_of_the_docs_shows_a_page_of_it(paged: MadeTalk, tmp_path: Path) -> None:
    (example,) = re.findall(r"```typst\n(.*?)```", TALKS.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "valley-to-bowl.pdf").write_bytes(paged.pdf.read_bytes())
    source, made = tmp_path / "talk.typ", tmp_path / "talk.pdf"
    source.write_text(re.sub(r"page: \d+", "page: 2", example), encoding="utf-8")
    typst.compile(source, output=made)
    pages = pypdfium2.PdfDocument(made)
    shown = page_pixels(made, len(pages) - 1, 320).astype(int)
    assert np.abs(shown - page_pixels(paged.pdf, 1, 320)).mean() < 2
