"""A text that is set again lies where its outlines lie, however it was moved; what cannot be set is told."""

from __future__ import annotations

from collections.abc import Iterator

import cairo
import numpy as np
import pytest
from manim import RIGHT, UP, ManimColor, ValueTracker, VGroup

from bnviz.run.run_scene import manim_configured
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.set_again import SetText, letterings, set_again
from scenes.kit.lettering.set_lines import plain_lines
from scenes.kit.lettering.typography import Formula, Text, em
from scenes.kit.settings import Settings

UNIT = 30.0  # of the page, for one of Manim's
PAGE = cairo.Matrix(UNIT, 0, 0, -UNIT, 100, 50)
RED, BLUE = "#ff0000", "#0000ff"


@pytest.fixture(autouse=True)
def configured() -> Iterator[None]:
    with manim_configured(Settings(voice=False)):
        yield


def shown(color: ManimColor) -> str:
    return str(color.to_hex()).lower()


def found(lettering: object) -> SetText:
    text = set_again(lettering, PAGE, shown)
    assert text is not None
    return text


def test_a_moved_scaled_and_turned_text_is_set_where_it_lies() -> None:
    text = Text("weight of A", 40, RED).scale(1.5).rotate(np.radians(30)).shift(2 * RIGHT + UP)
    made = found(text)
    assert made.size == pytest.approx(1.5 * em(40) * UNIT, rel=1e-3)
    assert made.angle == pytest.approx(-30, abs=0.01)  # y points downwards on a page
    left, top = text.get_corner([-1, 1, 0])[:2]
    assert made.box[:2] == pytest.approx((100 + UNIT * left, 50 - UNIT * top), abs=0.01)
    assert (made.color, [line.text for line in made.lines]) == (RED, ["weight of A"])


def test_lines_have_their_baselines() -> None:
    made = found(Text("one\\\ntwo", 40))
    (one, two) = made.lines
    assert (one.text, two.text) == ("one", "two")
    assert one.place[0] == pytest.approx(two.place[0], abs=0.1 * made.size)
    assert 0.9 < (two.place[1] - one.place[1]) / made.size < 1.6


@pytest.mark.parametrize("value", [7, 6352, 1_000_000, -0.5])
def test_a_counter_is_set_with_its_signs_in_their_places(value: float) -> None:
    counter = Counter(ValueTracker(value), ".2f" if value < 0 else "d")
    counter.shift(RIGHT)
    assert found(counter).lines[0].text == counter.written


def test_a_power_of_ten_is_set_too() -> None:
    assert "baseline" in found(Counter(ValueTracker(3.2e12), "d")).code


def test_named_parts_of_a_formula_keep_their_colors() -> None:
    formula = Formula("{{ x - mu : mean }} / {{ sigma : spread }}", 40, RED)
    formula.select("spread").set_fill(BLUE)
    code = found(formula).code
    assert f'"spread": rgb("{BLUE}")' in code and RED in code and found(formula).lines == ()


def test_what_is_faded_bent_or_of_many_colors_stays_outlines() -> None:
    faded, bent, stretched = (Text("words", 40) for _ in range(3))
    faded.set_opacity(0.5)
    bent.apply_function(lambda point: point + [0, point[0] ** 2, 0])
    stretched.stretch(1.2, 0)
    many = Text("words", 40, RED)
    many[0].set_fill(BLUE)
    gone = Text("words", 40).set_opacity(0)
    for text in (faded, bent, stretched, many, gone):
        assert set_again(text, PAGE, shown) is None


def test_a_text_in_another_one_s_place_is_found_once() -> None:
    text = Text("words", 40)
    assert list(letterings([VGroup(text), text])) == [text]


def test_only_plain_lines_are_lines() -> None:
    assert plain_lines("a \\- b\\\nthe batch's") == ["a - b", "the batch’s"]
    assert plain_lines("$x$ of A") == plain_lines("10#super[5]") == plain_lines("*bold*") == []
