"""A step's parts are as the slopes at first; divided by their sizes, they are alike."""

from __future__ import annotations

import numpy as np
from manim import ValueTracker

from bn_math import Lesson
from scenes.kit import theme
from scenes.kit.lettering import places
from scenes.pieces.race.race_map import RaceMap
from scenes.pieces.race.two_parts import AFTER, BEFORE, TwoParts

STAGE = Lesson.article().raw


def test_parts_go_downhill_and_become_alike() -> None:
    box = places.WIDE.first
    race_map = RaceMap(STAGE, box, box, "valley", theme.current().valley, ValueTracker(0))
    parts = TwoParts(STAGE, race_map.map)
    slope = -np.asarray(STAGE.loss.gradient(np.asarray(STAGE.start)))
    half = race_map.map.half[1]
    np.testing.assert_allclose(parts.lengths, half * BEFORE * slope / np.abs(slope).max())
    tail, tip = parts.step.ends
    aside = (tip - tail) @ np.array([-slope[1], slope[0]])
    assert abs(aside) < 1e-6 * np.linalg.norm(tip - tail) * np.linalg.norm(slope)
    parts.divided.set_value(1)
    np.testing.assert_allclose(parts.lengths, half * AFTER * np.sign(slope))
