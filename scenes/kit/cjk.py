"""The letters of Chinese, Japanese and Korean names in the data: the extra ``fonts-cjk``.

Its font has Greek and Cyrillic, too, which are drawn with it outside of formulas.
"""

from __future__ import annotations

import importlib.util
import re
import unicodedata

from scenes.kit.languages import Language

CJK_PACKAGE = "noto_cjk_sans_otc"
_MATH = re.compile(r"(?<!\\)\$.*?(?<!\\)\$", re.DOTALL)


def needs_cjk(text: str) -> bool:
    """Whether ``text``, formulas apart, has letters that Lato has not and the extra's font has."""
    plain = "" if text.isascii() else _MATH.sub("", text)
    return any(
        unicodedata.east_asian_width(letter) in "WF"
        or unicodedata.name(letter, "").startswith(("GREEK", "CYRILLIC"))
        for letter in plain
    )


def has_cjk() -> bool:
    """Whether the letters of Chinese, Japanese and Korean are installed."""
    return importlib.util.find_spec(CJK_PACKAGE) is not None


def fonts_for(text: str, language: Language) -> dict[str, str]:
    """The families, with their packages, that ``text`` of the data's own is drawn in: the language's first.

    Of Noto Sans CJK, which has the same letters in the form of each country, kana choose Japan's, hangul
    Korea's.
    """
    families = dict(language.fonts)
    if needs_cjk(text) and has_cjk():
        names = " ".join(unicodedata.name(letter, "") for letter in text)
        country = "JP" if "HIRAGANA" in names or "KATAKANA" in names else "KR" if "HANGUL" in names else "SC"
        families[f"Noto Sans CJK {country}"] = CJK_PACKAGE
    return families
