"""The film itself, small: rendered once, opened again, and held against its limits."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
import srt
from av.stream import Disposition

import scenes
from publish import captions, discover
from publish.film import TITLE, Listener, Order, make_film
from publish.layout import luminance
from publish.loudness import loudness
from publish.quality import LOW
from publish.render import RenderedScene
from publish.soundtrack import RATE, read_wav
from scenes.kit.beats import CURTAIN
from scenes.kit.captions import Cue
from scenes.kit.settings import Settings

pytestmark = [pytest.mark.film, pytest.mark.xdist_group("film")]


@dataclass
class Film(Listener):
    """The film's file, its scenes as they were rendered, and each beat's narration.

    ``speech`` holds words and seconds, from a beat's first word to its last with the pauses between.
    """

    path: Path
    scenes: dict[str, RenderedScene] = field(default_factory=dict)
    speech: dict[str, tuple[int, float]] = field(default_factory=dict)

    def finished(self, scene: RenderedScene) -> None:
        self.scenes[scene.name] = scene
        for beat in scene.beats:
            words = sum(len(re.split(r"[ \n]", cue.text)) for cue in beat.cues)
            last = beat.clips[-1]
            seconds = last.start + len(read_wav(last.path)) / RATE - beat.clips[0].start
            self.speech[f"{scene.name}, {beat.name}"] = words, seconds

    @property
    def in_order(self) -> list[RenderedScene]:
        return [self.scenes[name] for name in scenes.ORDER]

    @property
    def starts(self) -> list[float]:
        """When each scene starts, in seconds."""
        lengths = [scene.duration for scene in self.in_order]
        return [sum(lengths[:number]) for number in range(len(lengths))]

    @property
    def cues(self) -> list[Cue]:
        """The captions, from the file beside the film."""
        read = srt.parse(self.path.with_suffix(".srt").read_text(encoding="utf-8"))
        return [Cue(one.start.total_seconds(), one.end.total_seconds(), one.content) for one in read]


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    made = Film(tmp_path_factory.mktemp("film") / "film.mp4")
    make_film(Order(discover.film(), Settings(), made.path, LOW, os.cpu_count() or 1), made)
    return made


@pytest.fixture(scope="module")
def pictures(film: Film) -> tuple[np.ndarray, dict[tuple[str, str], np.ndarray]]:
    """One pass over the film: each frame's luminance on a coarse grid, and the last picture of every beat."""
    last = {
        round((start + beat.end) * LOW.frame_rate) - 1: (scene.name, beat.name)
        for scene, start in zip(film.in_order, film.starts, strict=True)
        for beat in scene.beats
    }
    coarse, ends = [], {}
    with av.open(film.path) as container:
        for number, frame in enumerate(container.decode(video=0)):
            small = frame.reformat(32, 18, format="rgb24").to_ndarray()
            coarse.append(luminance(small))
            if number in last:
                ends[last[number]] = frame.to_ndarray(format="rgb24")
    return np.array(coarse), ends


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
    frames = sum(scene.frames for scene in film.in_order)
    with av.open(film.path) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert video.frames == frames
        for stream in (video, audio):
            assert stream.duration * stream.time_base == Fraction(frames, 15)


def test_its_chapters_are_the_beats(film: Film) -> None:
    expected = [
        (start + (beat.start if number else 0), f"{scene.title}: {beat.title}")
        for scene, start in zip(film.in_order, film.starts, strict=True)
        for number, beat in enumerate(scene.beats)
    ]
    with av.open(film.path) as container:
        chapters = container.chapters()
    assert [chapter["metadata"]["title"] for chapter in chapters] == [title for _, title in expected]
    starts = [float(chapter["start"] * chapter["time_base"]) for chapter in chapters]
    assert starts == pytest.approx([start for start, _ in expected], abs=1 / 15)


def test_a_beat_is_over_when_its_time_says_so(film: Film) -> None:
    for scene in film.in_order:
        assert scene.beats[-1].end + CURTAIN == pytest.approx(scene.duration, abs=1.5 / 15)
        for one, two in zip(scene.beats, scene.beats[1:], strict=False):
            assert one.end == two.start


def test_its_captions_can_be_read(film: Film) -> None:
    found = captions.problems(film.cues)
    assert found == [], "\n".join(["", *found])


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


def test_the_voice_speaks_at_a_pace_that_can_be_followed(film: Film) -> None:
    pace = {beat: 60 * words / seconds for beat, (words, seconds) in film.speech.items()}
    assert {beat: round(rate) for beat, rate in pace.items() if rate > 180} == {}
    words, seconds = np.sum(list(film.speech.values()), axis=0)
    assert 140 <= 60 * words / seconds <= 160


def test_its_sound_is_there_and_not_clipped(film: Film) -> None:
    with av.open(film.path) as container:
        heard = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)
    assert loudness(heard.T, RATE) == pytest.approx(-16, abs=0.5)
    assert np.abs(heard).max() < 10 ** (-1 / 20)
    seconds = heard[0, : len(heard[0]) // RATE * RATE].reshape(-1, RATE)
    assert np.mean(np.abs(seconds).max(axis=1) > 0.02) > 0.5


def test_stills_are_pictures_of_the_film(film: Film, pictures, stills_of) -> None:
    _, ends = pictures
    for scene in film.in_order:
        stills = stills_of(scene.name, "dark", 854, 480)
        assert list(stills) == [beat.name for beat in scene.beats]
        for beat, still in stills.items():
            far = np.abs(ends[scene.name, beat].astype(int) - still.picture).mean()
            assert far < 2.5, (
                f"{scene.name}, {beat}: the film ends on another picture than the still ({far:.1f})"
            )


def test_it_does_not_flash(pictures) -> None:
    """WCAG 2.3.1: at most three flashes a second, a flash being two opposite changes by a tenth."""
    coarse, _ = pictures
    for first in range(0, len(coarse) - LOW.frame_rate, 5):
        places = coarse[first : first + LOW.frame_rate + 1].reshape(LOW.frame_rate + 1, -1).T
        flashing = sum(len(list(changes(place))) > 6 for place in places if np.ptp(place) >= 0.1)
        assert flashing / len(places) < 0.25, f"flashes at {first / LOW.frame_rate:.1f} s"


def test_flashes_are_told_from_a_change_that_stays() -> None:
    assert len(list(changes(np.array([0, 0.02, 0.5, 0.48, 0.5, 0.9])))) == 1
    assert len(list(changes(np.array([0, 0.5, 0.1, 0.5, 0.1, 0.5, 0.1, 0.5])))) == 7


def changes(values: np.ndarray) -> Iterator[float]:
    """The turns of a series: each change by at least a tenth against the direction of the one before."""
    low = high = values[0]
    direction = 0
    for value in values[1:]:
        low, high = min(low, value), max(high, value)
        if direction <= 0 and value - low >= 0.1:
            direction, high = 1, value
            yield value
        elif direction >= 0 and high - value >= 0.1:
            direction, low = -1, value
            yield value
