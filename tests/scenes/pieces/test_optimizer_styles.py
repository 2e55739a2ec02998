"""Optimizers are drawn alike everywhere, and told apart without their colors."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from bn_math import Lesson
from scenes.kit import theme
from scenes.pieces.optimizer_styles import STYLES, dashes, styled


def test_the_optimizers_of_the_race_take_the_styles_in_turn() -> None:
    optimizers = Lesson.article().standardized.optimizers
    assert list(styled(optimizers)) == list(optimizers)
    assert [style.position for style in styled(optimizers).values()] == list(range(len(optimizers)))


def test_the_stock_has_a_color_in_every_theme_and_says_when_it_is_used_up() -> None:
    assert len(STYLES) == theme.ROWS["optimizers"]
    with pytest.raises(ValueError, match="9 optimizers and 8 styles in optimizer_styles.py"):
        styled([str(number) for number in range(len(STYLES) + 1)])


def test_each_has_a_dash_and_a_marker_of_its_own() -> None:
    assert len({style.dash for style in STYLES}) == len(STYLES)
    outlines = [style.outline().scale_to_fit_height(1.0).move_to([0, 0, 0]).points for style in STYLES]
    for one, other in itertools.combinations(outlines, 2):
        assert len(one) != len(other) or not np.allclose(one, other, atol=0.05)


def test_a_marker_is_full_or_an_outline() -> None:
    for style in STYLES:
        full, hollow = style.marker(), style.marker(hollow=True)
        assert (full.get_fill_opacity(), full.get_stroke_width()) == (1, 0)
        assert (hollow.get_fill_opacity(), hollow.get_stroke_width()) == (0, 4)
        np.testing.assert_allclose(full.points, hollow.points)


def test_a_dash_stays_where_it_is_while_its_line_grows() -> None:
    start = np.zeros(3)
    short, long = (dashes(start, np.array([length, 0, 0]), (0.3, 0.1)) for length in (1.0, 2.0))
    ends = long.reshape(-1, 4, 3)[:, [0, 3], 0]
    np.testing.assert_allclose(ends, [[0, 0.3], [0.4, 0.7], [0.8, 1.1], [1.2, 1.5], [1.6, 1.9]], atol=1e-9)
    np.testing.assert_allclose(short[:8], long[:8], atol=1e-9)
    assert short[-1, 0] == pytest.approx(1.0)


def test_a_solid_line_is_whole() -> None:
    solid = dashes(np.zeros(3), np.array([2.0, 0, 0]), ())
    np.testing.assert_allclose(solid[[0, -1], 0], [0.0, 2.0])
