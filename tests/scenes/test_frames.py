"""The last picture of every beat is the one that was looked at and found good.

After a change that is meant to be seen: ``bnviz frames show``, look, then ``bnviz frames renew``.
"""

from __future__ import annotations

from pathlib import Path

import scenes
from bnviz.review import reference_frames
from bnviz.run import discover

CONTROL = Path(__file__).parent / "control"


def test_every_beat_looks_as_its_control(scene_name: str, stills_of) -> None:
    stills = stills_of(scene_name, "dark", reference_frames.WIDTH, reference_frames.HEIGHT)
    assert stills
    compared = reference_frames.compare(scene_name, stills, CONTROL)
    assert [f"{item.beat}: {item.problem}" for item in compared if item.problem] == []


def test_no_control_is_left_of_a_scene_that_is_gone() -> None:
    expected = {Path(discover.file_name(name)).stem for name in scenes.ORDER}
    assert {path.name for path in CONTROL.iterdir()} == expected
