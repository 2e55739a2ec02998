"""The commands for those who write: what they make, and what they answer to mistakes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bnviz.cli import app
from bnviz.run import discover

ENVIRONMENT = {"COLUMNS": "400", "NO_COLOR": "1", "TERM": "dumb"}


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app.app, arguments, env=ENVIRONMENT)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, re.sub(r"\s+", " ", result.output)


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, examples: Path) -> None:
    monkeypatch.chdir(tmp_path)
    find = discover.find
    monkeypatch.setattr(discover, "find", lambda name, folder=examples: find(name, examples))
    monkeypatch.setattr(app, "console", app.terminal(width=400))
    monkeypatch.setattr(app, "complaints", app.terminal(width=400, stderr=True))


def test_figures_are_made_where_and_as_they_are_wanted(tmp_path: Path) -> None:
    code, output = run(
        *(
            "figures",
            "--scenes",
            "Small,Other",
            "--beats",
            "move,circle",
            "--format",
            "svg",
            "--format",
            "png",
        ),
        *("--layout", "film", "--width", "80", "--dpi", "72", "--theme", "dark", "--output", "out"),
    )
    assert code == 0, output
    assert "out 2 figures, 4 files" in output
    names = {"small-move-dark.svg", "small-move-dark.png", "other-circle-dark.svg", "other-circle-dark.png"}
    names |= {"figures.json", "figures.tex", "figures.typ"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == names
    index = json.loads((tmp_path / "out" / "figures.json").read_text(encoding="utf-8"))
    assert [(item["scene"], item["beat"]) for item in index] == [("Other", "circle"), ("Small", "move")]
    assert {(item["width_mm"], item["height_mm"], item["dpi"], item["theme"]) for item in index} == {
        (80.0, 45.0, 72, "dark")
    }


def test_the_default_is_light_in_every_format_in_media(tmp_path: Path) -> None:
    code, output = run("figures", "--scenes", "Other")
    assert code == 0, output
    made = {path.name for path in (tmp_path / "media" / "figures").iterdir()}
    assert made == {
        "figures.json",
        "figures.tex",
        "figures.typ",
        *(f"other-circle.{kind}" for kind in ("svg", "pdf", "png")),
    }


def test_the_default_is_a_column_whose_height_follows(tmp_path: Path) -> None:
    assert run("figures", "--scenes", "Other", "--format", "svg")[0] == 0
    assert run("figures", "--scenes", "Other", "--format", "png", "--monochrome", "--width", "60")[0] == 0
    (narrow, usual) = json.loads(
        (tmp_path / "media" / "figures" / "figures.json").read_text(encoding="utf-8")
    )
    assert (usual["layout"], usual["width_mm"], usual["monochrome"]) == ("column", 85.0, False)
    assert (narrow["layout"], narrow["width_mm"], narrow["monochrome"]) == ("column", 60.0, True)
    assert narrow["files"] == {"png": "other-circle-monochrome.png"}
    assert usual["height_mm"] <= 1.1 * 85.0 + 1e-6


def test_figures_of_several_beats_of_a_file_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        '[mine]\npanels = ["Small/appear", "Other/circle"]\nwidth = 120\ncaption = "Two things."\n',
        encoding="utf-8",
    )
    code, output = run("figures", "--list", "mine.toml", "--format", "svg", "--format", "pdf")
    assert code == 0, output
    assert "1 figures, 2 files" in output
    (entry,) = json.loads((tmp_path / "media" / "figures" / "figures.json").read_text(encoding="utf-8"))
    assert (entry["name"], entry["width_mm"], entry["caption"]) == ("mine", 120.0, "Two things.")
    assert entry["files"] == {"svg": "mine.svg", "pdf": "mine.pdf"}
    assert "a: " in entry["alt"] and "b: " in entry["alt"]


def test_arrays_are_written_into_media(tmp_path: Path) -> None:
    assert run("data", "--scene", "PrintOut")[0] == 0
    assert run("data", "--scene", "PrintOut", "--format", "npz")[0] == 0
    made = {path.name for path in (tmp_path / "media" / "data").iterdir()}
    assert made == {"print-out-descent.csv", "print-out-spectrum.csv", "print-out.npz"}


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (("figures", "--scenes", "Other", "--beats", ","), "--beats names no beat; it should be like"),
        (("figures", "--scenes", "Othr"), "there is no scene 'Othr'"),
        (("figures", "--scenes", "Other", "--width", "5"), "Invalid value for '--width'"),
        (("figures", "--scenes", "Other", "--layout", "page"), "Invalid value for '--layout'"),
        (("figures", "--scenes", "Other", "--width", "nan"), "Invalid value for '--width'"),
        (("figures", "--layout", "film", "--monochrome"), "--monochrome needs --layout column"),
        (("figures", "--layout", "film", "--panels"), "--panels needs --layout column"),
        (("figures", "--scenes", "Other", "--panels"), "--scenes and --beats go without them"),
        (("figures", "--list", "none.toml"), "--list none.toml"),
        (("figures", "--scenes", "Other", "--format", "gif"), "Invalid value for '--format'"),
        (("data", "--scene", "Other"), "Other has no arrays behind its figures"),
        (("data", "--scene", "Other", "--format", "xlsx"), "Invalid value for '--format'"),
        (("data",), "Missing option '--scene'"),
    ],
)
def test_mistakes_are_answered_with_a_sentence(arguments: tuple[str, ...], answer: str) -> None:
    code, output = run(*arguments)
    assert code != 0
    assert answer in output
    assert not Path("media").exists()


def test_a_folder_that_can_not_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for arguments in (("figures", "--scenes", "Other"), ("data", "--scene", "PrintOut")):
        code, output = run(*arguments, "--output", "file/folder")
        assert code == 1
        assert "--output file/folder:" in output
