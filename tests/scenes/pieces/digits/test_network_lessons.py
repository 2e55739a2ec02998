"""RealNetwork of other networks and other rows: what is false is not said, and every still can be read."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from manim import ManimColor

from bn_math import LabeledRows, Lesson
from bnviz.review import legibility
from bnviz.run import discover
from bnviz.run.stills import Still, beat_stills
from scenes.kit.palettes import PALETTES
from scenes.kit.script.words import Words
from scenes.kit.settings import Settings
from tests.bn_math.networks.trained.small import SMALL
from tests.scenes.kit.test_square import square_problems
from tests.scenes.words.claims.registry import all_claims
from tests.scenes.words.test_said_of_lessons import said


def clouds() -> LabeledRows:
    """Two features of unlike scales, and three classes that lie apart."""
    rng = np.random.default_rng(3)
    labels = np.arange(60) % 3
    points = np.array([[0.0, 0.0], [4.0, 0.0], [0.0, 4.0]])[labels] + rng.standard_normal((60, 2))
    return LabeledRows(points * [1.0, 100.0], labels, ("a", "b", "c"))


CLAIMS = all_claims()
NETWORKS = {
    "small": SMALL,
    "one depth": replace(SMALL, depths=(2,), wall_depths=(2,), seeds=1),
    "many depths": replace(SMALL, depths=(1, 2, 3, 4, 5, 6, 7, 8), wall_depths=(1, 2, 3, 4, 5, 6), limit=20),
    "rows that are no pictures": replace(SMALL, data=clouds()),
    "nothing arrives": replace(SMALL, mark=0.01, limit=3, wall_depths=(1, 20), depths=(1, 12), seeds=1),
}


@cache
def lesson(kind: str) -> Lesson:
    return Lesson.article(network=NETWORKS[kind])


@cache
def stills(kind: str, width: int, height: int, theme: str = "dark") -> dict[str, Still]:
    chosen = Settings(theme=theme, voice=False, lesson=lesson(kind))
    return beat_stills(discover.find("RealNetwork"), chosen, width, height, behind=True)


@pytest.mark.parametrize("kind", NETWORKS)
def test_every_still_can_be_read(kind: str) -> None:
    shown = stills(kind, 854, 480)
    assert tuple(shown) == Words("RealNetwork", lesson(kind)).beats
    found = [problem for still in shown.values() for problem in legibility.still_problems(still)]
    assert found == [], "\n".join(["", *found])


@pytest.mark.parametrize("kind", ["small", "rows that are no pictures"])
def test_in_a_square_frame_nothing_is_cut_off_or_covered(kind: str) -> None:
    background = np.array(ManimColor(PALETTES["dark"]["background"]).to_int_rgb())
    shown = stills(kind, 480, 480)
    found = [problem for still in shown.values() for problem in square_problems(still, background)]
    assert found == [], "\n".join(["", *found])


@pytest.mark.parametrize("kind", NETWORKS)
def test_what_is_said_is_true(kind: str) -> None:
    spoken = list(said("RealNetwork", lesson(kind)))
    assert [text for key, text in spoken if not CLAIMS[key](lesson(kind))] == []


def test_of_one_depth_nothing_is_compared() -> None:
    words = Words("RealNetwork", lesson("one depth"))
    assert "depth" not in words.beats and "layers: above" not in words.caption("walls")


def test_where_nothing_is_learned_nobody_is_told_that_it_is() -> None:
    words = Words("RealNetwork", lesson("nothing arrives"))
    caption = words.caption("walls")
    assert "either way" not in caption and "they learn" not in caption
