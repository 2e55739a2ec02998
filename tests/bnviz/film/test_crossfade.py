"""Where two neighbors show the same there is no seam; elsewhere the one's picture fades into the other's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from bnviz.errors import JoinError
from bnviz.film.join import join
from bnviz.film.timeline import CROSSFADE, fade_between, timeline
from bnviz.media.crossfade import crossfade, first_picture, last_picture
from bnviz.run.render import RenderedScene
from bnviz.run.run_scene import NOTHING
from tests.bnviz.conftest import TINY

FADE = round(CROSSFADE * TINY.frame_rate)


def pictures(film: Path) -> list[np.ndarray]:
    with av.open(film) as container:
        return [frame.to_ndarray(format="gray").astype(int) for frame in container.decode(video=0)]


def without_curtain(scene: RenderedScene) -> RenderedScene:
    """The same, as if it ended on something that the next scene does not begin on."""
    return replace(scene, ends_on="a square")


def test_the_scenes_say_what_they_begin_and_end_on(rendered: list[RenderedScene]) -> None:
    assert [(scene.begins_on, scene.ends_on) for scene in rendered] == [("", NOTHING), (NOTHING, NOTHING)]


@pytest.mark.parametrize(
    ("ends_on", "begins_on", "frames"),
    [
        ("ball", "ball", 0),
        (NOTHING, NOTHING, 0),
        ("ball", "circle", FADE),
        ("ball", "", FADE),
        ("", "", FADE),
        ("ball", NOTHING, FADE),
    ],
)
def test_neighbors_that_show_the_same_are_joined_without_a_seam(
    rendered: list[RenderedScene], ends_on: str, begins_on: str, frames: int
) -> None:
    one, two = rendered
    assert fade_between(replace(one, ends_on=ends_on), replace(two, begins_on=begins_on)) == frames


def test_times_are_shifted_by_the_fade(rendered: list[RenderedScene]) -> None:
    one, two = rendered
    plain, faded = timeline(rendered), timeline([without_curtain(one), two])
    shift = FADE / TINY.frame_rate
    assert faded.frames == plain.frames + FADE
    assert faded.scenes[1].start == pytest.approx(plain.scenes[1].start + shift)
    assert faded.clips[-1].start == pytest.approx(plain.clips[-1].start + shift)
    assert faded.cues[-1].start == pytest.approx(plain.cues[-1].start + shift)
    assert [cue.start for cue in faded.cues[:-1]] == [cue.start for cue in plain.cues[:-1]]
    starts = [beat.start for beat in faded.beats[1:]]
    assert starts == [beat.end for beat in faded.beats[:-1]]
    assert faded.beats[-1].start == pytest.approx(faded.scenes[1].start)
    assert [(beat.first, beat.last) for beat in faded.beats] == [
        (beat.first, beat.last) for beat in plain.beats
    ]


def test_one_picture_fades_into_the_other(rendered: list[RenderedScene], tmp_path: Path) -> None:
    two, one = rendered  # Small begins on its label, Other ends in the background's color
    fade, options = tmp_path / "fade.mp4", TINY.encoder_options
    crossfade(one.video, two.video, fade, FADE, TINY.frame_rate, options)
    found = pictures(fade)
    last, first = pictures(one.video)[-1], pictures(two.video)[0]
    assert len(found) == FADE
    for number, picture in enumerate(found, start=1):
        expected = last + (first - last) * number / (FADE + 1)
        assert np.abs(picture - expected).mean() < 1.5
    assert last_picture(one.video).shape == first_picture(two.video).shape == (360, 426)


def test_a_film_with_a_fade_is_whole_and_the_same_every_time(
    rendered: list[RenderedScene], tmp_path: Path
) -> None:
    scenes = [without_curtain(rendered[0]), rendered[1], rendered[0]]
    films = [tmp_path / name for name in ("one.mp4", "two.mp4")]
    for film in films:
        plan = join(scenes, film, "Film", encoder_options=TINY.encoder_options)
    assert films[0].read_bytes() == films[1].read_bytes()
    found = pictures(films[0])
    assert [scene.fade for scene in plan.scenes] == [FADE, FADE, 0]
    assert len(found) == plan.frames == sum(scene.frames for scene in scenes) + 2 * FADE
    for placed in plan.scenes:
        begins = pictures(placed.scene.video)[0]
        assert np.abs(found[placed.offset] - begins).max() == 0


def test_a_fade_that_was_encoded_otherwise_is_refused(rendered: list[RenderedScene], tmp_path: Path) -> None:
    scenes = [without_curtain(rendered[0]), rendered[1]]
    with pytest.raises(JoinError, match=r"the cross-fade after Small and Small cannot be joined: .* encoder"):
        join(scenes, tmp_path / "film.mp4", "Film", encoder_options={"profile": "baseline"})
