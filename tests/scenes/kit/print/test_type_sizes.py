"""Letters in points: one size, none too small, each about its own place, and afterwards as in the film."""

from __future__ import annotations

import numpy as np
import pytest
from manim import LEFT, PI, RIGHT, UP, Mobject, ValueTracker, VGroup

from scenes.kit.drawing.furniture import furniture
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.typography import Formula, Text, align_baseline
from scenes.kit.print.type_sizes import LABEL, LEAST, SCRIPT, em_of, lines_of

SCALE = 30.0  # points for one picture unit


def sizes(*mobjects: Mobject, scale: float = SCALE) -> list[float]:
    """Ems in points after all is fitted."""
    lines = lines_of(mobjects)
    for line in lines:
        line.fit(scale)
    return [scale * em_of(line.lettering) for line in lines]


@pytest.mark.parametrize("size", [20.0, 32.0, 84.0])
def test_an_em_is_told_however_a_text_is_moved_turned_and_scaled(size: float) -> None:
    text = Text("Heights", size)
    expected = size * 8 / 1080
    assert em_of(text) == pytest.approx(expected)
    assert em_of(text.copy().rotate(0.7).shift(UP).scale(1.5)) == pytest.approx(1.5 * expected)
    counter = Counter(ValueTracker(42), size=size)
    assert em_of(counter) == pytest.approx(expected)
    assert em_of(counter.scale(0.5)) == pytest.approx(0.5 * expected)


def test_letters_are_between_the_least_and_the_usual_size() -> None:
    found = sizes(Text("H", 84), Text("H", 30).shift(UP), Text("H", 10).shift(2 * UP))
    assert found == pytest.approx([LABEL, 30 * 8 / 1080 * SCALE, LEAST])


def test_lowered_letters_are_no_smaller_than_the_least() -> None:
    (size,) = sizes(Formula("x_1", 40))
    assert size == pytest.approx(LEAST / SCRIPT)


def test_texts_in_line_stay_in_line() -> None:
    rows = [Text(markup, size) for markup, size in (("gap", 84), ("Has", 60))]
    for row, baseline in zip(rows, (0.0, -2.0), strict=True):
        align_baseline(row, baseline, left=-3.0)
    sizes(*rows)
    assert [float(row.get_left()[0]) for row in rows] == pytest.approx([-3.0, -3.0], abs=0.02)
    assert float(rows[1].get_bottom()[1]) == pytest.approx(-2.0, abs=0.02)  # no letter of it hangs


def test_a_turned_text_stays_about_its_middle() -> None:
    text = Text("upwards", 84).rotate(PI / 2).shift(RIGHT)
    before = text.get_center()
    sizes(text)
    assert text.get_center() == pytest.approx(before)
    assert text.height > text.width


def test_restored_it_is_as_before() -> None:
    text = Text("home", 84)
    before = [part.points.copy() for part in text.get_family()]
    (line,) = lines_of([text])
    line.fit(SCALE)
    line.restore()
    assert all(np.array_equal(part.points, old) for part, old in zip(text.get_family(), before, strict=True))


def test_what_is_furniture_or_not_seen_is_passed_over() -> None:
    gone = Text("gone").set_opacity(0)
    assert lines_of([furniture(Text("heading")), furniture(VGroup(Text("count"))), gone]) == []


def test_letters_that_left_their_text_are_set_together() -> None:
    text = Text("sum", 84)
    loose = [letter.copy() for letter in text.family_members_with_points()]
    lines = lines_of([*loose, Text("far away", 84).shift(3 * LEFT + 2 * UP)])
    assert sorted(len(line.parts) for line in lines) == [len(loose), len("faraway")]
    for line in lines:
        line.fit(SCALE)
    widths = VGroup(*loose).width, text.width
    assert widths[0] / widths[1] == pytest.approx(LABEL / (84 * 8 / 1080 * SCALE))


def test_a_plate_is_scaled_with_its_words() -> None:
    words, plate = Text("along", 84), Text("plate", 84).family_members_with_points()[0].copy()
    plate.set(cut_from=None)
    del plate.cut_from
    (line,) = lines_of([VGroup(plate, words).set(is_label=True)])
    assert plate in line.parts


def test_a_label_of_several_texts_is_none_and_each_is_set_by_itself() -> None:
    row = VGroup(Text("large", 84), Text("small", 20).shift(RIGHT * 3)).set(is_label=True)
    assert sizes(row) == pytest.approx([LABEL, LEAST])


def test_what_is_cut_in_another_sense_is_no_letter() -> None:
    assert lines_of([Mobject().set(cut=3)]) == []
