"""A lesson from TOML: what may stand in the file, and one sentence for whatever else lies there."""

import dataclasses
import os
import re
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bn_math import (
    DeepStack,
    Lesson,
    article_recipe,
    load_dataset,
)


def test_the_deep_stacks_follow_the_seed_and_can_have_one_of_their_own(tmp_path: Path) -> None:
    seeded = Lesson.from_seed(7)
    assert seeded.settings.deep == DeepStack(seed=7)
    assert seeded.settings.exploding == dataclasses.replace(Lesson.article().settings.exploding, seed=7)
    assert Lesson.from_seed(7, deep=DeepStack(seed=3)).settings.deep.seed == 3
    path = tmp_path / "lesson.toml"
    path.write_text("seed = 7\n[deep]\ndepth = 5\n[exploding]\nseed = 3\n", encoding="utf-8")
    lesson = Lesson.from_toml(path)
    assert lesson.settings.deep == DeepStack(depth=5, seed=7)
    assert lesson.settings.exploding.seed == 3


def test_a_lesson_from_toml_with_ones_own_data(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("w,h,price\n1,10,3\n2,30,5\n4,20,9\n5,25,8\n", encoding="utf-8")
    path = tmp_path / "lesson.toml"
    path.write_text(
        'data = "own.csv"\nstart = [1, 2.5]\ntolerance = 1e-3\nbatch_size = 4\nbatch_seed = 5\n'
        'eps = 1e-3\nmomentum = "cumulative"\nddof = 1\n',
        encoding="utf-8",
    )
    lesson = Lesson.from_toml(path)
    assert lesson.data.feature_names == ("w", "h")
    assert lesson.settings.start == (1.0, 2.5)
    assert (lesson.settings.tolerance, lesson.settings.batch_size, lesson.settings.batch_seed) == (1e-3, 4, 5)
    assert (lesson.settings.eps, lesson.settings.momentum, lesson.settings.ddof) == (1e-3, None, 1)


def test_tables_in_toml_change_what_they_name_and_leave_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "lesson.toml"
    path.write_text(
        "learning_rates = [1e-4, 1]\nneuron_start = [2, 3]\n[deep]\ndepth = 5\n[exploding]\nwidth = 30\n",
        encoding="utf-8",
    )
    lesson = Lesson.from_toml(path)
    assert (lesson.settings.learning_rates, lesson.settings.neuron_start) == ((1e-4, 1.0), (2.0, 3.0))
    assert lesson.settings.deep == DeepStack(depth=5)
    assert lesson.settings.exploding == dataclasses.replace(Lesson.article().settings.exploding, width=30)


def test_a_lesson_from_toml_with_a_seed_or_with_nothing(tmp_path: Path, lesson: Lesson) -> None:
    path = tmp_path / "lesson.toml"
    path.write_text("seed = 7\nbatch_size = 20\n", encoding="utf-8")
    seeded = Lesson.from_toml(str(path))
    np.testing.assert_array_equal(seeded.data.features, article_recipe(7).features)
    assert (seeded.settings.batch_size, seeded.settings.batch_seed) == (20, 7)
    path.write_text("", encoding="utf-8")
    assert Lesson.from_toml(path) == lesson


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("batchsize = 5\n", ["unknown field batchsize", "did you mean batch_size?"]),
        ("color = 5\n", ["unknown field color", "the fields are data, start, tolerance", "seed"]),
        ("batch_size = 0\n", ["batch_size must be a whole number of at least 2"]),
        ("tolerance = true\n", ["tolerance must be", "True"]),
        ('start = "origin"\n', ["start must be an array of real numbers"]),
        ("momentum = 'often'\n", ["momentum must be", "'often'"]),
        ("seed = -3\n", ["seed must be a whole number of at least 0, but is -3"]),
        ("seed = 1\ndata = 'own.csv'\n", ["data and seed exclude each other"]),
        # Of several mistakes it is always the same one that is told.
        ("data = 'gone.csv'\nseed = -1\n", ["data and seed exclude each other"]),
        ("exploding = 5\ndeep = 5\nrace = 5\nseed = -1\n", ["race must be a table, [race], but is 5"]),
        ("data = 7\n", ["data must be the path of a CSV file, in quotes, but is 7"]),
        ("data = 'rows\\gone.csv'\n", ["there is no", "between folders write /, which every system takes"]),
        ("data = 'gone.csv'\n", ["data must be the path of a CSV file", "there is no", "gone.csv"]),
        ("data = 'bad.csv'\n", ["bad.csv, row 2, column 'B'", "'x'"]),
        ("batch_size = \n", ["is not valid TOML"]),
        ("deep = 5\n", ["deep must be a table, [deep], but is 5"]),
        ("[deep]\ndeph = 5\n", ["deep: unknown field deph", "did you mean depth?"]),
        ("[race]\nlimit = 0\n", ["race: limit must be a whole number of at least 1"]),
    ],
)
def test_a_faulty_toml_file_is_told_where_and_what(tmp_path: Path, text: str, parts: list[str]) -> None:
    (tmp_path / "bad.csv").write_text("A,B,y\n1,x,3\n", encoding="utf-8")
    path = tmp_path / "faulty.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError) as caught:
        Lesson.from_toml(path)
    for part in [str(path), *parts]:
        assert part in str(caught.value)


def test_a_toml_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="missing.toml"):
        Lesson.from_toml(tmp_path / "missing.toml")


TABLE = "A,B,y\n1,2,3\n4,7,6\n5,1,9\n7,3,8\n"


def refusal(path: Path) -> str:
    """What is said to it, in one short line; a reader that waits for ever fails the test, not the suite."""
    said: list[Any] = []

    def read() -> None:
        try:
            said.append(Lesson.from_toml(path))
        except Exception as error:
            said.append(error)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    reader.join(60)
    assert said, "it is still being read"
    assert type(said[0]) in (ValueError, FileNotFoundError), said[0]
    text = str(said[0])
    assert str(path) in text and "\n" not in text and len(text) < 600
    return text


BAD = {
    "a list without end": ("start = " + "[\n" * 3000, "nested too deep"),
    "tables without end": ("race = " + "{a=" * 300, "is not valid TOML"),
    "nested": ("start = " + "[" * 100 + "]" * 100, "start must be an array of real numbers"),
    "dotted": ("race." + ".".join("a" * 200) + " = 1", "race: unknown field a"),
    "a long line": ("# " + "x" * 1000, "line 1 is too long: it has 1,002 characters, at most 1,000 are read"),
    "a long file": ("# comment\n" * 4000, "too long: it has more than 32,000 bytes"),
    "many digits": ("batch_size = " + "9" * 900, "at most 100, but is a whole number of about 900 digits"),
    "many digits of a seed": ("seed = " + "9" * 900, "seed must be .* a whole number of about 900 digits"),
    "many digits of a number": (
        "tolerance = " + "9" * 900,
        "tolerance must be .* a whole number of about 900 digits",
    ),
    "a wide stack": ("[deep]\nwidth = 100000", "deep: width must be .* at most 2000, but is 100000"),
    "a deep stack": ("[deep]\ndepth = 100000", "deep: depth must be .* at most 1000, but is 100000"),
    "both": (
        "[exploding]\ndepth = 900\nwidth = 900",
        "exploding: depth, width and width are too large|exploding: .* must be at most 20,000,000",
    ),
    "a long race": ("[race]\nlimit = 1000000000", "race: limit must be .* at most 100000"),
    "a wide grid": (f"[race]\nshares = [{'1,' * 400}\n{'1,' * 400}\n{'1,' * 400}]", "race: shares must be"),
    "a list for a name": ('[deep]\nactivation = ["relu"]', "deep: activation must be one of"),
    "a truth for a number": ("start = [true, 1.0]", "start must be .* booleans"),
    "a date for a number": ("eps = 2024-01-01", "eps must be a finite number"),
    "dates": ("start = [2024-01-01, 2024-01-02]", "start must be .* dates"),
    "far away": ("start = [1e160, 0.0]", "start must hold numbers of at most 1e.50"),
    "many decades": ("neuron_learning_rates = [1e-200, 1e200]", "must not span more than a factor of 1e.30"),
    "a folder as data": ('data = "."', "must be a file, but is a folder"),
    "a device as data": ('data = "/dev/zero"', "/dev/zero must be a file, but is a device"),
    "nothing as data": ('data = "\\u0000"', "path must be a file's path"),
    "a file as a folder": ('data = "rows.csv/rows.csv"', "data must be the path of a CSV file"),
    "a constant target": ('data = "constant.csv"\nbatch_size = 2', r"the target y is constant \(3\)"),
    "huge data": (
        'data = "huge.csv"\nbatch_size = 3',
        "above 1e.150, .* but A has 1e.200 in row 1",
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rows.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "constant.csv").write_text("A,B,y\n1,2,3\n4,7,3\n5,1,3\n7,3,3\n", encoding="utf-8")
    (tmp_path / "huge.csv").write_text("A,B,y\n1e200,2,3\n4,7,1\n5,1,3\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("text", "answer"), BAD.values(), ids=BAD)
def test_what_no_lesson_can_be_is_told_by_name(folder: Path, text: str, answer: str) -> None:
    path = folder / "lesson.toml"
    path.write_text(text, encoding="utf-8")
    assert re.search(answer, refusal(path)), refusal(path)


def test_devices_pipes_folders_and_vast_files_are_refused_unread(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    with (folder / "vast").open("wb") as file:
        file.truncate(10**10)  # ten gigabytes, of which the disk keeps none
    for name, answer in {
        "pipe": "must be a file, but is a FIFO or a pipe",
        "vast": "is too long: it has more than",
        ".": "must be a file, but is a folder",
        "/dev/zero": "must be a file, but is a device",
    }.items():
        assert answer in refusal(folder / name)
        lesson = folder / "lesson.toml"
        lesson.write_text(f'data = "{name}"\n', encoding="utf-8")
        assert answer in refusal(lesson)
        with pytest.raises(ValueError, match=answer):
            load_dataset(folder / name)


def test_a_csv_of_long_lines_or_broken_quotes_is_told(folder: Path) -> None:
    path = folder / "long.csv"
    path.write_text(TABLE + "1" * 20_000 + ",2,3\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"long\.csv, line 6 is too long"):
        load_dataset(path)
    path.write_text('A,B,y\n"' + "1\n" * 100_000, encoding="utf-8")
    with pytest.raises(ValueError, match=r"long\.csv is not CSV: field larger than field limit"):
        load_dataset(path)


@pytest.mark.parametrize("text", ["batch_size = 4\ndata = 'rows.csv'\n"])
def test_a_byte_order_mark_is_no_part_of_a_lesson(folder: Path, text: str) -> None:
    path = folder / "lesson.toml"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert Lesson.from_toml(path).data.count == 4


def test_of_more_rows_than_can_be_drawn_a_lesson_has_a_sample(folder: Path) -> None:
    rows = "".join(f"{n + 5},{n * n % 7},{n % 5}\n" for n in range(10_001))
    (folder / "many.csv").write_text("A,B,y\n" + rows, encoding="utf-8")
    assert load_dataset(folder / "many.csv").count == 10_001
    path = folder / "lesson.toml"
    path.write_text('data = "many.csv"\n', encoding="utf-8")
    lesson = Lesson.from_toml(path)
    assert lesson.data.count == 2000
    assert lesson.notes[-1].startswith("2,000 of 10,001 rows are taken, drawn at random")
    counted = lesson.data.features[:, lesson.data.feature_names.index("A")]
    assert (np.diff(counted) > 0).all(), "in their order"
    np.testing.assert_array_equal(Lesson.from_toml(path).data.features, lesson.data.features)
    path.write_text('data = "many.csv"\nsample = 300\nbatch_seed = 7\n', encoding="utf-8")
    assert Lesson.from_toml(path).data.count == 300
    path.write_text('data = "many.csv"\nsample = 10001\n', encoding="utf-8")
    assert "sample must be a whole number of at least 4 and at most 10000, but is 10001" in refusal(path)
    with pytest.raises(ValueError, match="data must have at most 10,000 rows to be drawn, but has 10,001"):
        Lesson(load_dataset(folder / "many.csv"))
