"""``bnviz check`` for lessons: told by the suffix, refused in a sentence, readable at 80 columns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner, Result

from bnviz.cli import app, check_lesson
from bnviz.cli import check as app_check
from bnviz.cli.common import console
from bnviz.run import discover

DATA = "cups (a day),Größe der Kanne ≈ Liter,heat\n1,20,3.5\n2,90,9\n4,31,8\n3,75,10\n5,11,9\n2,40,6\n"


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(console, "width", 80)
    monkeypatch.setattr(check_lesson, "complaints", app.terminal(width=1000, stderr=True))
    monkeypatch.setattr(app, "complaints", app.terminal(width=1000, stderr=True))
    (tmp_path / "mine.csv").write_text(DATA, encoding="utf-8")
    (tmp_path / "mine.toml").write_text('data = "mine.csv"\n', encoding="utf-8")
    (tmp_path / "bad.toml").write_text("eps = 0\n", encoding="utf-8")


def check(*arguments: str) -> Result:
    done = CliRunner().invoke(app.app, ["check", *arguments], env={"NO_COLOR": "1"})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def test_a_lesson_is_told_before_anything_is_rendered(tmp_path: Path) -> None:
    done = check("mine.toml")
    assert done.exit_code == 0, done.output
    text = " ".join(done.stdout.split())
    assert "6 rows" in text
    assert "features: cups (a day); Größe der Kanne ≈ Liter target: heat" in text
    assert "condition number" in text and "standardizing helps" in text
    assert "beats, about" in text and "--quality high" in text
    assert "the voice cannot say 'Größe der Kanne ≈ Liter' and says 'the second feature'" in text
    assert "the voice cannot say" not in " ".join(check("mine.toml", "--silent").stdout.split())
    assert {path.name for path in tmp_path.iterdir()} == {"mine.csv", "mine.toml", "bad.toml"}
    assert max(cell_len(line.rstrip()) for line in done.stdout.splitlines()) <= 80


def test_json_has_it_all_and_says_of_each_lesson_whether_it_can_be_made() -> None:
    done = check("mine.toml", "--json")
    found = json.loads(done.stdout)
    assert (done.exit_code, found["can_be_made"], found["rows"]) == (0, True, 6)
    assert [column["header"] for column in found["columns"]][2] == "heat"
    done = check("mine.toml", "bad.toml", "--json")
    assert done.exit_code == 1
    assert {item["lesson"]: item["can_be_made"] for item in json.loads(done.stdout)} == {
        "mine.toml": True,
        "bad.toml": False,
    }


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["bad.toml"], "bad.toml: eps must be"),
        (["nowhere.toml"], "there is no lesson nowhere.toml"),
        (["mine.toml", "Valley"], "name lessons, or one film, or scenes with commas between them"),
        (["Valley", "--stills"], "--stills needs a lesson"),
        (["mine.toml", "--random", "3"], "--random makes its own data sets"),
        (["mine.toml", "--lesson", "mine.toml"], "name the lesson once"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(arguments: list[str], answer: str) -> None:
    done = check(*arguments)
    assert done.exit_code == 1
    assert answer in " ".join(done.stderr.split())


def test_names_that_cannot_be_drawn_make_the_exit_code_1() -> None:
    Path("mine.toml").write_text('data = "mine.csv"\n[names]\nheat = "\\u0939"\n', encoding="utf-8")
    done = check("mine.toml")
    assert done.exit_code == 1
    assert "cannot be drawn" in " ".join(done.stdout.split())


def test_stills_are_drawn_on_request(monkeypatch: pytest.MonkeyPatch, examples: Path) -> None:
    monkeypatch.setattr(app_check, "film_of", lambda *_: [discover.find("Tiny", examples)])
    done = check("mine.toml", "--stills")
    assert done.exit_code == 1
    assert "mine.toml: 2 stills, 1 fault" in done.stdout and "letter height" in done.stdout
    monkeypatch.setattr(app_check, "film_of", lambda *_: [discover.find("Other", examples)])
    done = check("mine.toml", "--stills", "--json")
    assert done.exit_code == 0 and json.loads(done.stdout)["faults"] == []


def test_random_data_sets_are_refused_with_a_reason_or_drawn(
    monkeypatch: pytest.MonkeyPatch, examples: Path
) -> None:
    monkeypatch.setattr(discover, "film", lambda: [discover.find("Other", examples)])
    done = check("--random", "4", "--seed", "3", "--json")
    found = json.loads(done.stdout)
    assert [item["lesson"][-1] for item in sorted(found, key=lambda item: item["lesson"])] == list("3456")
    assert all(item.get("stills") or item["problems"] for item in found)
    assert (done.exit_code == 1) == any(item.get("faults") for item in found)


def test_a_film_s_table_can_be_read_at_80_columns(examples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find = discover.find
    monkeypatch.setattr(discover, "find", lambda name, folder=examples: find(name, examples))
    done = check("Right")
    assert done.exit_code == 0, done.output
    lines = [line for line in done.stdout.splitlines() if not line.startswith("warning, ")]
    assert max(cell_len(line.rstrip()) for line in lines) <= 80
    rows = [line for line in lines if line.rstrip().endswith(" ok")]
    assert len(rows) >= 15
    assert any("letter height at 480p" in line and "px" in line and "at least 8" in line for line in rows)
