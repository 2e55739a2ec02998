"""The page's tables: the lesson's numbers in the film's words, with the plural that each number takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bn_math import Lesson
from bnviz.errors import UserError
from bnviz.page.make import MadePage
from bnviz.page.numbers import numbers_of
from scenes.kit.script import words
from scenes.kit.settings import Settings


def test_the_numbers_are_the_lesson_s(made: tuple[Path, MadePage]) -> None:
    numbers = numbers_of(Settings())
    assert [row.steps for row in numbers.rows] == ["6352", "3919", "53", "7"]
    assert [row.condition for row in numbers.rows] == ["919.5", "567.2", "7.700", "1.317"]
    assert numbers.rows[0].largest == "27\u2009005.94"
    assert (numbers.start, numbers.tolerance) == ("(0, 0)", "1 × 10⁻⁶")
    text = (made[0] / "index.html").read_text(encoding="utf-8")
    for row in numbers.rows:
        for cell in (row.smallest, row.largest, row.condition, row.rate, row.steps):
            assert f">{cell}</td>" in text


def test_the_words_are_the_film_s() -> None:
    numbers, book = numbers_of(Settings()), words.book("en")
    assert numbers.rows[1].name == book["Bowl"]["centered"]
    assert numbers.condition == book["shared"]["condition_number"]
    assert (numbers.before, numbers.after) == ("raw features", "features standardized, y centred")
    assert numbers.alike == ("the same rows", "the same rule", "almost the same model")


def test_one_step_is_a_step() -> None:
    """Half the way is what one step does where every direction is bent alike."""
    rows = numbers_of(Settings(lesson=Lesson.article(tolerance=0.5))).rows
    assert {row.unit for row in rows if row.steps == "1"} == {"step"}
    assert {row.unit for row in rows if row.steps != "1"} == {"steps"}


def test_a_language_without_the_words_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    book = {**words.book("en"), "Bowl": {"title": "The bowl"}}
    monkeypatch.setattr(words, "_book", lambda _: book)
    with pytest.raises(UserError, match=r"words/en.toml has no 'centered' in \[Bowl\] or \[shared\]"):
        numbers_of(Settings())
