"""Numbers, years and signs in a language's words: what the voice is given to say. Nothing is drawn.

The caption shows ``6352``; the voice gets ``six thousand three hundred and fifty-two`` and cannot misread it.
"""

from __future__ import annotations

import re
from functools import cache

from num2words import num2words

from scenes.kit.languages import ENGLISH, Language
from scenes.kit.script.locales import decimal_mark

LARGEST = 10**15  # from here on a number is said as a power of ten
_FIRST_YEAR, _LAST_YEAR = 1100, 2099  # four figures between these are a year


def number(figures: str, language: Language = ENGLISH) -> str:
    """A number in words, digit for digit what its figures show: ``"0.30"`` is ``zero point three zero``.

    Args:
        figures: digits, with an optional ``.`` and decimals; commas and thin spaces may group the thousands.
        language: whose words they are.

    Raises:
        ValueError: ``figures`` is something else, or a quadrillion or more.
    """
    plain = re.sub(r"[,\u2009\u202f]", "", figures)
    if not re.fullmatch(r"\d+(\.\d+)?", plain):
        raise ValueError(f"{figures!r} is no number; it should be digits such as 6352 or 30.3")
    whole, _, decimals = plain.partition(".")
    words = [_cardinal(int(whole), language)]
    if decimals:  # digit by digit: num2words would lose the 0 of 0.30
        words += [language.point, *(_cardinal(int(digit), language) for digit in decimals)]
    return " ".join(words)


def year(value: int, language: Language = ENGLISH) -> str:
    """A year as it is read out: 2015 is ``twenty fifteen``, 1905 ``nineteen oh five``."""
    if not _FIRST_YEAR <= value <= _LAST_YEAR:
        return _cardinal(value, language)
    return num2words(value, lang=language.code, to="year").replace("oh-", "oh ")


def power_of_ten(mantissa: str, power: int, language: Language = ENGLISH) -> str:
    """A number in scientific notation: ``one point three times ten to the minus five``."""
    sign = f"{language.minus} " if power < 0 else ""
    raised = f"{language.ten_to_the} {sign}{_cardinal(abs(power), language)}"
    return raised if mantissa == "1" else f"{number(mantissa, language)} {language.times} {raised}"


def spell_out(text: str, language: Language = ENGLISH) -> str:
    """``text`` with every figure and sign that is left in it as words.

    Four figures that stand together are a year: a count comes from the lesson, and is in words already.
    """
    spoken = _figures(language.code).sub(lambda found: _spelled(found[0], language), text)
    for sign, word in language.signs.items():
        spoken = re.sub(rf"\s*{re.escape(sign)}\s*", f" {word} ", spoken)
    return re.sub(r" +(?=[ .,;:?!]|$)", "", spoken).lstrip()


@cache
def _figures(code: str) -> re.Pattern[str]:
    """A number as it is written in the language: thousands may be grouped, decimals may follow."""
    mark = decimal_mark(code)
    group = re.escape("." if mark == "," else ",")
    return re.compile(rf"(?<![\w.])\d+(?:[{group}\u2009\u202f]\d{{3}})*(?:{re.escape(mark)}\d+)?(?![\d])")


def _spelled(figures: str, language: Language) -> str:
    if re.fullmatch(r"\d{4}", figures) and _FIRST_YEAR <= int(figures) <= _LAST_YEAR:
        return year(int(figures), language)
    whole, _, decimals = figures.partition(decimal_mark(language.code))
    plain = re.sub(r"\D", "", whole)
    return number(f"{plain}.{decimals}" if decimals else plain, language)


def _cardinal(value: int, language: Language) -> str:
    """A whole number from zero on; English has no comma between thousands and hundreds that are said."""
    if value >= LARGEST:
        raise ValueError(f"{value} is too large to be said; write it as a power of ten")
    return num2words(value, lang=language.code).replace(",", "")
