"""The page to hand out: one folder that names nothing outside of it, replaced as a whole or not at all."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from bnviz.errors import SceneFailed, UserError
from bnviz.files import replacing_folder
from bnviz.film import join
from bnviz.page.make import MadePage, make_page
from tests.bnviz.conftest import Notes
from tests.bnviz.page.conftest import BOTH, wanted


# -- what lies in the folder --
def test_everything_that_the_page_names_lies_beside_it(made: tuple[Path, MadePage]) -> None:
    folder, _ = made
    text = (folder / "index.html").read_text(encoding="utf-8")
    named = re.findall(r'(?:href|src|srcset|poster)="([^"#][^"]*)"', text)
    beside = {unquote(name) for name in named}
    assert len(beside) > 20
    for name in beside:
        assert ":" not in name and not name.startswith("/")
        assert (folder / name).is_file(), name
    assert re.findall(r"https?://", text) == []
    for sheet in (folder / "assets").glob("*.css"):
        for name in re.findall(r'url\("?([^")]+)"?\)', sheet.read_text(encoding="utf-8")):
            assert (folder / "assets" / name).is_file()


def test_nothing_lies_in_the_folder_that_the_page_does_not_name(made: tuple[Path, MadePage]) -> None:
    folder, _ = made
    pages = [unquote((folder / name).read_text(encoding="utf-8")) for name in ("index.html", "play.html")]
    text = "".join(pages)
    pictures = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.*")
        if path.suffix in (".svg", ".png", ".webp")
    }
    assert {name for name in pictures if f'"{name}"' not in text} == set()


def test_each_scene_and_each_figure_is_there(made: tuple[Path, MadePage]) -> None:
    folder, result = made
    assert [scene.name for scene in result.scenes] == BOTH
    assert [figure.name for figure in result.figures] == ["small-appear", "small-move", "other-circle"]
    for stem in ("small-silent", "other-silent"):
        assert {(folder / "scenes" / stem).with_suffix(end).is_file() for end in (".mp4", ".vtt")} == {True}
    text = (folder / "index.html").read_text(encoding="utf-8")
    for figure in result.figures:
        for kind in ("svg", "png"):
            assert f'href="figures/{figure.files[kind]}"' in text
    assert "A square &amp; its &lt;side&gt;." in text
    assert "<side>" not in text


def test_one_figure_stands_for_each_scene(made: tuple[Path, MadePage]) -> None:
    """That of the beat which its poster shows: on paper it takes the film's place."""
    text = (made[0] / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'<figure id="([\w-]+)" class="key">', text) == ["small-move", "other-circle"]


def test_chapters_stand_where_they_stand_in_the_film(made: tuple[Path, MadePage]) -> None:
    _, result = made
    small, other = result.scenes
    assert (small.start, small.chapters[0].start) == (0.0, 0.0)
    assert other.start == other.chapters[0].start == small.seconds
    starts = [chapter.start for chapter in small.chapters]
    assert starts == sorted(starts) and starts[-1] < small.seconds


def test_every_scene_is_told_in_full(made: tuple[Path, MadePage]) -> None:
    _, result = made
    said = [" ".join(chapter.text for chapter in scene.chapters) for scene in result.scenes]
    assert said == ["A square & its <side>. It moves.", "Here is a circle."]


# -- what is there, and what is not taken for it --
def test_a_second_page_renders_and_joins_nothing(
    made: tuple[Path, MadePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, result = made
    notes = Notes()
    before = (folder / "index.html").read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(join, "join", lambda *_: pytest.fail("joined again"))
        again = make_page(wanted(folder), notes)
    assert (sorted(notes.taken_names), notes.rendered) == (sorted(BOTH), [])
    assert again.scenes == result.scenes
    assert (folder / "index.html").read_bytes() == before


def test_a_damaged_film_of_the_page_of_before_is_not_taken_over(made: tuple[Path, MadePage]) -> None:
    folder, result = made
    film = result.film.read_bytes()
    result.film.write_bytes(film[:-1] + bytes([film[-1] ^ 1]))
    notes = Notes()
    assert make_page(wanted(folder), notes).film.read_bytes() == film
    assert notes.rendered == []


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(UserError, match="would be replaced as a whole, but holds thesis.txt"):
        make_page(wanted(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_scene_that_fails_leaves_the_old_page(tmp_path: Path) -> None:
    folder = tmp_path / "page"
    with replacing_folder(folder) as new:
        (new / "page.json").write_text("{}", encoding="utf-8")
    with pytest.raises(SceneFailed, match="the circle does not close"):
        make_page(wanted(folder, ["Broken"]))
    assert sorted(path.name for path in tmp_path.rglob("*")) == [".bnviz", "page", "page.json"]
