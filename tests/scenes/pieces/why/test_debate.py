"""Findings with their pictures, and doubts: each in a room of its own."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from scenes.kit.lettering import places
from scenes.kit.script import words
from scenes.pieces.why.debate import DOUBTS, FINDINGS, Debate


@pytest.mark.parametrize("where", [places.WIDE, places.SQUARE])
def test_what_was_found_has_its_room_and_meets_no_other(where: places.Places) -> None:
    debate = Debate(words.current("WhyItWorks", "BeatScene"), where, lambda key: "Santurkar et al. 2018")
    entries = [debate.question(), debate.ring(), debate.steps()]
    entries += [debate.entry(key) for key in (*FINDINGS, *DOUBTS)]
    for entry in entries:
        assert where.whole.holds(entry, slack=0.05)
    for one, other in itertools.combinations(entries, 2):
        apart = [one.get_left()[0] > other.get_right()[0], other.get_left()[0] > one.get_right()[0]]
        apart += [one.get_bottom()[1] > other.get_top()[1], other.get_bottom()[1] > one.get_top()[1]]
        assert any(apart)


def test_a_doubt_stands_beside_what_is_doubted() -> None:
    debate = Debate(words.current("WhyItWorks", "BeatScene"), places.WIDE, lambda key: "Yao et al. 2020")
    for doubt, finding in DOUBTS.items():
        assert debate.row(doubt) == debate.row(finding)


def test_the_small_ring_holds_its_cloud() -> None:
    debate = Debate(words.current("WhyItWorks", "BeatScene"), places.WIDE, lambda key: "")
    rows = np.random.default_rng(2).normal(size=(40, 2))
    ring, cloud = debate.ring(), debate.cloud(rows)
    assert np.linalg.norm(cloud.unit * rows, axis=1).max() < ring.width / 2
    np.testing.assert_allclose(cloud.place, ring.get_center()[:2])
