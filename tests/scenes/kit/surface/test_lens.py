"""The magnifying glass enlarges by powers of ten, and never goes back."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.kit.surface.lens import magnification


@pytest.mark.parametrize(("left", "times"), [(1.0, 1), (0.5, 1), (0.05, 10), (0.0005, 1000), (1e-6, 10**6)])
def test_the_glass_enlarges_by_the_power_of_ten_that_fits(left: float, times: float) -> None:
    assert magnification(left) == pytest.approx(times)


def test_the_glass_only_ever_goes_closer_and_without_a_jump() -> None:
    log = np.log10([magnification(left) for left in np.geomspace(1, 1e-6, 4000)])
    assert np.diff(log).min() >= 0
    assert np.diff(log).max() < 0.02
