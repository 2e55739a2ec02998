"""The film itself, small: rendered once, opened again, and held against its limits."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from pathlib import Path

import av
import numpy as np
import pytest
import srt
from av.stream import Disposition

import scenes
from bnviz.film import check
from bnviz.film.make import TITLE, FilmRequest, Listener, make_film
from bnviz.film.timeline import Timeline, timeline
from bnviz.media.soundtrack import RATE
from bnviz.review import captions, legibility, loudness, pace, places, stillness_and_flashes
from bnviz.review.limits import LIMITS
from bnviz.review.measurement import problems
from bnviz.review.stillness_and_flashes import Seen
from bnviz.run import discover
from bnviz.run.quality import LOW
from bnviz.run.render import RenderedScene
from bnviz.run.run_scene import NOTHING
from scenes.kit.beats import CURTAIN
from scenes.kit.script.captions import Cue
from scenes.kit.settings import Settings

HAND_OVER = 2.5  # seconds in which a scene may come to what the next one begins with
pytestmark = [pytest.mark.film, pytest.mark.xdist_group("film")]


@dataclass
class Film(Listener):
    """The film's file, its scenes as they were rendered, and what is said in their beats."""

    path: Path
    scenes: dict[str, RenderedScene] = field(default_factory=dict)
    said: dict[str, list[pace.Said]] = field(default_factory=dict)

    def finished(self, scene: RenderedScene) -> None:
        self.scenes[scene.name] = scene
        self.said[scene.name] = [pace.said(beat) for beat in scene.beats]

    @property
    def plan(self) -> Timeline:
        return timeline(self.in_order)

    @property
    def in_order(self) -> list[RenderedScene]:
        return [self.scenes[name] for name in scenes.ORDER]

    @property
    def starts(self) -> list[float]:
        """When each scene starts, in seconds."""
        return [placed.start for placed in self.plan.scenes]

    @property
    def cues(self) -> list[Cue]:
        """The captions, from the file beside the film."""
        read = srt.parse(self.path.with_suffix(".srt").read_text(encoding="utf-8"))
        return [Cue(one.start.total_seconds(), one.end.total_seconds(), one.content) for one in read]


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    made = Film(tmp_path_factory.mktemp("film") / "film.mp4")
    make_film(FilmRequest(discover.film(), Settings(), made.path, LOW, os.cpu_count() or 1), made)
    return made


@pytest.fixture(scope="module")
def pictures(film: Film) -> tuple[Seen, dict[tuple[str, str], np.ndarray]]:
    """One pass over the film: how it looks, and the last picture of every beat."""
    last = {
        round((start + beat.end) * LOW.frame_rate) - 1: (scene.name, beat.name)
        for scene, start in zip(film.in_order, film.starts, strict=True)
        for beat in scene.beats
    }
    ends = {}

    def keep(number: int, frame: av.VideoFrame) -> None:
        if number in last:
            ends[last[number]] = frame.to_ndarray(format="rgb24", threads=1)

    return stillness_and_flashes.watch(film.path, keep), ends


@pytest.fixture(scope="module")
def sound(film: Film) -> np.ndarray:
    """What is heard, shape (samples, channels)."""
    found = loudness.sound_of(film.path)
    assert found is not None
    return found


def test_every_scene_is_in_it(film: Film) -> None:
    assert set(film.scenes) == set(scenes.ORDER)


def test_its_streams(film: Film) -> None:
    with av.open(film.path) as container:
        assert [stream.type for stream in container.streams] == ["video", "audio", "subtitle", "data"]
        video = container.streams.video[0]
        assert (video.codec_context.name, video.pix_fmt) == ("h264", "yuv420p")
        assert (video.width, video.height, video.average_rate) == (854, 480, 15)
        assert container.streams.audio[0].codec_context.name == "aac"
        subtitles = container.streams.subtitles[0]
        assert (subtitles.codec_context.name, subtitles.language) == ("mov_text", "eng")
        assert not subtitles.disposition & (Disposition.default | Disposition.forced)
        assert container.metadata["title"] == TITLE


def test_it_is_as_long_as_its_scenes(film: Film) -> None:
    frames = film.plan.frames
    assert frames == sum(scene.frames for scene in film.in_order) + sum(p.fade for p in film.plan.scenes)
    with av.open(film.path) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert video.frames == frames
        for stream in (video, audio):
            assert stream.duration * stream.time_base == Fraction(frames, 15)


def test_its_chapters_are_beats_of_ten_seconds_or_several_joined(film: Film) -> None:
    begins = [
        start + (beat.start if number else 0)
        for scene, start in zip(film.in_order, film.starts, strict=True)
        for number, beat in enumerate(scene.beats)
    ]
    with av.open(film.path) as container:
        chapters = container.chapters()
    spans = [[float(chapter[end] * chapter["time_base"]) for end in ("start", "end")] for chapter in chapters]
    assert len(spans) > 20
    assert min(end - start for start, end in spans) >= 10 - 1 / 15
    for start, _ in spans:
        assert min(abs(start - begin) for begin in begins) < 1 / 15
    titles = [chapter["metadata"]["title"] for chapter in chapters]
    assert len(set(titles)) == len(titles)


def test_a_beat_is_over_when_its_time_says_so(film: Film) -> None:
    for scene in film.in_order:
        ending = scene.duration - scene.beats[-1].end
        assert (
            ending == pytest.approx(CURTAIN, abs=2.5 / 15)
            if scene.ends_on == NOTHING
            else ending <= HAND_OVER
        )
        for one, two in zip(scene.beats, scene.beats[1:], strict=False):
            assert two.start == one.end  # every movement belongs to a beat


def test_its_captions_can_be_read(film: Film) -> None:
    assert problems(captions.checks(film.cues)) == []


def test_its_subtitle_track_is_read_as_its_caption_file(film: Film) -> None:
    track, cues = captions.captions_of(film.path), film.cues
    assert [cue.text for cue in track] == [cue.text for cue in cues]
    times = [(cue.start, cue.end) for cue in track]
    assert np.allclose(times, [(cue.start, cue.end) for cue in cues], rtol=0, atol=2e-3)


def test_its_subtitle_track_and_its_caption_files_say_the_same(film: Film) -> None:
    cues = film.cues
    with av.open(film.path) as container:
        track = container.streams.subtitles[0]
        packets = [packet for packet in container.demux(track) if packet.size > 2]
        texts = [line.dialogue.decode() for packet in packets for line in track.decode(packet)]
    assert texts == [cue.text for cue in cues]
    assert [packet.pts / 1000 for packet in packets] == pytest.approx([cue.start for cue in cues], abs=2e-3)
    assert film.path.with_suffix(".vtt").read_text(encoding="utf-8").count(" --> ") == len(cues)


def test_what_is_said_is_captioned_when_it_is_said(film: Film) -> None:
    starts = np.array([cue.start for cue in film.cues])
    for scene, offset in zip(film.in_order, film.starts, strict=True):
        for beat in scene.beats:
            assert beat.clips, f"{scene.name}, {beat.name}: nothing is said"
            for clip in beat.clips:
                assert np.abs(starts - (clip.start + offset)).min() < 0.1


def test_every_sentence_has_its_time_and_is_said_at_a_pace_that_can_be_followed(film: Film) -> None:
    """No beat is shorter than its narration, no sentence talks over another; 140 to 160 words a minute."""
    assert problems(pace.checks(film.said)) == []


def test_it_is_as_loud_as_it_should_be_and_so_is_every_scene(film: Film, sound: np.ndarray) -> None:
    found = loudness.checks(sound, check.parts(film.plan))
    assert [len(item.figures) for item in found] == [1, len(scenes.ORDER), 1]
    assert problems(found) == []


def test_its_sound_is_there(sound: np.ndarray) -> None:
    seconds = sound[: len(sound) // RATE * RATE, 0].reshape(-1, RATE)
    assert np.mean(np.abs(seconds).max(axis=1) > 0.02) > 0.5


def coarse(picture: np.ndarray) -> np.ndarray:
    """Means of four by four pixels: the film keeps one color for two by two, as digits on a wall show."""
    high, wide = (size // 4 for size in picture.shape[:2])
    return picture[: 4 * high, : 4 * wide].reshape(high, 4, wide, 4, 3).mean(axis=(1, 3))


def test_stills_are_pictures_of_the_film(film: Film, pictures, stills_of) -> None:
    _, ends = pictures
    for scene in film.in_order:
        stills = stills_of(scene.name, "dark", 854, 480)
        assert list(stills) == [beat.name for beat in scene.beats]
        for beat, still in stills.items():
            far = np.abs(coarse(ends[scene.name, beat]) - coarse(still.picture)).mean()
            assert far < 2.5, (
                f"{scene.name}, {beat}: the film ends on another picture than the still ({far:.1f})"
            )


def test_it_does_not_flash_and_no_picture_stands_long_with_nothing_said(film: Film, pictures) -> None:
    """What stands while something is said is told, too: ``pytest -rP`` shows it."""
    seen, _ = pictures
    plan = film.plan
    where = partial(places.at, check.sections(plan))
    limits = LIMITS.still_unsaid
    for still in seen.stills:
        if not limits.holds(still.seconds):
            print(f"still for {limits.write(still.seconds)}: {where(still.start)}")
    said = check.spoken_in(plan, film.said)
    assert problems(stillness_and_flashes.checks(seen, said, where)) == []


def test_the_text_was_measured_when_its_scenes_were_rendered(film: Film) -> None:
    """As the stills are, which are checked on their own: the same texts, and all can be read."""
    assert problems(legibility.checks(legibility.of_scenes(film.in_order))) == []
    assert all(any(beat.texts for beat in scene.beats) for scene in film.in_order)
