"""The narration has the time it needs, and the pace is right: on beats made by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bnviz.review import measurement
from bnviz.review.measurement import Stretch
from bnviz.review.pace import PAUSE, Said, checks, said, words_a_minute
from scenes.kit.script import voice
from scenes.kit.script.beat import AudioClip, Beat

GOOD = Said("fall", 10.0, 20.0, 20, (Stretch(10.0, 13.5), Stretch(14.0, 17.6)))


def problems(scenes: dict[str, list[Said]]) -> list[str]:
    return measurement.problems(checks(scenes))


def test_a_pause_is_the_narrator_s_own() -> None:
    assert PAUSE == voice.PAUSE


def test_the_pace_counts_pauses_and_no_pictures_after_the_last_word() -> None:
    assert words_a_minute([GOOD]) == pytest.approx(60 * 20 / (7.6 + PAUSE))
    assert words_a_minute([replace(GOOD, end=30.0)]) == words_a_minute([GOOD])
    twice = [GOOD, replace(GOOD, words=10)]
    assert words_a_minute(twice) == pytest.approx(60 * 30 / (15.2 + 2 * PAUSE))
    assert words_a_minute([]) == words_a_minute([replace(GOOD, lines=())]) == 0


def test_what_is_right_has_no_problem() -> None:
    assert problems({"Valley": [GOOD], "Silent": []}) == []


@pytest.mark.parametrize(
    ("beat", "complaint"),
    [
        (replace(GOOD, end=17.0), "Valley, beat 'fall', 14.0 s, sentence 2: said outside of its beat 0.60 s"),
        (replace(GOOD, start=10.5), "sentence 1: said outside of its beat 0.50 s, must be at most 0 s"),
        (replace(GOOD, lines=(Stretch(10, 13.5), Stretch(13.25, 17.5))), "said over the one ahead 0.25 s"),
        (replace(GOOD, words=17), "Valley: narration of a scene 127 words/min, must be 140 to 160 words/min"),
        (replace(GOOD, words=22), "Valley: narration of a scene 164 words/min, must be 140 to 160 words/min"),
    ],
)  # fmt: skip
def test_each_mistake_is_named(beat: Said, complaint: str) -> None:
    (found,) = problems({"Valley": [beat]})
    assert complaint in found


def test_a_rushed_beat_is_named_though_its_scene_is_slow_enough() -> None:
    slow, rushed = replace(GOOD, words=18), Said("rush", 20.0, 24.0, 8, (Stretch(20.0, 22.0),))
    assert problems({"Valley": [slow, rushed]}) == [
        "Valley, beat 'rush', 20.0 s: narration of a beat 196 words/min, must be at most 180 words/min"
    ]


def test_the_worst_figures_are_told_with_their_places() -> None:
    slow = replace(GOOD, beat="slow", words=18)
    scene, beat, outside, over = checks({"Valley": [GOOD], "Bowl": [GOOD, slow]})
    assert scene.worst is not None and beat.worst is not None
    assert (scene.worst.place.scene, scene.worst.value) == ("Bowl", words_a_minute([GOOD, slow]))
    assert (beat.worst.place.beat, beat.worst.value) == ("fall", words_a_minute([GOOD]))
    assert [len(item.figures) for item in (scene, beat, outside, over)] == [2, 3, 6, 3]


def test_lines_last_as_long_as_their_files(tmp_path: Path) -> None:
    voice._write_whole(tmp_path / "a.wav", np.zeros(36_000, np.float32), 24_000)
    beat = Beat("fall", "Fall", 10.0, 20.0, (), (AudioClip(11.0, tmp_path / "a.wav"),), words=4)
    assert said(beat) == Said("fall", 10.0, 20.0, 4, (Stretch(11.0, 12.5),))
