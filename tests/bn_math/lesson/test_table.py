"""The table of a lesson's numbers, as a notebook shows it: a header for each number, and each number told."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

from bn_math import Dataset, Lesson
from bn_math.data.labels import DataLabels
from bn_math.lesson.display.table import stages_table, written
from bn_math.lesson.stage import Stage
from bn_math.networks.trained.store import use_store

LESSON = Lesson.article()


def cells(table: str) -> list[list[str]]:
    """The words of its rows, headers first."""
    return [["".join(cell.itertext()) for cell in row] for row in ElementTree.fromstring(table).iter("tr")]


def test_it_has_the_numbers_of_the_stages() -> None:
    """The eigenvalues from the rows themselves: J's Hessian is twice their mean outer product."""
    _, *rows = cells(LESSON._repr_html_())
    x = LESSON.data.features
    away, spread = x - x.mean(axis=0), x.std(axis=0)
    for row, features in zip(rows, (x, away, x / spread, away / spread), strict=True):
        smallest, largest = np.linalg.eigvalsh(2 * features.T @ features / len(features))
        shown = [float(cell) for cell in row[1:]]
        assert shown[0] == pytest.approx(largest / smallest, rel=1e-4)
        assert shown[2:] == pytest.approx([smallest, largest, 2 / (smallest + largest)], rel=1e-4)
    steps = [row[2] for row in rows]
    assert steps == [str(stage.steps) for stage in LESSON.stages]


def test_each_row_and_each_column_has_a_header() -> None:
    root = ElementTree.fromstring(LESSON._repr_html_())
    assert root.tag == "table" and [child.tag for child in root] == ["caption", "thead", "tbody"]
    head, *rows = root.iter("tr")
    assert [cell.get("scope") for cell in head] == ["col"] * 6
    for row in rows:
        assert [(cell.tag, cell.get("scope")) for cell in row] == [("th", "row")] + [("td", None)] * 5


def test_the_data_s_own_names_are_told_as_they_are() -> None:
    data = replace(LESSON.data, feature_names=("a <b> & c", "area (m²)"), target_name='"y"')
    labels = DataLabels(title="1 < 2", names={"area (m²)": "space"})
    caption = ElementTree.fromstring(Lesson(data, labels=labels)._repr_html_()).find("caption")
    assert caption is not None and caption.text == '1 < 2: "y" from a <b> & c and space, 100 rows'


def test_what_never_ends_is_told_in_words() -> None:
    """Two features that are one: the floor of the trough is flat, and no step leads along it."""
    one = np.arange(1.0, 9.0)
    flat = Stage("raw", Dataset(np.column_stack([one, 2 * one]), one), (1.0, 0.0), 1e-6)
    _, row = cells(stages_table(LESSON.settings, [flat]))
    assert row[:4] == ["raw", "infinite", "never", "0"]
    assert [written(value) for value in (np.nan, np.inf, 0.5)] == ["undefined", "infinite", "0.5"]


def test_no_network_is_trained_for_it() -> None:
    class Refusing:
        def result(self, settings: object, part: str, compute: object) -> object:
            raise AssertionError(f"{part} is asked for")

    before = use_store(Refusing())
    try:
        assert "<table>" in Lesson.article(batch_size=20)._repr_html_()
    finally:
        use_store(before)
