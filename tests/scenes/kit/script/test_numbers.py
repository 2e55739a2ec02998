"""How numbers are written, captioned and said, and which of them stand on an axis."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scenes.kit.languages import ENGLISH
from scenes.kit.script import numbers
from scenes.kit.script.numbers import Style, significant, ticks, write

quick = settings(max_examples=150, deadline=None, derandomize=True)
THIN, MINUS = "\u2009", "\u2212"


@pytest.mark.parametrize(
    "value, spec, expected",
    [
        (6352, "", "6352"),
        (12101, "d", f"12{THIN}101"),
        (1_234_567, "d", f"1{THIN}234{THIN}567"),
        (9999.6, ".0f", f"10{THIN}000"),
        (27005.94, ".1f", f"27{THIN}005.9"),
        (-10_000, "d", f"{MINUS}10{THIN}000"),
        (919.509, ".1f", "919.5"),
        (-0.1367, ".3f", f"{MINUS}0.137"),
        (-0.0004, ".3f", "0.000"),
        (0.0, ".2f", "0.00"),
        (6.6, "d", "7"),
    ],
)
def test_numbers_are_written_as_iso_80000_has_it(value: float, spec: str, expected: str) -> None:
    assert write(value, spec) == expected
    assert write(value, spec, Style.CAPTION) == expected


@pytest.mark.parametrize(
    "value, spec, screen, caption, spoken",
    [
        (
            7.39773e-5,
            ".2e",
            "7.40 × 10#super[−5]",
            "7.40 × 10⁻⁵",
            "seven point four zero times ten to the minus five",
        ),
        (97884.9, ".1e", "9.8 × 10#super[4]", "9.8 × 10⁴", "nine point eight times ten to the four"),
        (-3e-12, ".0e", "−3 × 10#super[−12]", "−3 × 10⁻¹²", "minus three times ten to the minus twelve"),
    ],
)
def test_powers_of_ten_are_raised_on_the_screen_and_said_in_words(
    value: float, spec: str, screen: str, caption: str, spoken: str
) -> None:
    assert write(value, spec).replace(THIN, " ") == screen
    assert write(value, spec, Style.CAPTION) == caption
    assert write(value, spec, Style.SPOKEN) == spoken


@pytest.mark.parametrize(
    "value, spec, expected",
    [
        (6352, "d", "six thousand three hundred and fifty-two"),
        (11_879.2, "d", "eleven thousand eight hundred and seventy-nine"),
        (2015, "d", "two thousand and fifteen"),
        (30.3237, ".1f", "thirty point three"),
        (0.3015, ".2f", "zero point three zero"),
        (1.3e-5, ".1e", "one point three times ten to the minus five"),
        (1e-6, ".0e", "ten to the minus six"),
        (-0.137, ".2f", "minus zero point one four"),
        (7.6, "d", "eight"),
        (-0.001, ".1f", "zero point zero"),
        (100, "", "one hundred"),
    ],
)
def test_the_voice_gets_words(value: float, spec: str, expected: str) -> None:
    assert write(value, spec, Style.SPOKEN) == expected


def test_a_year_is_written_together_and_said_as_a_year() -> None:
    assert [write(2015.0, "year", style) for style in Style] == ["2015", "2015", "twenty fifteen"]


@quick
@given(st.floats(-1e9, 1e9), st.integers(0, 4), st.sampled_from([Style.SCREEN, Style.CAPTION]))
def test_what_is_written_is_the_rounded_number(value: float, decimals: int, style: Style) -> None:
    text = write(value, f".{decimals}f", style)
    plain = text.replace(THIN, "").replace(MINUS, "-")
    assert float(plain) == pytest.approx(round(value, decimals), abs=1e-9)
    assert re.fullmatch(r"-?\d+(\.\d+)?", plain)
    assert not re.fullmatch(r"-[0.]+", plain)


@quick
@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_five_digits_are_grouped_by_threes_and_four_are_not(value: float, decimals: int) -> None:
    whole = write(value, f".{decimals}f").split(".")[0].removeprefix(MINUS)
    digits = whole.replace(THIN, "")
    expected = f"{int(digits):,}".replace(",", THIN) if len(digits) >= 5 else digits
    assert whole == expected


@quick
@given(st.floats(1e-12, 1e12), st.booleans(), st.integers(0, 3))
def test_a_power_of_ten_is_the_number_again_in_every_style(
    size: float, negative: bool, decimals: int
) -> None:
    value = -size if negative else size
    screen = write(value, f".{decimals}e").replace(THIN, "").replace(MINUS, "-")
    mantissa, power = re.fullmatch(r"(.*)×10#super\[(.*)\]", screen).groups()  # type: ignore[union-attr]
    assert float(mantissa) * 10.0 ** int(power) == pytest.approx(value, rel=0.6 * 10.0**-decimals)
    assert 1 <= abs(float(mantissa)) < 10
    for style in Style:
        assert "-" not in write(value, f".{decimals}e", style)  # a hyphen is no minus


@quick
@given(st.floats(-1e6, 1e6), st.floats(1e-5, 1e6), st.integers(2, 8))
def test_ticks_are_round_numbers_inside_the_range(low: float, span: float, wanted: int) -> None:
    high = low + span
    assume(span > 1e-9 * max(abs(low), abs(high)))
    marks = ticks(low, high, wanted)
    slack = 1e-9 * span + 1e-9 * max(abs(low), abs(high))
    assert (marks >= low - slack).all() and (marks <= high + slack).all()
    if len(marks) > 1:
        (step,) = np.unique((np.diff(marks) / np.diff(marks)[0]).round(6)) * np.diff(marks)[0]
        leading = step / 10 ** np.floor(np.log10(step * (1 + 1e-9)))
        assert min(abs(leading - allowed) for allowed in (1, 2, 5)) < 1e-4
        np.testing.assert_allclose(marks / step, np.round(marks / step), atol=1e-6)
        assert marks[0] - step < low + slack and marks[-1] + step > high - slack  # none is left out
    assert wanted / 2.5 - 1 <= len(marks) <= 2.5 * wanted + 1


@quick
@given(st.floats(1e-6, 9999.0), st.integers(2, 5))
def test_so_many_significant_digits_are_shown(value: float, digits: int) -> None:
    text = write(value, significant(value, digits)).replace(THIN, "")
    assert float(text) == pytest.approx(value, rel=0.51 * 10.0 ** (1 - digits))
    counted = len(text.replace(".", "").lstrip("0"))
    whole = len(text.split(".")[0].lstrip("0"))
    assert counted == max(digits, whole)


@pytest.mark.parametrize(
    "values, spec",
    [
        ([0, 50, 100], ".0f"),
        ([0.5], ".1f"),
        ([0.0, 0.02, 0.04], ".2f"),
        ([0.1 + 0.2, 0.4], ".1f"),
        ([], ".0f"),
    ],
)
def test_an_axis_gets_the_decimals_that_its_numbers_need(values: list[float], spec: str) -> None:
    assert numbers.exact(values) == spec


@quick
@given(st.floats(-1e4, 1e4), st.floats(1e-3, 1e4))
def test_the_numbers_of_an_axis_are_written_exactly(low: float, span: float) -> None:
    marks = ticks(low, low + span)
    spec = numbers.exact(marks)
    for mark in marks:
        assert float(write(mark, spec).replace(THIN, "").replace(MINUS, "-")) == pytest.approx(
            mark, rel=1e-8, abs=1e-9
        )


def test_a_zero_is_written_with_significant_digits_too() -> None:
    assert float(write(0.0, significant(0.0))) == 0
    assert numbers.significant(-0.5) == numbers.significant(0.5)


@pytest.mark.parametrize(
    ("value", "text"), [(11878.987, "11\u2009879"), (2.5, "2.50"), (0.25, "0.250"), (0.9999, "1.00")]
)
def test_so_many_significant_digits_are_written_and_no_whole_one_is_left_out(value: float, text: str) -> None:
    assert numbers.write(value, "3s") == text


@pytest.mark.parametrize(
    ("value", "caption"),
    [
        (3.2e-7, "3.20 × 10⁻⁷"),
        (1.19e11, "1.19 × 10¹¹"),
        (0.00012, "0.000120"),
        (0.0, "0.00"),
        (-4e12, "−4.00 × 10¹²"),
    ],
)
def test_what_has_too_many_digits_in_a_row_gets_a_power_of_ten(value: float, caption: str) -> None:
    assert write(value, "3s", Style.CAPTION) == caption


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ([0.0, 1e-9, 2e-9], ["0", "1 × 10⁻⁹", "2 × 10⁻⁹"]),
        ([0.0, 2.5e-7, 5e-7], ["0", "2.5 × 10⁻⁷", "5.0 × 10⁻⁷"]),
        ([-1e9, 0.0, 1e9], ["−1 × 10⁹", "0", "1 × 10⁹"]),
        ([1_000_000.2, 1_000_000.4], ["1 000 000.2", "1 000 000.4"]),
    ],
)
def test_no_two_numbers_of_an_axis_read_alike_whatever_their_size(
    values: list[float], written: list[str]
) -> None:
    spec = numbers.exact(values)
    assert [write(value, spec, Style.CAPTION).replace(THIN, " ") for value in values] == written


@pytest.mark.parametrize(
    ("value", "text"),
    [(1e-6, "1 × 10⁻⁶"), (2.5e-3, "2.5 × 10⁻³"), (0.0123, "1.23 × 10⁻²"), (1e-5, "1 × 10⁻⁵")],
)
def test_a_setting_is_written_with_all_its_digits(value: float, text: str) -> None:
    assert numbers.write(value, "e", Style.CAPTION) == text


@pytest.mark.parametrize(
    ("value", "spec", "said"),
    [
        (196_108_595, "d", "about one hundred and ninety-six million"),
        (6_307_294, "d", "about six million three hundred and ten thousand"),
        (-6_307_294, "d", "about minus six million three hundred and ten thousand"),
        (2_000_000, "d", "two million"),
        (1_120_629.4, "3s", "about one million one hundred and twenty thousand"),
        (999_999, "d", "nine hundred and ninety-nine thousand nine hundred and ninety-nine"),
    ],
)
def test_millions_are_said_in_a_few_words(value: float, spec: str, said: str) -> None:
    assert write(value, spec, Style.SPOKEN) == said


def test_without_a_word_for_about_every_digit_of_a_million_is_said() -> None:
    said = write(1_000_001, "d", Style.SPOKEN, replace(ENGLISH, about=""))
    assert said == "one million and one"


@pytest.mark.parametrize(
    ("value", "spec", "written"),
    [
        (0.0, ".5f", "0"),
        (-1e-22, ".6f", "0"),
        (0.0, ".1f", "0.0"),
        (2e-5, ".5f", "0.00002"),
        (0.0, ".1e", "0"),
    ],
)
def test_nought_on_an_axis_has_no_row_of_decimals(value: float, spec: str, written: str) -> None:
    assert numbers.tick(value, spec) == written
