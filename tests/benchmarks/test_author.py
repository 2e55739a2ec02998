"""What an author waits for is measured on the commands that authors use."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import page
from benchmarks.author import measure as author
from benchmarks.author.measure import Wait
from bnviz.errors import UserError
from bnviz.run.beats import beats_of
from bnviz.run.discover import find


def test_a_wait_has_a_middle_between_its_ends() -> None:
    assert Wait.of("still", [3.0, 1.0, 2.0]) == Wait("still", 1.0, 2.0, 3.0, 3)


def test_waits_are_told_over_the_first() -> None:
    lines = list(page.wait_lines([Wait.of("manim", [2.0]), Wait.of("still", [5.0, 3.0, 4.0])]))
    assert lines[2] == "| manim | 1 | 2.0 s | 2.0 s | 2.0 s | 1.0 |"
    assert lines[3] == "| still | 3 | 3.0 s | 4.0 s | 5.0 s | 2.0 |"


def test_a_command_that_fails_is_told_with_what_it_said() -> None:
    assert author._command("-c", "pass") > 0
    with pytest.raises(UserError, match="still Valley/nothing failed: "):
        author._command("-m", "bnviz", "still", "Valley/nothing")


def test_the_beat_that_is_watched_says_the_word_that_changes() -> None:
    scene, beat = author.WATCHED.split("/")
    assert beat in beats_of(find(scene))
    words = Path(str(sys.modules["scenes"].__file__)).parent / "words" / "en.toml"
    said = words.read_text(encoding="utf-8")
    assert (
        said.index(f"[{scene}.beats.{beat}]") < said.index(author.WORD) < said.index(f"[{scene}.beats.home]")
    )
