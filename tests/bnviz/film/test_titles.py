"""The lesson's title, subject and source go into film, page and talk, and no letter of them is code."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import av
import pytest
from typer.testing import CliRunner

from bn_math import Lesson
from bn_math.data.labels import DataLabels
from bnviz.cli import app
from bnviz.film.make import COMMENT, TITLE, comment_of, title_of
from bnviz.run import discover
from scenes.kit.settings import Settings

HOSTILE = '<b>&"{}$#--> {{ 7 * 7 }} </title>'


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, examples: Path) -> None:
    monkeypatch.chdir(tmp_path)
    find = discover.find
    monkeypatch.setattr(discover, "find", lambda name, folder=examples: find(name, examples))
    (tmp_path / "mine.toml").write_text(
        f"title = '{HOSTILE}'\nsubject = 'cups & heat'\nsource = 'Doe <1999>'\n", encoding="utf-8"
    )


def run(*arguments: str) -> None:
    done = CliRunner().invoke(app.app, [*arguments, "--quality", "low", "--lesson", "mine.toml"])
    assert done.exit_code == 0, done.output


class Titles(HTMLParser):
    """The text of every title and heading of the first kind, and all tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.inside, self.found, self.tags = "", dict[str, str](), set[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.inside = tag if tag in ("title", "h1") else ""
        self.tags.add(tag)

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[self.inside] = self.found.get(self.inside, "") + data


def test_without_labels_the_film_is_called_as_ever() -> None:
    assert (title_of(Settings()), comment_of(Settings())) == (TITLE, COMMENT)
    labels = DataLabels(title="Cups", subject="cups & heat", source="Doe")
    mine = Settings(lesson=Lesson.article(labels=labels))
    assert title_of(mine) == "Cups"
    assert comment_of(mine) == f"cups & heat. {COMMENT} (data: Doe)"


def test_the_film_s_metadata() -> None:
    run("film", "--scenes", "Other", "--output", "film.mp4")
    with av.open("film.mp4") as film:
        assert film.metadata["title"] == HOSTILE
        assert film.metadata["comment"] == f"cups & heat. {COMMENT} (data: Doe <1999>)"


def test_the_page_and_the_talk() -> None:
    run("page", "--scenes", "Other", "--output", "page")
    page = Titles(Path("page/index.html").read_text(encoding="utf-8"))
    assert page.found["title"] == page.found["h1"] == HOSTILE
    assert "b" not in page.tags
    run("slides", "--scenes", "Other", "--format", "html", "--output", "slides")
    talk = Titles(Path("slides/valley-to-bowl.html").read_text(encoding="utf-8"))
    assert talk.found["title"].strip() == HOSTILE
    assert "b" not in talk.tags
    record = json.loads(Path("page/page.json").read_text(encoding="utf-8"))
    assert not re.search(r"\b49\b", json.dumps(record))
