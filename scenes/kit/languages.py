"""The languages a film can be made in: an entry each, and beside it ``words/<code>.toml`` with every word.

The entry says what no words file can: how numbers and signs are said, which fonts have the letters, which
narrator speaks. Cardinals and years come from num2words, decimal marks and plural forms from Babel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

LATO = {"Lato": "font_lato"}
SANS, SERIF = "sans", "serif"
LETTERS: dict[str, Mapping[str, str]] = {SANS: {}, SERIF: {"New Computer Modern": ""}}
"""Families that stand before a language's own: those without a package come with Typst, as formulas' does."""


@dataclass(frozen=True)
class Language:
    """What is said and drawn otherwise in another language.

    Args:
        code: two letters (ISO 639-1); Babel, num2words and Typst know the language by them.
        track: three letters (ISO 639-2), by which players know narration and captions in an MP4.
        name: in English, for messages.
        point: what is said for the decimal mark; the decimals behind it are said digit by digit.
        ten_to_the: what is said before the power of a ten, such as ``ten to the`` before ``six``.
        signs: what is said for each sign that may stand in narration; minus and times are needed.
        fonts: families whose letters are drawn, the first one first, and the packages that hold their files.
        voice: the narrator in voice.NARRATORS who speaks it; None makes its films silent.
        about: what is said before millions, which are rounded; without it every digit is said.
    """

    code: str
    track: str
    name: str
    point: str
    ten_to_the: str
    signs: Mapping[str, str]
    fonts: Mapping[str, str] = field(default_factory=lambda: LATO)
    voice: str | None = None
    about: str = ""

    @property
    def minus(self) -> str:
        """What is said before a number below 0."""
        return self.signs["\u2212"]

    @property
    def times(self) -> str:
        """What is said between two factors."""
        return self.signs["\u00d7"]


ENGLISH = Language(
    code="en",
    track="eng",
    name="English",
    point="point",
    ten_to_the="ten to the",
    signs={
        "%": "percent",
        "=": "equals",
        "+": "plus",
        "\u2212": "minus",
        "\u00d7": "times",
        "\u00b1": "plus or minus",
    },
    voice="hibari",
    about="about",
)

LANGUAGES: dict[str, Language] = {item.code: item for item in (ENGLISH,)}


def named(code: str, letters: str = SANS) -> Language:
    """The language of ``code``, drawn in ``letters``.

    Raises:
        ValueError: there is none, or no such letters; the message names those there are.
    """
    if code not in LANGUAGES:
        raise ValueError(f"language is {code!r}; it must be one of {', '.join(LANGUAGES)}")
    if letters not in LETTERS:
        raise ValueError(f"letters is {letters!r}; it must be one of {', '.join(LETTERS)}")
    language, families = LANGUAGES[code], LETTERS[letters]
    return replace(language, fonts={**families, **language.fonts}) if families else language
