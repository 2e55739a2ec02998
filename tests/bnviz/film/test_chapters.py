"""Chapters against sums done by hand, and what holds of them whatever the beats' lengths."""

from __future__ import annotations

from itertools import accumulate, pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bnviz.film.chapters import SHORTEST, Chapter
from bnviz.film.timeline import Timeline, timeline
from bnviz.run.render import RenderedScene
from scenes.kit.script.beat import Beat


def scene(name: str, *seconds: float) -> RenderedScene:
    """A scene of beats that last so long, ten frames a second, joined to its neighbors without a fade."""
    edges = [0.0, *accumulate(seconds)]
    beats = tuple(
        Beat(f"b{number}", f"B{number}", *span, cues=(), clips=())
        for number, span in enumerate(pairwise(edges), 1)
    )
    return RenderedScene(name, name, Path(), beats, round(edges[-1] * 10), 10, (16, 9), "nothing", "nothing")


def film(*scenes: RenderedScene) -> Timeline:
    return timeline(scenes)


def test_a_long_beat_is_a_chapter() -> None:
    found = film(scene("One", 10, 12), scene("Two", 11)).chapters
    assert found == (Chapter("One: B1", 0, 10), Chapter("One: B2", 10, 22), Chapter("Two: B1", 22, 33))


def test_a_short_beat_goes_with_those_behind_it_and_the_rest_with_the_one_before() -> None:
    found = film(scene("One", 4, 5, 7, 12, 3), scene("Two", 9, 20)).chapters
    assert found == (Chapter("One: B3", 0, 16), Chapter("One: B4", 16, 31), Chapter("Two", 31, 60))


def test_a_short_scene_goes_with_its_neighbor() -> None:
    found = film(scene("One", 2, 3), scene("Two", 15), scene("Three", 6)).chapters
    assert found == (Chapter("Two", 0, 26),)
    assert film(scene("One", 2, 3)).chapters == (Chapter("One", 0, 5),)


def test_a_question_needs_no_colon() -> None:
    assert [item.title for item in film(scene("Why?", 10, 10)).chapters] == ["Why? B1", "Why? B2"]


@given(st.lists(st.lists(st.integers(1, 300), min_size=1, max_size=6), min_size=1, max_size=8))
def test_no_chapter_is_short_and_none_is_left_out(tenths: list[list[int]]) -> None:
    scenes = [scene(f"S{number}", *(each / 10 for each in row)) for number, row in enumerate(tenths)]
    plan = film(*scenes)
    found = plan.chapters
    assert (found[0].start, found[-1].end) == (0, plan.duration)
    assert [one.end for one in found[:-1]] == [two.start for two in found[1:]]
    assert {item.start for item in found} <= {beat.start for beat in plan.beats}
    assert all(item.end - item.start >= SHORTEST - 1e-9 for item in found) or len(found) == 1
    assert len({item.title for item in found}) == len(found)
