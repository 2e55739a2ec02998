"""The page reads a table as a lesson reads it: the same columns, and refused where a lesson refuses it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bn_math import Lesson
from tests.bnviz.browser import MISSING
from tests.bnviz.play.maths import texts
from tests.bnviz.play.maths.maths_in_page import Run, maths_in_page

pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING)


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    with maths_in_page() as run:
        yield run


def lesson_of(folder: Path, text: str) -> Lesson | str:
    """The lesson that is read from a text, or the sentence with which it is refused."""
    path = folder / "own.csv"
    path.write_bytes(text.encode())
    try:
        return Lesson.from_csv(path, sample=10_000)
    except ValueError as error:
        return str(error).replace(str(path), "own.csv")


def beginning(sentence: str) -> str:
    """A sentence up to where it says how to mend it."""
    return re.split(r"[;]|, or,|: write| for ", sentence)[0]


def check(found: Any, expected: Lesson | str, name: str) -> None:
    if isinstance(expected, str):
        assert "refused" in found, (name, expected)
        assert beginning(found["refused"]) == beginning(expected), name
        return
    assert "data" in found, (name, found)
    data = found["data"]
    assert (*data["featureNames"], data["targetName"]) == expected.data.names, name
    np.testing.assert_array_equal(np.array(data["features"]).T, expected.data.features, name)
    np.testing.assert_array_equal(data["target"], expected.data.target, name)


@pytest.mark.parametrize(
    ("given", "refused"), [(texts.GOOD, (0, 0)), (texts.BAD, (1, 1)), (texts.drawn(8, 120), (0.02, 0.3))]
)
def test_a_table_is_read_or_refused_as_in_a_lesson(
    run: Run, given: dict[str, str], refused: tuple[float, float], tmp_path: Path
) -> None:
    found = run("tables", [{"text": text, "source": "own.csv"} for text in given.values()])
    expected = [lesson_of(tmp_path, text) for text in given.values()]
    for name, page, lesson in zip(given, found, expected, strict=True):
        check(page, lesson, name)
    low, high = refused
    assert low <= sum(isinstance(lesson, str) for lesson in expected) / len(given) <= high


def test_what_was_decided_is_told_as_in_a_lesson(run: Run, tmp_path: Path) -> None:
    found = run("tables", [{"text": text, "source": "own.csv"} for text in texts.GOOD.values()])
    for page, text in zip(found, texts.GOOD.values(), strict=True):
        lesson = lesson_of(tmp_path, text)
        assert isinstance(lesson, Lesson)
        notes = [
            note.replace(str(tmp_path / "own.csv"), "own.csv").split(". Write")[0] for note in lesson.notes
        ]
        assert page["notes"] == notes[: len(page["notes"])]
        assert len(page["notes"]) >= 1


def test_too_many_rows_are_refused(run: Run) -> None:
    rows = np.random.default_rng(9).normal(size=(10_001, 3)).round(3)
    lines = ["A,B,y", *(",".join(map(str, row)) for row in rows.tolist())]
    given = [{"text": "\n".join(lines[:count]), "source": "own.csv"} for count in (10_001, 10_002)]
    taken, refused = run("tables", given)
    assert len(taken["data"]["target"]) == 10_000
    assert refused["refused"] == "own.csv: data must have at most 10,000 rows to be drawn, but has 10,001"
