"""Paths and folders as no one expects them: each is printed as it is, and ends in a sentence at worst."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bnviz.cli import app
from bnviz.errors import SceneFailed, UserError
from bnviz.run import discover
from tests.bnviz.commands import run

ODD = "[/a] :smile: [bold]"


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, examples: Path) -> None:
    monkeypatch.chdir(tmp_path)
    find = discover.find
    monkeypatch.setattr(discover, "find", lambda name, folder=examples: find(name, examples))


def raising(error: Exception) -> Any:
    def make(*arguments: Any, **options: Any) -> Any:
        raise error

    return make


@pytest.fixture
def nothing_is_rendered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bnviz.film.render_missing.run_tasks", raising(AssertionError("it renders")))


def test_brackets_and_colons_are_printed_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("cache", "--cache", ODD) == (0, f"{ODD} 0 scenes, 0.0 MB ")
    assert f"error: --output is {ODD}.avi; it must" in run("scene", "Other", "--output", f"{ODD}.avi")[1]
    Path("file[bold]").touch()
    assert "file[bold] is a file" in run("cache", "--cache", "file[bold]")[1]
    monkeypatch.setattr("bnviz.talk.clip.make_clip", raising(UserError("no [/such] beat")))
    assert "Small has no beat '[/x]'; it has" in run("clip", "Small/[/x]")[1]
    assert run("clip", "Small/move") == (1, "error: no [/such] beat ")


def test_a_path_longer_than_a_line_is_not_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    path = "/".join(["long" * 10] * 20)
    result = CliRunner().invoke(app.app, ["cache", "--cache", path], env={"COLUMNS": "80"})
    assert path in result.output


@pytest.mark.parametrize(
    ("output", "answer"),
    [
        ("folder.mp4", "folder.mp4, a folder; it must name a file"),
        ("link.mp4", "link.mp4 is a link to nowhere; a file is to be written there"),
        ("captions.mp4", "captions.srt is a folder; a file is to be written there"),
        ("http://host/film.mp4", "http:/host/film.mp4 is an address"),
        ("/".join(["d"] * 3000) + "/film.mp4", "File name too long"),
    ],
)
def test_an_output_that_cannot_be_is_refused_before_anything_is_rendered(
    nothing_is_rendered: None, output: str, answer: str
) -> None:
    Path("folder.mp4").mkdir()
    Path("captions.srt").mkdir()
    Path("link.mp4").symlink_to("nowhere")
    code, said = run("scene", "Other", "--quality", "low", "--output", output)
    assert (code, answer in said) == (1, True), said


@pytest.mark.parametrize("name", ["valley-to-bowl.html", "valley-to-bowl_files"])
def test_a_deck_over_something_else_is_refused_before_anything_is_rendered(
    nothing_is_rendered: None, name: str
) -> None:
    (Path("media/slides-other") / name).mkdir(parents=True)
    thesis = Path("media/slides-other") / name / "thesis.txt"
    thesis.touch()
    code, said = run("slides", "--scenes", "Other", "--quality", "low")
    assert code == 1 and name in said, said
    assert thesis.exists()


def test_a_working_folder_that_is_gone_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    for arguments in (["list"], ["scene", "Other", "--lesson", "mine.toml"], ["cache"]):
        code, said = run(*arguments)
        assert (code, said.startswith("error: there is no working folder any more")) == (1, True), said
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("media", "reason"), [("file", "Not a directory"), ("folder", "is a folder"), ("link", "a link")]
)
def test_a_failure_is_told_although_its_traceback_cannot_be_kept(
    media: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if media == "file":
        Path("media").touch()
    elif media == "folder":
        Path("media/failure.log").mkdir(parents=True)
    else:
        Path("media").mkdir()
        Path("media/failure.log").symlink_to("/dev/full")
    monkeypatch.setattr("bnviz.film.make.make_film", raising(SceneFailed("Other", "[/why]", "Traceback")))
    code, said = run("scene", "Other", "--output", "film.mp4", "--cache", "kept")
    assert code == 1
    assert "error: scene Other failed: [/why] The whole traceback could not be written to media/" in said
    assert reason in said


def test_what_the_disk_refuses_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = PermissionError(13, "Permission denied", "media/posters/[x].png")
    monkeypatch.setattr("bnviz.posters.overview.make_posters", raising(refused))
    assert run("posters", "--scenes", "Small") == (1, "error: media/posters/[x].png: Permission denied ")
    monkeypatch.setattr("bnviz.cache.store.Store.contents", property(raising(refused)))
    assert run("cache")[1] == "error: media/posters/[x].png: Permission denied "


def test_a_cache_that_cannot_be_cleared_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("media/cache").mkdir(parents=True)
    Path("media/cache", "0" * 32 + ".film").touch()
    monkeypatch.setattr(Path, "unlink", raising(OSError(30, "Read-only file system")))
    code, said = run("cache", "clear")
    assert code == 1
    assert "error: --cache media/cache cannot be cleared: [Errno 30] Read-only file system" in said


def test_a_name_that_is_no_text_is_printed_somehow() -> None:
    command = [sys.executable, "-m", "bnviz", "cache", "--cache", os.fsencode("caf") + b"\xe9"]
    environment = os.environ | {"PYTHONPATH": str(Path(app.__file__).parents[2])}
    done = subprocess.run(command, capture_output=True, env=environment)
    assert (done.returncode, done.stdout) == (0, b"caf\\udce9  0 scenes, 0.0 MB\n"), done.stderr
