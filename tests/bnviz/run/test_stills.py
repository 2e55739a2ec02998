"""Stills are the pictures of the film, taken without rendering it; their text is found and can be checked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from bnviz.review import legibility, reference_frames
from bnviz.run import discover, png
from bnviz.run.render import RenderedScene
from bnviz.run.stills import Glyph, Still, TextBox, beat_stills, beat_times
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


def test_the_example_can_be_read(stills: dict[str, Still]) -> None:
    for still in stills.values():
        assert legibility.problems(replace(still)) == []


def text(
    name: str = "words",
    left: float = 400,
    top: float = 200,
    size: float = 12,
    ink: float = 255,
    opacity: float = 1,
) -> TextBox:
    """Two letters in a row, in a picture of 854 x 480."""
    boxes = [(left + step, top, left + step + 0.7 * size, top + size) for step in (0, size)]
    return TextBox(name, tuple(Glyph(box, (ink, ink, ink), opacity) for box in boxes))


def still(*texts: TextBox, ground: float = 0) -> Still:
    picture = np.full((480, 854, 3), ground, dtype=np.uint8)
    return Still("Valley", "descent", picture, texts, picture)


def test_a_good_still_has_no_problem() -> None:
    assert legibility.problems(still(text(), text(left=600))) == []


@pytest.mark.parametrize(
    ("bad", "complaint"),
    [
        (still(text(left=30)), "text 'words' leaves the safe area (left by 1.5% of the frame)"),
        (still(text(top=456)), "text 'words' leaves the safe area (bottom by 2.5% of the frame)"),
        (still(text(), text("more", left=410)), "text 'words' lies over text 'more' (by 6.4 pixels at 480p)"),
        (still(text(size=7.5)), "text 'words' is 7.5 pixels high at 480p, 8 are needed"),
        (still(text(ink=110)), "text 'words' has a contrast of 4.12:1, 4.5:1 is needed"),
        (still(text(opacity=0.3)), "text 'words' has a contrast of 2.46:1, 4.5:1 is needed"),
    ],
)
def test_each_problem_is_told_with_its_number(bad: Still, complaint: str) -> None:
    assert legibility.problems(bad) == [f"Valley, beat 'descent': {complaint}"]


def test_large_letters_need_less_contrast() -> None:
    assert legibility.problems(still(text(size=20, ink=92))) == []
    assert "3:1 is needed" in legibility.problems(still(text(size=20, ink=85)))[0]


def test_contrast_is_measured_against_what_is_really_behind() -> None:
    bright = still(text())
    assert bright.behind is not None
    bright.behind[190:220, 395:430] = 240
    assert "contrast" in legibility.problems(bright)[0]


def test_a_tall_bracket_does_not_make_small_letters_large() -> None:
    small = text(size=6)
    bracket = Glyph((440, 190, 445, 220), (255, 255, 255), 1)
    assert (
        "is 6.0 pixels high"
        in legibility.problems(still(TextBox("f(x)", (*small.glyphs, *small.glyphs, bracket))))[0]
    )


def test_contrast_is_that_of_wcag() -> None:
    black, white, grey = (np.full(3, level) for level in (0, 255, 119))
    assert legibility.contrast(black, white) == pytest.approx(21)
    assert legibility.contrast(white, grey) == pytest.approx(4.48, abs=0.01)  # #777 on white just fails


def test_controls_are_renewed_compared_and_shown(stills: dict[str, Still], tmp_path: Path) -> None:
    control, differences = tmp_path / "control", tmp_path / "differences"
    assert [each.problem for each in reference_frames.compare("Small", stills, control)] == [
        f"there is no control {control / 'small' / f'{beat}.png'}" for beat in stills
    ]
    assert reference_frames.renew("Small", stills, control) == [
        control / "small" / f"{beat}.png" for beat in stills
    ]
    assert reference_frames.renew("Small", stills, control) == []
    assert [each.problem for each in reference_frames.compare("Small", stills, control)] == [None, None]

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
    with pytest.raises(ValueError, match=r"valley\.png takes \d+ bytes with 32 colours, 100 are allowed"):
        png.write_poster(noise, path, limit=100)
    assert path.read_bytes() == kept
