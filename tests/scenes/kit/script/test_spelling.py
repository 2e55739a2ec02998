"""What the voice is given: words for every figure and every sign."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenes.kit.script import spelling, voice

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
VALUES = {word: value for value, word in enumerate(ONES.split())} | {
    word: 10 * ten for ten, word in enumerate(TENS.split(), 2)
}
SCALES = {"thousand": 1000, "million": 1000**2, "billion": 1000**3, "trillion": 1000**4}


def value_of(words: str) -> int:
    """The whole number that English words mean, read independently of how they were made."""
    total = group = 0
    for word in re.findall("[a-z]+", words.replace("-", " ")):
        if word == "hundred":
            group *= 100
        elif word in SCALES:
            total, group = total + group * SCALES[word], 0
        elif word != "and":
            group += VALUES[word]
    return total + group


@pytest.mark.parametrize(
    "figures, words",
    [
        ("0", "zero"),
        ("7", "seven"),
        ("40", "forty"),
        ("100", "one hundred"),
        ("101", "one hundred and one"),
        ("6352", "six thousand three hundred and fifty-two"),
        ("27,006", "twenty-seven thousand and six"),
        ("11\u2009879", "eleven thousand eight hundred and seventy-nine"),
        ("1000000", "one million"),
        ("919.5", "nine hundred and nineteen point five"),
        ("30.3", "thirty point three"),
        ("0.0094", "zero point zero zero nine four"),
        ("7.40", "seven point four zero"),
    ],
)
def test_a_number_is_said_figure_for_figure(figures: str, words: str) -> None:
    assert spelling.number(figures) == words


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.integers(0, 10**15 - 1))
def test_words_mean_the_number_they_were_made_of(value: int) -> None:
    words = spelling.number(str(value))
    assert value_of(words) == value
    assert not words.endswith(" ") and "  " not in words and " and and" not in words


@pytest.mark.parametrize("figures", ["", "-3", "1e5", "six", "1.", ".5", "10" * 10])
def test_what_is_no_number_is_refused(figures: str) -> None:
    with pytest.raises(ValueError, match=r"no number; it should be digits|too large to be said"):
        spelling.number(figures)


@pytest.mark.parametrize(
    "value, words",
    [
        (2015, "twenty fifteen"),
        (2020, "twenty twenty"),
        (2000, "two thousand"),
        (2005, "two thousand and five"),
        (1900, "nineteen hundred"),
        (1905, "nineteen oh five"),
        (1998, "nineteen ninety-eight"),
        (800, "eight hundred"),
    ],
)
def test_a_year_is_said_as_a_year(value: int, words: str) -> None:
    assert spelling.year(value) == words


@pytest.mark.parametrize(
    "mantissa, power, words",
    [
        ("1.3", -5, "one point three times ten to the minus five"),
        ("7.40", -5, "seven point four zero times ten to the minus five"),
        ("1", -6, "ten to the minus six"),
        ("1.0", 6, "one point zero times ten to the six"),
    ],
)
def test_a_power_of_ten_is_said(mantissa: str, power: int, words: str) -> None:
    assert spelling.power_of_ten(mantissa, power) == words


@pytest.mark.parametrize(
    "text, words",
    [
        ("Ioffe and Szegedy, 2015, and others in 2018.",
         "Ioffe and Szegedy, twenty fifteen, and others in twenty eighteen."),
        ("2015 to 2020", "twenty fifteen to twenty twenty"),
        ("2,015 steps", "two thousand and fifteen steps"),
        ("5 % of 12, or 3,5 and 1.5.", "five percent of twelve, or three,five and one point five."),
        ("gamma = 2 \u00d7 x + 1", "gamma equals two times x plus one"),
        ("3 \u00b1 1", "three plus or minus one"),
        ("95%, at most.", "ninety-five percent, at most."),
        ("nothing to do", "nothing to do"),
    ],
)  # fmt: skip
def test_no_figure_and_no_sign_is_left(text: str, words: str) -> None:
    assert spelling.spell_out(text) == words


@pytest.mark.parametrize(
    "spoken, respelled",
    [
        ("The weight of A hardly does.", "The weight of eh hardly does."),
        ("A and B: A is small.", "A and B: eh is small."),
        ("Take A. A ball rolls.", "Take eh. A ball rolls."),
        ("An AND gate, a ball.", "An AND gate, a ball."),
        ("Layers of ReLU, AdaGrad, Adam.", "Layers of relloo, addagrad, Adam."),
    ],
)
def test_what_the_voice_would_misread_is_respelled(spoken: str, respelled: str) -> None:
    assert voice.pronounceable(spoken) == respelled
