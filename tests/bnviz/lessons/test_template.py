"""The file that ``bnviz new`` writes loads, and tells the same as the data alone."""

from __future__ import annotations

import dataclasses
import re
import tomllib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from typer.testing import CliRunner

from bn_math import Lesson
from bn_math.data.labels import DataLabels
from bn_math.data.reading import Reading
from bn_math.lesson.settings import LessonSettings
from bnviz.cache.read_tracking import digest
from bnviz.cli import app
from bnviz.lessons import template
from tests.cases.table import cases

ROWS = [(1, 20, 3.5), (2, 90, 9), (4, 31, 8), (3, 75, 10), (5, 11, 9), (2, 40, 6)]


def csv(headers: tuple[str, ...], rows: list[tuple[float, ...]] = ROWS) -> str:
    quoted = ['"' + name.replace('"', '""') + '"' for name in headers]
    return "\n".join([",".join(quoted), *(",".join(map(str, row)) for row in rows)]) + "\n"


def uncommented(text: str) -> str:
    return re.sub(r'^#(?=[a-z"])', "", text, flags=re.MULTILINE)


def same(one: Lesson, other: Lesson) -> bool:
    unlabelled = [dataclasses.replace(item.settings, labels=DataLabels()) for item in (one, other)]
    columns = (*one.data.feature_names, one.data.target_name)
    names = [[item.settings.labels.name(header) for header in columns] for item in (one, other)]
    return digest(unlabelled[0]) == digest(unlabelled[1]) and names[0] == names[1]


def check(data: Path, folder: Path) -> str:
    text = template.lesson_text(data, folder)
    alone = Lesson.from_csv(data, missing="drop")
    for number, written in enumerate((text, uncommented(text))):
        (folder / f"{number}.toml").write_text(written, encoding="utf-8")
        assert same(Lesson.from_toml(folder / f"{number}.toml"), alone), written
    return text


def test_the_file_loads_and_tells_the_same(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(csv(("b", "a", "y")), encoding="utf-8")
    text = check(tmp_path / "mine.csv", tmp_path)
    read = tomllib.loads(text)
    assert read["data"] == "mine.csv" and set(read["features"]) == {"a", "b"} and read["target"] == "y"
    assert all(len(line) <= 120 for line in text.splitlines())
    elsewhere = tmp_path / "lessons"
    elsewhere.mkdir()
    assert tomllib.loads(template.lesson_text(tmp_path / "mine.csv", elsewhere))["data"] == "../mine.csv"


@settings(max_examples=8)
@given(
    headers=some.lists(
        some.text(
            some.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=12
        ).filter(lambda name: name.strip() and not re.fullmatch(r"[\s\d.,+\-eE]*", name)),
        min_size=3,
        max_size=3,
        unique_by=lambda name: unicodedata.normalize("NFC", name).strip(),
    )
)
def test_no_letter_of_a_header_is_code(headers: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("lesson")
    (folder / "mine.csv").write_text(csv(tuple(headers)), encoding="utf-8")
    try:
        Lesson.from_csv(folder / "mine.csv")
    except ValueError:
        return  # the reading's own tests say which headers are none
    check(folder / "mine.csv", folder)


@pytest.mark.parametrize(
    "name", ["houses_ok", "names_units", "names_markup", "names_chinese", "index", "extra", "semicolon_comma"]
)
def test_data_of_every_form_can_be_begun_with(name: str, tmp_path: Path) -> None:
    check(cases()[name].path.with_suffix(".csv"), tmp_path)


def test_rows_without_a_value_are_dropped_and_other_columns_can_be_named(tmp_path: Path) -> None:
    data = tmp_path / "mine.csv"
    data.write_text(csv(("a", "b", "c", "y")[:3]) + "7,,8\n", encoding="utf-8")
    assert 'missing = "drop"' in check(data, tmp_path).splitlines()
    data.write_text(
        csv(("a", "b", "c", "y"), [(*row, 2 * row[0] + row[1]) for row in ROWS]), encoding="utf-8"
    )
    read = tomllib.loads(template.lesson_text(data, tmp_path, ("c", "a"), "y"))
    assert set(read["features"]) == {"a", "c"}


def test_every_setting_is_described() -> None:
    described = {*template.SETTINGS, *template.TABLES, "data", "labels"}
    assert {field.name for field in dataclasses.fields(LessonSettings)} == described
    assert {*template.FILM, *template.NAMES} == {field.name for field in dataclasses.fields(DataLabels)}
    reading = {
        *template.READING,
        "features",
        "target",
        "encoding",
        "decimal",
    }  # a file needs the last two or not
    assert {field.name for field in dataclasses.fields(Reading)} == reading


def test_the_command_never_replaces_a_file_unasked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.csv").write_text(csv(("a", "b", "y")), encoding="utf-8")

    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(app.app, ["new", *arguments])
        return done.exit_code, " ".join(done.output.split())

    assert run("mine.csv") == (0, "mine.toml try it: bnviz check mine.toml")
    Path("mine.toml").write_text("mine", encoding="utf-8")
    code, said = run("mine.csv")
    assert (
        code == 1
        and "mine.toml is there already" in said
        and Path("mine.toml").read_text(encoding="utf-8") == "mine"
    )
    assert run("mine.csv", "--force")[0] == 0 and Lesson.from_toml("mine.toml").data.count == 6
    assert run("mine.csv", "-o", "other.toml", "--feature", "y", "--feature", "a", "--target", "b")[0] == 0
    assert Lesson.from_toml("other.toml").data.target_name == "b"
    for arguments, answer in {
        ("nowhere.csv",): "there is no file nowhere.csv",
        ("mine.csv", "-o", "mine.csv"): "--output is mine.csv; it must end in .toml",
        ("mine.csv", "--feature", "a", "-o", "x.toml"): "--feature must be given twice",
        ("mine.csv", "--target", "z", "-o", "x.toml"): "has no column 'z'",
    }.items():
        code, said = run(*arguments)
        assert code == 1 and answer in said, said
