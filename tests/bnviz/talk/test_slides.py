"""The talk: a slide a beat, in every format; opened again."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from bnviz.errors import SceneFailed, UserError
from bnviz.film.make import FilmRequest
from bnviz.film.timeline import timeline
from bnviz.media import packets
from bnviz.media.cut import CutError, cut
from bnviz.run import discover
from bnviz.run.render import RenderedScene
from bnviz.talk import slides
from bnviz.talk.deck import Slide, slides_of
from bnviz.talk.slides import Talk, make_slides
from scenes.kit.settings import Settings
from tests.bnviz.conftest import EXAMPLES, TINY

NAMES = ["01-small-appear", "02-small-move", "03-other-circle"]


def wanted(names: list[str], output: Path, voice: bool = False, theme: str = "dark") -> FilmRequest:
    settings = Settings(voice=voice, theme=theme)
    return FilmRequest(discover.film(names, EXAMPLES), settings, output, TINY, workers=2)


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Slide]]:
    """Both example scenes as a light talk whose last slide loops."""
    folder = tmp_path_factory.mktemp("talks") / "talk"
    folder.mkdir()
    (folder / "mine.txt").write_text("the speaker's own", encoding="utf-8")
    made = make_slides(Talk(wanted(["Small", "Other"], folder, theme="light"), loops=["Other/circle"]))
    return folder, made


def pictures(video: Path) -> list[np.ndarray]:
    with av.open(video) as container:
        return [frame.to_ndarray(format="rgb24", threads=1) for frame in container.decode(video=0)]


# -- one slide a beat --
def test_a_beat_is_a_slide_and_the_curtain_is_on_none(rendered: list[RenderedScene]) -> None:
    made = slides_of(timeline(rendered), ["Small/move"])
    small, other = rendered
    assert [slide.name for slide in made] == NAMES
    assert [slide.loop for slide in made] == [False, True, False]
    assert [slide.placed.offset for slide in made] == [0, 0, small.frames]
    assert made[0].placed.first == 0
    assert made[0].placed.last == made[1].placed.first == round(small.beats[0].end * 15)
    assert made[1].placed.last == round(small.beats[1].end * 15) < small.frames
    assert made[2].placed.last < other.frames
    assert made[0].notes == "Small: A square\n\nA square & its <side>."


def test_a_beat_that_does_not_exist_cannot_loop(tmp_path: Path) -> None:
    talk = Talk(wanted(["Small", "Other"], tmp_path / "talk"), loops=["Small/move", "Small/x"])
    with pytest.raises(UserError, match="--loop names Small/x; the beats are Small/appear, Small/move, Oth"):
        make_slides(talk)
    assert not (tmp_path / "talk").exists()


def test_a_cut_has_the_very_pictures_of_the_film(rendered: list[RenderedScene], tmp_path: Path) -> None:
    for slide in slides_of(timeline(rendered)):
        film = pictures(slide.placed.scene.video)[slide.placed.first : slide.placed.last]
        cut(slide.placed.scene.video, tmp_path / "cut.mp4", 15, slide.placed.first, slide.placed.last)
        for one, two in zip(pictures(tmp_path / "cut.mp4"), film, strict=True):
            np.testing.assert_array_equal(one, two)
        with av.open(tmp_path / "cut.mp4") as container:
            times = [round(frame.pts * frame.time_base * 15, 2) for frame in container.decode(video=0)]
        assert times == list(range(len(film)))


def test_a_cut_that_needs_other_frames_is_refused(rendered: list[RenderedScene], tmp_path: Path) -> None:
    video = rendered[0].video
    inside = next(n for n, packet in enumerate(packets.read(video)) if not packet.is_keyframe)
    with pytest.raises(CutError, match=f"frames {inside} to {inside + 3} need others"):
        cut(video, tmp_path / "cut.mp4", 15, inside, inside + 3)
    with pytest.raises(CutError, match="are not among them"):
        cut(video, tmp_path / "cut.mp4", 15, 0, 10_000)


# -- the files --
def test_every_file_is_there_and_the_speaker_s_own_stays(talk: tuple[Path, list[Slide]]) -> None:
    folder, _ = talk
    assert sorted(path.name for path in folder.iterdir()) == [
        "mine.txt",
        "valley-to-bowl.html",
        "valley-to-bowl.json",
        "valley-to-bowl.pdf",
        "valley-to-bowl.pptx",
        "valley-to-bowl_files",
    ]
    videos = sorted(path.stem for path in (folder / "valley-to-bowl_files").glob("*.mp4"))
    assert videos == NAMES


def test_without_the_voice_there_is_no_sound(talk: tuple[Path, list[Slide]]) -> None:
    folder, made = talk
    for slide in made:
        with av.open(folder / "valley-to-bowl_files" / f"{slide.name}.mp4") as container:
            assert len(container.streams.audio) == 0
            assert container.streams.video[0].frames == slide.placed.last - slide.placed.first


def test_a_loop_ends_where_it_begins(talk: tuple[Path, list[Slide]]) -> None:
    folder, _ = talk
    straight, looped = (pictures(folder / "valley-to-bowl_files" / f"{name}.mp4") for name in NAMES[1:])
    ends = [np.abs(item[0].astype(int) - item[-1]).mean() for item in (straight, looped)]
    circle = np.abs(looped[0].astype(int) - looped[len(looped) // 2]).mean()
    assert ends[1] < 0.3 * circle
    assert ends[0] > ends[1]


def test_manim_slides_can_present_it(talk: tuple[Path, list[Slide]]) -> None:
    config = pytest.importorskip("manim_slides.config")
    folder, made = talk
    deck = config.PresentationConfig.from_file(folder / "valley-to-bowl.json")
    assert deck.resolution == TINY.size
    assert [slide.file.stem for slide in deck.slides] == NAMES
    assert [slide.loop for slide in deck.slides] == [False, False, True]
    assert [slide.notes for slide in deck.slides] == [slide.notes for slide in made]


def test_with_the_voice_every_slide_has_its_own_part_of_it(tmp_path: Path) -> None:
    (small, *_) = made = make_slides(Talk(wanted(["Small"], tmp_path, voice=True), formats=["html"]))
    for slide in made:
        with av.open(tmp_path / "valley-to-bowl_files" / f"{slide.name}.mp4") as container:
            (sound,) = container.streams.audio
            length = float(sound.duration * sound.time_base)
            loud = max(np.abs(frame.to_ndarray()).max() for frame in container.decode(sound))
        assert length == pytest.approx((slide.placed.last - slide.placed.first) / 15, abs=0.05)
        assert loud > 0.1
    assert not (tmp_path / "valley-to-bowl.pptx").exists()
    assert small.name == NAMES[0]


def test_a_scene_that_fails_leaves_the_old_talk(tmp_path: Path) -> None:
    (tmp_path / "valley-to-bowl.html").write_text("old", encoding="utf-8")
    with pytest.raises(SceneFailed, match="the circle does not close"):
        make_slides(Talk(wanted(["Broken"], tmp_path)))
    assert [path.name for path in tmp_path.iterdir()] == ["valley-to-bowl.html"]


def test_missing_packages_are_told_before_anything_is_rendered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slides, "missing_packages", lambda: ["pyreveal"])
    with pytest.raises(UserError, match="slides need pyreveal; install them with: sh bnviz/setup.sh voice"):
        make_slides(Talk(wanted(["Small"], tmp_path / "talk")))
    assert not (tmp_path / "talk").exists()
