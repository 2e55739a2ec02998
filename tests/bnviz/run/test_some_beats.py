"""Of a scene some beats alone: the others leave the picture as if they had run, and take no time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from bnviz.figures.make import FigureRequest, make_figures
from bnviz.film.make import FilmRequest, make_film
from bnviz.film.timeline import timeline
from bnviz.media.sink import Pixels
from bnviz.run.discover import SceneSource, find
from bnviz.run.quality import Quality
from bnviz.run.render import RenderedScene, render_scene
from bnviz.run.run_scene import SceneRun, run_scene
from bnviz.run.stills import beat_stills, beat_times
from scenes.kit.beats import CURTAIN, HOLD
from scenes.kit.settings import Settings
from tests.bnviz.conftest import Notes

SILENT = Settings(voice=False)
STEPS = """
from manim import RIGHT, UP, Square

from scenes.kit.beats import BeatScene
from scenes.kit.script import words

beats = {name: {"title": name, "say": [f"This is {name}."]} for name in ("one", "two", "three", "four")}
words._book("en")["Steps"] = {"title": "Steps", "beats": beats}


class Steps(BeatScene):
    def construct(self):
        square = Square(side_length=1, fill_opacity=1, color=self.theme.bowl)
        self.add(square)
        self.play(square.animate.shift(UP), run_time=0.4)
        for name in ("one", "two", "three", "four"):
            with self.beat(name):
                self.play(square.animate.shift(RIGHT), run_time=0.4)
"""


class Frames:
    """Keeps every frame."""

    def __init__(self) -> None:
        self.frames: list[Pixels] = []

    def write(self, pixels: Pixels, repeat: int = 1) -> None:
        self.frames += [pixels[..., :3]] * repeat


@pytest.fixture
def steps(tmp_path: Path) -> SceneSource:
    """A scene of four beats, in each of which a square makes a step."""
    (tmp_path / "steps.py").write_text(STEPS, encoding="utf-8")
    return find("Steps", tmp_path)


def taken(source: SceneSource, *beats: str, curtain: bool = True) -> tuple[SceneRun, list[Pixels]]:
    sink = Frames()
    shown = replace(source, beats=beats)
    return run_scene(shown, SILENT, (160, 90), 10, sink, has_curtain=curtain), sink.frames


def test_what_is_left_out_has_run(steps: SceneSource) -> None:
    whole, frames = taken(steps)
    stills = {beat.name: frames[round(beat.end * 10) - 1] for beat in whole.beats}
    run, some = taken(steps, "two", "four")
    assert [beat.name for beat in run.beats] == ["two", "four"]
    for beat in run.beats:
        np.testing.assert_array_equal(some[round(beat.end * 10) - 1], stills[beat.name])
    np.testing.assert_array_equal(some[0], frames[round(whole.beats[1].start * 10)])


def test_jumping_takes_no_time(steps: SceneSource) -> None:
    whole, _ = taken(steps)
    run, frames = taken(steps, "two", "four")
    (two, four), lasts = run.beats, [beat.end - beat.start for beat in whole.beats]
    assert (two.start, two.end) == pytest.approx((0, lasts[1]))
    assert (four.start, four.end) == pytest.approx((two.end, two.end + lasts[3]))
    for beat in run.beats:
        assert all(beat.start <= cue.start < cue.end <= beat.end for cue in beat.cues)
    assert run.frames == len(frames) == round(10 * (four.end + CURTAIN)) + 1
    assert beat_times(replace(steps, beats=("two", "four")), SILENT)[1] == [
        ("two", pytest.approx(lasts[1], abs=0.15)),
        ("four", pytest.approx(lasts[3], abs=0.15)),
    ]


def test_where_beats_are_left_out_between_two_the_picture_fades(steps: SceneSource) -> None:
    run, frames = taken(steps, "one", "three")
    first = round(run.beats[1].start * 10)
    last, next_ones = frames[first - 1].astype(int), frames[first : first + 5]
    where = np.abs(last - next_ones[4]).max(axis=2) > 100  # a square was there, or will be
    assert where.any()
    left = [np.abs(frame.astype(int) - last)[where].mean() for frame in next_ones]
    assert left == sorted(left) and 0 < left[0] < left[-1] / 2


def test_a_scene_that_ends_before_its_last_beat_has_no_curtain(steps: SceneSource) -> None:
    run, frames = taken(steps, "one", "two")
    assert len(frames) == round(10 * run.beats[-1].end)
    assert frames[-1].std(axis=(0, 1)).max() > 1
    whole, ended = taken(steps, "four")
    assert (
        ended[-1].std(axis=(0, 1)).max() < 0.1
        and len(ended) == round(10 * (whole.beats[-1].end + CURTAIN)) + 1
    )
    alone, _ = taken(steps, "four", curtain=False)
    assert alone.frames == round(10 * alone.beats[-1].end)


def test_stills_and_figures_are_those_of_the_beats_that_are_shown(steps: SceneSource, tmp_path: Path) -> None:
    some = replace(steps, beats=("two", "three"))
    assert list(beat_stills(some, SILENT, 160, 90)) == ["two", "three"]
    figures = make_figures(FigureRequest([some], SILENT, tmp_path / "figures", 1, ("png",), dpi=36))
    assert [figure.beat for figure in figures] == ["two", "three"]


def test_a_film_of_them_is_kept_apart(tmp_path: Path, examples: Path, tiny: Quality) -> None:
    from bnviz.cache.store import Store

    store = Store(tmp_path / "cache")

    def film(*beats: str) -> tuple[Notes, list[str]]:
        notes, source = Notes(), replace(find("Small", examples), beats=beats)
        request = FilmRequest([source], SILENT, tmp_path / "film.mp4", tiny, store=store)
        plan = make_film(request, notes)
        with av.open(tmp_path / "film.mp4") as container:
            assert container.streams.video[0].frames == plan.frames
        return notes, [beat.beat.name for beat in plan.beats]

    for beats in ((), ("move",), ("appear",)):
        notes, shown = film(*beats)
        assert (notes.rendered, shown) == (["Small"], list(beats or ("appear", "move")))
        notes, _ = film(*beats)
        assert notes.taken_names == ["Small"]


def test_what_is_said_lies_in_what_is_seen(tmp_path: Path, examples: Path, tiny: Quality) -> None:
    def render(*beats: str) -> RenderedScene:
        source = replace(find("Small", examples), beats=beats)
        return render_scene(source, Settings(), tiny, tmp_path / "-".join(beats))

    whole, last = render("appear", "move"), render("move")
    (clip,) = timeline([last]).clips
    moved = whole.beats[1]
    assert clip.start == pytest.approx(moved.clips[0].start - moved.start, abs=1e-6)
    assert last.beats[0].texts == () and last.beats[0].end >= HOLD
