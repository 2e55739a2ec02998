"""A film about each of the cases: every word of every scene is filled and well written, and stills are made.

All stills of all cases: ``bnviz check tests/cases/lessons/*.toml --stills``.
"""

from __future__ import annotations

import pytest

import scenes
from bn_math import Lesson
from bnviz.lessons.report import report
from bnviz.lessons.stills import look, word_problems
from bnviz.run import discover
from scenes.kit.settings import Settings
from tests.cases.table import SLOW, cases

MADE = [name for name, case in cases().items() if not case.refused]
# The cases for which the words of slow scenes are looked at here, too.
ALSO_SLOW = {"raw_better", "r0999", "rows12", "already_standardized"}
# A scene each that once failed for such data.
DRAWN = {
    "wide_first": "InsideTheNetwork",
    "houses": "Question",
    "raw_better": "Bowl",
    "names_markup": "TwoScales",
}


def settings_of(name: str) -> Settings:
    return Settings(voice=False, lesson=Lesson.from_file(cases()[name].path))


@pytest.mark.parametrize("name", MADE)
def test_every_word_about_a_case_is_filled_and_well_written(name: str) -> None:
    settings = settings_of(name)
    looked_at = [scene for scene in scenes.ORDER if scene not in SLOW or name in ALSO_SLOW]
    assert [text for scene in looked_at for text in word_problems(scene, settings)] == []
    told = report(cases()[name].path, settings, scenes.ORDER)
    assert told.story and told.scenes


@pytest.mark.parametrize(("name", "scene"), [*DRAWN.items()])
def test_what_once_failed_is_drawn(name: str, scene: str) -> None:
    assert look([discover.find(scene)], settings_of(name)).problems == ()
