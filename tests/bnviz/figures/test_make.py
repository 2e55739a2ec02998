"""Figures: what is drawn, that it is vectors, and that every file looks like the film's own picture."""

from __future__ import annotations

import hashlib
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pypdfium2
import pytest
import resvg_py
from PIL import Image

import scenes
from bnviz.errors import UserError
from bnviz.figures.make import (
    ALIASES,
    INDEX,
    Figure,
    FigureRequest,
    draw_scene,
    figure_name,
    make_figures,
)
from bnviz.figures.shown_numbers import plain
from bnviz.figures.snippets import LATEX, TYPST
from bnviz.figures.svg import SVG
from bnviz.run import discover
from bnviz.run.stills import Picture, beat_stills
from scenes.kit import theme
from scenes.kit.settings import Settings
from tests.bnviz.raster import raster

EXAMPLES = Path(__file__).parents[1] / "examples"
LIGHT = Settings(theme="light", voice=False)
WIDTH = 640  # pixels: of the figures, 127 mm at 128 dpi, and of the comparisons
LIGHT_MUTED = theme.named("light").muted.to_hex().lower()
OURS = discover.find("PrintOut", EXAMPLES)


def wanted(folder: Path, **changes: object) -> FigureRequest:
    return replace(FigureRequest([OURS], LIGHT, folder, workers=1, width=127, dpi=128), **changes)  # type: ignore[arg-type]


def draw(folder: Path, **changes: object) -> dict[str, Figure]:
    """Draw the example's figures in this process."""
    folder.mkdir(exist_ok=True)
    made = draw_scene(OURS, wanted(folder, **changes), folder, lambda count: None)
    return {figure.beat: figure for figure in made}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("figures")


@pytest.fixture(scope="module")
def drawn(folder: Path) -> dict[str, Figure]:
    return draw(folder)


def far(one: Picture, two: Picture) -> float:
    """The share of pixels that differ visibly, seen from so far that every rasterizer's edges look alike."""
    halves = [np.asarray(Image.fromarray(item).reduce(2)).astype(int) for item in (one, two)]
    return float((np.abs(halves[0] - halves[1]).max(axis=2) > 24).mean())


@pytest.fixture(scope="module")
def film() -> dict[str, Picture]:
    """The example's stills, as the film draws them."""
    taken = beat_stills(OURS, LIGHT, 2 * WIDTH, 2 * WIDTH * 9 // 16)
    return {beat: np.asarray(Image.fromarray(still.picture).reduce(2)) for beat, still in taken.items()}


# -- what they look like ----------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["svg", "pdf", "png"])
@pytest.mark.parametrize("beat", ["surface", "flat"])
def test_a_figure_looks_like_the_film(
    drawn: dict[str, Figure], folder: Path, film: dict[str, Picture], kind: str, beat: str
) -> None:
    made = raster(folder / drawn[beat].files[kind], WIDTH)
    assert far(made, film[beat]) < 0.003
    other = film["flat" if beat == "surface" else "surface"]
    assert far(made, other) > 0.05  # so the tolerance tells pictures apart


def test_a_moved_line_would_be_noticed(film: dict[str, Picture]) -> None:
    assert far(film["surface"], np.roll(film["surface"], 3, axis=0)) > 0.01


def test_a_transparent_figure_has_no_background(tmp_path: Path) -> None:
    files = {kind: tmp_path / f"print-out-flat-transparent.{kind}" for kind in ("svg", "png", "pdf")}
    draw(tmp_path, transparent=True, beats=["flat"])
    with Image.open(files["png"]) as image:
        alpha = np.asarray(image)[..., 3]
        colors = np.asarray(image)[alpha == 255][:, :3]
    assert alpha[0, 0] == 0 and (alpha == 255).any()
    assert (colors == colors[0]).all()  # the line's own: nothing of a background is mixed into it
    svg = resvg_py.svg_to_bytes(svg_path=str(files["svg"]), width=WIDTH, dpi=96)
    assert np.asarray(Image.open(io.BytesIO(svg)))[0, 0, 3] == 0
    black = pypdfium2.PdfDocument(files["pdf"])[0].render(fill_color=(0, 0, 0, 255)).to_numpy()
    assert black[0, 0, :3].tolist() == [0, 0, 0]


def test_the_dark_theme_is_dark(tmp_path: Path) -> None:
    made = draw(tmp_path, settings=Settings(theme="dark", voice=False), formats=["png"], beats=["flat"])
    assert made["flat"].files == {"png": "print-out-flat-dark.png"}
    assert raster(tmp_path / "print-out-flat-dark.png", WIDTH)[0, 0].max() < 40


# -- vectors are vectors ----------------------------------------------------------------------------------
def elements(path: Path, tag: str) -> list[ElementTree.Element]:
    return ElementTree.parse(path).getroot().findall(f".//{{{SVG}}}{tag}")


def test_an_svg_holds_one_image_the_surface_s_and_paths_for_all_else(
    drawn: dict[str, Figure], folder: Path
) -> None:
    surface, flat = (folder / drawn[beat].files["svg"] for beat in ("surface", "flat"))
    (image,) = elements(surface, "image")
    page = 160 / 25.4 * 102
    assert (
        0.3 * page < float(image.attrib["width"]) < 0.7 * page
    )  # pixels: of the surface alone, as fine as asked
    assert elements(flat, "image") == []
    assert len(elements(flat, "path")) == 1  # the line; the background is a rectangle


def test_a_pdf_holds_no_image_and_its_surface_is_a_shaded_mesh(
    drawn: dict[str, Figure], folder: Path
) -> None:
    path = folder / drawn["surface"].files["pdf"]
    page = pypdfium2.PdfDocument(path)[0]
    kinds = [item.type for item in page.get_objects(max_depth=9)]
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in kinds
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_PATH) > 20
    assert b"/ShadingType 7" in path.read_bytes()
    assert page.get_size() == pytest.approx((5 * 72, 5 * 72 * 9 / 16))


def test_nothing_is_in_the_file_that_is_not_seen(drawn: dict[str, Figure], folder: Path) -> None:
    text = (folder / drawn["surface"].files["svg"]).read_text(encoding="utf-8")
    assert "#123456" not in text and not re.search(r'fill-opacity(="|:)0["; ]', text)
    numbers = re.findall(r"[Md]=?\"?M(-?[\d.]+)", text)
    assert numbers and all(-20 <= float(number) <= 1940 for number in numbers)  # the square stands at 3660
    paths = elements(folder / drawn["surface"].files["svg"], "path")
    letters = [path for path in paths if path.get("fill") == LIGHT_MUTED]
    assert len(letters) == len("all100rows" + "0.5ofit" + "steps")  # and none of "gone", which has faded


def test_a_fraction_s_bar_is_as_thick_as_in_the_film(drawn: dict[str, Figure], folder: Path) -> None:
    """Manim would draw it thinner on a picture of fewer pixels."""
    paths = elements(folder / drawn["surface"].files["svg"], "path")
    level = [path for path in paths if re.fullmatch(r"M[\d.]+ [\d.]+l[\d.]+ 0", path.attrib["d"])]
    (bar,) = (path.attrib["stroke-width"] for path in level if "stroke-width" in path.attrib)
    assert float(bar) == pytest.approx(1.3, abs=0.1)  # pixels at 1080p


def test_files_are_small(drawn: dict[str, Figure], folder: Path) -> None:
    for figure in drawn.values():
        for kind, file in figure.files.items():
            assert (folder / file).stat().st_size < 200_000, (figure.name, kind)


# -- the same again ---------------------------------------------------------------------------------------
def test_made_twice_every_file_is_the_same(drawn: dict[str, Figure], folder: Path, tmp_path: Path) -> None:
    """Here in one process, whose counters go on, against a process of its own."""
    make_figures(wanted(tmp_path))
    names = {path.name for path in tmp_path.iterdir()} - {INDEX, LATEX, TYPST}
    assert names == {path.name for path in folder.iterdir()}
    for name in names:
        first, second = (hashlib.sha256((place / name).read_bytes()) for place in (folder, tmp_path))
        assert first.hexdigest() == second.hexdigest(), name


# -- what they say ----------------------------------------------------------------------------------------
def test_a_figure_says_what_it_shows(drawn: dict[str, Figure]) -> None:
    surface, flat = drawn["surface"], drawn["flat"]
    assert surface.title == "Print <out>: A surface"
    assert surface.caption == "Down & down, 6352 steps."
    assert surface.alt == "Print <out>: A surface. Down & down, 6352 steps."
    assert flat.alt == "A line on 100 rows."  # its own words win
    assert (surface.name, surface.scene, surface.beat) == ("print-out-surface", "PrintOut", "surface")


def test_a_figure_s_numbers_are_those_that_are_seen_in_it(drawn: dict[str, Figure]) -> None:
    shown = {number.name: (number.text, number.value) for number in drawn["surface"].numbers}
    assert shown == {
        "data.count": ("100", 100.0),
        "half.half": ("0.5", 0.5),
        "raw.steps": ("6352", 6352.0),
        "steps": ("7", None),
    }
    assert drawn["flat"].numbers == ()


def test_an_svg_tells_a_screen_reader(drawn: dict[str, Figure], folder: Path) -> None:
    root = ElementTree.parse(folder / drawn["surface"].files["svg"]).getroot()
    assert root.attrib["role"] == "img"
    told = [root.find(f"*[@id='{name}']") for name in root.attrib["aria-labelledby"].split()]
    assert [item.text for item in told if item is not None] == [drawn["surface"].title, drawn["surface"].alt]
    assert (root.attrib["width"], root.attrib["height"]) == ("127mm", "71.4375mm")


def test_a_pdf_and_a_png_say_it_too(drawn: dict[str, Figure], folder: Path) -> None:
    figure = drawn["surface"]
    said = pypdfium2.PdfDocument(folder / figure.files["pdf"]).get_metadata_dict()
    assert (said["Title"], said["Subject"]) == (figure.title, figure.alt)
    assert "raw.steps = 6352" in said["Keywords"]
    with Image.open(folder / figure.files["png"]) as image:
        assert image.text["Description"] == figure.alt
        assert image.info["dpi"] == pytest.approx((128, 128), abs=0.1)
        assert image.size == (WIDTH, 360)


# -- the folder -------------------------------------------------------------------------------------------
def test_the_index_has_every_figure_also_those_drawn_before(tmp_path: Path) -> None:
    make_figures(wanted(tmp_path, formats=["svg"], beats=["flat"]))
    make_figures(wanted(tmp_path, formats=["png"], beats=["surface", "flat"]))
    index = json.loads((tmp_path / INDEX).read_text(encoding="utf-8"))
    files = [entry["files"] for entry in index]
    assert files == [
        {"png": "print-out-flat.png"},
        {"svg": "print-out-flat.svg"},
        {"png": "print-out-surface.png"},
    ]
    assert {path.name for path in tmp_path.iterdir()} == {
        INDEX,
        LATEX,
        TYPST,
        *(name for item in files for name in item.values()),
    }
    (tmp_path / "print-out-flat.svg").unlink()
    make_figures(wanted(tmp_path, formats=["png"], beats=["flat"]))
    index = json.loads((tmp_path / INDEX).read_text(encoding="utf-8"))
    assert [entry["files"] for entry in index] == [files[0], files[2]]


def test_a_beat_that_is_nowhere_is_an_error_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="--beats names typo, which is in none of the scenes PrintOut"):
        make_figures(wanted(tmp_path, formats=["svg"], beats=["flat", "typo"]))
    assert list(tmp_path.iterdir()) == []


def test_an_index_that_is_none_is_an_error(tmp_path: Path) -> None:
    (tmp_path / INDEX).write_text('["?"]', encoding="utf-8")
    with pytest.raises(UserError, match=r"figures\.json is not an index of figures .*; remove it"):
        make_figures(wanted(tmp_path, formats=["png"], beats=["flat"]))
    assert [path.name for path in tmp_path.iterdir()] == [INDEX]


def test_a_figure_of_the_article_has_its_own_name_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ALIASES, ("PrintOut", "flat"), "our-line")
    figure = draw(tmp_path, formats=["svg"], transparent=True)["flat"]
    assert figure.alias_files == {"svg": "our-line-transparent.svg"}
    one, other = (tmp_path / name for name in ("our-line-transparent.svg", figure.files["svg"]))
    ids = other.stem, one.stem  # all else is the same
    assert one.read_text(encoding="utf-8") == other.read_text(encoding="utf-8").replace(*ids)


def test_every_alias_names_a_beat_of_the_film_and_no_other_figure() -> None:
    from bn_math import Lesson
    from scenes.kit.script.words import Words

    names = {
        figure_name(scene, beat) for scene in scenes.ORDER for beat in Words(scene, Lesson.article()).beats
    }
    for (scene, beat), alias in ALIASES.items():
        assert figure_name(scene, beat) in names
        assert alias not in names
    assert len(set(ALIASES.values())) == len(ALIASES)


def test_markup_is_made_plain() -> None:
    assert plain("2.4 × 10#super[5]") == "2.4 × 10^5"
    assert plain("weight of A × $sigma_A$ \\ here") == "weight of A × sigma_A here"
