"""Random data sets: each is refused with a reason, or every word is well written and stills have no fault.

Many of them, with every still of every scene, in a night: ``bnviz check --random 200 --seed 1``.
"""

from __future__ import annotations

import pytest

import scenes
from bnviz.lessons.random_lessons import random_lesson
from bnviz.lessons.stills import look, word_problems
from bnviz.run import discover
from scenes.kit.settings import Settings
from tests.cases.table import SLOW

QUICK = [scene for scene in scenes.ORDER if scene not in SLOW]
# Of each seed one scene is drawn, so that a few of each kind are: seeds and scenes have no common factor.
DRAWN = {seed: scenes.ORDER[seed % len(scenes.ORDER)] for seed in (20, 24, 37)}


def made(seed: int) -> Settings | None:
    """Settings with the lesson; None if it is refused, and then a reason is given."""
    try:
        return Settings(voice=False, lesson=random_lesson(seed))
    except ValueError as error:
        assert "data must" in str(error)
        return None


@pytest.mark.parametrize("seed", range(1, 9))
def test_every_word_is_filled_and_well_written(seed: int) -> None:
    if settings := made(seed):
        assert [text for scene in QUICK for text in word_problems(scene, settings)] == []


@pytest.mark.parametrize(("seed", "scene"), [*DRAWN.items()])
def test_stills_have_no_fault(seed: int, scene: str) -> None:
    settings = made(seed)
    assert settings is not None
    assert look([discover.find(scene)], settings).problems == ()
