"""The scenes from the race on, with data of other kinds: every still is made, and can be read."""

from __future__ import annotations

import numpy as np
import pytest

from bn_math import Dataset, Lesson
from bn_math.data.labels import DataLabels
from bnviz.review import legibility
from bnviz.run import discover
from bnviz.run.stills import beat_stills
from scenes.kit.settings import Settings

NAMES = ("Länge des *Hauses* [m]", "Zimmer #1 & 2 mit Balkon")


def lesson(scales: tuple[float, float], offset: float, r: float, unit: float = 1.0) -> Lesson:
    """Forty rows with long names, features of these spreads, means and correlation."""
    rng = np.random.default_rng(1)
    a, own = rng.normal(size=(2, 40))
    x = (np.column_stack([a, r * a + np.sqrt(1 - r * r) * own]) + offset) * scales
    y = unit * (x @ (1 / np.array(scales)) + 0.1 * rng.normal(size=40))
    labels = DataLabels(names=dict(zip("AB", NAMES, strict=True)))
    return Lesson(Dataset(x, y, ("A", "B"), "y"), labels=labels)


LESSONS = {
    "hurt by it": lambda: lesson((1.0, 1.5), 0.0, 0.97),
    "wide and negative": lambda: lesson((1e3, 0.3), -4.0, -0.2, 1e6),
}
SCENES = {"LearningRates": None, "InsideTheNetwork": None, "OptimizerRace": None}


@pytest.mark.parametrize("kind", LESSONS)
@pytest.mark.parametrize("scene", SCENES)
def test_every_still_can_be_read(scene: str, kind: str) -> None:
    settings = Settings(voice=False, lesson=LESSONS[kind]())
    stills = beat_stills(discover.find(scene), settings, 854, 480, behind=True, only=SCENES[scene])
    assert stills
    assert [problem for still in stills.values() for problem in legibility.still_problems(still)] == []
