"""Numbers, years and signs in English words: what the voice is given to say. Pure text, nothing is drawn.

The caption shows ``6352``; the voice gets ``six thousand three hundred and fifty-two`` and cannot misread it.
"""

from __future__ import annotations

import re

from num2words import num2words

_LANGUAGE = "en"
_LARGEST = 10**15  # from here on a number is said as a power of ten
_SIGNS = {
    "%": "percent",
    "=": "equals",
    "+": "plus",
    "\u2212": "minus",
    "\u00d7": "times",
    "\u00b1": "plus or minus",
}
_FIRST_YEAR, _LAST_YEAR = 1100, 2099  # four figures between these are a year
_FIGURES = re.compile(r"(?<![\w.])\d+(?:[,\u2009\u202f]\d{3})*(?:\.\d+)?(?![\d])")


def number(figures: str) -> str:
    """A number in words, digit for digit what its figures show: ``"0.30"`` is ``zero point three zero``.

    Args:
        figures: digits, with an optional ``.`` and decimals; commas and thin spaces may group the thousands.

    Raises:
        ValueError: ``figures`` is something else, or a quadrillion or more.
    """
    plain = re.sub(r"[,\u2009\u202f]", "", figures)
    if not re.fullmatch(r"\d+(\.\d+)?", plain):
        raise ValueError(f"{figures!r} is no number; it should be digits such as 6352 or 30.3")
    whole, _, decimals = plain.partition(".")
    point = f" point {' '.join(_cardinal(int(digit)) for digit in decimals)}" if decimals else ""
    return _cardinal(int(whole)) + point


def year(value: int) -> str:
    """A year as it is read out: 2015 is ``twenty fifteen``, 1905 ``nineteen oh five``."""
    if not _FIRST_YEAR <= value <= _LAST_YEAR:
        return _cardinal(value)
    return num2words(value, lang=_LANGUAGE, to="year").replace("oh-", "oh ")


def power_of_ten(mantissa: str, power: int) -> str:
    """A number in scientific notation: ``one point three times ten to the minus five``."""
    raised = f"ten to the {'minus ' if power < 0 else ''}{_cardinal(abs(power))}"
    return raised if mantissa == "1" else f"{number(mantissa)} times {raised}"


def for_the_ear(text: str) -> str:
    """``text`` with every figure and sign that is left in it as words.

    Four figures that stand together are a year: a count comes from the lesson, and is in words already.
    """
    spoken = _FIGURES.sub(lambda found: _spelled(found[0]), text)
    for sign, word in _SIGNS.items():
        spoken = re.sub(rf"\s*{re.escape(sign)}\s*", f" {word} ", spoken)
    return re.sub(r" +(?=[ .,;:?!]|$)", "", spoken).lstrip()


def _spelled(figures: str) -> str:
    if re.fullmatch(r"\d{4}", figures) and _FIRST_YEAR <= int(figures) <= _LAST_YEAR:
        return year(int(figures))
    return number(figures)


def _cardinal(value: int) -> str:
    """A whole number from zero on; English has no comma between thousands and hundreds that are said."""
    if value >= _LARGEST:
        raise ValueError(f"{value} is too large to be said; write it as a power of ten")
    return num2words(value, lang=_LANGUAGE).replace(",", "")
