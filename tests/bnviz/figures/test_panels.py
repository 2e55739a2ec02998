"""A figure of several beats: letters, places, one size of letters and lines, and the same when made twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
import svgelements

from bnviz.figures.look import Layout
from bnviz.figures.make import Figure, FigureRequest, draw_panels
from bnviz.figures.panel_lists import Panel, PanelFigure
from bnviz.figures.svg import SVG
from bnviz.run import discover
from scenes.kit.settings import Settings

EXAMPLES = Path(__file__).parents[1] / "examples"
COLUMN, SMALL = (discover.find(name, EXAMPLES) for name in ("Column", "Small"))
POINT = 25.4 / 72  # in mm
FIGURE = PanelFigure("pair", (Panel(COLUMN, "lines"), Panel(SMALL, "appear"), Panel(COLUMN, "chart")))


def draw(folder: Path, figure: PanelFigure = FIGURE, **changes: object) -> list[Figure]:
    folder.mkdir(exist_ok=True)
    settings = Settings(theme="light", voice=False)
    request = FigureRequest([], settings, folder, workers=1, layout=Layout.column, width=85.0, dpi=100)
    return draw_panels(figure, replace(request, **changes), folder, lambda count: None)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("panels")


@pytest.fixture(scope="module")
def drawn(folder: Path) -> Figure:
    (made,) = draw(folder)
    return made


def boxes(path: Path) -> tuple[list[tuple[float, ...]], float]:
    """Of all filled outlines, in points; and of one of the file's units."""
    root = ElementTree.parse(path).getroot()
    unit = float(root.attrib["width"].removesuffix("mm")) / POINT / float(root.attrib["viewBox"].split()[2])
    found = [svgelements.Path(it.attrib["d"]).bbox() for it in root.iter(f"{{{SVG}}}path") if it.get("fill")]
    return [tuple(unit * side for side in box) for box in found if box], unit


def test_it_is_as_wide_as_the_list_says_and_its_words_go_by_letters(drawn: Figure) -> None:
    assert drawn.width_mm == 180
    assert drawn.height_mm < 180
    assert drawn.caption == "(a) Lines. (b) A square & its <side>. (c) A chart."
    assert drawn.name == "pair" and set(drawn.files) == {"svg", "pdf", "png"}


def test_the_width_decides_how_many_stand_side_by_side(tmp_path: Path, drawn: Figure) -> None:
    (narrow,) = draw(tmp_path, panel_width=85.0, formats=["svg"])
    assert narrow.width_mm == 85
    assert narrow.height_mm > 85  # three below each other
    assert drawn.height_mm / drawn.width_mm < narrow.height_mm / narrow.width_mm


def test_letters_and_lines_are_those_of_a_figure_alone(drawn: Figure, folder: Path) -> None:
    path = folder / drawn.files["svg"]
    root = ElementTree.parse(path).getroot()
    _, unit = boxes(path)
    widths = [
        unit * float(it.attrib["stroke-width"])
        for it in root.iter(f"{{{SVG}}}path")
        if it.get("stroke", "none") != "none"
    ]
    assert widths and min(widths) >= 0.499 and max(widths) <= 1.001


def test_every_panel_has_its_letter_above_it_at_the_left(drawn: Figure, folder: Path) -> None:
    """The last outlines of the file are the letters, in bold: a, b in one line, c below a."""
    found, _ = boxes(folder / drawn.files["svg"])
    a, b, c = found[-3:]
    middle = 180 / POINT / 2
    assert a[0] < 3 and c[0] < 3 and middle < b[0] < middle + 12
    assert a[1] == pytest.approx(b[3] - (a[3] - a[1]), abs=3) and c[1] > a[3] + 30


def test_words_of_ones_own_win(tmp_path: Path) -> None:
    figure = replace(FIGURE, title="A pair", caption="Both.", alt="Two.")
    (made,) = draw(tmp_path, figure, formats=["png"])
    assert (made.title, made.caption, made.alt) == ("A pair", "Both.", "Two.")


def test_panels_of_furniture_alone_are_no_figure(tmp_path: Path) -> None:
    assert draw(tmp_path, PanelFigure("none", (Panel(COLUMN, "words"), Panel(COLUMN, "words")))) == []


def test_made_twice_every_file_is_the_same(drawn: Figure, folder: Path, tmp_path: Path) -> None:
    draw(tmp_path)
    for file in drawn.files.values():
        assert (folder / file).read_bytes() == (tmp_path / file).read_bytes(), file
