"""The worked examples load, say what they are, and each has its poster; a page lists every field there is."""

from __future__ import annotations

import re
import struct
from dataclasses import fields
from pathlib import Path

import pytest

import scenes
from bn_math import Lesson
from bn_math.data.labels import DataLabels
from bn_math.data.reading import Reading
from bn_math.lesson.settings import LessonSettings
from bnviz.lessons.report import report
from scenes.kit.settings import Settings

ROOT = Path(__file__).parents[1]
LESSONS = sorted((ROOT / "docs" / "examples").glob("*/*.toml"))
PAGE = (ROOT / "docs" / "examples" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", LESSONS, ids=[path.stem for path in LESSONS])
def test_an_example_says_what_it_is_and_has_its_poster(path: Path) -> None:
    lesson = Lesson.from_toml(path)
    labels = lesson.settings.labels
    assert labels.title and labels.subject and labels.source
    found = report(path, Settings(lesson=lesson), scenes.ORDER)
    assert found.problems == () and found.warnings == ()
    assert all(f"{path.parent.name}/{file}" in PAGE for file in (path.name, f"{path.stem}.png"))
    poster = path.with_suffix(".png").read_bytes()
    assert len(poster) < 200_000 and struct.unpack(">II", poster[16:24]) == (1280, 720)


def test_there_are_two_of_different_kinds() -> None:
    lessons = [Lesson.from_toml(path) for path in LESSONS]
    assert len(lessons) >= 2
    assert {lesson.story.correlated for lesson in lessons} == {True, False}


def test_the_page_about_your_data_lists_every_field_of_a_lesson() -> None:
    page = (ROOT / "docs" / "guide" / "your-data.md").read_text(encoding="utf-8")
    table = page.partition("## Every field")[2].partition("\n\nThe narrower feature")[0]
    listed = {
        name
        for cell in re.findall(r"^\| (.+?) \|", table, re.MULTILINE)
        for name in re.findall(r"`\[?(\w+)", cell)
    }
    named = {field.name for kind in (LessonSettings, DataLabels, Reading) for field in fields(kind)}
    assert listed >= (named - {"labels"}) | {"seed"}
