"""Two small scenes become one film, which is opened again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.stream import Disposition

from bnviz.errors import JoinError
from bnviz.film import chapters, join
from bnviz.film.timeline import Timeline, timeline
from bnviz.media.caption_files import plain
from bnviz.media.loudness import loudness
from bnviz.run import discover
from bnviz.run.quality import Quality
from bnviz.run.render import RenderedScene, render_scene
from scenes.kit.settings import Settings


@pytest.fixture(scope="module", autouse=True)
def short_chapters() -> Iterator[None]:
    """A beat of a second is a chapter here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chapters, "SHORTEST", 0.5)
        yield


@pytest.fixture(scope="module")
def made(rendered: list[RenderedScene], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Timeline]:
    film = tmp_path_factory.mktemp("film") / "film.mp4"
    return film, join.join(rendered, film, "A small film", "of two scenes")


def test_the_pictures_are_all_there_at_a_constant_rate(
    made: tuple[Path, Timeline], rendered: list[RenderedScene]
) -> None:
    film, plan = made
    assert plan.frames == sum(scene.frames for scene in rendered)
    with av.open(film) as container:
        video = container.streams.video[0]
        assert video.codec_context.name == "h264"
        assert (video.width, video.height) == (426, 240)
        assert video.average_rate == 15
        times = [Fraction(frame.pts or 0) * video.time_base for frame in container.decode(video)]
    assert times == [Fraction(number, 15) for number in range(plan.frames)]


def test_the_pictures_are_those_of_the_scenes(
    made: tuple[Path, Timeline], rendered: list[RenderedScene]
) -> None:
    def pictures(path: Path) -> list[bytes]:
        with av.open(path) as container:
            return [
                frame.to_ndarray(format="rgb24", threads=1).tobytes() for frame in container.decode(video=0)
            ]

    assert pictures(made[0]) == [picture for scene in rendered for picture in pictures(scene.video)]


def test_the_stream_says_which_colors_it_holds(made: tuple[Path, Timeline]) -> None:
    with av.open(made[0]) as container:
        context = container.streams.video[0].codec_context
        said = context.colorspace, context.color_primaries, context.color_trc, context.color_range
        assert said == (1, 1, 1, 1)  # BT.709, in the range of television


def test_the_narration_is_as_long_as_the_film_at_the_common_loudness(made: tuple[Path, Timeline]) -> None:
    film, plan = made
    with av.open(film) as container:
        audio = container.streams.audio[0]
        assert audio.codec_context.name == "aac"
        assert (audio.rate, audio.layout.name, audio.language) == (48_000, "stereo", "eng")
        assert audio.duration * audio.time_base == Fraction(plan.frames, plan.frame_rate)
        heard = np.concatenate([frame.to_ndarray() for frame in container.decode(audio)], axis=1)
    assert loudness(heard.T, 48_000) == pytest.approx(-16, abs=0.5)
    assert np.abs(heard).max() < 10 ** (-1 / 20)


def test_the_narration_is_heard_where_its_clips_are(made: tuple[Path, Timeline]) -> None:
    film, plan = made
    with av.open(film) as container:
        heard = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])
    said = np.abs(heard) > 0.02
    for clip in plan.clips:
        start = round(clip.start * 48_000)
        assert said[start : start + 24_000].any()
    last = plan.chapters[1].end
    assert not said[round((last - 0.5) * 48_000) : round(last * 48_000)].any()  # a beat's still is quiet


def test_the_captions_are_a_track_that_is_off_until_it_is_asked_for(made: tuple[Path, Timeline]) -> None:
    film, plan = made
    with av.open(film) as container:
        (subtitles,) = container.streams.subtitles
        assert subtitles.codec_context.name == "mov_text"
        assert subtitles.language == "eng"
        assert not subtitles.disposition & (Disposition.default | Disposition.forced)
        found = []
        for packet in container.demux(subtitles):
            texts = [line.dialogue.decode() for line in subtitles.decode(packet)] if packet.size else []
            found += [(packet.pts, packet.pts + packet.duration, text) for text in texts]
    expected = [(round(cue.start * 1000), round(cue.end * 1000), plain(cue.text)) for cue in plan.cues]
    assert found == expected
    assert "A square & its <\u2060side>." in {text for _, _, text in found}


def test_every_chapter_is_in_the_file(made: tuple[Path, Timeline]) -> None:
    film, plan = made
    with av.open(film) as container:
        chapters = container.chapters()
        length = Fraction(container.duration or 0, av.time_base)
    titles = [chapter["metadata"]["title"] for chapter in chapters]
    assert titles == ["Small: A square", "Small: It moves", "Other: A circle"]
    starts = [float(chapter["start"] * chapter["time_base"]) for chapter in chapters]
    assert starts == pytest.approx([chapter.start for chapter in plan.chapters], abs=1e-4)
    assert float(chapters[-1]["end"] * chapters[-1]["time_base"]) == pytest.approx(float(length), abs=1e-3)


def test_the_container_says_what_it_is_and_starts_fast(made: tuple[Path, Timeline]) -> None:
    film, _ = made
    with av.open(film) as container:
        assert container.metadata["title"] == "A small film"
        assert container.metadata["comment"] == "of two scenes"
    content = film.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


def test_captions_lie_beside_the_film(made: tuple[Path, Timeline]) -> None:
    film, plan = made
    assert sorted(path.name for path in film.parent.iterdir()) == [
        "film.description.txt",
        "film.mp4",
        "film.srt",
        "film.vtt",
    ]
    for suffix in (".srt", ".vtt"):
        assert film.with_suffix(suffix).read_text(encoding="utf-8").count("-->") == len(plan.cues)


def test_a_silent_film_has_no_audio_track_and_shows_its_captions(
    examples: Path, tiny: Quality, tmp_path: Path
) -> None:
    scene = render_scene(discover.find("Other", examples), Settings(voice=False), tiny, tmp_path / "media")
    film = tmp_path / "silent" / "film.mp4"
    join.join([scene], film, "Silent")
    with av.open(film) as container:
        assert [stream.type for stream in container.streams if stream.type != "data"] == ["video", "subtitle"]
        assert container.streams.subtitles[0].disposition & Disposition.default


def test_scenes_that_differ_cannot_be_joined(
    rendered: list[RenderedScene], examples: Path, tmp_path: Path
) -> None:
    larger = render_scene(
        discover.find("Other", examples),
        Settings(voice=False),
        Quality("odd", 640, 360, 15, 23),
        tmp_path / "media",
    )
    with pytest.raises(
        JoinError, match=r"Other and Small cannot be joined: they differ in size \(\(640, 360\)"
    ):
        join.join([rendered[0], larger], tmp_path / "film.mp4", "")
    assert not (tmp_path / "film.mp4").exists()


def test_a_scene_that_lost_frames_is_noticed(rendered: list[RenderedScene], tmp_path: Path) -> None:
    short = replace(rendered[1], frames=rendered[1].frames + 1)
    frames = rendered[1].frames
    with pytest.raises(JoinError, match=f"Other has {frames} frames, but {frames + 1} were rendered"):
        join.join([rendered[0], short], tmp_path / "film.mp4", "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("stage", ["mp4.turn_off_subtitles", "check", "caption_files.write"])
def test_a_failure_while_joining_leaves_the_old_film_as_it_was(
    stage: str, rendered: list[RenderedScene], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = tmp_path / "film.mp4"
    old = {
        film.with_suffix(suffix): f"old {suffix}" for suffix in (".mp4", ".srt", ".vtt", ".description.txt")
    }
    for path, text in old.items():
        path.write_text(text, encoding="utf-8")

    def fail(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(f"bnviz.film.join.{stage}", fail)
    with pytest.raises(OSError, match="the disk is full"):
        join.join(rendered, film, "")
    assert {path: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == old


def test_the_check_finds_what_is_missing(made: tuple[Path, Timeline]) -> None:
    film, plan = made
    join.check(film, plan, narrated=True)
    with pytest.raises(JoinError, match="audio streams 1, not 0"):
        join.check(film, plan, narrated=False)
    *others, last = plan.scenes
    longer = replace(last, scene=replace(last.scene, frames=last.scene.frames + 15))
    more = Timeline((*others, longer))
    seconds = f"video of {plan.duration:.4f} s, not {plan.duration + 1:.4f} s"
    with pytest.raises(JoinError, match=f"frames {plan.frames}, not {plan.frames + 15}; {seconds}"):
        join.check(film, more, narrated=True)


def test_the_timeline_has_no_gaps(rendered: list[RenderedScene]) -> None:
    plan = timeline(rendered)
    assert plan.chapters[0].start == 0
    assert [chapter.end for chapter in plan.chapters[:-1]] == [chapter.start for chapter in plan.chapters[1:]]
    assert plan.chapters[-1].end == plan.duration == pytest.approx(sum(scene.duration for scene in rendered))
