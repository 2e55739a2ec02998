"""A file of orders: what it asks for, and that every mistake in it is a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from bnviz.errors import UserError
from bnviz.orders.order import Product, products


@pytest.fixture
def file(tmp_path: Path) -> Path:
    for name in ("iris.toml", "wine.csv", "b/wine.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path / "orders.toml"


def asked(file: Path, text: str) -> list[Product]:
    file.write_text(text, encoding="utf-8")
    return products(file)


def test_every_combination_is_made(file: Path) -> None:
    found = asked(
        file,
        """
        folder = "out"
        name = "{lesson}-{cut}-{theme}-{quality}"
        [[order]]
        make = ["film", "slides", "figures"]
        lessons = ["article", "iris.toml"]
        themes = ["dark", "light"]
        qualities = ["low", "high"]
        cuts = ["short"]
        """,
    )
    assert [str(item.path) for item in found[:5]] == [
        "out/film/article-short-dark-low.mp4",
        "out/slides/article-short-dark-low",
        "out/figures/article-short-dark-low",
        "out/film/article-short-dark-high.mp4",
        "out/slides/article-short-dark-high",
    ]
    assert len(found) == 2 * 2 * (2 + 2 + 1)  # figures have no size
    assert {item.lesson for item in found} == {None, file.parent / "iris.toml"}
    assert {item.silent for item in found if item.kind == "slides"} == {True}
    assert {item.silent for item in found if item.kind == "film"} == {False}


def test_what_is_not_said_is_the_film_as_it_is(file: Path) -> None:
    (one,) = asked(file, "[[order]]\n")
    path = Path("media/batch/film/article-full-dark-en-high-spoken.mp4")
    assert one == Product("film", None, "dark", "high", "full", (), "en", False, path)


def test_scenes_may_be_named_instead_of_a_cut(file: Path) -> None:
    (one,) = asked(file, '[[order]]\nscenes = ["Valley", "Bowl"]\nsilent = true')
    assert (one.cut, one.scenes, one.silent) == (None, ("Valley", "Bowl"), True)
    assert one.path.name == "article-valley-bowl-dark-en-high-silent.mp4"


def test_the_same_thing_twice_is_made_once(file: Path) -> None:
    text = '[[order]]\nthemes = ["dark", "light", "dark"]\n[[order]]\nthemes = ["light"]'
    assert [item.theme for item in asked(file, text)] == ["dark", "light"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("this is not TOML", r"orders.toml is no TOML: "),
        ("", r"has no table \[\[order\]\]; it must have one or more"),
        ("order = 3", r"has no table \[\[order\]\]"),
        ("order = [3]", r"\[\[order\]\] number 1 is no table"),
        ("lesson = 'x'\n[[order]]", "has a field 'lesson', which is none; there are folder, name, order"),
        ("[[order]]\n[[order]]\ntheme = 'x'", r"\[\[order\]\] number 2 has a field 'theme', which is none"),
        ("folder = ''\n[[order]]", "folder is ''; it must be the name of a folder"),
        ("name = 3\n[[order]]", "name is 3; it must be a file's name with some of {lesson}, "),
        ("name = '../{lesson}'\n[[order]]", "name is '../{lesson}'; it must be a file's name"),
        ("name = '{lesson'\n[[order]]", "name is '{lesson' .*; it must be a file's name"),
        ("name = '{lesson.parent}'\n[[order]]", "name is '{lesson.parent}'; it must be a file's name"),
        ("name = '{colour}'\n[[order]]", "name is '{colour}'; it must be a file's name"),
        ("[[order]]\nthemes = 'dark'", "number 1: themes is 'dark'; it must be a list of one or more names"),
        ("[[order]]\nthemes = []", "themes is \\[\\]; it must be a list of one or more names"),
        ("[[order]]\nthemes = ['pink']", "themes names 'pink'; it must be one of dark, light"),
        ("[[order]]\nqualities = ['best']", "qualities names 'best'; it must be one of low, medium, high"),
        ("[[order]]\ncuts = ['shrot']", "cuts names 'shrot'; it must be one of full, short"),
        ("[[order]]\nscenes = ['Valey']", "scenes names 'Valey'; it must be one of Question, "),
        ("[[order]]\nmake = ['movie']", "make names 'movie'; it must be one of film, slides, page, figures"),
        ("[[order]]\nlanguages = ['tlh']", "languages names 'tlh'; it must be one of en"),
        ("[[order]]\nsilent = 'no'", "silent is 'no'; it must be true or false"),
        ("[[order]]\nlessons = ['none.toml']", "lessons names 'none.toml', and .* is no file; it must be"),
        (
            "[[order]]\ncuts = ['full']\nscenes = ['Bowl']",
            "cuts and scenes both say what is shown; give one",
        ),
        (
            "name = '{lesson}'\n[[order]]\nthemes = ['dark', 'light']",
            "gives media/batch/film/article.mp4 to two products, whose theme differ; add {theme} to name",
        ),
        (
            "[[order]]\nlessons = ['wine.csv', 'b/wine.csv']",
            "to two products, whose lesson differ; call their files otherwise",
        ),
    ],
)
def test_a_mistake_is_told(file: Path, text: str, says: str) -> None:
    with pytest.raises(UserError, match=says) as error:
        asked(file, text)
    assert str(file) in str(error.value) and "\n" not in str(error.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="none.toml cannot be read: No such file or directory"):
        products(tmp_path / "none.toml")
