"""Columns grow by one linear scale while steps are made, and stop where their optimizer has arrived."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Mobject, ValueTracker

from scenes.kit.lettering import places
from scenes.pieces.optimizer_styles import styled
from scenes.pieces.race.boxes import RaceBoxes
from scenes.pieces.race.columns import LEAST, MARK, NUMBER, StepColumns

BOX = RaceBoxes.of(places.WIDE).columns


def columns(counts: dict[str, int | None], clock: ValueTracker) -> tuple[StepColumns, list[Mobject]]:
    made = StepColumns(counts, BOX, "--")
    return made, [made.make(name, style, clock)[0] for name, style in styled(counts).items()]


def heights(bars: list[Mobject]) -> list[float]:
    for bar in bars:
        bar.update(0)
    return [float(bar.height) for bar in bars]


def test_all_grow_alike_until_one_has_arrived() -> None:
    clock = ValueTracker(0)
    made, bars = columns({"a": 1000, "b": 500, "c": 250}, clock)
    assert heights(bars) == pytest.approx([LEAST] * 3)
    clock.set_value(250)
    assert heights(bars) == pytest.approx([made.height / 4] * 3)
    clock.set_value(1000)
    assert heights(bars) == pytest.approx([made.height, made.height / 2, made.height / 4])
    np.testing.assert_allclose([bar.get_bottom()[1] for bar in bars], BOX.bottom + MARK)


def test_never_is_as_high_as_there_is_room_and_pale() -> None:
    clock = ValueTracker(50)
    _, bars = columns({"a": None, "b": 50}, clock)
    assert heights(bars)[0] == pytest.approx(heights(bars)[1])
    assert [bar.get_fill_opacity() for bar in bars] == [0.35, 1]


@pytest.mark.parametrize("count", [2, 6, 9])
@pytest.mark.parametrize("where", [places.WIDE, places.SQUARE], ids=["wide", "square"])
def test_all_of_it_stays_in_its_place(count: int, where: places.Places) -> None:
    box = RaceBoxes.of(where).columns
    names = [f"rule {k}" for k in range(count)]
    made = StepColumns(dict.fromkeys(names, 123_456), box, "--")
    style = next(iter(styled(names[:1]).values()))
    for name in names:
        made.make(name, style, ValueTracker(123_456))
    for name in names:
        bar, mark, number = made.drawn[name]
        assert box.holds(mark, slack=0.05) and box.holds(number, slack=0.02)
        assert bar.get_top()[1] <= box.top - NUMBER + 1e-6
    xs = [made.drawn[name][0].get_x() for name in names]
    assert (np.diff(xs) > 0).all()


def test_the_places_do_not_overlap() -> None:
    for where in (places.WIDE, places.SQUARE):
        boxes = RaceBoxes.of(where)
        assert boxes.valley.right < boxes.bowl.left or boxes.bowl.top < boxes.valley.bottom
        assert boxes.bowl.right < boxes.columns.left or boxes.columns.top < boxes.bowl.bottom
