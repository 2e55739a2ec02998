"""An SVG made short is the same picture."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bnviz.figures.make import FigureRequest, draw_scene
from bnviz.figures.svg import short_path, tidy_svg
from bnviz.run import discover
from scenes.kit.settings import Settings
from tests.bnviz.conftest import EXAMPLES

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9pt">'


def tidied(body: str, name: str = "hill") -> str:
    return tidy_svg(f"{HEAD}{body}</svg>".encode(), (160.0, 90.0), name, "a < b", "what & why").decode()


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("M 1 2 L 3.5 2 L 3.5 1.25 Z M 1 2", "M1 2l2.5 0l0-.75z"),
        ("M 10 10 C 10 12 12 14 14 14", "M10 10c0 2 2 4 4 4"),
        ("M 0 0 C 1 1 2 2 3 3", "M0 0l3 3"),
        ("M 0 0 C 4 0 -1 0 3 0", "M0 0c4 0-1 0 3 0"),  # it goes beyond its ends
        ("M 0 0 C 1 1 2 1 3 0", "M0 0c1 1 2 1 3 0"),
        ("M 1 1 L 2 2 Z M 5 5 L 6 6", "M1 1l1 1zM5 5l1 1"),
        ("M 1 1 L 1 1", "M1 1l0 0"),  # with round ends this is a dot
        ("M 0.333333 0 L 0.666666 0 L 1 0", "M.33 0l.34 0l.33 0"),  # roundings do not add up
    ],
)
def test_a_path_in_steps(long: str, short: str) -> None:
    assert short_path(long) == short


def test_a_path_in_the_draftsman_s_units_comes_in_the_picture_s() -> None:
    text = tidied(
        '<path style="stroke-width:0.02;stroke-dasharray:0.1,0.05;stroke:rgb(100%,50.19608%,0%);"'
        ' d="M 0 0 L 1 2" transform="matrix(100,0,0,-100,960,540)"/>'
    )
    assert 'd="M960 540l100-200"' in text
    assert 'stroke-width="2" stroke-dasharray="10,5" stroke="#ff8000"' in text
    assert "transform" not in text


FORMS = {
    "cairo 1.16": '<path style="fill:none;stroke-width:0.1;stroke:rgb(100%,50.19608%,0%);stroke-opacity:1;'
    'stroke-dasharray:0.3,0.2;stroke-dashoffset:0.1;" d="M 1 -2 L 5 -5 "'
    ' transform="matrix(10,0,0,-10,0,0)"/>',
    "cairo 1.18": '<path fill="none" stroke-width="0.1" stroke="rgb(100%, 50.19608%, 0%)" stroke-opacity="1"'
    ' stroke-dasharray="0.3 0.2" stroke-dashoffset="0.1" d="M 1 -2 L 5 -5 "'
    ' transform="matrix(10, 0, 0, -10, 0, 0)"/>',
}


@pytest.mark.parametrize("form", FORMS)
def test_both_forms_of_cairo_become_the_same(form: str) -> None:
    (path,) = ElementTree.fromstring(tidied(FORMS[form])).iter("{http://www.w3.org/2000/svg}path")
    assert path.attrib == {
        "d": "M10 20l40 30",
        "fill": "none",
        "stroke": "#ff8000",
        "stroke-width": "1",
        "stroke-dasharray": "3,2",
        "stroke-dashoffset": "1",
    }


@pytest.mark.parametrize("matrix", ["matrix(1,0.5,0,1,0,0)", "matrix(1,0,0,2,0,0)"])
def test_a_path_that_is_sheared_or_stretched_is_left_alone(matrix: str) -> None:
    text = tidied(f'<path style="" d="M 0 0 L 1.123456789 2" transform="{matrix}"/>')
    assert 'd="M 0 0 L 1.123456789 2"' in text and matrix in text


def test_ids_are_counted_from_one_and_links_follow() -> None:
    text = tidied(
        '<defs><image id="image17"/><clipPath id="clip3"/></defs><use xlink:href="#image17"/>'
        '<g clip-path="url(#clip3)"/><use xlink:href="data:image/png;base64,1.0000000"/>'
    )
    assert 'id="hill-1"' in text and 'href="#hill-1"' in text
    assert 'id="hill-2"' in text and "url(#hill-2)" in text
    assert "image17" not in text and "clip3" not in text
    assert "base64,1.0000000" in text  # an image is not a number


def test_a_name_of_any_letters_makes_an_id_that_a_link_can_hold() -> None:
    text = tidied('<defs><clipPath id="clip3"/></defs><g clip-path="url(#clip3)"/>', "hill-my (süß)")
    assert "url(#hill-my_20_28s_fc_df_29-1)" in text and 'id="hill-my_20_28s_fc_df_29-1"' in text


def ids_and_links(path: Path) -> tuple[list[str], set[str]]:
    ids: list[str] = []
    links: set[str] = set()
    for element in ElementTree.parse(path).iter():
        for key, value in element.attrib.items():
            if key == "id":
                ids.append(value)
            elif key == "aria-labelledby":
                links |= set(value.split())
            elif key.endswith("href"):
                links |= {value[1:]} if value.startswith("#") else set()
            else:
                links |= set(re.findall(r"url\(#([^)]*)\)", value))
    return ids, links


def test_figures_of_one_page_share_no_id_and_every_link_stays_in_its_figure(tmp_path: Path) -> None:
    sources = discover.film(["PrintOut", "Small"], EXAMPLES)
    for theme in ("light", "dark"):
        wanted = FigureRequest(sources, Settings(theme=theme, voice=False), tmp_path, 1, formats=["svg"])
        for source in sources:
            draw_scene(source, wanted, tmp_path, lambda count: None)
    every: list[str] = []
    linked = 0
    for path in sorted(tmp_path.glob("*.svg")):
        ids, links = ids_and_links(path)
        assert links <= set(ids), path.name
        every += ids
        linked += len(links)
    assert len(list(tmp_path.iterdir())) == 8
    assert linked > 8 * 2 + 10  # beside title and description there are images and gradients
    assert len(every) == len(set(every))


def test_the_words_are_escaped_and_the_size_is_told() -> None:
    text = tidied("")
    assert '<title id="hill-title">a &lt; b</title>' in text
    assert '<desc id="hill-desc">what &amp; why</desc>' in text
    assert 'width="160mm" height="90mm"' in text


def test_styles_are_attributes_and_what_is_not_usual_stays() -> None:
    style = "fill:none;stroke-miterlimit:10;fill-rule:evenodd;fill-opacity:0.5;stroke-opacity:1;"
    text = tidied(f'<path style="{style}mix-blend-mode:multiply" d="M 0 0 L 1 1"/>')
    assert 'fill="none" stroke-miterlimit="10" fill-rule="evenodd" fill-opacity="0.5"' in text
    assert "stroke-opacity" not in text  # it is 1 anyway
    assert 'style="mix-blend-mode:multiply;"' in text  # there is no such attribute
