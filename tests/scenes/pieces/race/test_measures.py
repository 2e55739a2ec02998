"""The two distances are drawn to one scale, beside the minimum, the way that the run flies."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.pieces.race.measures import two_distances


@pytest.mark.parametrize("farthest", [(0.2, 3.0), (-1.0, -2.5), (2.0, 0.5)])
def test_lines_are_as_long_as_the_distances(farthest: tuple[float, float]) -> None:
    minimum = np.array([0.3, -0.1])
    short, name, long, number = two_distances(minimum, np.array(farthest), 0.4, "the start", "9.5 ×")
    lengths = [float(np.linalg.norm(it[1][0].get_vector())) for it in (short, long)]
    assert lengths == pytest.approx([0.4, float(np.linalg.norm(np.array(farthest) - minimum))])
    way = long[1][0].get_vector()[:2]
    np.testing.assert_allclose(way, np.array(farthest) - minimum)
    assert name.width > 0 and number.width > 0
