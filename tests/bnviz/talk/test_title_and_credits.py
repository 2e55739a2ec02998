"""What a talk's first and last page say, of the article's data and of others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bn_math import Lesson
from bnviz.errors import UserError
from bnviz.talk.title_and_credits import Occasion, credits_page, title_page
from scenes.kit.script import words
from scenes.kit.settings import Settings

LESSON = """
data = "mine.csv"
title = "Rain & shine"
subject = "how scale hurts"
source = "weather station 7"
"""


@pytest.fixture
def mine(tmp_path: Path) -> Settings:
    rows = ["a,b,y", *(f"{i},{(7 * i) % 11 * 10},{i % 5}" for i in range(1, 13))]
    (tmp_path / "mine.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "mine.toml").write_text(LESSON, encoding="utf-8")
    return Settings(voice=False, lesson=Lesson.from_file(tmp_path / "mine.toml"), lesson_name="mine")


def test_the_film_s_title_and_who_speaks_where_and_when() -> None:
    page = title_page(Settings(), Occasion("Ada", "Room 1", "1 May"))
    assert (page.title, page.subject) == (
        "From Valley to Bowl",
        "Batch normalization, seen on a loss surface",
    )
    assert page.lines == ("Ada", "Room 1", "1 May")


@pytest.mark.parametrize(
    ("occasion", "lines"),
    [
        (Occasion(), []),
        (Occasion(speaker="Ada"), ["Ada"]),
        (Occasion(event="Room 1"), ["Room 1"]),
        (Occasion(date="1 May"), ["1 May"]),
    ],
)
def test_what_is_not_said_is_no_line(occasion: Occasion, lines: list[str]) -> None:
    assert list(title_page(Settings(), occasion).lines) == lines


def test_a_lesson_has_its_own_title_and_subject_as_they_are(mine: Settings) -> None:
    page = title_page(mine, Occasion())
    assert (page.title, page.subject) == ("Rain & shine", "how scale hurts")


def test_the_article_is_owed_to_only_where_the_data_are_its_own(mine: Settings) -> None:
    assert "Peng Qian, 2024" in credits_page(Settings()).lines[0]
    assert credits_page(mine).lines[0] == "Data: weather station 7"
    assert not any("Qian" in line for line in credits_page(mine).lines)


def test_the_voice_is_named_where_it_is_heard(mine: Settings) -> None:
    assert not any("hibari" in line for line in credits_page(mine).lines)
    assert "hibari-tts (Apache License 2.0)" in credits_page(replace(mine, voice=True)).lines[-1]


def test_a_language_without_these_words_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    book = {name: page for name, page in words.book("en").items() if name != "Talk"}
    monkeypatch.setattr(words, "_book", lambda code: book)
    with pytest.raises(UserError, match=r"words/en\.toml has no section \[Talk\]"):
        title_page(Settings(), Occasion())
