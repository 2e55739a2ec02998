"""Letters as text: where the outlines lie, to be searched, their fonts in the file; or as outlines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pypdfium2
import pytest
from manim import LEFT, ORIGIN, RIGHT, Mobject, Square, ValueTracker
from PIL import Image

from bnviz.figures.svg import SVG
from bnviz.figures.writers import About, FigureSheet, write
from bnviz.run.run_scene import manim_configured
from bnviz.run.stills import Picture
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.typography import Formula, Text
from scenes.kit.settings import Settings
from tests.bnviz.figures.test_make import far
from tests.bnviz.raster import raster

ABOUT = About("A title", "What it shows")
SHEET = FigureSheet(127, 128, (1.0, 1.0, 1.0))
WIDTH = 640


@pytest.fixture(autouse=True)
def configured() -> Iterator[None]:
    with manim_configured(Settings(theme="light", voice=False)):
        yield


def drawn(path: Path, *mobjects: Mobject, text: bool = False) -> Path:
    """A figure of ``mobjects``."""

    def draw(canvas: Any, width: float, height: float) -> None:
        from scenes.kit.drawing.page_canvas import PageCamera, in_units

        camera = PageCamera(canvas)
        with in_units(canvas.context, width, height, camera.frame_width):
            camera.capture_mobjects(mobjects)

    write(path, draw, SHEET, ABOUT, text)
    return path


def letters() -> list[Mobject]:
    """Words in several sizes and directions, and a formula with a part of its own color."""
    formula = Formula("{{ hat(x) : left }} = (x - mu) / sigma", 90).shift(2 * LEFT)
    formula.select("left").set_fill("#0066cc")
    turned = Text("weight of A", 60, "#aa2200").rotate(1.2).shift(5 * RIGHT)
    return [Text("learning rate", 80).shift(2 * RIGHT + 2 * LEFT), turned, formula.shift([0, -2.5, 0])]


def seen(path: Path) -> Picture:
    """A figure drawn large and seen small: PDFium moves small letters by parts of a pixel."""
    return np.asarray(Image.fromarray(raster(path, 6 * WIDTH)).reduce(6))


def words_of(path: Path) -> str:
    page = pypdfium2.PdfDocument(path)[0]
    return " ".join(page.get_textpage().get_text_bounded().split())


def fonts_in(path: Path) -> set[str]:
    """The names of the fonts of which some letters are in the file: six capitals and a plus say so."""
    found = re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([\w-]+)", path.read_bytes())
    assert found and len(re.findall(rb"/FontFile\d", path.read_bytes())) > 0
    return {name.decode() for name in found}


def kinds(path: Path) -> list[int]:
    return [item.type for item in pypdfium2.PdfDocument(path)[0].get_objects(max_depth=9)]


def test_text_lies_where_the_outlines_lie(tmp_path: Path) -> None:
    text, outlines = drawn(tmp_path / "a.pdf", *letters()), drawn(tmp_path / "b.pdf", *letters(), text=True)
    assert pypdfium2.raw.FPDF_PAGEOBJ_TEXT in kinds(text)
    assert pypdfium2.raw.FPDF_PAGEOBJ_TEXT not in kinds(outlines)
    assert far(seen(text), seen(outlines)) < 0.001  # a fraction's bar is thinner in the film
    moved = [item.shift([0.03, 0, 0]) for item in letters()]
    assert far(seen(text), seen(drawn(tmp_path / "c.pdf", *moved))) > 0.005


def test_words_are_found_and_their_fonts_are_in_the_file(tmp_path: Path) -> None:
    path = drawn(tmp_path / "a.pdf", *letters())
    assert "learning rate" in words_of(path) and "weight of A" in words_of(path)
    assert {name.split("-")[0] for name in fonts_in(path)} == {"Lato", "NewCMMath"}
    assert path.stat().st_size < 60_000


def test_what_lies_over_a_text_lies_over_it(tmp_path: Path) -> None:
    """On a layer of its own; what lies beside it needs none."""

    def cover(x: float) -> Mobject:
        return Square(2.0, color="#00aa00", fill_opacity=1, stroke_width=0).shift([x, 0, 0])

    under = raster(drawn(tmp_path / "a.pdf", Text("under", 120), cover(0.0)), WIDTH)
    over = raster(drawn(tmp_path / "b.pdf", cover(0.0), Text("over", 120)), WIDTH)
    middle = np.s_[170:190, 310:330]
    assert (under[middle] == [0, 170, 0]).all() and not (over[middle] == [0, 170, 0]).all()
    assert words_of(tmp_path / "a.pdf") == "under"


def test_what_is_half_faded_or_bent_is_drawn_as_outlines(tmp_path: Path) -> None:
    faded, bent = Text("faded", 80).set_opacity(0.5), Text("bent", 80).shift([0, 2, 0])
    bent.apply_function(lambda point: point + [0, 0.1 * point[0] ** 2, 0])
    text = drawn(tmp_path / "a.pdf", faded, bent)
    assert words_of(text) == ""
    assert far(raster(text, WIDTH), raster(drawn(tmp_path / "b.pdf", faded, bent, text=True), WIDTH)) < 0.001


def test_made_twice_both_kinds_are_the_same(tmp_path: Path) -> None:
    for place in "xy":
        (tmp_path / place).mkdir()
    for kind, text in (("pdf", False), ("svg", True)):
        first, second = (drawn(tmp_path / place / f"a.{kind}", *letters(), text=text) for place in "xy")
        assert first.read_bytes() == second.read_bytes()


def test_an_svg_holds_text_where_that_is_asked_for(tmp_path: Path) -> None:
    plain, text = (drawn(tmp_path / f"{name}.svg", *letters(), text=name == "b") for name in "ab")
    assert ElementTree.parse(plain).getroot().findall(f".//{{{SVG}}}text") == []
    found = ElementTree.parse(text).getroot().findall(f".//{{{SVG}}}text")
    assert [item.text for item in found] == ["learning rate", "weight of A"]
    assert found[0].attrib["font-family"].startswith("Lato") and "rotate" in found[1].attrib["transform"]
    size = 80 * 1920 / 1080 * 1080 / 1920  # pixels of a picture 1920 wide
    assert float(found[0].attrib["font-size"]) == pytest.approx(size, rel=0.01)
    middle = Text("learning rate", 80).move_to(ORIGIN)
    x = 960 + 1920 / (128 / 9) * float(middle.get_left()[0])
    assert float(found[0].attrib["x"]) == pytest.approx(x, abs=0.1 * size)


def test_words_and_formulas_can_be_of_one_family(tmp_path: Path) -> None:
    with manim_configured(Settings(theme="light", voice=False, letters="serif")):
        path = drawn(tmp_path / "a.pdf", *letters(), Counter(ValueTracker(6352)).shift([3, -3, 0]))
    assert {name.split("-")[0] for name in fonts_in(path)} == {"NewCM10", "NewCMMath"}
    assert "learning rate" in words_of(path) and "6352" in words_of(path)
