"""Filling a text of the words file: numbers of the lesson, symbols, and the names of the data's columns."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bn_math import Lesson
from scenes.kit.languages import Language
from scenes.kit.script import data_names, locales, numbers
from scenes.kit.script.numbers import Style


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


class Filler(string.Formatter):
    """Fills ``{name}`` from the symbols and the lesson, every number in one style.

    Args:
        file: what messages call the words file and its section.
        entry: the text's name in that section.
        lesson: what numbers are looked up in.
        symbols: the words file's symbols, each with a form for every style.
        columns: the names of the data's columns, and symbols with them.
        tables: the section's own tables of numbers.
        style: how everything is written.
        language: whose numbers and plural forms are written.

    ``found`` holds the numbers that the last text was filled with.
    """

    def __init__(
        self,
        file: str,
        entry: str,
        lesson: Lesson,
        symbols: Mapping[str, Mapping[str, str]],
        columns: Mapping[str, data_names.Name | data_names.Symbol | data_names.Line],
        tables: Mapping[str, Any],
        style: Style,
        language: Language,
    ) -> None:
        self.language = language
        self.source, self.entry, self.tables = f"{file} {entry}", entry, tables
        self.lesson, self.symbols, self.style = lesson, symbols, style
        self.columns = columns
        self.found: list[Quantity] = []

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        """The value that stands for a name in braces, as string.Formatter asks for it."""
        name = f"{self.entry}.{field_name}" if field_name in kwargs else field_name
        return _Named(name, self._value(field_name, kwargs)), field_name

    def _value(self, field_name: str, kwargs: Mapping[str, Any]) -> Any:
        if field_name in kwargs:
            return kwargs[field_name]
        if field_name in self.columns:
            return self.columns[field_name]
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
        """The value as it is written here, as string.Formatter asks for it."""
        if isinstance(value.value, (data_names.Name, data_names.Symbol, data_names.Line)):
            return value.value.write(self.style, format_spec)
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
