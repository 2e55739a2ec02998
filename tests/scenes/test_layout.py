"""Every beat's still can be read, in every theme."""

from __future__ import annotations

import pytest

from bnviz.review import legibility
from scenes.kit.palettes import PALETTES


@pytest.mark.parametrize("theme", list(PALETTES))
def test_every_word_can_be_read(scene_name: str, theme: str, stills_of) -> None:
    stills = stills_of(scene_name, theme, 854, 480)
    found = [problem for still in stills.values() for problem in legibility.still_problems(still)]
    assert found == [], "\n".join(["", *found])


def test_every_scene_has_text_to_read(scene_name: str, stills_of) -> None:
    stills = stills_of(scene_name, "dark", 854, 480)
    assert sum(len(still.texts) for still in stills.values()) > 0
