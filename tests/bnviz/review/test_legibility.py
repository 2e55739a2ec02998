"""Whether text can be read, on stills made by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bnviz.review import legibility
from bnviz.review.limits import LARGE
from bnviz.review.measurement import Place, problems
from bnviz.review.wcag import contrast, luminance
from bnviz.run import discover
from bnviz.run.stills import Glyph, Still, TextBox, beat_stills
from scenes.kit.lettering.typography import Text
from scenes.kit.script.beat import TextMeasure
from scenes.kit.settings import Settings


def text(
    name: str = "words",
    left: float = 400,
    top: float = 200,
    size: float = 12,
    color: float = 255,
    opacity: float = 1,
) -> TextBox:
    """Two letters in a row, in a picture of 854 x 480."""
    boxes = [(left + step, top, left + step + 0.7 * size, top + size) for step in (0, size)]
    return TextBox(name, tuple(Glyph(box, (color, color, color), opacity) for box in boxes))


def still(*texts: TextBox, ground: float = 0) -> Still:
    picture = np.full((480, 854, 3), ground, dtype=np.uint8)
    return Still("Valley", "descent", picture, texts, picture)


def test_a_good_still_has_no_problem() -> None:
    assert legibility.still_problems(still(text(), text(left=600))) == []


@pytest.mark.parametrize(
    ("bad", "complaint"),
    [
        (still(text(left=30)), "text 'words', left: text outside of the safe area 1.5%, must be at most 0%"),
        (
            still(text(top=456)),
            "text 'words', bottom: text outside of the safe area 2.5%, must be at most 0%",
        ),
        (
            still(text(), text("more", left=410)),
            "text 'words' over 'more': text over text at 480p 6.4 px, must be at most 1 px",
        ),
        (still(text(size=7.5)), "text 'words': letter height at 480p 7.5 px, must be at least 8 px"),
        (still(text(color=110)), "text 'words': contrast below 18 pt 4.12:1, must be at least 4.5:1"),
        (still(text(opacity=0.3)), "text 'words': contrast below 18 pt 2.46:1, must be at least 4.5:1"),
    ],
)
def test_each_problem_is_told_with_its_number(bad: Still, complaint: str) -> None:
    assert legibility.still_problems(bad) == [f"Valley, beat 'descent', {complaint}"]


def test_large_letters_need_less_contrast() -> None:
    assert legibility.still_problems(still(text(size=20, color=92))) == []
    assert "at least 3:1" in legibility.still_problems(still(text(size=20, color=85)))[0]


def test_contrast_is_measured_against_what_is_really_behind() -> None:
    bright = still(text())
    assert bright.behind is not None
    bright.behind[190:220, 395:430] = 240
    assert "contrast" in legibility.still_problems(bright)[0]


def test_a_tall_bracket_does_not_make_small_letters_large() -> None:
    small = text(size=6)
    bracket = Glyph((440, 190, 445, 220), (255, 255, 255), 1)
    assert (
        "letter height at 480p 6.0 px"
        in legibility.still_problems(still(TextBox("f(x)", (*small.glyphs, *small.glyphs, bracket))))[0]
    )


def test_contrast_is_that_of_wcag() -> None:
    black, white, gray = (np.full(3, level) for level in (0, 255, 119))
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(white, gray) == pytest.approx(4.48, abs=0.01)  # #777 on white just fails


def test_luminance_weighs_green_most_and_is_linear_in_light() -> None:
    colors = np.array([[255, 0, 0], [0, 255, 0], [0, 0, 255], [188, 188, 188]])
    assert luminance(colors) == pytest.approx([0.2126, 0.7152, 0.0722, 0.5029], abs=1e-3)


def test_an_example_can_be_read(examples: Path) -> None:
    scene = discover.find("Small", examples)
    for item in beat_stills(scene, Settings(voice=False), 426, 240, behind=True).values():
        assert legibility.still_problems(item) == []


def test_a_still_without_what_is_behind_its_text_is_refused() -> None:
    with pytest.raises(ValueError, match="behind=True"):
        legibility.still_problems(replace(still(text()), behind=None))


def test_text_is_the_same_size_in_a_still_of_any_size() -> None:
    """A picture of twice the size, and all in it, is read as well as the small one."""
    small, large = still(text(size=7.5)), still(text(left=800, top=400, size=15))
    double = np.zeros((960, 1708, 3), np.uint8)
    (one,), (two,) = (
        legibility.of_still(item).texts for item in (small, replace(large, picture=double, behind=double))
    )
    assert two == replace(one)
    assert one.letter_height == pytest.approx(7.5)


@pytest.mark.parametrize("word", ["steps", "raw", "x", "y", "gap", "B", "bowl", "10", "valley, raw"])
def test_the_height_of_a_capital_is_known_from_any_word(word: str) -> None:
    capital, letters = (
        max(glyph.height for glyph in Text(it, 40).get_family() if len(glyph.points)) for it in ("H", word)
    )
    measured = TextMeasure(word, (0.0, 0.0, 1.0, 1.0), letters, 9.0)
    assert legibility.capital_height(measured) == pytest.approx(capital, rel=0.04)


def test_the_worst_of_each_kind_is_told_with_its_place() -> None:
    good = TextMeasure("fine", (100.0, 100.0, 200.0, 112.0), 12.0, 9.0)
    worse = TextMeasure("worse", (100.0, 200.0, 200.0, 220.0), LARGE, 3.5)
    found = legibility.checks([legibility.Shown(Place("Bowl", "end", 2.0), (good, worse))])
    assert problems(found) == []
    height, small, large, *_ = [check.worst for check in found]
    assert height is not None and small is not None and large is not None
    assert (height.value, small.value, large.value) == (12.0, 9.0, 3.5)
    assert str(large.place) == "Bowl, beat 'end', 2.0 s, text 'worse'"
