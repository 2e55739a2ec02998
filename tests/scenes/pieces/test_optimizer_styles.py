"""Optimizers are drawn alike everywhere, and told apart without their colors."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from bn_math import Lesson
from scenes.kit import theme
from scenes.pieces.optimizer_styles import STYLES, styled


def test_the_optimizers_of_the_race_take_the_styles_in_turn() -> None:
    optimizers = Lesson.article().standardized.optimizers
    assert list(styled(optimizers)) == list(optimizers)
    assert [style.position for style in styled(optimizers).values()] == list(range(len(optimizers)))


def test_the_stock_has_a_color_in_every_theme_and_says_when_it_is_used_up() -> None:
    assert len(STYLES) == theme.ROWS["optimizers"]
    with pytest.raises(ValueError, match="9 optimizers and 8 styles in optimizer_styles.py"):
        styled([str(number) for number in range(len(STYLES) + 1)])


def test_each_has_a_marker_of_its_own() -> None:
    outlines = [style.outline().scale_to_fit_height(1.0).move_to([0, 0, 0]).points for style in STYLES]
    for one, other in itertools.combinations(outlines, 2):
        assert len(one) != len(other) or not np.allclose(one, other, atol=0.05)


def test_markers_are_full_and_in_the_style_s_color() -> None:
    for style in STYLES:
        marker = style.marker()
        assert marker.get_fill_opacity() == 1 and marker.get_fill_color() == style.color
