"""Tables that are no text: frames of pandas and polars, spreadsheets and Parquet files."""

import builtins
import datetime
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import polars
import pytest
import xlsxwriter

from bn_math import Lesson, load_dataset
from bn_math.data import frames

COLUMNS: dict[str, list[Any]] = {
    "day": [datetime.date(2024, 1, n) for n in range(1, 6)],
    "name": list("abcde"),
    "a": [1.5, 2.0, 4.25, 5.0, 7.0],
    "b": [10, 30, 20, 25, 11],
    "c": [0.1, 0.7, 0.3, 0.2, 0.9],
    "y": [3, 5, 9, 8, 2],
}
FRAMES: dict[str, Callable[[], Any]] = {
    "pandas": lambda: pandas.DataFrame(COLUMNS),
    "pandas, of its own types": lambda: pandas.DataFrame(COLUMNS).convert_dtypes(),
    "pandas, rows named": lambda: pandas.DataFrame(COLUMNS, index=list("vwxyz")),
    "polars": lambda: polars.DataFrame(COLUMNS),
    "polars, lazy": lambda: polars.LazyFrame(COLUMNS),
}


@pytest.mark.parametrize("make", FRAMES.values(), ids=FRAMES)
def test_a_frame_is_a_lesson(make: Callable[[], Any]) -> None:
    lesson = Lesson.from_frame(make(), features=("b", "a"), target="c", batch_size=5)
    np.testing.assert_array_equal(lesson.data.features, np.column_stack([COLUMNS["a"], COLUMNS["b"]]))
    np.testing.assert_array_equal(lesson.data.target, COLUMNS["c"])
    assert lesson.notes == ()
    unnamed = Lesson.from_frame(make(), batch_size=5)
    assert {*unnamed.data.feature_names, unnamed.data.target_name} == {"a", "b", "y"}
    assert "the target is y; left out: day, name, c" in unnamed.notes[0]


@pytest.mark.parametrize("kind", [pandas.DataFrame, polars.DataFrame])
def test_what_a_frame_lacks_is_told_or_dropped(kind: Callable[[Any], Any]) -> None:
    columns = {**COLUMNS, "b": [10, None, 20, 25, 11]}
    with pytest.raises(ValueError, match="the frame, row 1, counted from 0, column 'b': .*write missing"):
        Lesson.from_frame(kind(columns), ("a", "b"), "y")
    lesson = Lesson.from_frame(kind(columns), ("a", "b"), "y", missing="drop")
    assert lesson.data.count == 4
    assert "1 of 5 rows is dropped" in lesson.notes[0]
    with pytest.raises(
        ValueError, match="row 0, counted from 0, column 'name': 'a' must be a finite decimal"
    ):
        Lesson.from_frame(kind(columns), ("a", "name"), "y")
    with pytest.raises(ValueError, match="row 2, counted from 0, column 'a': inf must be a finite"):
        Lesson.from_frame(kind({**COLUMNS, "a": [1.0, 2.0, np.inf, 4.0, 5.0]}), ("a", "b"), "y")
    with pytest.raises(ValueError, match="column 'day'"):
        Lesson.from_frame(kind(columns), ("a", "day"), "y")
    with pytest.raises(ValueError, match="the frame has no column 'z' for target"):
        Lesson.from_frame(kind(columns), ("a", "b"), "z")
    with pytest.raises(ValueError, match="batch_size must be"):
        Lesson.from_frame(kind(COLUMNS), ("a", "b"), "y", batch_size=1)


def test_a_column_of_objects_has_the_numbers_that_it_holds() -> None:
    frame = pandas.DataFrame({**COLUMNS, "a": [Decimal("1.5"), 2, np.float32(4.25), "5", 7.0]}, dtype=object)
    lesson = Lesson.from_frame(frame, ("a", "b"), "y")
    np.testing.assert_array_equal(lesson.data.features[:, 0], COLUMNS["a"])
    with pytest.raises(ValueError, match="True must be a finite decimal number"):
        Lesson.from_frame(
            pandas.DataFrame({**COLUMNS, "a": [True, False, True, True, False]}), ("a", "b"), "y"
        )


def test_what_is_no_frame_is_told() -> None:
    for value in ([[1, 2, 3]], {"a": [1.0]}, np.zeros((4, 3)), None, "frame"):
        with pytest.raises(TypeError, match="frame must be a pandas or polars frame"):
            Lesson.from_frame(value)


def test_of_a_large_frame_a_sample_is_taken_by_the_seed() -> None:
    rng = np.random.default_rng(1)
    frame = polars.DataFrame({name: rng.normal(size=100_000) for name in "aby"})
    lesson = Lesson.from_frame(frame)
    assert lesson.data.count == 2000
    assert "2,000 of 100,000 rows are taken, drawn at random" in lesson.notes[-1]
    again, other = Lesson.from_frame(frame), Lesson.from_frame(frame, batch_seed=1)
    np.testing.assert_array_equal(again.data.target, lesson.data.target)
    assert not np.array_equal(other.data.target, lesson.data.target)
    assert Lesson.from_frame(frame, sample=500).data.count == 500


@pytest.fixture
def spreadsheet(tmp_path: Path) -> Path:
    """Two empty rows and a column, then names, an empty row, and numbers, some of them next to a text."""
    path = tmp_path / "own.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, _ = book.add_worksheet("First"), book.add_worksheet("Second")
        for j, name in enumerate(["day", "name", "a", "b", "c", "y"]):
            sheet.write(2, j + 1, name)
            for i, cell in enumerate(COLUMNS[name]):
                sheet.write(4 + i, j + 1, str(cell) if name == "day" else cell)
        sheet.write(4, 3, 1.123456789012345)
        sheet.write(8, 5, "n/a")
    return path


def test_a_spreadsheet_is_read_to_the_last_digit(spreadsheet: Path) -> None:
    data = load_dataset(spreadsheet, features=["a", "b"], target="y")
    np.testing.assert_array_equal(
        data.features, np.column_stack([[1.123456789012345, *COLUMNS["a"][1:]], COLUMNS["b"]])
    )
    np.testing.assert_array_equal(data.target, COLUMNS["y"])
    lesson = Lesson.from_file(spreadsheet)
    assert {*lesson.data.feature_names, lesson.data.target_name} == {"a", "b", "y"}
    assert lesson.notes[0] == f"{spreadsheet}: the first sheet is read, First"
    with pytest.raises(ValueError, match=r"own\.xlsx, row 9, column 'c': 'n/a' must be"):
        load_dataset(spreadsheet, features=["a", "c"], target="y")
    with pytest.raises(ValueError, match=r"own\.xlsx, row 5, column 'name': 'a' must be"):
        load_dataset(spreadsheet, features=["a", "name"], target="y")
    assert load_dataset(spreadsheet, "y", features=["a", "c"], missing="drop").count == 4


def test_a_parquet_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "own.parquet"
    polars.DataFrame({**COLUMNS, "c": [0.1, None, 0.3, 0.2, 0.9]}).write_parquet(path)
    lesson_file = tmp_path / "lesson.toml"
    lesson_file.write_text('data = "own.parquet"\nfeatures = ["a", "b"]\ntarget = "y"\n', encoding="utf-8")
    lesson = Lesson.from_file(lesson_file)
    np.testing.assert_array_equal(lesson.data.features, np.column_stack([COLUMNS["a"], COLUMNS["b"]]))
    assert {*Lesson.from_file(path).data.feature_names} == {"a", "b"}
    with pytest.raises(
        ValueError, match=r"own\.parquet, row 1, counted from 0, column 'c': a missing value must be"
    ):
        load_dataset(path, features=["a", "c"], target="y")


@pytest.mark.parametrize("name", ["own.xlsx", "own.parquet"])
def test_what_is_only_called_a_spreadsheet_is_told(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / name
    path.write_text("a,b,y\n1,2,3\n", encoding="utf-8")
    with pytest.raises(ValueError, match=f"{name} is no .*file"):
        load_dataset(path)
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("a.txt", "nothing")
    with pytest.raises(ValueError, match=f"{name} is no .*file"):
        load_dataset(path)
    with path.open("wb") as file:
        file.truncate(10**9)
    with pytest.raises(ValueError, match="is too long: it has more than 64,000,000 bytes"):
        load_dataset(path)
    with pytest.raises(FileNotFoundError):
        load_dataset(tmp_path / f"none{path.suffix}")


def test_what_unpacks_to_too_much_is_refused_unread(
    spreadsheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "MOST_UNPACKED", 100)
    with pytest.raises(ValueError, match="is too long: unpacked it has more than 100 bytes"):
        load_dataset(spreadsheet)
    path = spreadsheet.with_name("own.parquet")
    polars.DataFrame(COLUMNS).write_parquet(path)
    monkeypatch.setattr(frames, "MOST_ROWS", 4)
    with pytest.raises(ValueError, match=r"own\.parquet has 5 rows, at most 4 are read"):
        load_dataset(path)


def test_without_the_extra_its_name_is_said(spreadsheet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    imported = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name in ("polars", "fastexcel"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return imported(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(
        ValueError,
        match=r"own\.xlsx can be read once the extra data is installed: pip install \".*\[data\]\"",
    ):
        load_dataset(spreadsheet)
