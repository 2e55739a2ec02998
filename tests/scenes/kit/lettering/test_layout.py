"""Where things stand: inside the safe area, with their edges in line."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Rectangle, config

from scenes.kit.lettering import layout, typography


def test_the_frame_is_manim_s_and_the_edges_lie_in_the_safe_area() -> None:
    frame = (config.frame_width, config.frame_height)
    np.testing.assert_allclose((layout.FRAME_WIDTH, layout.FRAME_HEIGHT), frame)
    for edge, half in (
        (layout.LEFT_EDGE, -layout.FRAME_WIDTH / 2),
        (layout.RIGHT_EDGE, layout.FRAME_WIDTH / 2),
        (layout.TOP_EDGE, layout.FRAME_HEIGHT / 2),
        (layout.BOTTOM_EDGE, -layout.FRAME_HEIGHT / 2),
    ):
        assert 0.8 < edge / half < 0.9  # 5 % of the whole is 10 % of a half


def test_a_thing_is_placed_by_its_upper_left_corner() -> None:
    box = layout.place(Rectangle(width=3, height=2), -5.0, 2.0)
    assert (box.get_left()[0], box.get_top()[1]) == (pytest.approx(-5), pytest.approx(2))


def test_a_heading_stands_in_the_corner_with_its_subtitle_below() -> None:
    title, subtitle = layout.heading(typography.title("The bowl"), Rectangle(width=3, height=0.3))
    assert title.get_left()[0] == subtitle.get_left()[0] == pytest.approx(layout.LEFT_EDGE)
    assert title.get_top()[1] == pytest.approx(layout.TOP_EDGE, abs=0.06)
    assert subtitle.get_top()[1] < title.get_bottom()[1]
    assert len(layout.heading(typography.title("The bowl"))) == 1


def test_a_heading_with_a_letter_below_the_line_stands_no_higher() -> None:
    below, level = (layout.heading(typography.title(word), Rectangle()) for word in ("Eg", "Ea"))
    assert below[0][0].get_bottom()[1] == pytest.approx(level[0][0].get_bottom()[1], abs=0.005)
    assert below[1].get_top()[1] == pytest.approx(level[1].get_top()[1])
    assert below[0].get_bottom()[1] < level[0].get_bottom()[1] - 0.05


def test_a_column_stacks_its_things_with_their_left_edges_in_line() -> None:
    boxes = [Rectangle(width=width, height=0.5) for width in (1.0, 3.0, 2.0)]
    column = layout.column(*boxes, top=1.5, left=-4.0, gap=0.25)
    np.testing.assert_allclose([box.get_left()[0] for box in column], -4.0)
    assert column.get_top()[1] == pytest.approx(1.5)
    gaps = [
        above.get_bottom()[1] - below.get_top()[1] for above, below in zip(column, column[1:], strict=False)
    ]
    np.testing.assert_allclose(gaps, 0.25)


def test_a_point_lies_in_the_picture_s_plane() -> None:
    np.testing.assert_array_equal(layout.at(1.5, -2.0), [1.5, -2.0, 0.0])
