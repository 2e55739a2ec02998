"""Decimal marks and plural forms, as Babel knows them of every language."""

from __future__ import annotations

from functools import cache

from scenes.kit.languages import ENGLISH


@cache
def decimal_mark(code: str) -> str:
    """What stands between whole and decimals: ``.`` in English, ``,`` in German."""
    if code == ENGLISH.code:  # as Python itself writes numbers; Babel takes a while to import
        return "."
    from babel.numbers import get_decimal_symbol

    return get_decimal_symbol(code)


def plural_form(code: str, value: float) -> str:
    """Which of Unicode's forms ``value`` takes: ``one`` or ``other`` in English, elsewhere ``few`` too."""
    from babel import Locale

    return Locale(code).plural_form(value)
