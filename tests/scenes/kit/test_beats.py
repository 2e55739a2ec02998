"""Beats: what is said, when, what stands at the end; and what is drawn anew at every frame."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from manim import Dot, tempconfig

from scenes.kit.beats import HOLD, BeatScene
from scenes.kit.drawing.renderer import KitRenderer
from scenes.kit.script import captions, voice
from scenes.kit.script.voice import Speech

Make = Callable[..., BeatScene]
TWO = {"first": ["Here is the first sentence.", "And here is the second."], "last": ["The last one ends it."]}


class Spoken:
    """A narrator whose sentences last as long as they are told to."""

    def __init__(self, *durations: float) -> None:
        self.durations = list(durations)
        self.said: list[tuple[str, str]] = []

    def say(self, spoken: str, caption: str) -> Speech:
        self.said.append((spoken, caption))
        return Speech(None, self.durations.pop(0))


def skip(scene: BeatScene) -> BeatScene:
    """Let a scene run its clock without drawing."""
    scene.renderer.skip_animations = True
    scene.skip_animations = True
    return scene


# -- what is said when ----------------------------------------------------------------------------------
def test_a_beat_says_its_sentences_one_after_the_other_and_then_holds(still_scene: Make) -> None:
    scene = skip(still_scene(TWO))
    narrator = scene.narrator = Spoken(2.0, 3.0)
    with scene.beat("first"):
        pass
    (beat,) = scene.beats
    assert [caption for _, caption in narrator.said] == TWO["first"]
    assert [cue.text for cue in beat.cues] == TWO["first"]
    assert [cue.start for cue in beat.cues] == pytest.approx([0, 2.0 + voice.PAUSE], abs=1 / 15)
    assert beat.start == 0 and beat.end == pytest.approx(2 + voice.PAUSE + 3 + HOLD, abs=3 / 15)


def test_the_next_sentence_waits_for_the_one_before(still_scene: Make) -> None:
    scene = skip(still_scene(TWO))
    scene.narrator = Spoken(2.0, 3.0)
    with scene.beat("first") as beat:
        assert beat.time_left == 2.0
        scene.pause(0.8)
        assert beat.time_left == pytest.approx(1.2, abs=1 / 15)
        assert beat.next_sentence() == 3.0
        assert scene.time == pytest.approx(2 + voice.PAUSE, abs=1 / 15)
        assert beat.time_left == 3.0


def test_a_sentence_that_comes_late_starts_when_it_is_called_for(still_scene: Make) -> None:
    scene = skip(still_scene(TWO))
    scene.narrator = Spoken(1.0, 2.0)
    with scene.beat("first") as beat:
        scene.pause(4.0)
        assert beat.time_left == 0
        beat.next_sentence()
    assert scene.beats[0].cues[1].start == pytest.approx(4.0, abs=1 / 15)


def test_the_words_that_are_spoken_are_counted(still_scene: Make) -> None:
    class Recorded(Spoken):
        def say(self, spoken: str, caption: str) -> Speech:
            return replace(super().say(spoken, caption), path=Path("voice.wav"))

    scene = skip(still_scene(TWO))
    scene.add_sound = lambda path: None
    for narrator in (Recorded(1.0, 1.0), Spoken(1.0)):
        scene.narrator = narrator
        with scene.beat("last" if scene.beats else "first"):
            pass
    assert [beat.words for beat in scene.beats] == [10, 0]
    assert [len(beat.clips) for beat in scene.beats] == [2, 0]


def test_asking_for_a_sentence_too_many_is_an_error_that_says_so(still_scene: Make) -> None:
    scene = skip(still_scene(TWO))
    with pytest.raises(RuntimeError, match="more sentences than its words have"), scene.beat("last") as beat:
        beat.next_sentence()


def test_beats_follow_each_other_without_a_gap(still_scene: Make) -> None:
    scene = skip(still_scene(TWO))
    for name in TWO:
        with scene.beat(name):
            scene.pause(0.5)
    assert [beat.name for beat in scene.beats] == list(TWO)
    assert [beat.title for beat in scene.beats] == ["First", "Last"]
    for before, after in itertools.pairwise(scene.beats):
        assert before.end == after.start
    assert scene.beats[-1].end == scene.time
    for beat in scene.beats:
        for cue in beat.cues:
            assert beat.start <= cue.start < cue.end <= beat.end


def test_every_beat_is_a_section_and_ends_on_a_still(still_scene: Make) -> None:
    scene, ends, sections = skip(still_scene(TWO)), [], []
    scene.next_section = lambda name, **_: sections.append(name)
    scene.on_beat_end = lambda name: ends.append((name, scene.time))
    for name in TWO:
        with scene.beat(name):
            scene.pause(0.2)
    assert sections == list(TWO)
    assert ends == [(beat.name, beat.end) for beat in scene.beats]


def test_captions_are_manim_s_own_subcaptions_too(still_scene: Make) -> None:
    scene, added = skip(still_scene(TWO)), []
    scene.add_subcaption = lambda text, duration, offset: added.append((text, scene.time + offset, duration))
    with scene.beat("first"):
        pass
    assert added == [
        (cue.text, pytest.approx(cue.start), pytest.approx(cue.end - cue.start))
        for cue in scene.beats[0].cues
    ]


def test_a_clip_lies_where_its_sentence_starts(still_scene: Make, tmp_path: Path) -> None:
    class Recorded(Spoken):
        def say(self, spoken: str, caption: str) -> Speech:
            return Speech(tmp_path / f"{len(self.durations)}.wav", super().say(spoken, caption).duration)

    scene, sounds = skip(still_scene(TWO)), []
    scene.add_sound = lambda file, *_, **__: sounds.append((file, scene.time))
    scene.narrator = Recorded(1.5, 2.5)
    with scene.beat("first"):
        pass
    clips = scene.beats[0].clips
    assert [clip.path.name for clip in clips] == ["2.wav", "1.wav"]
    assert [(str(clip.path), clip.start) for clip in clips] == sounds
    assert [clip.start for clip in clips] == [cue.start for cue in scene.beats[0].cues]


def test_a_cue_stands_as_long_as_it_must_be_read_where_there_is_room(still_scene: Make) -> None:
    scene = skip(still_scene({"one": ["So?"]}))
    scene.narrator = Spoken(0.3)
    with scene.beat("one"):
        pass
    (cue,) = scene.beats[0].cues
    assert cue.end - cue.start == pytest.approx(captions.SHORTEST, abs=1e-9)


def test_what_fades_out_is_gone_and_the_rest_stays(still_scene: Make) -> None:
    scene, going, staying = skip(still_scene(TWO)), [Dot(), Dot()], Dot()
    scene.add(*going, staying)
    scene.fade_out(*going, run_time=0.2)
    assert scene.mobjects == [staying]


@pytest.mark.parametrize("size", [(320, 180), (180, 320)], ids=["wide", "high"])
def test_a_scene_ends_in_the_color_of_its_background(still_scene: Make, size: tuple[int, int]) -> None:
    with tempconfig(dict(zip(("pixel_width", "pixel_height"), size, strict=True))):
        scene = skip(still_scene(TWO))
        scene.add(Dot(radius=20))
        scene.tear_down()
        scene.renderer.static_image = None
        scene.renderer.update_frame(scene)
    expected = np.round(255 * scene.theme.background.to_rgb())
    np.testing.assert_allclose(
        scene.camera.pixel_array[..., :3].reshape(-1, 3), [expected] * 320 * 180, atol=1
    )


def test_a_renderer_that_is_none_is_the_kit_s_own(still_scene: Make) -> None:
    """A notebook's magic passes None."""
    still_scene(TWO)
    assert isinstance(BeatScene(renderer=None).renderer, KitRenderer)


def test_a_derived_scene_says_what_its_base_says(still_scene: Make) -> None:
    class Mine(type(still_scene(TWO))):
        """Has no words of its own."""

    assert Mine().words.beats == tuple(TWO)
