"""How a number is shown on the screen, written in a caption, and spoken; and which ones stand on an axis.

The style of a number is its format spec: ``d`` (a count), ``.2f`` (decimals), ``.2e`` (a power of ten),
``e`` (one with all its digits), ``3s`` (as many decimals as so many significant digits need, a power of ten
for what is very large or very small) or ``year``. Spoken, all of them are words, and millions are rounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from scenes.kit import languages, settings
from scenes.kit.languages import Language
from scenes.kit.script import spelling
from scenes.kit.script.locales import decimal_mark

THIN_SPACE = "\u2009"
MINUS = "\u2212"
# What is smaller, or as large, has too many digits in a row: it is written with a power of ten. A count is
# written with all its digits as long as there is room for them; of other numbers the last ones say nothing.
SMALLEST, LARGEST, LARGEST_COUNT = 1e-4, 1e6, 1e9
SAID_DIGITS = 3  # of a count from LARGEST on: the ear keeps no more
# The same for numbers of an axis, where there is less room.
SMALLEST_TICK, LARGEST_TICK = 1e-5, 1e7
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Style(Enum):
    """Where a number stands: on the screen (Typst markup), in a caption (plain text) or in the narration."""

    SCREEN = "screen"
    CAPTION = "caption"
    SPOKEN = "spoken"


def write(value: float, spec: str = "", style: Style = Style.SCREEN, language: Language | None = None) -> str:
    """Write ``value`` with ``spec`` in ``style``; in the language of the settings unless one is given.

    Four digits stand together, five and more are grouped by threes, as ISO 80000-1 has it.
    """
    language = language or languages.named(settings.current().language)
    if style is Style.SPOKEN and spec[-1:] in ("", "d", "s") and (said := _rounded(value, language)):
        return said
    if spec.endswith("s"):
        spec = spec_for(value, int(spec[:-1]))
    if spec == "year":
        return spelling.year(round(value), language) if style is Style.SPOKEN else str(round(value))
    if spec == "e":
        spec = next(
            spec for spec in (f".{digits}e" for digits in range(17)) if float(format(value, spec)) == value
        )
    if spec.endswith("e"):
        return _power_of_ten(value, spec, style, language)
    if spec in ("", "d"):
        value, spec = round(value), "d"
    text = format(abs(value), "," + spec)
    is_negative = value < 0 and any(digit in "123456789" for digit in text)
    if style is Style.SPOKEN:
        return (f"{language.minus} " if is_negative else "") + spelling.number(text, language)
    whole, point, decimals = text.partition(".")
    text = whole.replace(",", THIN_SPACE if len(whole) > len("9,999") else "")
    text += decimal_mark(language.code) + decimals if point else ""
    return (MINUS if is_negative else "") + text


def ticks(low: float, high: float, wanted: int = 4) -> NDArray[np.float64]:
    """Round numbers from ``low`` to ``high``, about ``wanted``; the step 1, 2 or 5 times a power of ten."""
    raw = (high - low) / wanted
    power = 10.0 ** np.floor(np.log10(raw))
    step = power * min((1, 2, 5, 10), key=lambda factor: abs(factor * power - raw))
    return np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step


def tick(value: float, spec: str) -> str:
    """A number of an axis with the ``spec`` of all of them; nought is not drawn out with many decimals."""
    text = write(value, spec)
    is_nought = not any(digit in "123456789" for digit in text)
    return write(0) if is_nought and len(text) > len("0.000") else text


def fits(value: float) -> bool:
    """Whether ``value`` can be written without a power of ten: it has neither too many digits nor too few."""
    return value == 0 or SMALLEST <= abs(value) < LARGEST


def exact(values: Sequence[float] | NDArray[np.float64]) -> str:
    """The format spec with the fewest decimals that writes all of ``values`` as they are.

    Six decimals at most; where all are very small, or one is very large, with a power of ten.
    """
    array = np.asarray(values, dtype=float)
    largest = float(np.abs(array).max(initial=0.0))
    # Told apart: a difference of a millionth of the step between them does not count.
    slack = min(1e-9 * largest, 1e-6 * float(np.diff(np.sort(array)).min(initial=np.inf))) or 1e-12
    if largest and not SMALLEST_TICK <= largest < LARGEST_TICK:
        mantissas = array / 10.0 ** np.floor(np.log10(largest))
        slack /= 10.0 ** np.floor(np.log10(largest))
        return f".{_decimals(mantissas, slack)}e"
    return f".{_decimals(array, slack)}f"


def _decimals(values: NDArray[np.float64], slack: float, most: int = 6) -> int:
    fitting = (n for n in range(most) if np.allclose(np.round(values, n), values, rtol=0, atol=slack))
    return next(fitting, most)


def significant(value: float, digits: int = 4) -> str:
    """The format spec that shows ``value`` with so many significant digits."""
    size = int(f"{value:.{digits - 1}e}".split("e")[1])  # of the rounded value: 999.96 becomes 1000
    return f".{max(digits - 1 - size, 0)}f"


def spec_for(value: float, digits: int) -> str:
    """The format spec that shows ``value`` with so many significant digits, if need be as a power of ten."""
    return significant(value, digits) if fits(value) else f".{digits - 1}e"


def ten_to(power: float) -> str:
    """Ten with a raised exponent, as Typst markup."""
    return f"10#super[{write(power)}]"


def _rounded(value: float, language: Language) -> str:
    """Millions in a few words; empty for other numbers, and in languages that have no word for "about"."""
    if not (language.about and LARGEST <= abs(value) < spelling.LARGEST):
        return ""
    nearest = float(f"{value:.{SAID_DIGITS - 1}e}")
    words = [language.about] if nearest != round(value) else []
    words += [language.minus] if value < 0 else []
    return " ".join([*words, spelling.number(format(abs(nearest), ".0f"), language)])


def _power_of_ten(value: float, spec: str, style: Style, language: Language) -> str:
    if value == 0:
        return write(0.0, "d", style, language)
    mantissa, exponent = format(abs(value), spec).split("e")
    power = int(exponent)
    if style is Style.SPOKEN:
        return (f"{language.minus} " if value < 0 else "") + spelling.power_of_ten(mantissa, power, language)
    mantissa = mantissa.replace(".", decimal_mark(language.code))
    if value < 0:
        mantissa = MINUS + mantissa
    if style is Style.CAPTION:
        return f"{mantissa} × 10{str(power).translate(_SUPERSCRIPT)}"
    return f"{mantissa}{THIN_SPACE}×{THIN_SPACE}{ten_to(power)}"
