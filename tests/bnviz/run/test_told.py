"""A scene that tells nothing of a lesson is left out of its film, which is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bnviz.cli import app
from bnviz.run import discover
from bnviz.run.told import told
from scenes.kit.script import words
from scenes.kit.settings import Settings


@pytest.fixture
def untold(monkeypatch: pytest.MonkeyPatch, examples: Path) -> None:
    """The example Small has words, each beat of which is told only where standardizing hurts."""
    beats = {"one": {"title": "One", "when": "hurts", "say": []}}
    book: dict[str, Any] = {**words.book("en"), "Small": {"title": "Small", "beats": beats}}
    monkeypatch.setattr(words, "_book", lambda language: book)
    find = discover.find
    monkeypatch.setattr(discover, "find", lambda name, folder=examples: find(name, examples))


def test_a_scene_without_a_beat_that_is_told_is_left_out(untold: None) -> None:
    sources = [discover.find(name) for name in ("Small", "Other")]
    assert [source.name for source in told(sources, Settings(voice=False))] == ["Other"]


def test_the_command_says_so(untold: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    film = ("film", "--silent", "--quality", "low", "--output", "film.mp4", "--workers", "1")
    done = CliRunner().invoke(app.app, [*film, "--scenes", "Other,Small"])
    assert done.exit_code == 0, done.output
    assert "Small: left out, for nothing of it is true of these data" in " ".join(done.output.split())
    done = CliRunner().invoke(app.app, [*film, "--scenes", "Small"])
    assert done.exit_code == 1
    assert "nothing that Small would tell is true of these data" in " ".join(done.output.split())
