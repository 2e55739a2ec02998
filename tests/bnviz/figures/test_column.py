"""Figures set for a column: sizes in points measured in the files, what is left out, what is cut away."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import svgelements
from PIL import Image

from bnviz.figures.look import Layout
from bnviz.figures.make import Figure, FigureRequest, draw_scene
from bnviz.figures.svg import SVG
from bnviz.run import discover
from scenes.kit import theme
from scenes.kit.settings import Settings

EXAMPLES = Path(__file__).parents[1] / "examples"
SOURCE = discover.find("Column", EXAMPLES)
LIGHT = Settings(theme="light", voice=False)
CAPITAL, FORMULA_CAPITAL = 1433 / 2000, 683 / 1000  # of the em of Lato, and of New Computer Modern
WIDTH, DPI = 85.0, 288  # mm; dots an inch: four a point
POINT = 25.4 / 72  # in mm


def draw(folder: Path, **changes: object) -> dict[str, Figure]:
    folder.mkdir(exist_ok=True)
    request = FigureRequest([SOURCE], LIGHT, folder, workers=1, width=WIDTH, dpi=DPI, layout=Layout.column)
    request = replace(request, **changes)  # type: ignore[arg-type]
    made = draw_scene(SOURCE, request, folder, lambda count: None)
    return {figure.beat: figure for figure in made}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("column")


@pytest.fixture(scope="module")
def drawn(folder: Path) -> dict[str, Figure]:
    return draw(folder)


def unit_of(root: ElementTree.Element) -> float:
    """Points for one of the file's units."""
    return float(root.attrib["width"].removesuffix("mm")) / POINT / float(root.attrib["viewBox"].split()[2])


def outlines(path: Path) -> list[tuple[dict[str, str], tuple[float, float, float, float]]]:
    """Attributes of every path of an SVG, and its box (left, top, right, bottom) in points."""
    root = ElementTree.parse(path).getroot()
    unit = unit_of(root)
    found = []
    for element in root.iter(f"{{{SVG}}}path"):
        box = svgelements.Path(element.attrib["d"]).bbox()
        if box is not None:
            found.append((dict(element.attrib), tuple(unit * side for side in box)))
    return found  # type: ignore[return-value]


def pixels(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB")).astype(int)


# -- sizes on paper -----------------------------------------------------------------------------------------
def capitals(path: Path) -> list[float]:
    """The heights in points of all H that are no formula's: of a letter with two stems, as high as it is."""
    color = theme.named("light").text.to_hex().lower()
    boxes = [box for attributes, box in outlines(path) if attributes.get("fill") == color]
    return [bottom - top for _, top, _, bottom in boxes]


def test_letters_are_eight_points_and_none_is_below_six(drawn: dict[str, Figure], folder: Path) -> None:
    heights = sorted(capitals(folder / drawn["lines"].files["svg"]))
    lowered, small, large, formula = heights
    assert lowered == pytest.approx(FORMULA_CAPITAL * 6, abs=0.05)
    assert small == pytest.approx(CAPITAL * 6, abs=0.05)
    assert large == pytest.approx(CAPITAL * 8, abs=0.05)
    assert formula == pytest.approx(FORMULA_CAPITAL * 6 / 0.7, abs=0.05)


@pytest.mark.parametrize("beat", ["lines", "chart", "loss"])
def test_lines_are_half_a_point_to_one(drawn: dict[str, Figure], folder: Path, beat: str) -> None:
    path = folder / drawn[beat].files["svg"]
    unit = unit_of(ElementTree.parse(path).getroot())
    widths = [
        unit * float(it["stroke-width"]) for it, _ in outlines(path) if it.get("stroke", "none") != "none"
    ]
    assert widths
    dark_edges = [width for width in widths if width == pytest.approx(2.0, abs=0.01)]
    assert bool(dark_edges) == (beat == "loss")  # below the path, half a point of which is seen at each side
    others = [width for width in widths if width not in dark_edges]
    assert min(others) >= 0.499 and max(others) <= 1.001


# -- what is there and what is not --------------------------------------------------------------------------
@pytest.mark.parametrize("beat", ["lines", "chart", "loss"])
def test_it_is_cut_to_what_is_drawn_and_nothing_is_cut_off(
    drawn: dict[str, Figure], folder: Path, beat: str
) -> None:
    inked = (pixels(folder / drawn[beat].files["png"]) < 245).any(axis=2)
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    margins = np.array([rows[0], len(inked) - 1 - rows[-1], columns[0], inked.shape[1] - 1 - columns[-1]])
    in_points = margins / DPI * 72
    assert (in_points >= 1.0).all()
    assert (in_points[:2] <= 4.0).all()  # above and below


def test_its_width_is_the_one_asked_for_and_its_height_follows(drawn: dict[str, Figure]) -> None:
    sizes = {beat: (figure.width_mm, figure.height_mm) for beat, figure in drawn.items()}
    assert {width for width, _ in sizes.values()} == {WIDTH}
    assert len({round(height) for _, height in sizes.values()}) == 3
    assert all(20 < height <= 1.1 * WIDTH + 1e-6 for _, height in sizes.values())


def test_a_beat_of_words_alone_is_no_figure(drawn: dict[str, Figure]) -> None:
    assert set(drawn) == {"lines", "chart", "loss"}


def test_furniture_is_left_out(drawn: dict[str, Figure], folder: Path) -> None:
    """The heading and the count of steps would be some fifteen letters more."""
    path = folder / drawn["lines"].files["svg"]
    ball = theme.named("light").ball.to_hex().lower()
    assert len(capitals(path)) == 4
    assert all(ball not in (it.get("fill"), it.get("stroke")) for it, _ in outlines(path))


def test_a_loss_has_numbers_on_its_axes_and_a_key(drawn: dict[str, Figure], folder: Path) -> None:
    """The bar is an image of its own in SVG, and there is more text than the film has, which has none."""
    root = ElementTree.parse(folder / drawn["loss"].files["svg"]).getroot()
    palette = theme.named("light")
    fills = [it.get("fill", "") for it, _ in outlines(folder / drawn["loss"].files["svg"])]
    assert fills.count(palette.muted.to_hex().lower()) >= 6  # numbers of both weights
    assert fills.count(palette.text.to_hex().lower()) >= 8  # "loss J" and the numbers below the bar
    assert fills.count(palette.feature_a.to_hex().lower()) >= 2  # the weight's name
    images = [float(image.attrib["width"]) for image in root.iter(f"{{{SVG}}}image")]
    assert len(images) > 1


def test_a_wide_figure_is_made_of_the_wide_layout(tmp_path: Path) -> None:
    made = draw(tmp_path, width=180.0, formats=["svg"], beats=["lines"])["lines"]
    assert made.width_mm == 180
    sizes = FORMULA_CAPITAL * 6, CAPITAL * 6, CAPITAL * 8, FORMULA_CAPITAL * 6 / 0.7
    assert sorted(capitals(tmp_path / made.files["svg"])) == pytest.approx(sizes, abs=0.05)


# -- without colors -----------------------------------------------------------------------------------------
def test_monochrome_is_gray_and_tells_apart_by_other_means(tmp_path: Path) -> None:
    made = draw(tmp_path, monochrome=True)
    for figure in made.values():
        assert figure.monochrome and figure.files["svg"].endswith("-monochrome.svg")
        image = pixels(tmp_path / figure.files["png"])
        assert (image == image[..., :1]).all()
        text = (tmp_path / figure.files["svg"]).read_text(encoding="utf-8")
        colors = set(re.findall(r'"#([0-9a-f]{6})"', text))
        assert colors and all(len({color[:2], color[2:4], color[4:]}) == 1 for color in colors)
    shown = [it for it, _ in outlines(tmp_path / made["lines"].files["svg"])]
    assert any("stroke-dasharray" in it for it in shown)  # the ring in the bowl's color
    assert sum(it.get("fill") == "#ffffff" for it in shown) >= 1  # the open dot


# -- the same again -----------------------------------------------------------------------------------------
def test_made_twice_every_file_is_the_same(drawn: dict[str, Figure], folder: Path, tmp_path: Path) -> None:
    draw(tmp_path)
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted(path.name for path in tmp_path.iterdir())
    for name in names:
        assert (folder / name).read_bytes() == (tmp_path / name).read_bytes(), name
