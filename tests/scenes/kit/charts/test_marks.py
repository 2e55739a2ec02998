"""A dimension line runs from end to end, with a mark across each."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.kit.charts.marks import dimension


@pytest.mark.parametrize("end", [(3.0, 0.0, 0.0), (0.0, -2.0, 0.0), (1.0, 2.0, 0.0)])
def test_a_dimension_measures_exactly_what_it_is_given(end: tuple[float, float, float]) -> None:
    start = np.array([0.5, 0.25, 0.0])
    line, first, last = dimension(start, np.array(end), "#FFFFFF", tick=0.2)
    np.testing.assert_allclose(line.get_start(), start)
    np.testing.assert_allclose(line.get_end(), np.array(end))
    for mark, place in ((first, start), (last, np.array(end))):
        np.testing.assert_allclose(mark.get_center(), place, atol=1e-9)
        direction = mark.get_end() - mark.get_start()
        assert np.linalg.norm(direction) == pytest.approx(0.4)
        assert direction @ (np.array(end) - start) == pytest.approx(0, abs=1e-9)


def test_a_dimension_of_nothing_is_still_a_mark() -> None:
    assert np.isfinite(
        np.concatenate([part.points for part in dimension(np.zeros(3), np.zeros(3), "#FFFFFF")])
    ).all()
