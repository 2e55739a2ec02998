"""Stills of a lesson are made and looked at in processes; each fault is told with its place."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bn_math import Lesson
from bnviz.lessons.random_lessons import FEWEST, MOST, random_data
from bnviz.lessons.stills import Look, look, look_at, odd_numbers, word_problems
from bnviz.run import discover
from scenes.kit.settings import Settings

SILENT = Settings(voice=False)


def test_stills_that_are_right_have_no_fault(examples: Path) -> None:
    found = look(discover.film(["Small", "Other"], examples), SILENT)
    assert found.problems == () and found.stills >= 2


def test_a_fault_and_a_crash_are_told_and_the_next_scene_is_looked_at(examples: Path) -> None:
    found = look(discover.film(["Broken", "Tiny", "Other"], examples), SILENT)
    broken, tiny = found.problems
    assert broken.startswith("Broken: ") and "Error" in broken
    assert "Tiny" in tiny and "letter height" in tiny
    assert found.stills >= 2


def test_lessons_are_looked_at_side_by_side_and_told_as_they_come(examples: Path) -> None:
    sources = discover.film(["Tiny", "Other"], examples)
    lessons = {"one": SILENT, "two": Settings(voice=False, lesson=Lesson.from_seed(7))}
    heard: dict[str, Look] = {}
    found = look_at(lessons, sources, 2, heard.__setitem__)
    assert heard == found and set(found) == {"one", "two"}
    for item in found.values():
        assert item.stills == 3 and len(item.problems) == 1
    spread = look_at({"one": SILENT}, sources, 2)
    assert spread["one"] == found["one"]


@pytest.mark.parametrize(
    "text",
    ["0.000000", "a rate of inf", "1 steps", "1.30 − −0.08", "1.3 - -2", "{raw.steps} steps", "None of rows"],
)
def test_numbers_that_nobody_writes_are_found(text: str) -> None:
    assert len(odd_numbers(text)) == 1


@pytest.mark.parametrize(
    "text", ["0.0001", "10 000 steps", "1 step", "information", "2 − 1", "0.00", "$sum_(i=1)^n$", "21 steps"]
)
def test_numbers_that_are_written_well_are_not(text: str) -> None:
    assert odd_numbers(text) == []


def test_the_article_s_words_have_no_odd_number() -> None:
    for source in discover.film():
        assert word_problems(source.name, SILENT) == []


def test_random_data_are_of_many_kinds_and_each_seed_has_its_own() -> None:
    data = [random_data(seed) for seed in range(300)]
    np.testing.assert_array_equal(data[3].features, random_data(3).features)
    counts = [item.count for item in data]
    assert FEWEST <= min(counts) < 8 and 400 < max(counts) <= MOST
    spreads = np.array([item.features.std(axis=0) for item in data])
    assert spreads.min() < 1e-8 and spreads.max() > 1e8
    r = np.array(
        [np.corrcoef(item.features.T)[0, 1] for item in data if (item.features.std(axis=0) > 0).all()]
    )
    assert (r > 0.99).any() and (r < -0.99).any() and (abs(r) < 0.1).any()
