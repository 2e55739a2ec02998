"""What a film is held against beside its faults, on numbers and tiny films done by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from av.video.frame import VideoFrame
from manim import Circle, Group

from bnviz.review import film_measures
from bnviz.review.film_measures import Joins, is_plain, key_figures, letters, losses, motion
from bnviz.review.legibility import Shown
from bnviz.review.limits import LIMITS
from bnviz.review.measurement import Place, Stretch
from bnviz.review.shown_losses import ShownLosses
from bnviz.review.stillness_and_flashes import watch
from bnviz.review.text_measures import script_height
from bnviz.run.stills import Glyph, TextBox
from scenes.kit.drawing.canvas import Painted
from scenes.kit.script.beat import TextMeasure
from tests.bnviz.films import write_film


def second(time: float) -> Place:
    return Place("Scene", second=time)


def values(checks: list) -> dict[str, float | None]:
    return {check.name: None if check.worst is None else check.worst.value for check in checks}


# -- a loss on the screen ------------------------------------------------------------------------------------
def test_how_soon_and_how_long_a_loss_is_on_the_screen() -> None:
    shown = [Stretch(0.5, 12.0), Stretch(130.0, 150.0), Stretch(160.0, 168.5)]
    found = losses(shown, 200.0, 25.0, second)
    assert values(found) == {
        "first surface or map": 0.5,
        "first one after the opening": 130.0,
        "time with a surface or map": pytest.approx(20.0),
    }
    assert [bool(check.beyond) for check in found] == [False, True, True]
    assert not any(check.is_binding for check in found)


def test_a_loss_that_stays_after_the_opening_is_explained_at_once() -> None:
    (_, explained, _) = losses([Stretch(3.0, 40.0)], 40.0, 25.0, second)
    assert explained.worst.value == 25.0
    assert [check.figures for check in losses([], 40.0, 25.0, second)[:2]] == [(), ()]


class Loss(Painted):
    shows_a_loss = True

    def paint(self, canvas: object) -> None:
        """Draw nothing."""


def test_frames_with_a_loss_are_noted() -> None:
    class Scene:
        mobjects: list = [Circle()]

    scene, loss, shown = Scene(), Loss(), ShownLosses()
    shown.watch(scene, 10)
    scene.mobjects = [*scene.mobjects, Group(Group(loss))]
    shown.watch(scene, 11)
    shown.watch(scene, 15)
    loss.set_opacity(0)
    shown.watch(scene, 20)
    loss.set_opacity(0.1)
    shown.watch(scene, 30)
    scene.mobjects = []
    shown.watch(scene, 40)
    assert shown.seconds(10) == ((1.0, 1.5), (2.0, 3.0))


# -- motion --------------------------------------------------------------------------------------------------
def test_a_hold_counts_while_something_is_said() -> None:
    stills = [Stretch(0.0, 2.0), Stretch(3.0, 3.2), Stretch(5.0, 12.0), Stretch(20.0, 21.0)]
    said = [Stretch(4.0, 6.0), Stretch(6.5, 10.0), Stretch(20.5, 30.0)]
    found = motion(stills, said, 40.0, second)
    assert values(found) == {"time in which nothing moves": 25.0, "hold under narration": 5.0}
    assert found[1].worst.place == second(5.0)
    assert [figure.value for figure in found[1].figures] == [5.0, 0.5]
    assert values(motion([Stretch(0, 3)], [], 40.0, second))["hold under narration"] == 0.0


# -- joins ---------------------------------------------------------------------------------------------------
def test_a_join_is_empty_if_a_frame_at_it_is(tmp_path: Path) -> None:
    gray = np.full((180, 320, 3), 40, np.uint8)
    dotted = gray.copy()
    dotted[80:90, 100:110] = 200
    film = tmp_path / "film.mp4"
    # One second each: a picture, then one that ends empty, a picture again, and one that begins empty.
    pictures = [dotted] * 10 + [dotted] * 9 + [gray] + [dotted] * 10 + [gray] + [dotted] * 9
    write_film(film, pictures)
    joins = Joins(film, [(1.0, 1.0), (2.0, 2.0), (3.0, 3.0)], lambda time: Place(f"at {time:g}"))
    watch(film, joins.watch)
    (check,) = joins.checks()
    assert check.worst.value == pytest.approx(100 * 2 / 3)
    assert check.worst.place.about == "2 of 3: before at 2, at 3"
    assert check.beyond


def test_a_film_of_one_scene_has_no_join(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    write_film(film, [np.full((180, 320, 3), 40, np.uint8)] * 5)
    (check,) = Joins(film, [], second).checks()
    assert check.figures == ()


def test_a_frame_with_anything_on_it_is_not_plain() -> None:
    pixels = np.full((90, 160, 3), 30, np.uint8)
    assert is_plain(VideoFrame.from_ndarray(pixels, format="rgb24"))
    pixels[40:44, 40:44] = 90
    assert not is_plain(VideoFrame.from_ndarray(pixels, format="rgb24"))


# -- letters -------------------------------------------------------------------------------------------------
def glyph(left: float, top: float, right: float, bottom: float) -> Glyph:
    return Glyph((left, top, right, bottom), (255, 255, 255), 1.0)


def test_the_lowest_exponent_or_subscript_is_measured() -> None:
    ten = (glyph(0, 0, 6, 12), glyph(7, 0, 15, 12))
    power, index = glyph(16, -3, 20, 5), glyph(16, 7, 20, 15.5)
    assert script_height(TextBox("10#super[3]", (*ten, power))) == 8
    assert script_height(TextBox("$w_A$", (glyph(0, 3, 9, 12), glyph(10, 7, 15, 15)))) == 8
    assert script_height(TextBox("$w_A^2$", (*ten, power, index))) in (8, 8.5)
    assert script_height(TextBox("103", (*ten, power))) == 0
    assert script_height(TextBox("$x_1$, 7", (*ten, glyph(16, 11, 18, 14)))) == 0


def test_heights_are_those_at_1080p_and_key_figures_are_counted() -> None:
    box = (100.0, 100.0, 200.0, 112.0)
    texts = (
        TextMeasure("Valley", box, 16.0, 9.0),
        TextMeasure("10^3", box, 10.0, 9.0, script_height=6.0, is_key_figure=True),
        TextMeasure("7", box, 20.0, 9.0, is_key_figure=True),
    )
    capitals, scripts, figures = letters([Shown(Place("Scene", "beat"), texts), Shown(Place("Other"), ())])
    assert (capitals.worst.value, scripts.worst.value) == (pytest.approx(22.5), pytest.approx(13.5))
    assert [figure.value for figure in figures.figures] == [2.0, 0.0]
    assert bool(capitals.beyond) and bool(scripts.beyond) and not figures.beyond
    assert LIMITS.key_figures.most == 3 and film_measures.TO_1080P == 2.25


def test_figures_are_numbers_with_a_name_and_large_ones_each_counted_once() -> None:
    def text(said: str, left: float, height: float, named: bool = False) -> TextMeasure:
        box = (left, 100.0, left + 40.0, 100.0 + height)
        return TextMeasure(said, box, height, 9.0, is_key_figure=named)

    label, name, title = text("3.00", 300, 13), text("condition number", 20, 13), text("The valley", 20, 26)
    assert key_figures([label, name, title]) == 0
    assert key_figures([text("Counter", 20, 12, named=True), label]) == 1
    assert key_figures([text("Counter", 20, 26), text("6352", 400, 26)]) == 2
    ratio = [text("Counter", 20, 26), text(": 1", 72, 26)]
    assert key_figures(ratio) == 1
    assert key_figures([text("#box(width: 6.68em)[two words]", 20, 26)]) == 0
