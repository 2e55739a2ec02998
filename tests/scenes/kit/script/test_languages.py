"""Numbers, words and tracks go by the language: here by a German that no words file has."""

from __future__ import annotations

import pytest

from scenes.kit import languages
from scenes.kit.languages import LANGUAGES, Language
from scenes.kit.script import numbers, spelling, voice
from scenes.kit.script.locales import decimal_mark, plural_form
from scenes.kit.script.numbers import Style
from scenes.kit.settings import Settings

GERMAN = Language(
    code="de",
    track="deu",
    name="German",
    point="Komma",
    ten_to_the="zehn hoch",
    signs={"%": "Prozent", "=": "gleich", "\u2212": "minus", "\u00d7": "mal"},
)


@pytest.mark.parametrize(
    ("value", "spec", "screen", "spoken"),
    [
        (0.3, ".2f", "0,30", "null Komma drei null"),
        (-12101.5, ".1f", "\u221212\u2009101,5", "minus zwölftausendeinhunderteins Komma fünf"),
        (6352, "d", "6352", "sechstausenddreihundertzweiundfünfzig"),
        (2015, "year", "2015", "zweitausendfünfzehn"),
        (7.4e-5, ".1e", "7,4\u2009×\u200910#super[−5]", "sieben Komma vier mal zehn hoch minus fünf"),
    ],
)
def test_numbers_are_written_and_said_as_the_language_has_them(
    value: float, spec: str, screen: str, spoken: str
) -> None:
    assert numbers.write(value, spec, language=GERMAN) == screen
    assert numbers.write(value, spec, Style.SPOKEN, GERMAN) == spoken


def test_what_is_left_in_a_sentence_is_said_too() -> None:
    assert spelling.spell_out("5,50 % von 1.200, seit 2015.", GERMAN) == (
        "fünf Komma fünf null Prozent von eintausendzweihundert, seit zweitausendfünfzehn."
    )


def test_babel_knows_marks_and_forms_and_english_needs_it_for_neither_mark() -> None:
    from babel.numbers import get_decimal_symbol

    assert decimal_mark("en") == get_decimal_symbol("en") == "."
    assert [decimal_mark(code) for code in ("de", "fr", "pl")] == [",", ",", ","]
    assert [plural_form("pl", value) for value in (1, 3, 5)] == ["one", "few", "many"]


def test_without_a_voice_for_it_the_film_is_silent(caplog: pytest.LogCaptureFixture) -> None:
    assert isinstance(voice.narrator(True, GERMAN), voice.SilentNarrator)
    assert all(item.voice is None or item.voice in voice.NARRATORS for item in LANGUAGES.values())


def test_every_entry_has_what_is_needed_of_it() -> None:
    for code, language in LANGUAGES.items():
        assert languages.named(code) is language and language.code == code
        assert len(language.track) == 3 and language.minus and language.times and language.fonts
        assert Settings(language=code).language == code


def test_an_unknown_language_names_those_there_are() -> None:
    with pytest.raises(ValueError, match="language is 'tlh'; it must be one of en"):
        languages.named("tlh")
