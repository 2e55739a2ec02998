"""Mini-batches, the layer, and the last scene: stills of data of other kinds can be read."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from bn_math import Dataset, Lesson
from bn_math.data.labels import DataLabels
from bnviz.review import legibility
from bnviz.run import discover
from bnviz.run.stills import beat_stills
from scenes.kit.script.words import Words
from scenes.kit.settings import Settings

TINY, LONG = "few tiny rows", "long names and whole numbers"
CASES = [
    *((scene, TINY) for scene in ("Standardize", "ScaleShift", "BatchNoise", "TrainAndInference")),
    *((scene, LONG) for scene in ("BatchSplit", "Standardize", "ScaleShift", "BatchNoise")),
    *((scene, LONG) for scene in ("TrainAndInference", "Recap")),
]


@cache
def lesson(kind: str) -> Lesson:
    rng = np.random.default_rng(4)
    if kind == TINY:
        x = rng.normal(size=(4, 2)) * 1e-9
        return Lesson(Dataset(x, 1e9 * x @ [1.0, -2.0] + 0.1 * rng.normal(size=4)), eps=1e-5)
    # Long names, a year, and a feature ten thousand times as wide; numbers without decimals.
    names = ("Year in which #the car was built", "Length of all *trips* it has made")
    x = np.column_stack([rng.integers(1995, 2025, 41), rng.integers(20_000, 250_000, 41)])
    labels = DataLabels(units={names[1]: "km"})
    return Lesson(
        Dataset(x, 20_000 - 0.06 * x[:, 1] + rng.normal(0, 900, 41), names, "Price [€]"), labels=labels
    )


@pytest.mark.parametrize(("scene", "kind"), CASES)
def test_every_still_can_be_read(scene: str, kind: str) -> None:
    chosen = Settings(voice=False, lesson=lesson(kind))
    stills = beat_stills(discover.find(scene), chosen, 854, 480, behind=True)
    assert tuple(stills) == Words(scene, chosen.lesson).beats
    found = [problem for still in stills.values() for problem in legibility.still_problems(still)]
    assert found == [], "\n".join(["", *found])


def test_where_no_batch_changes_a_row_nothing_is_told_of_noise() -> None:
    assert "company" not in Words("BatchNoise", lesson(TINY)).beats
