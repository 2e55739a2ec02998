"""Where scenes and beats stand in the film, against sums done by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from bnviz.film.timeline import timeline
from bnviz.run.render import RenderedScene
from scenes.kit.script.beat import AudioClip, Beat
from scenes.kit.script.captions import Cue

WAV = Path("said.wav")


def scene(name: str, frames: int, *spans: tuple[float, float]) -> RenderedScene:
    beats = tuple(
        Beat(f"b{k}", f"B{k}", start, end, (Cue(start, end, "said"),), (AudioClip(start + 0.1, WAV),))
        for k, (start, end) in enumerate(spans)
    )
    video, ends = Path(f"{name}.mp4"), ("nothing", "nothing")
    return RenderedScene(name, name.title(), video, beats, frames, 10, (160, 90), *ends)


PLAN = timeline([scene("one", 35, (0.2, 1.5), (1.5, 3.1)), scene("two", 20, (0.0, 1.6))])


def test_scenes_lie_end_to_end() -> None:
    assert [(placed.offset, placed.start) for placed in PLAN.scenes] == [(0, 0.0), (35, 3.5)]
    assert (PLAN.frames, PLAN.duration, PLAN.frame_rate, PLAN.size) == (55, 5.5, 10, (160, 90))


def test_beats_have_no_gaps_and_a_scene_s_first_begins_with_it() -> None:
    assert [(item.title, item.start, item.end) for item in PLAN.beats] == [
        ("One: B0", 0.0, 1.5),
        ("One: B1", 1.5, 3.5),
        ("Two: B0", 3.5, 5.5),
    ]


def test_a_beat_s_frames_run_from_the_end_of_the_one_before_to_its_own_still() -> None:
    assert [(beat.offset, beat.first, beat.last) for beat in PLAN.beats] == [
        (0, 0, 15),
        (0, 15, 31),
        (35, 0, 16),
    ]


def test_what_is_said_and_read_moves_with_its_scene() -> None:
    assert [clip.start for clip in PLAN.clips] == pytest.approx([0.3, 1.6, 3.6])
    assert [cue.start for cue in PLAN.cues] == pytest.approx([0.2, 1.5, 3.5])
    assert [cue.end for cue in PLAN.cues] == pytest.approx([1.5, 3.1, 5.1])
