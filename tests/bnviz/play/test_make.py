"""The page's files: whole or not at all, the same each time, in the lesson's own words."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from typer.testing import CliRunner

from bn_math import Lesson
from bnviz.cli import app as cli
from bnviz.errors import UserError
from bnviz.play.make import make_play, one_file
from bnviz.play.model import OPTIMIZERS, model_of, words_of
from scenes.kit.script import words
from scenes.kit.settings import Settings


def test_everything_that_the_page_names_lies_beside_it(folder: Path) -> None:
    text = (folder / "play.html").read_text(encoding="utf-8")
    named = {unquote(name) for name in re.findall(r'(?:href|src)="([^"#][^"]*)"', text)}
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == {
        ".bnviz",  # by which the folder is known as one that may be replaced
        "play.html",
        *named,
        *(f"play/Lato-{face}.ttf" for face in ("Regular", "Bold", "Light")),
        "play/OFL.txt",
    }
    assert re.findall(r"https?://|style=|onclick=|<script>|<style>", text) == []
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 1e6


def test_made_twice_it_is_the_same(tmp_path: Path, folder: Path) -> None:
    make_play(Settings(voice=False), tmp_path / "again")
    for path in folder.rglob("*.*"):
        assert (tmp_path / "again" / path.relative_to(folder)).read_bytes() == path.read_bytes()


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(UserError, match="mine"):
        make_play(Settings(voice=False), tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.txt").read_text(encoding="utf-8") == "years of work"


def test_the_page_is_told_the_lesson_and_no_number_that_it_can_compute() -> None:
    lesson = Lesson.from_seed(7, batch_size=20, tolerance=1e-4)
    told = model_of(Settings(voice=False, lesson=lesson)).for_json()
    told = json.loads(json.dumps(told))
    assert told["data"]["features"] == lesson.data.features.T.tolist()  # to the last bit
    assert told["data"]["target"] == lesson.data.target.tolist()
    assert (told["settings"]["batch_size"], told["settings"]["tolerance"]) == (20, 1e-4)
    assert told["settings"]["own"]["adam"] == {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8}
    assert set(told["settings"]["own"]) == set(OPTIMIZERS)
    assert str(lesson.raw.steps) not in json.dumps(told["words"])


def test_words_leave_to_the_page_what_it_fills_in() -> None:
    found = words_of(Settings(voice=False))
    assert found["verdict_home"].startswith("{optimizer} is home after {steps} {steps_word}")
    assert "γ" in found["gamma_of"] and "{name}" in found["gamma_of"]
    assert set(found) == set(words.book("en")["Play"])


def test_every_word_is_used_and_every_word_used_is_there() -> None:
    web = Path(__file__).parents[3] / "bnviz" / "play" / "web"
    code = "".join(path.read_text(encoding="utf-8") for path in (web / "app").glob("*.js"))
    template = (web / "play.html.jinja").read_text(encoding="utf-8")
    page = (web.parents[1] / "page" / "web" / "index.html.jinja").read_text(encoding="utf-8")
    built = {  # from parts
        r"steps_\w+",
        r"verdict_\w+",
        r"shape_\w+",
        r"experiment_\w+",
        r"row_\w+",
        *OPTIMIZERS,
        "circles",
        "not_within",
        "diverges",
    }
    model = (web.parent / "model.py").read_text(encoding="utf-8")
    everything = code + template + page + model
    for key in words.book("en")["Play"]:
        is_named = re.search(rf"""["'.]{key}\b""", everything)
        assert is_named or any(re.fullmatch(pattern, key) for pattern in built), key
    for key in re.findall(r'told\("(\w+)"', code) + re.findall(r"\bwords\.(\w+)", template):
        assert key in words.book("en")["Play"], key


def test_a_language_that_lacks_a_word_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    book = dict(words.book("en"))
    del book["Play"]
    monkeypatch.setattr(words, "_book", lambda _: book)
    with pytest.raises((UserError, KeyError), match="Play"):
        words_of(Settings(voice=False))


def test_a_name_in_the_data_ends_no_script_and_opens_no_tag(tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_text("</script><b>,b&c,y\n1,2,3\n2,1,4\n3,5,1\n4,4,4\n5,9,2\n", encoding="utf-8")
    page = one_file(Lesson.from_csv(file))
    assert page.count("</script>") == page.count("<script>") == 2
    assert "<b>" not in page


def test_the_command_makes_a_folder_or_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lesson = tmp_path / "mine.csv"
    lesson.write_text("a,b,y\n1,2,3\n2,1,4\n3,5,1\n4,4,4\n5,9,2\n", encoding="utf-8")
    made = CliRunner().invoke(cli.app, ["play", "--lesson", str(lesson), "--theme", "light"])
    assert made.exit_code == 0, made.output
    assert (tmp_path / "media" / "play-light-mine" / "play.html").is_file()
    made = CliRunner().invoke(cli.app, ["play", "--one-file", "--output", "one.html"])
    assert made.exit_code == 0, made.output
    assert "one.html" in made.output
    assert (tmp_path / "one.html").read_text(encoding="utf-8") == one_file(replace(Settings()).lesson)
