"""Names that every system takes."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest

from scenes.kit.file_names import alike, fault, portable
from scenes.kit.settings import Settings

WRONG = [
    "con",
    "Aux",
    "NUL.txt",
    "com1",
    "lpt¹.tar.gz",
    "con .txt",
    "end.",
    "end ",
    "a:b",
    "a\\b",
    "a?",
    "a\tb",
    "",
]
RIGHT = ["console", "com10", "nullpoint.svg", ".bnviz", "valley-descent", "Größe 2", "a.b.c", "my con"]


@pytest.mark.parametrize("name", WRONG)
def test_what_windows_would_change_or_refuse_is_told_and_mapped(name: str) -> None:
    assert fault(name)
    mapped = portable(name)
    assert fault(mapped) is None
    assert portable(mapped) == mapped
    assert not PureWindowsPath(mapped).drive and len(PureWindowsPath(mapped).parts) == 1


@pytest.mark.parametrize("name", RIGHT)
def test_every_other_name_stays(name: str) -> None:
    assert fault(name) is None
    assert portable(name) == name


def test_names_that_differ_by_capitals_alone_are_one_file_elsewhere() -> None:
    same = ["Descent", "descent", "GRÖSSE", "größe"]
    assert alike(["home", *same, "home"]) == same
    assert alike(["one", "two"]) == []


def test_a_lesson_s_name_is_one_that_a_file_can_bear(tmp_path: Path) -> None:
    lesson = tmp_path / "what? a:b. .toml"
    lesson.write_text("seed = 1\n", encoding="utf-8")
    assert Settings().with_lesson(lesson).lesson_name == "what- a-b"
