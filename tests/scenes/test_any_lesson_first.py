"""The scenes up to the bowl, and what scaling leaves, of data unlike the article's: whole, and to be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from bn_math import Lesson
from bnviz.review import legibility
from bnviz.run import discover
from bnviz.run.stills import beat_stills
from scenes.kit.script.words import Words
from scenes.kit.settings import Settings

LESSONS = Path(__file__).parents[1] / "cases" / "lessons"


@pytest.mark.parametrize(
    ("lesson", "scenes"),
    [
        (
            "wide_first",
            ("TwoScales", "TheLoss", "Downhill", "Valley", "Bowl", "ValleyToBowl", "Correlation"),
        ),  # four rows, millions of steps
        (
            "raw_better",
            ("Question", "TheLoss", "Downhill", "Valley", "ValleyToBowl"),
        ),  # a bowl as they come, one step
        ("names_units", ("TheLoss", "Bowl")),  # long names
        ("tiny", ("TwoScales",)),  # in billionths
    ],
)
def test_every_still_of_other_data_can_be_read(lesson: str, scenes: tuple[str, ...]) -> None:
    settings = Settings(voice=False, lesson=Lesson.from_toml(LESSONS / f"{lesson}.toml"))
    for scene in scenes:
        stills = beat_stills(discover.find(scene), settings, 854, 480, behind=True)
        assert tuple(stills) == Words(scene, settings.lesson).beats
        found = [problem for still in stills.values() for problem in legibility.still_problems(still)]
        assert found == [], "\n".join(["", scene, *found])
