"""Where a scene hands an object over, the next one's first frame is its last: nobody sees the join."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

import scenes
from bnviz.media.sink import Pixels
from bnviz.run import discover
from bnviz.run.beats import beats_of
from bnviz.run.run_scene import run_scene
from scenes.kit.settings import Settings

SILENT, SIZE = Settings(voice=False), (320, 180)


class Enough(Exception):
    """The first frame is there."""


class First:
    """Takes the first frame, and no more."""

    def write(self, pixels: Pixels, repeat: int = 1) -> None:
        self.frame = pixels
        raise Enough


class Last:
    """Keeps the last frame."""

    def write(self, pixels: Pixels, repeat: int = 1) -> None:
        self.frame = pixels


def neighbors() -> Iterator[tuple[str, str]]:
    """The scenes that are neighbors in some cut and hand something over, each pair once."""
    found = dict.fromkeys(
        (one.name, two.name) for cut in scenes.cuts().values() for one, two in pairwise(cut)
    )
    for one, two in found:
        ends_on, begins_on = discover.load(discover.find(one)).ends_on, begins(two)
        if ends_on is not None and ends_on == begins_on:
            yield one, two


def begins(name: str) -> str | None:
    return discover.load(discover.find(name)).begins_on


def last_frame(name: str) -> Pixels:
    source, sink = discover.find(name), Last()
    run_scene(source, SILENT, SIZE, sink=sink, only=beats_of(source)[-1:], has_curtain=True)
    return sink.frame


def first_frame(name: str) -> Pixels:
    source, sink = discover.find(name), First()
    with pytest.raises(Enough):
        run_scene(source, SILENT, SIZE, sink=sink, only=beats_of(source)[:1])
    return sink.frame


@pytest.mark.parametrize(("one", "two"), list(neighbors()))
def test_a_scene_begins_with_the_picture_that_the_one_before_ends_with(one: str, two: str) -> None:
    last, first = last_frame(one).astype(int), first_frame(two).astype(int)
    far = np.abs(last - first).max(axis=2)
    assert far.max() <= 1, f"{one} ends otherwise than {two} begins: {np.argwhere(far > 1)[:5]} of {SIZE}"
