"""The page's pictures: small, twice the same, and to the eye what was drawn."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bnviz.figures.make import Figure, FigureRequest, make_figures
from bnviz.page.make import DPI, FORMATS, MadePage
from bnviz.page.pictures import LARGEST, take_over, take_over_to_look_at
from bnviz.run import discover
from scenes.kit.settings import Settings

WITHOUT_FILMS, FIGURES = 15_000_000, 64  # bytes of a whole page, and how many figures the film has
BESIDE_FIGURES = 3_000_000  # posters, letters, words, the page to play with


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Figure]:
    """The film's heaviest figure, or nearly: a ball in a bowl, and enlarged."""
    folder = tmp_path_factory.mktemp("drawn")
    settings = Settings(voice=False, theme="light")
    request = FigureRequest([discover.find("Bowl")], settings, folder, 1, FORMATS, dpi=DPI, beats=["descent"])
    return folder, make_figures(request)[0]


def test_a_page_of_the_whole_film_stays_below_15_megabytes(
    drawn: tuple[Path, Figure], made: tuple[Path, MadePage], tmp_path: Path
) -> None:
    """Nearly the heaviest figure takes less than twice its share; what lies beside figures has its own."""
    folder, figure = drawn
    taken = [take_over(folder / file, tmp_path) for file in figure.files.values()]
    taken.append(take_over_to_look_at(folder / figure.files["png"], tmp_path))
    assert sum(path.stat().st_size for path in taken) < 2 * (WITHOUT_FILMS - BESIDE_FIGURES) / FIGURES
    beside = [path for path in made[0].rglob("*") if path.is_file() and path.suffix not in (".mp4", ".svg")]
    assert sum(path.stat().st_size for path in beside) < 950_000  # of two scenes, half of it to play with


def test_surfaces_are_small_and_letters_stay_paths(drawn: tuple[Path, Figure], tmp_path: Path) -> None:
    folder, figure = drawn
    before = (folder / figure.files["svg"]).read_text(encoding="utf-8")
    after = take_over(folder / figure.files["svg"], tmp_path).read_text(encoding="utf-8")
    embedded = r'data:image/\w+;base64,[^"]+'
    assert re.sub(embedded, "", after) == re.sub(embedded, "", before)
    assert len(re.findall("data:image/webp", after)) == len(re.findall("data:image/png", before)) > 3
    assert len(after) < len(before) / 2


def test_fewer_colors_are_not_seen_and_what_a_picture_says_of_itself_stays(
    drawn: tuple[Path, Figure], tmp_path: Path
) -> None:
    folder, figure = drawn
    source = folder / figure.files["png"]
    assert source.stat().st_size > LARGEST
    made = take_over(source, tmp_path), take_over_to_look_at(source, tmp_path)
    with Image.open(source) as before:
        exact = np.asarray(before.convert("RGB"), dtype=float)
        told = before.info
    for path in made:
        with Image.open(path) as after:
            assert after.size == exact.shape[1::-1]
            assert np.abs(np.asarray(after.convert("RGB"), dtype=float) - exact).mean() < 2
            if path.suffix == ".png":
                assert (after.info["Title"], after.info["Description"]) == (
                    told["Title"],
                    told["Description"],
                )
                assert after.info["dpi"] == told["dpi"]


def test_twice_the_same(drawn: tuple[Path, Figure], tmp_path: Path) -> None:
    folder, figure = drawn
    for kind in FORMATS:
        made = []
        for name in ("one", "two"):
            (tmp_path / name).mkdir(exist_ok=True)
            made.append(take_over(folder / figure.files[kind], tmp_path / name).read_bytes())
        assert made[0] == made[1]
