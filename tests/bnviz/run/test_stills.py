"""Stills are the pictures of the film, taken without rendering it; their text is found and can be checked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from bnviz.review import reference_frames
from bnviz.run import discover, png
from bnviz.run.render import RenderedScene
from bnviz.run.stills import Still, beat_stills, beat_times
from scenes.kit.settings import Settings


@pytest.fixture(scope="module")
def stills() -> dict[str, Still]:
    examples = Path(__file__).parents[1] / "examples"
    return beat_stills(discover.find("Small", examples), Settings(voice=False), 426, 240, behind=True)


def test_there_is_one_for_every_beat(stills: dict[str, Still]) -> None:
    assert list(stills) == ["appear", "move"]
    assert {still.picture.shape for still in stills.values()} == {(240, 426, 3)}


def test_a_still_is_the_last_picture_of_its_beat(
    stills: dict[str, Still], rendered: list[RenderedScene]
) -> None:
    with av.open(rendered[0].video) as container:
        film = [frame.to_ndarray(format="rgb24", threads=1) for frame in container.decode(video=0)]
    for beat in rendered[0].beats:
        last = film[round(beat.end * 15) - 1]
        far = np.abs(last.astype(int) - stills[beat.name].picture)
        assert far.mean() < 2  # what the encoder loses
        first = film[round(beat.start * 15)]
        assert np.abs(first.astype(int) - stills[beat.name].picture).mean() > 2 * far.mean()


def test_the_text_is_found_where_it_stands(stills: dict[str, Still]) -> None:
    (text,) = stills["appear"].texts
    assert text.text == "left or right"
    assert len(text.glyphs) == len("leftorright")
    still = stills["appear"]
    assert still.behind is not None
    changed = np.argwhere(png.difference(still.picture, still.behind) > 20)
    left, top, right, bottom = text.box
    np.testing.assert_allclose(
        [*changed.min(axis=0), *(changed.max(axis=0) + 1)], [top, left, bottom, right], atol=1.5
    )


def test_without_its_text_the_rest_of_the_picture_is_the_same(stills: dict[str, Still]) -> None:
    appear, move = stills["appear"], stills["move"]
    assert appear.behind is not None
    assert (appear.behind[:, :320] == appear.picture[:, :320]).all()
    assert (move.picture != appear.picture).any()


def test_durations_are_known_without_rendering(rendered: list[RenderedScene], examples: Path) -> None:
    title, beats = beat_times(discover.find("Small", examples), Settings())
    assert title == "Small"
    assert [name for name, _ in beats] == ["appear", "move"]
    for (_, seconds), beat in zip(beats, rendered[0].beats, strict=True):
        assert seconds == pytest.approx(beat.end - beat.start, abs=0.2)


def test_controls_are_renewed_compared_and_shown(stills: dict[str, Still], tmp_path: Path) -> None:
    control, differences = tmp_path / "control", tmp_path / "differences"
    assert [item.problem for item in reference_frames.compare("Small", stills, control)] == [
        f"there is no control {control / 'small' / f'{beat}.png'}" for beat in stills
    ]
    assert reference_frames.renew("Small", stills, control) == [
        control / "small" / f"{beat}.png" for beat in stills
    ]
    assert reference_frames.renew("Small", stills, control) == []
    assert [item.problem for item in reference_frames.compare("Small", stills, control)] == [None, None]

    moved = {**stills, "move": replace(stills["move"], picture=np.roll(stills["move"].picture, 1, axis=1))}
    same, other = reference_frames.compare("Small", moved, control)
    assert same.problem is None
    assert other.problem is not None
    assert "of the pixels differ visibly" in other.problem
    path = reference_frames.show(other, differences)
    assert path == differences / "small" / "move.png"
    assert png.read(path).shape == (240, 3 * 426, 3)

    gone = reference_frames.compare("Small", {"appear": stills["appear"]}, control)
    assert gone[1].problem == f"{control / 'small' / 'move.png'} is the control of a beat that is gone"
    reference_frames.renew("Small", {"appear": stills["appear"]}, control)
    assert [path.name for path in (control / "small").iterdir()] == ["appear.png"]


def test_a_few_pixels_may_differ_but_not_a_line(stills: dict[str, Still]) -> None:
    picture = stills["appear"].picture
    specks, line = picture.copy(), picture.copy()
    specks[100, ::20] ^= 255
    line[100:102] ^= 255
    assert reference_frames.differs(picture, specks) is None
    assert reference_frames.differs(picture, line) is not None
    assert reference_frames.differs(picture, picture[:, :-1]) == "the control is 426x240, the picture 425x240"


def test_a_poster_fits_into_its_limit(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (90, 160, 3), dtype=np.uint8)
    path = tmp_path / "posters" / "valley.png"
    exact = png.write_poster(noise, path, limit=10**7)
    np.testing.assert_array_equal(png.read(path), noise)
    fewer = png.write_poster(noise, path, limit=exact - 1)
    assert path.stat().st_size == fewer < exact
    kept = path.read_bytes()
    with pytest.raises(ValueError, match=r"valley\.png takes \d+ bytes with 32 colors, 100 are allowed"):
        png.write_poster(noise, path, limit=100)
    assert path.read_bytes() == kept


def test_a_poster_with_few_colors_keeps_that_of_a_small_ball(tmp_path: Path) -> None:
    # Sand over most of it, in so many shades that it does not fit; the ball is 1/2000 of the picture.
    rng = np.random.default_rng(2)
    slope = np.linspace(0, 1, 640)[None, :, None] * np.array([60, 50, 40])
    sand = np.array([150, 130, 100]) + slope + rng.integers(-6, 7, (360, 640, 3))
    picture = np.clip(sand, 0, 255).astype(np.uint8)
    y, x = np.mgrid[:360, :640]
    ball = (x - 400) ** 2 + (y - 200) ** 2 <= 36
    picture[ball] = yellow = (250, 220, 60)
    path = tmp_path / "valley.png"
    png.write_poster(picture, path, limit=250_000)
    read = png.read(path)
    assert read.shape == picture.shape
    assert len(np.unique(read.reshape(-1, 3), axis=0)) <= 256
    assert np.abs(read[ball].astype(int).mean(axis=0) - yellow).max() <= 6
