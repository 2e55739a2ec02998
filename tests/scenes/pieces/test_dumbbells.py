"""Two marks a row: each stands at its steps, none covers the other, and each count is beside its own."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Square, VGroup

from scenes.kit import theme
from scenes.pieces import dumbbells
from scenes.pieces.optimizer_styles import MARKER, STYLES, PowerAxis, styled

NAMES = ("first", "second", "third", "fourth", "fifth", "sixth")
HEIGHTS = [2.0, 1.0, 0.0, -1.0, -2.0, -3.0]


@pytest.fixture
def axis() -> PowerAxis:
    """From 1 step at x = 1 to 1000 steps at x = 7."""
    return PowerAxis(range(4), (0, 3), 1.0, 7.0, -3.5, 2.5, "steps")


def marks(axis: PowerAxis, *steps: int | None, hollow: bool = False) -> VGroup:
    taken = dict(zip(NAMES, steps, strict=True))
    return dumbbells.marks(styled(NAMES), taken, axis, HEIGHTS, theme.current().valley, hollow)


def test_a_mark_stands_at_its_steps_in_its_row_and_at_the_end_for_never(axis: PowerAxis) -> None:
    made = marks(axis, 1, 10, 100, 1000, 0, None)
    np.testing.assert_allclose([mark.get_x() for mark in made], [1, 3, 5, 7, 1, 7], atol=1e-9)
    np.testing.assert_allclose([mark.get_y() for mark in made], HEIGHTS, atol=1e-9)
    assert len(made[5].points) != len(made[3].points)  # an arrow, not the racer's own marker


def test_only_marks_that_would_cover_each_other_are_put_apart(axis: PowerAxis) -> None:
    full, hollow = marks(axis, 10, 10, 10, 1, 10, 10), marks(axis, 10, 11, 100, 10, 10, None, hollow=True)
    dumbbells.put_apart(full, hollow)
    apart = [one.get_y() - other.get_y() for one, other in zip(full, hollow, strict=True)]
    together = [True, True, False, False, True, False]
    np.testing.assert_allclose(apart, np.where(together, dumbbells.APART, 0), atol=1e-9)
    assert dumbbells.APART > MARKER


def test_a_joint_goes_from_mark_to_mark(axis: PowerAxis) -> None:
    full, hollow = marks(axis, *[100] * 6), marks(axis, *[1] * 6, hollow=True)
    for joint, one, other in zip(
        dumbbells.joints(STYLES[: len(NAMES)], full, hollow), hollow, full, strict=True
    ):
        assert joint.points[0, 0] == pytest.approx(one.get_right()[0])
        assert joint.points[:, 0].max() <= other.get_left()[0] + 1e-9


def test_counts_stand_on_the_outer_sides_and_on_both_sides_of_a_tie(axis: PowerAxis) -> None:
    full, hollow = marks(axis, 1, 100, *[10] * 4), marks(axis, 100, 1, *[10] * 4, hollow=True)
    counts = [VGroup(*(Square(0.2) for _ in NAMES)) for _ in range(2)]
    dumbbells.put_beside(counts[0], full, hollow, first=False)
    dumbbells.put_beside(counts[1], hollow, full, first=True)
    for written, those, sides in zip(counts, (full, hollow), ([-1, 1, 1], [1, -1, -1]), strict=True):
        away = [count.get_x() - mark.get_x() for count, mark in zip(written, those, strict=True)]
        reach = dumbbells.BESIDE + 0.1
        np.testing.assert_allclose(away[:3], [side * reach for side in sides], atol=1e-9)
