"""A counter shows its number, and its digits stand still while they change."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import RIGHT, FadeIn, FadeOut, ValueTracker, VGroup, linear

from scenes.kit import theme
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import SLOTS, Counter, key_figure
from scenes.kit.lettering.typography import FIGURE, Text
from scenes.kit.script import numbers

quick = settings(max_examples=30, deadline=None, derandomize=True)
DIGITS = Text("0123456789", FIGURE)  # as Typst sets them, figures of one width


def shown(counter: Counter) -> list[Any]:
    """The outlines that are seen, from left to right."""
    return [slot for slot in counter._slots if len(slot.points) > 1]


def shape(glyph: Any) -> Any:
    """A glyph's outline, wherever it stands and however large it is."""
    points = glyph.points[:, :2]
    return (points - points.min(axis=0)) / np.ptp(points, axis=0).max()


def glyphs_of(text: str) -> list[Any]:
    """What Typst sets for ``text``, glyph by glyph."""
    return list(Text(text, FIGURE))


def read(counter: Counter) -> str:
    """What a viewer reads: every outline compared with Typst's own."""
    known = {mark: shape(glyph) for mark, glyph in zip("0123456789", DIGITS, strict=True)}
    known |= {mark: shape(glyphs_of(f"1{mark}")[1]) for mark in (numbers.MINUS, ".")}

    def name(glyph: Any) -> str:
        (found,) = [
            mark
            for mark, outline in known.items()
            if outline.shape == shape(glyph).shape and np.allclose(outline, shape(glyph), atol=1e-3)
        ]
        return found

    return "".join(name(glyph) for glyph in shown(counter))


@quick
@given(st.integers(-99_999, 9_999_999))
def test_a_counter_shows_what_numbers_write(value: int) -> None:
    counter = Counter(ValueTracker(value))
    assert read(counter) == numbers.write(value).replace(numbers.THIN_SPACE, "")


@pytest.mark.parametrize(
    "value, spec, expected",
    [(0.0136, ".6f", "0.013600"), (-2.5, ".1f", "−2.5"), (12101, "d", "12101"), (-0.0001, ".2f", "0.00")],
)
def test_a_counter_writes_in_its_style(value: float, spec: str, expected: str) -> None:
    assert read(Counter(ValueTracker(value), spec)) == expected


def test_digits_stand_where_typst_would_set_them() -> None:
    """The same outlines in the same places, but for where the whole line begins."""
    for text in ("1234", "9071", "5555", "8061"):
        set_by_typst, counter = glyphs_of(text), Counter(ValueTracker(int(text)))
        offset = shown(counter)[0].points[0] - set_by_typst[0].points[0]
        for one, other in zip(shown(counter), set_by_typst, strict=True):
            np.testing.assert_allclose(one.points, other.points + offset, atol=2e-3)


def test_a_digit_stays_in_its_place_while_the_others_change() -> None:
    clock = ValueTracker(1000)
    counter = Counter(clock).move_to([1.0, 2.0, 0.0])
    places: dict[int, set[tuple[float, ...]]] = {}
    lefts: list[float] = []
    for value in (1000, 1111, 1888, 1234, 1047):
        clock.set_value(value)
        counter.update()
        places.setdefault(0, set()).add(tuple(shown(counter)[0].points[0].round(9)))
        lefts.append(counter.corner[0])
    assert len(places[0]) == 1 and np.ptp(lefts) == 0


def test_every_slot_is_as_wide_as_every_other_and_all_stand_on_one_baseline() -> None:
    advance = DIGITS[1].get_x() - DIGITS[0].get_x()
    spacing = Text("00", FIGURE)
    advance = spacing[1].get_left()[0] - spacing[0].get_left()[0]
    for value in (1111, 8888, 4747, 2020):
        counter = Counter(ValueTracker(value)).shift([0.3, -0.7, 0])
        base, left = counter.corner[1], counter.corner[0]
        for place, glyph in enumerate(shown(counter)):
            low, high = glyph.get_left()[0] - left, glyph.get_right()[0] - left
            assert place * advance - 1e-3 <= low and high <= (place + 1) * advance + 1e-3
            # a round digit's foot dips a little below the line
            assert -0.02 * FIGURE / 67.5 < glyph.get_bottom()[1] - base < 0.003


def test_left_edge_and_baseline_stay_where_they_are_put() -> None:
    clock = ValueTracker(7)
    counter = Counter(clock)
    counter.shift(np.array([2.0, 1.0, 0.0]) - counter.corner)
    for value in (7, 77, 12_345, -3, 0):
        clock.set_value(value)
        counter.update()
        np.testing.assert_allclose(counter.corner, [2, 1, 0], atol=1e-12)
        assert 2 <= shown(counter)[0].get_left()[0] < 2.2


def test_aligned_to_the_right_the_units_stay_in_line() -> None:
    clock = ValueTracker(1)
    counter = Counter(clock, ".2f", align_right=True)
    counter.shift(np.array([3.0, 0.0, 0.0]) - counter.corner)
    points = []
    for value in (1.11, 21.11, 12_341.11, -1.11):
        clock.set_value(value)
        counter.update()
        np.testing.assert_allclose(counter.corner, [3, 0, 0], atol=1e-12)
        points.append([glyph.get_center()[0] for glyph in shown(counter)[-4:]])
    np.testing.assert_allclose(points, [points[0]] * 4, atol=1e-9)


def test_a_counter_that_was_scaled_keeps_its_scale_as_it_counts() -> None:
    clock = ValueTracker(11)
    counter = Counter(clock)
    whole = shown(counter)[0].height
    counter.scale(0.5)
    for value in (11, 1111):
        clock.set_value(value)
        counter.update()
        assert [glyph.height for glyph in shown(counter)] == pytest.approx(
            [whole / 2] * len(shown(counter)), rel=1e-3
        )
    gaps = np.diff([glyph.get_center()[0] for glyph in shown(counter)])
    np.testing.assert_allclose(gaps, gaps[0], rtol=1e-6)


def test_a_counter_shows_what_is_made_of_its_clock() -> None:
    clock = ValueTracker(3)
    counter = Counter(clock, ".1f", value=lambda step: step**2 / 2)
    assert read(counter) == "4.5"
    clock.set_value(5)
    counter.update()
    assert read(counter) == "12.5"


def test_slots_that_are_not_used_show_nothing() -> None:
    clock = ValueTracker(123_456)
    counter = Counter(clock)
    clock.set_value(5)
    counter.update()
    assert len(counter._slots) == SLOTS and len(shown(counter)) == 1
    assert all((slot.points == counter.corner).all() for slot in counter._slots[1:])


def test_a_copied_counter_counts_for_itself() -> None:
    clock = ValueTracker(12)
    counter = Counter(clock)
    copied = counter.copy()
    clock.set_value(345)
    copied.update()
    assert read(counter) == "12" and read(copied) == "345"
    counter.update()
    assert read(counter) == "345"


def test_a_counter_can_fade_in_while_it_counts() -> None:
    clock = ValueTracker(1)
    counter = Counter(clock)
    appear = FadeIn(counter, rate_func=linear)
    appear.begin()
    appear.interpolate(0.5)
    assert counter._slots[0].get_fill_opacity() == pytest.approx(0.5)
    appear.interpolate(1)
    appear.finish()
    clock.set_value(42)
    counter.update()
    assert read(counter) == "42"
    assert all(slot.get_fill_opacity() == pytest.approx(1) for slot in counter._slots)


@pytest.mark.parametrize("fade", [FadeIn, FadeOut])
def test_a_counter_that_fades_shows_the_number_of_the_moment(fade: Any) -> None:
    clock = ValueTracker(1)
    counter = Counter(clock)
    change = fade(counter, rate_func=linear)
    change.begin()
    for alpha, value in ((0.2, 1), (0.4, 48), (0.6, 207), (0.8, 9)):
        clock.set_value(value)
        change.update_mobjects(1 / 15)
        change.interpolate(alpha)
        assert read(counter) == str(value)
    change.interpolate(1)
    change.finish()
    counter.update()
    assert read(counter) == "9"


def test_a_copied_counter_depends_on_the_same_clock_and_shares_the_prepared_digits() -> None:
    clock = ValueTracker(1)
    counter = Counter(clock)
    copied = counter.copy()
    assert copied.sources[0] is clock
    assert copied._glyphs is counter._glyphs and copied._slots[0] is not counter._slots[0]


def test_a_counter_has_the_color_it_is_given_or_that_of_text() -> None:
    palette = theme.current()
    for given_color, expected in ((None, palette.text), (palette.valley, palette.valley)):
        for slot in Counter(ValueTracker(8), color=given_color)._slots:
            assert slot.get_fill_color() == expected


def test_a_key_figure_has_its_name_below_its_left_edge() -> None:
    figure = typography.figure("123")
    group = key_figure(figure, "steps")
    name = group[1]
    assert isinstance(group, VGroup) and name.markup == "steps"
    assert name.get_top()[1] < figure.get_bottom()[1]
    assert name.get_left()[0] == pytest.approx(figure.get_left()[0])
    before = name.get_center()
    group.shift(RIGHT)
    np.testing.assert_allclose(name.get_center(), before + RIGHT)


@pytest.mark.parametrize(
    ("value", "spec", "written"),
    [(196_108_596, "d", "196 108 596"), (1.19e11, "d", "1.19 × 10¹¹"), (-1.5e-9, "3s", "−1.50 × 10⁻⁹")],
)
def test_a_counter_has_room_for_any_number(value: float, spec: str, written: str) -> None:
    counter = Counter(ValueTracker(value), spec)
    assert counter.written.replace(numbers.THIN_SPACE, " ") == written
    assert len(shown(counter)) == len(written.replace(" ", ""))
    assert counter.width == pytest.approx(counter.width_of(value), rel=0.1)
    boxes = [(glyph.get_left()[0], glyph.get_right()[0]) for glyph in shown(counter)]
    assert all(left[1] <= right[0] + 0.02 for left, right in zip(boxes, boxes[1:], strict=False))


def test_an_exponent_is_smaller_and_stands_higher_than_the_digits() -> None:
    digits, raised = shown(Counter(ValueTracker(1e11), "2s"))[0], shown(Counter(ValueTracker(1e11), "2s"))[-1]
    assert raised.height < 0.8 * digits.height
    assert raised.get_top()[1] > digits.get_top()[1] and raised.get_bottom()[1] > digits.get_center()[1]
