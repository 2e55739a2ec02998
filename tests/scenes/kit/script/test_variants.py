"""Words that depend on what is true of the data."""

from __future__ import annotations

import pytest

from bn_math import Lesson
from scenes.kit.script import variants

LESSON = Lesson.article()  # standardizing helps these data, and their features are hardly correlated


@pytest.mark.parametrize(
    ("when", "true"),
    [
        ("", True),
        ("helps", True),
        ("hurts", False),
        ("not hurts", True),
        ("helps and not correlated", True),
        ("helps and correlated", False),
    ],
)
def test_conditions_hold_together(when: str, true: bool) -> None:
    assert variants.holds(when, LESSON) is true


def test_the_first_text_that_holds_is_said() -> None:
    entry = [{"when": "hurts", "text": "worse"}, {"when": "helps", "text": "better"}, {"text": "so"}]
    assert variants.choose(entry, LESSON) == (1, "better")
    assert variants.choose("always", LESSON) == (0, "always")
    assert variants.choose({"when": "hurts", "text": "worse"}, LESSON) is None


@pytest.mark.parametrize("when", ["help", "helps or hurts", "not", "and", "helps and"])
def test_a_condition_that_is_none_is_named(when: str) -> None:
    with pytest.raises(KeyError, match="is no condition; they are .*helps, hardly_helps, hurts"):
        variants.holds(when, LESSON, "words/en.toml [Valley]")


@pytest.mark.parametrize("entry", [3, [], {"text": "a", "if": "helps"}, [{"when": "helps"}]])
def test_what_is_neither_a_text_nor_such_tables_is_refused(entry: object) -> None:
    assert not variants.is_entry(entry)
    with pytest.raises(KeyError, match="must be a text, a table such as"):
        variants.texts(entry, "words/en.toml [Valley] title")
