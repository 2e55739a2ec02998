"""Bars grow by one linear scale while steps are made, and stop where their optimizer has arrived."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Mobject, ValueTracker

from scenes.kit.lettering import places, typography
from scenes.pieces.optimizer_styles import styled
from scenes.pieces.race.boxes import RaceBoxes
from scenes.pieces.race.rows import LEAST, StepRows

BOX = RaceBoxes.of(places.WIDE).rows


def rows(counts: dict[str, int | None], clock: ValueTracker) -> tuple[StepRows, list[Mobject]]:
    made = StepRows(counts, {name: name for name in counts}, BOX, "--")
    return made, [made.make(name, style, clock)[0] for name, style in styled(counts).items()]


def widths(bars: list[Mobject]) -> list[float]:
    for bar in bars:
        bar.update(0)
    return [float(bar.width) for bar in bars]


def test_all_grow_alike_until_one_has_arrived() -> None:
    clock = ValueTracker(0)
    made, bars = rows({"a": 1000, "b": 500, "c": 250}, clock)
    assert widths(bars) == pytest.approx([LEAST] * 3)
    clock.set_value(250)
    assert widths(bars) == pytest.approx([made.longest / 4] * 3)
    clock.set_value(1000)
    assert widths(bars) == pytest.approx([made.longest, made.longest / 2, made.longest / 4])
    np.testing.assert_allclose([bar.get_left()[0] for bar in bars], BOX.left)


def test_never_is_as_long_as_there_is_room_and_pale() -> None:
    clock = ValueTracker(50)
    _, bars = rows({"a": None, "b": 50}, clock)
    assert widths(bars)[0] == pytest.approx(widths(bars)[1])
    assert [bar.get_fill_opacity() for bar in bars] == [0.35, 1]


@pytest.mark.parametrize("count", [2, 6, 9])
@pytest.mark.parametrize("where", [places.WIDE, places.SQUARE], ids=["wide", "square"])
def test_all_of_it_stays_in_its_place(count: int, where: places.Places) -> None:
    box, clock = RaceBoxes.of(where).rows, ValueTracker(123_456)
    names = [f"a rather long rule {k}" for k in range(count)]
    made = StepRows(dict.fromkeys(names, 123_456), {name: name for name in names}, box, "--")
    style = next(iter(styled(names[:1]).values()))
    for name in names:
        bar, sign = made.make(name, style, clock)
        number = made.drawn[name][2]
        assert box.holds(number, slack=0.08) and sign.get_right()[0] < number.get_left()[0]
        assert bar.get_right()[0] < sign.get_left()[0]
    ys = [made.drawn[name][0].get_y() for name in names]
    assert (np.diff(ys) < 0).all()


def test_a_bar_that_is_kept_stays_when_its_clock_begins_again() -> None:
    clock = ValueTracker(500)
    made, bars = rows({"a": 1000, "b": 500}, clock)
    made.keep("b")
    clock.set_value(0)
    assert widths(bars) == pytest.approx([LEAST, made.longest / 2])


def test_a_text_is_put_beside_short_rows_or_nowhere() -> None:
    text = typography.name("steps")
    made, _ = rows({"a": 1000, "b": 10, "c": 1000}, ValueTracker(0))
    assert made.put_aside(text)
    assert text.get_y() == pytest.approx(BOX.center[1]) and text.get_right()[0] == pytest.approx(BOX.right)
    made, _ = rows({"a": 1000, "b": 999}, ValueTracker(0))
    assert not made.put_aside(text)


def test_the_places_do_not_overlap() -> None:
    for where in (places.WIDE, places.SQUARE):
        boxes = RaceBoxes.of(where)
        assert boxes.valley.right < boxes.bowl.left
        assert boxes.rows.top < boxes.both.bottom
