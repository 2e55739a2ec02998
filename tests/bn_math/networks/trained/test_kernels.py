"""What is shown of a small study is the same under other kernels; the full one is a command."""

import math

import numpy as np
import pytest

from bn_math.networks.trained.figures import Figure
from bn_math.networks.trained.kernels import KERNELS, differences, under

SMALL = {
    **{"width": 16, "depths": [1, 3], "wall_depths": [1, 3], "depth": 3, "seeds": 3, "tuning_seeds": 1},
    **{"mark": 1.2, "limit": 80, "fixed_rows": 128, "epochs": 2, "learning_rates": [0.1, 3.0]},
    **{"rates_per_decade": 2},
}
PARTS = ["depths.relu", "rates", "start", "along.relu"]


def test_figures_and_verdicts_are_the_same_under_every_kernel() -> None:
    found = {kernel: under(kernel, SMALL, PARTS) for kernel in KERNELS}
    here = {kernel: shown for kernel, shown in found.items() if shown is not None}
    if len(here) < 2:
        pytest.skip("the processor runs one kernel at most")
    assert not differences(here)
    assert any("verdict" in name for name in next(iter(here.values())))


def test_what_differs_is_told() -> None:
    told = differences({"Haswell": {"a": 1, "b": [2]}, "Nehalem": {"a": 1, "b": [3]}})
    assert told == ["b: Haswell [2]; Nehalem [3]"]


def test_a_figure_holds_to_its_unit() -> None:
    few, long = Figure.of_steps([43, 57, 47]), Figure.of_steps([313, 374, 343])
    assert few.rounded == (47, 43, 57) and few.is_exact
    assert long.rounded == (350, 300, 350) and long.median == 343 and not long.is_exact
    assert Figure.of([0.508, 0.531, 0.4999]).rounded == pytest.approx((0.51, 0.5, 0.53))


# Steps to the mark under Prescott (and Nehalem), Haswell and a kernel for AVX-512, as they were found.
SEEN = {
    "ReLU, 20 layers, without": (
        [278, 326, 351, 366, 374],
        [278, 311, 345, 349, 374],
        [278, 311, 343, 351, 374],
    ),
    "ReLU, 20 layers, with": ([82, 86, 101, 121, 122], [91, 100, 107, 115, 122], [82, 94, 107, 121, 123]),
    "tanh, 20 layers, without": (
        [135, 154, 162, 166, 169],
        [133, 144, 154, 166, 169],
        [133, 152, 156, 166, 169],
    ),
}


@pytest.mark.parametrize("steps", SEEN.values(), ids=SEEN)
def test_what_kernels_disagree_on_is_not_in_the_figure(steps: tuple[list[int], ...]) -> None:
    assert len({tuple(kernel) for kernel in steps}) > 1
    assert len({Figure.of_steps(kernel).rounded for kernel in steps}) == 1


def test_a_figure_of_which_a_seed_has_no_value_is_not_shown() -> None:
    stuck = Figure.of_steps([43, -1, 47])
    assert not stuck.is_shown and math.isnan(stuck.median) and stuck.rounded is None
    with pytest.raises(ValueError, match="values must be a row"):
        Figure.of(np.ones((2, 2)))
