"""Every word that is seen or heard, from ``words/<language>.toml``, the lesson's numbers filled in by name.

``{raw.steps}`` is an attribute of the lesson; ``{raw.spectrum.condition_number:.1f}`` one with a style
(see numbers.py); ``{gamma}`` a symbol that is written one way and said another. In
``{raw.steps:one=step|other=steps}`` the number chooses the word, by Unicode's names of plural forms.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from bn_math import Lesson
from scenes.kit import languages, settings
from scenes.kit.languages import Language
from scenes.kit.script import locales, numbers, spelling
from scenes.kit.script.numbers import Style


@dataclass(frozen=True)
class Sentence:
    """One sentence of narration.

    Args:
        caption: as a caption shows it.
        spoken: as the voice says it, all numbers in words.
    """

    caption: str
    spoken: str


@dataclass(frozen=True)
class Quantity:
    """A number that words were filled with.

    Args:
        name: what it is called in the words, such as ``raw.steps``.
        value: the number itself.
        text: how it was written.
    """

    name: str
    value: float
    text: str


@dataclass(frozen=True)
class _Named:
    """A value on its way through the formatter."""

    name: str
    value: Any


class _Filler(string.Formatter):
    """Fills ``{name}`` from the symbols and the lesson, every number in one style; ``found`` keeps them."""

    def __init__(
        self,
        file: str,
        entry: str,
        lesson: Lesson,
        symbols: Mapping[str, Mapping[str, str]],
        tables: Mapping[str, Any],
        style: Style,
        language: Language,
    ) -> None:
        self.language = language
        self.source, self.entry, self.tables = f"{file} {entry}", entry, tables
        self.lesson, self.symbols, self.style = lesson, symbols, style
        self.found: list[Quantity] = []

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        name = f"{self.entry}.{field_name}" if field_name in kwargs else field_name
        return _Named(name, self._value(field_name, kwargs)), field_name

    def _value(self, field_name: str, kwargs: Mapping[str, Any]) -> Any:
        if field_name in kwargs:
            return kwargs[field_name]
        if field_name in self.symbols:
            return self.symbols[field_name][self.style.value]
        try:
            if field_name.split("[")[0] in self.tables:
                return super().get_field(field_name, (), self.tables)[0]
            return super().get_field(f"lesson.{field_name}", (), {"lesson": self.lesson})[0]
        except (AttributeError, KeyError, IndexError, TypeError) as error:
            raise KeyError(
                f"{self.source}: {{{field_name}}} is neither a symbol nor something the lesson has"
            ) from error

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value.value, str):
            return value.value
        number = float(value.value)
        if "=" in format_spec:
            return self._in_the_form_for(number, format_spec)
        text = numbers.write(number, format_spec, self.style, self.language)
        self.found.append(Quantity(value.name, number, text))
        return text

    def _in_the_form_for(self, number: float, forms: str) -> str:
        by_name = dict(form.partition("=")[::2] for form in forms.split("|"))
        wanted = locales.plural_form(self.language.code, number)
        if wanted not in by_name:
            raise KeyError(f"{self.source}: {{...:{forms}}} lacks the form {wanted!r} that {number:g} takes")
        return by_name[wanted]


class Words:
    """The words of one scene; what its section lacks is looked up in those of ``bases``, the nearest first.

    A word or a number that does not exist raises KeyError when it is asked for; the message names the file
    and the entry.

    Args:
        scene: the scene's class name, which is that of its section in the words file.
        lesson: what the numbers in the words are looked up in.
        language: its code of two letters; the file is ``words/<language>.toml``.
        bases: class names of the scene's bases; those without a section are passed over.

    Raises:
        KeyError: neither the scene nor one of its bases has a section in the file.
        ValueError: there is no such language, or its file is missing or not valid TOML.
    """

    def __init__(self, scene: str, lesson: Lesson, language: str = "en", bases: Sequence[str] = ()) -> None:
        self.file, self.language = f"words/{language}.toml", languages.named(language)
        book = _book(language)
        pages = [book[name] for name in (scene, *bases) if name in book]
        if not pages:
            raise KeyError(f"{self.file} has no section [{scene}]")
        self._scene, self._own, self._shared = scene, _merged(pages), book.get("shared", {})
        self._lesson, self._symbols = lesson, book.get("symbols", {})
        self._filled: dict[str, tuple[Quantity, ...]] = {}

    @property
    def title(self) -> str:
        """The scene's title."""
        return self.label("title")

    @property
    def beats(self) -> tuple[str, ...]:
        """The names of the beats, in the order of the file."""
        return tuple(self._own.get("beats", {}))

    def label(self, key: str, **values: float | str) -> str:
        """A label as Typst markup; ``values`` are numbers only the scene knows, written like the lesson's."""
        for place in (self._own, self._shared):
            if key in place:
                return self._fill(place[key], Style.SCREEN, key, values)
        raise KeyError(f"{self.file} has no {key!r} in [{self._scene}] or [shared]")

    def table(self, name: str) -> dict[str, Any]:
        """A table of the scene's own that holds numbers which no data change, such as a paper's year.

        Narration names them in braces: ``{papers[yang][year]:year}``.
        """
        try:
            return self._tables[name]
        except KeyError:
            raise KeyError(f"{self.file} has no table [{self._scene}.{name}]") from None

    @property
    def _tables(self) -> dict[str, dict[str, Any]]:
        return {key: page for key, page in self._own.items() if isinstance(page, dict) and key != "beats"}

    def beat_title(self, beat: str) -> str:
        """What the chapter is called."""
        return self._fill(self._beat(beat)["title"], Style.CAPTION, f"beats.{beat}.title")

    def narration(self, beat: str) -> tuple[Sentence, ...]:
        """The beat's sentences."""
        entry = f"beats.{beat}.say"
        return tuple(
            Sentence(
                caption=self._fill(line, Style.CAPTION, entry),
                spoken=spelling.spell_out(self._fill(line, Style.SPOKEN, entry), self.language),
            )
            for line in self._beat(beat)["say"]
        )

    def alt(self, beat: str) -> str:
        """The beat's still for those who do not see it: the entry ``alt``, or what is said about it."""
        if "alt" in self._beat(beat):
            return self._fill(self._beat(beat)["alt"], Style.CAPTION, f"beats.{beat}.alt")
        title = self.full_title(beat)
        return f"{title}{'' if title.endswith('?') else '.'} {self.caption(beat)}"

    def full_title(self, beat: str) -> str:
        """The scene's title and the beat's, for where a beat stands alone."""
        return f"{self.title}{'' if self.title.endswith('?') else ':'} {self.beat_title(beat)}"

    def caption(self, beat: str) -> str:
        """The beat's sentences in a row, as one that stands alone: with a capital and a full stop."""
        text = " ".join(sentence.caption for sentence in self.narration(beat)).rstrip(",;: ")
        return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")

    def quantities(self, text: str) -> tuple[Quantity, ...]:
        """The numbers in a text that was filled here, or in a longer one that such texts are part of.

        A text that is nothing but a number is found only alone: in a longer one it may be another number.
        """
        inside = [
            found
            for filled, found in self._filled.items()
            if filled == text or (filled in text and filled not in {item.text for item in found})
        ]
        return tuple(dict.fromkeys(quantity for found in inside for quantity in found))

    def _fill(
        self, text: str, style: Style, entry: str, values: Mapping[str, float | str] | None = None
    ) -> str:
        filler = _Filler(
            f"{self.file} [{self._scene}]",
            entry,
            self._lesson,
            self._symbols,
            self._tables,
            style,
            self.language,
        )
        filled = filler.vformat(text, (), values or {})
        if filler.found:
            self._filled[filled] = tuple(filler.found)
        return filled

    def _beat(self, beat: str) -> dict[str, Any]:
        try:
            return dict(self._own["beats"][beat])
        except KeyError:
            raise KeyError(f"{self.file} has no [{self._scene}.beats.{beat}]") from None


def _merged(pages: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """One section out of several, of which the first counts most; beats are merged one by one."""
    merged: dict[str, Any] = {}
    for page in reversed(pages):
        merged |= {**page, "beats": merged.get("beats", {}) | page.get("beats", {})}
    return merged


def book(language: str) -> Mapping[str, Any]:
    """All words of a language, as its file has them.

    Raises:
        ValueError: there is no such file, or it is not valid TOML.
    """
    return _book(language)


@lru_cache(maxsize=4)
def _book(language: str) -> dict[str, Any]:
    file = resources.files("scenes") / "words" / f"{language}.toml"
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ValueError(f"the language {language!r} has no words/{language}.toml") from None
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"words/{language}.toml is not valid TOML: {error}") from None


def current(scene: str, *bases: str) -> Words:
    """The words of ``scene``, or of its ``bases``, in the language and with the lesson in force."""
    return Words(scene, settings.current_lesson(), settings.current().language, bases)
