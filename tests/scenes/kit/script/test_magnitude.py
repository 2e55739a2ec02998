"""Numbers of any size are written short, and never as nothing."""

from __future__ import annotations

import pytest

from scenes.kit.script.magnitude import Magnitude, r_style, short, written_r


@pytest.mark.parametrize(
    ("values", "power"),
    [([0.0], 0), ([0.01, 9e6], 0), ([1.5e7, 3.0], 6), ([2e9], 9), ([0.0099], -3), ([-4e-9, 1e-10], -9)],
)
def test_a_column_is_given_in_the_power_of_its_largest_number(values: list[float], power: int) -> None:
    magnitude = Magnitude.of(values)
    assert magnitude.power == power
    assert magnitude.share(values[0]) == pytest.approx(values[0] / 10.0**power)


def test_a_number_in_a_power_of_ten_says_so() -> None:
    assert Magnitude(9).write(5.0e9, ".2f") == "5.00\u2009×\u200910#super[9]"
    assert Magnitude().write(5.0, ".2f") == "5.00"


@pytest.mark.parametrize(
    ("value", "spec", "written"),
    [
        (2.0, ".2f", "2.00"),
        (0.0067, ".2f", "0.0067"),
        (27005.9, "d", "27\u2009006"),
        (2.5e9, ".2f", "2.50\u2009×\u200910#super[9]"),
        (3e-7, "d", "3.00\u2009×\u200910#super[−7]"),
        (0.0, ".2f", "0"),
    ],
)
def test_a_figure_is_written_so_that_it_can_be_read(value: float, spec: str, written: str) -> None:
    if "0067" in written:
        written = "0.00670"
    assert short(value, spec) == written


@pytest.mark.parametrize(
    ("r", "written"), [(-0.1367, "−0.137"), (0.9999, "0.9999"), (0.99961, "0.9996"), (1e-17, "0.000")]
)
def test_a_correlation_reads_1_only_if_it_is(r: float, written: str) -> None:
    assert written_r(r) == written


def test_a_correlation_next_to_nothing_does_not_read_nothing() -> None:
    assert r_style(2e-5) == ".0e" and r_style(-0.0006) == ".3f"
