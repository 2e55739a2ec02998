"""The description against one written by hand, and against what video sites ask of chapters."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bnviz.film.description import About, about, clock, description
from bnviz.film.timeline import timeline
from bnviz.run.render import RenderedScene
from scenes.kit.script.beat import Beat
from scenes.kit.script.captions import Cue
from scenes.kit.settings import Settings

ABOUT = About("What it is about", ("After an article", "Letters: Lato"))


def scene(name: str, *seconds: float, said: str = "") -> RenderedScene:
    beats, start = [], 0.0
    for number, length in enumerate(seconds, 1):
        cues = (Cue(start, start + 1, said),) if said else ()
        beats.append(Beat(f"b{number}", f"B{number}", start, start + length, cues, ()))
        start += length
    return RenderedScene(name, name, Path(), tuple(beats), round(start * 10), 10, (16, 9), "n", "n")


def test_the_whole_description() -> None:
    plan = timeline([scene("Why?", 10, 55.5, said="It is\n<short>."), scene("Then", 12, said="Not this.")])
    assert description(plan, "A & B", ABOUT) == (
        "A & B\n\n"
        "What it is about\n\n"
        "It is ‹short›. It is ‹short›.\n\n"
        "0:00 Why? B1\n0:10 Why? B2\n1:05 Then: B1\n\n"
        "After an article\nLetters: Lato\n"
    )


def test_chapters_that_no_site_takes_are_left_out() -> None:
    assert description(timeline([scene("One", 3, 4)]), "A film", About()) == "A film\n"


@given(st.lists(st.integers(1, 600), min_size=1, max_size=40))
def test_a_site_takes_its_chapters(tenths: list[int]) -> None:
    plan = timeline([scene(f"S{number}", each / 10) for number, each in enumerate(tenths)])
    found = re.findall(r"^(?:(\d+):)?(\d+):(\d\d) \S", description(plan, "A film", ABOUT), re.MULTILINE)
    seconds = [int(hours or 0) * 3600 + int(minutes) * 60 + int(rest) for hours, minutes, rest in found]
    assert len(seconds) == (len(plan.chapters) if len(plan.chapters) >= 3 else 0)
    assert seconds[:1] in ([], [0])
    assert all(two - one >= 10 for one, two in pairwise(seconds))


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00"), (9.99, "0:09"), (59.9999999, "1:00"), (725, "12:05"), (3723, "1:02:03")],
)
def test_a_second_is_written_as_sites_do(seconds: float, text: str) -> None:
    assert clock(seconds) == text


def test_what_is_said_of_the_film_comes_from_the_words_file() -> None:
    told = about(Settings())
    assert "Batch normalization" in told.subject
    assert "Peng Qian" in told.credits[0]
    assert any("hibari" in line for line in told.credits)
    assert not any("hibari" in line for line in about(Settings(voice=False)).credits)
