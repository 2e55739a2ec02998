"""The same bad lesson gets the same sentence from every command, before anything is rendered."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from bnviz.cache.read_tracking import values_now
from bnviz.cli import app, common
from bnviz.run import discover
from scenes.kit.settings import Settings

COMMANDS = {
    "film": ["film", "--silent", "--scenes", "Other"],
    "scene": ["scene", "Other", "--silent"],
    "clip": ["clip", "Other/circle"],
    "figures": ["figures", "--scenes", "Other"],
    "data": ["data", "--scene", "PrintOut"],
    "slides": ["slides", "--scenes", "Other"],
    "page": ["page", "--scenes", "Other", "--silent"],
    "list": ["list", "--silent"],
}
BAD: dict[str, Callable[[Path], Any]] = {
    "no TOML": lambda path: path.write_text("this is not TOML", encoding="utf-8"),
    "no number": lambda path: path.write_text('eps = "small"', encoding="utf-8"),
    "a wide stack": lambda path: path.write_text("[deep]\nwidth = 100000", encoding="utf-8"),
    "no text": lambda path: path.write_bytes(b"\xff\xfe\x00"),
    "a pipe": os.mkfifo,
    "two features that say the same": lambda path: with_data(path, "1,2,3\n2,4,5\n5,10,9\n7,14,3\n", ""),
    "a start at the minimum": lambda path: with_data(
        path, "1,2,8\n4,7,29\n5,1,13\n3,9,33\n", "start = [2, 3]"
    ),
}


def with_data(path: Path, rows: str, more: str) -> None:
    path.with_suffix(".csv").write_text(f"A,B,y\n{rows}", encoding="utf-8")
    path.write_text(f'data = "lesson.csv"\nbatch_size = 4\n{more}\n', encoding="utf-8")


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, examples: Path) -> None:
    monkeypatch.chdir(tmp_path)
    find = discover.find
    monkeypatch.setattr(discover, "find", lambda name, folder=examples: find(name, examples))
    monkeypatch.setattr(app, "complaints", app.terminal(width=1000, stderr=True))


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app.app, arguments, env={"COLUMNS": "1000", "NO_COLOR": "1", "TERM": "dumb"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, re.sub(r"\s+", " ", result.output).strip()


@pytest.mark.parametrize("make", BAD.values(), ids=BAD)
def test_every_command_answers_a_bad_lesson_alike(tmp_path: Path, make: Callable[[Path], Any]) -> None:
    lesson = tmp_path / "lesson.toml"
    make(lesson)
    answers = {}
    for name, command in COMMANDS.items():
        code, said = run(*command, "--lesson", str(lesson))
        assert code
        # What is no file the command's own options refuse, after a line on how it is used.
        answers[name] = said.partition("--lesson")[2].strip(" ':│╰─╯")
    assert len(set(answers.values())) == 1, answers
    assert str(lesson) in answers["film"]
    assert {path.name for path in tmp_path.iterdir()} <= {"lesson.toml", "lesson.csv"}


ROWS = "n;width;height;price\n" + "".join(f"{n},5;{n**2 % 11};{n**2 % 7},25;{n**2 % 5}\n" for n in range(12))


def test_data_are_a_lesson_and_what_was_decided_is_told_once_and_dimmed(
    tmp_path: Path,
) -> None:
    (tmp_path / "wine.csv").write_text(ROWS, encoding="utf-8")
    code, said = run("data", "--scene", "PrintOut", "--lesson", "wine.csv")
    assert code == 0
    told = f"{tmp_path / 'wine.csv'}: columns are separated by semicolons, and numbers have a decimal comma"
    chosen = "the features are n and width, the target is price; left out: height."
    assert said.count(told) == 1 and said.count(chosen) == 1
    assert {path.name for path in (tmp_path / "media" / "data").iterdir()} == {
        *("print-out-wine-descent.csv", "print-out-wine-spectrum.csv"),
    }
    shown = Console(force_terminal=True, color_system="standard", width=1000)
    with shown.capture() as captured:
        common.settings_of("dark", True, tmp_path / "wine.csv", complaints=shown)
    assert "\x1b[2m" in captured.get()


def test_data_are_a_lesson_in_the_environment_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "wine.csv").write_text(ROWS, encoding="utf-8")
    monkeypatch.setenv("BNVIZ_LESSON", str(tmp_path / "wine.csv"))
    found = Settings.from_environment()
    assert (found.lesson.data.count, found.lesson_name) == (12, "wine")


def test_no_path_is_in_a_cache_s_key(tmp_path: Path) -> None:
    lessons = []
    for name in ("one.csv", "other.csv"):
        (tmp_path / name).write_text(ROWS, encoding="utf-8")
        lessons.append(Settings().with_lesson(tmp_path / name))
    assert lessons[0].lesson.notes != lessons[1].lesson.notes
    assert values_now(lessons[0]) == values_now(lessons[1])


def test_another_lesson_s_arrays_do_not_replace_the_article_s(tmp_path: Path) -> None:
    (tmp_path / "seven.toml").write_text("seed = 7\n", encoding="utf-8")
    for more in ([], ["--lesson", "seven.toml"], ["--lesson", "seven.toml", "--format", "npz"]):
        assert run("data", "--scene", "PrintOut", *more)[0] == 0
    assert {path.name for path in (tmp_path / "media" / "data").iterdir()} == {
        *("print-out-descent.csv", "print-out-spectrum.csv", "print-out-seven.npz"),
        *("print-out-seven-descent.csv", "print-out-seven-spectrum.csv"),
    }
