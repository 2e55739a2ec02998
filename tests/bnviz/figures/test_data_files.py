"""A scene's arrays as files: everything in them, readable by what everybody has."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

import scenes
from bn_math import Lesson
from bnviz.errors import UserError
from bnviz.figures.data_files import scene_tables, write_tables
from bnviz.run import discover
from scenes.kit.settings import Settings

SETTINGS = Settings(theme="light", voice=False)
TABLES = {"a": {"n": np.arange(3), "x": np.array([0.1, 1 / 3, -1e-20])}, "b": {"y": np.array([2.5])}}


def columns(path: Path) -> dict[str, list[float]]:
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    return {name: [float(row[place]) for row in rows] for place, name in enumerate(head)}


def test_a_csv_a_table_with_its_columns_names(tmp_path: Path) -> None:
    paths = write_tables(TABLES, tmp_path, "valley", "csv")
    assert paths == [tmp_path / "valley-a.csv", tmp_path / "valley-b.csv"]
    for path, table in zip(paths, TABLES.values(), strict=True):
        assert columns(path) == {name: values.tolist() for name, values in table.items()}  # to the last digit
    assert paths[0].read_text(encoding="utf-8").splitlines()[:2] == ["n,x", "0,0.1"]


def test_one_npz_of_all_tables_the_same_when_made_twice(tmp_path: Path) -> None:
    (path,) = write_tables(TABLES, tmp_path, "valley", "npz")
    with np.load(path) as found:
        assert sorted(found) == ["a.n", "a.x", "b.y"]
        np.testing.assert_array_equal(found["a.x"], TABLES["a"]["x"])
        assert found["a.n"].dtype.kind == "i"
    (again,) = write_tables(TABLES, tmp_path / "again", "valley", "npz")
    assert again.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("name", sorted(scenes.ORDER))
def test_every_scene_that_shows_numbers_has_its_arrays(name: str) -> None:
    tables = scene_tables(discover.find(name), SETTINGS)
    for table in tables.values():
        assert all(len(column) > 1 and not np.isnan(column).any() for column in table.values())


def test_the_arrays_are_those_of_the_lesson_that_is_chosen(tmp_path: Path) -> None:
    lesson = tmp_path / "lesson.toml"
    lesson.write_text("seed = 7\n", encoding="utf-8")
    source = discover.find("Bowl")
    tables = scene_tables(source, SETTINGS.with_lesson(lesson))
    assert tables["descent"]["step"][-1] == Lesson.from_seed(7).standardized.steps
    found, article = (item["surface"]["loss"] for item in (tables, scene_tables(source, SETTINGS)))
    assert not np.allclose(found, article)


def test_a_scene_without_arrays_is_an_error(examples: Path) -> None:
    with pytest.raises(UserError, match=r"Other has no arrays .* overrides data\(\)"):
        scene_tables(discover.find("Other", examples), SETTINGS)


@pytest.mark.parametrize("wrong", [{"x": np.zeros(2), "y": np.zeros(3)}, {"x": np.zeros((2, 2))}])
def test_columns_that_do_not_fit_are_an_error(
    examples: Path, monkeypatch: pytest.MonkeyPatch, wrong: dict[str, np.ndarray]
) -> None:
    source = discover.find("Other", examples)
    scene = discover.load(source)
    monkeypatch.setattr(scene, "data", lambda lesson: {"bad": wrong})
    monkeypatch.setattr("bnviz.figures.data_files.load", lambda source: scene)
    with pytest.raises(UserError, match=r"Other\.data, table 'bad': columns must be \(n,\) alike, but are"):
        scene_tables(source, SETTINGS)
