"""A page: its size in pixels, its date, and the formats it is written in."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from bnviz.errors import UserError
from bnviz.figures.writers import FORMATS, About, FigureSheet, creation_date, write
from tests.bnviz.raster import raster

ABOUT = About("A title", "What it shows", ("one", "two"))


def nothing(canvas: object, width: float, height: float) -> None:
    """Draw nothing."""


def test_a_page_of_160_mm_at_300_dpi() -> None:
    page = FigureSheet()
    assert (page.width, page.height, page.size) == (160, 90, (1890, 1063))


def test_a_pdf_has_no_date_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    for name, date in (("a", "19800101000000Z"), ("b", "20260101000000Z")):
        write(tmp_path / f"{name}.pdf", nothing, FigureSheet(), ABOUT)
        said = pypdfium2.PdfDocument(tmp_path / f"{name}.pdf").get_metadata_dict()
        assert said["CreationDate"].removeprefix("D:") == date
        assert said["ModDate"] == said["CreationDate"]
        assert said["Keywords"] == "one, two"
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")


def test_a_date_that_is_none_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "today")
    with pytest.raises(UserError, match="SOURCE_DATE_EPOCH is 'today'; it must be a whole number of seconds"):
        creation_date()


@pytest.mark.parametrize("kind", FORMATS)
def test_a_background_covers_all_of_it(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"page.{kind}"
    write(path, nothing, FigureSheet(80, 72, (1.0, 0.0, 0.0)), ABOUT)
    made = raster(path, 64)
    assert (made == [255, 0, 0]).all()


def test_an_opaque_png_has_no_alpha(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    write(path, nothing, FigureSheet(background=(1.0, 1.0, 1.0)), ABOUT)
    with Image.open(path) as image:
        assert image.mode == "RGB"
