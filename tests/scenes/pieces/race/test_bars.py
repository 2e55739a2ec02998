"""Bars are as long as the logarithm of the steps; never is a pale bar over all of the scale."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.kit import theme
from scenes.kit.lettering import places
from scenes.pieces.optimizer_styles import styled
from scenes.pieces.race.bars import StepBars


def bars(raw: dict[str, int | None], bowl: dict[str, int | None]) -> StepBars:
    written = {steps: "--" if steps is None else str(steps) for steps in (*raw.values(), *bowl.values())}
    palette = theme.current()
    return StepBars(
        styled(raw),
        {name: name for name in raw},
        (raw, bowl),
        ("valley", "bowl"),
        (palette.valley, palette.bowl),
        written,
        places.WIDE.whole,
    )


def test_ten_times_the_steps_is_always_as_much_longer() -> None:
    shown = bars({"a": 1000, "b": 100, "c": 10}, {"a": 100, "b": 10, "c": 10})
    one, two, three = (bar.width for bar in shown.first)
    assert one - two == pytest.approx(two - three)
    np.testing.assert_allclose([bar.width for bar in shown.second], [two, three, three])
    np.testing.assert_allclose(
        [bar.get_left()[0] for bar in (*shown.first, *shown.second)], shown.first[0].get_left()[0]
    )


def test_never_is_told_from_a_count() -> None:
    shown = bars({"a": None, "b": 50}, {"a": 5, "b": 5})
    assert shown.first[0].width >= shown.first[1].width
    assert shown.first[0].get_fill_opacity() < 0.5
    assert shown.first[1].get_fill_opacity() == 1


@pytest.mark.parametrize("count", [2, 6, 8])
def test_all_rows_stay_in_their_place(count: int) -> None:
    names = [f"a rather long name {k}" for k in range(count)]
    shown = bars(dict.fromkeys(names, 123_456), dict.fromkeys(names, 7))
    assert places.WIDE.whole.holds(shown)
    heights = [bar.get_y() for pair in zip(shown.first, shown.second, strict=True) for bar in pair]
    assert (np.diff(heights) < 0).all()
