"""A beat's last picture in a cell, and as a file."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

import bnviz
from bnviz.errors import UserError
from scenes.kit.palettes import PALETTES

BACKGROUND = "{http://www.w3.org/2000/svg}rect"


@pytest.mark.usefixtures("small")
def test_a_picture_of_the_film_has_its_size_its_colors_and_its_words() -> None:
    dark = bnviz.figure("Small/move", theme="dark", layout="film", width=120)
    light = bnviz.figure("Small/move", layout="film", width=120)
    assert dark.size == light.size == (120, 120 * 9 / 16)
    assert (dark.what, dark.title, dark.caption) == ("Small/move", "Small: It moves", "It moves.")
    for picture, theme in ((dark, "dark"), (light, "light")):
        root = ElementTree.fromstring(picture.svg.encode())
        assert root.get("width") == "120mm"
        grounds = {item.get("fill", "").lower() for item in root.iter(BACKGROUND)}
        assert str(PALETTES[theme]["background"]).lower() in grounds
    assert not Path("media").exists(), "nothing is left in the working directory"


@pytest.mark.usefixtures("small")
def test_it_is_saved_in_each_format() -> None:
    picture = bnviz.figure("Small/move", width=60)
    for name in ("one.svg", "two.pdf", "three.PNG"):
        picture.save(name)
    assert ElementTree.parse("one.svg").getroot().get("width") == "60mm"
    assert Path("two.pdf").read_bytes().startswith(b"%PDF-")
    with Image.open("three.PNG") as image:
        assert image.format == "PNG" and image.width == round(60 / 25.4 * 300)
    with pytest.raises(UserError, match="^path is 'four.jpg'; it must end in .svg, .pdf or .png$"):
        picture.save("four.jpg")
    Path("folder.svg").mkdir()
    with pytest.raises(UserError, match="folder.svg is a folder"):
        picture.save("folder.svg")
    with pytest.raises(UserError, match="nowhere"):
        Path("nowhere").write_text("a file", encoding="utf-8")
        picture.save("nowhere/five.svg")


@pytest.mark.usefixtures("small")
def test_words_alone_are_no_figure_for_print() -> None:
    with pytest.raises(UserError, match="^Column/words shows words alone; layout='film' draws it as it is$"):
        bnviz.figure("Column/words")
    assert bnviz.figure("Column/words", layout="film").caption == "Only words."


@pytest.mark.parametrize(
    ("what", "options", "sentence"),
    [
        ("Valley", {}, "'Valley' names a scene; a figure is of a beat: descent, home, fair or why"),
        ("Valley/desent", {}, "Valley has no beat 'desent'; did you mean Valley/descent?"),
        ("Valley/descent", {"layout": "row"}, "layout is 'row'; it must be column or film"),
        ("Valley/descent", {"layout": "film", "monochrome": True}, "monochrome is True, which needs layout="),
        ("Valley/descent", {"width": 3}, "width is 3; it must be 10 to 2000, in mm"),
        ("Valley/descent", {"width": float("nan")}, "width is nan; it must be 10 to 2000, in mm"),
        ("Valley/descent", {"width": "wide"}, "width is 'wide'; it must be 10 to 2000, in mm"),
        ("Valley/descent", {"theme": "pink"}, "theme is 'pink'; it must be one of dark, light"),
    ],
)
def test_a_mistake_is_a_sentence(what: str, options: dict[str, object], sentence: str) -> None:
    with pytest.raises(UserError, match=f"^{sentence}"):
        bnviz.figure(what, **options)
