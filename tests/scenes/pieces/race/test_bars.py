"""Bars grow by one linear scale while steps are made, and stop where their optimizer has arrived."""

from __future__ import annotations

import numpy as np
import pytest
from manim import ValueTracker

from scenes.kit.lettering import places
from scenes.kit.lettering.counter import Counter
from scenes.pieces.optimizer_styles import styled
from scenes.pieces.race.bars import LEAST, StepBars


def bars(counts: dict[str, int | None], clock: ValueTracker) -> StepBars:
    return StepBars(styled(counts), {name: name for name in counts}, counts, "--", clock, places.WIDE.second)


def widths(shown: StepBars) -> list[float]:
    for bar in shown.bars:
        bar.update(0)
    return [float(bar.width) for bar in shown.bars]


def test_all_grow_alike_until_one_has_arrived() -> None:
    clock = ValueTracker(0)
    shown = bars({"a": 1000, "b": 500, "c": 250}, clock)
    assert widths(shown) == pytest.approx([LEAST] * 3)
    clock.set_value(250)
    np.testing.assert_allclose(widths(shown), places.WIDE.second.width / 4)
    clock.set_value(1000)
    np.testing.assert_allclose(widths(shown), places.WIDE.second.width * np.array([1, 0.5, 0.25]))
    np.testing.assert_allclose([bar.get_left()[0] for bar in shown.bars], places.WIDE.second.left)


def test_a_count_stops_where_its_bar_does() -> None:
    clock = ValueTracker(0)
    shown = bars({"a": 1000, "b": 7}, clock)
    clock.set_value(123)
    written = []
    for count in shown.counts:
        assert isinstance(count, Counter)
        count.update(0)
        written.append(count.written)
    assert written == ["123", "7"]


def test_never_is_told_from_a_count() -> None:
    clock = ValueTracker(50)
    shown = bars({"a": None, "b": 50}, clock)
    assert widths(shown)[0] == pytest.approx(widths(shown)[1])
    assert [bar.get_fill_opacity() for bar in shown.bars] == [0.35, 1]


@pytest.mark.parametrize("count", [2, 6, 8])
def test_all_rows_stay_in_their_place(count: int) -> None:
    names = [f"a rather long name {k}" for k in range(count)]
    shown = bars(dict.fromkeys(names, 123_456), ValueTracker(123_456))
    widths(shown)
    assert places.WIDE.second.holds(shown, slack=0.02)
    assert (np.diff([bar.get_y() for bar in shown.bars]) < 0).all()
