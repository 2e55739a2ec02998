"""Every word that is seen or heard, from ``words/<language>.toml``, the lesson's numbers filled in by name.

``{raw.steps}`` is an attribute of the lesson; ``{raw.spectrum.condition_number:.1f}`` one with a style
(see numbers.py); ``{gamma}`` a symbol that is written one way and said another.
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
from scenes.kit import numbers, settings
from scenes.kit.numbers import Style


@dataclass(frozen=True)
class Sentence:
    """One sentence of narration: as a caption shows it, and as the voice says it."""

    caption: str
    spoken: str


class _Filler(string.Formatter):
    """Fills ``{name}`` from the symbols and the lesson, every number in one style."""

    def __init__(
        self, source: str, lesson: Lesson, symbols: Mapping[str, Mapping[str, str]], style: Style
    ) -> None:
        self.source, self.lesson, self.symbols, self.style = source, lesson, symbols, style

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        if field_name in kwargs:
            return kwargs[field_name], field_name
        if field_name in self.symbols:
            return self.symbols[field_name][self.style.value], field_name
        try:
            value, _ = super().get_field(f"lesson.{field_name}", (), {"lesson": self.lesson})
        except (AttributeError, KeyError, IndexError, TypeError) as error:
            raise KeyError(
                f"{self.source}: {{{field_name}}} is neither a symbol nor something the lesson has"
            ) from error
        return value, field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, str):
            return value
        return numbers.write(float(value), format_spec, self.style)


class Words:
    """The words of one scene.

    Raises KeyError, naming the file and the entry, for a word or a number that does not exist.
    """

    def __init__(self, scene: str, lesson: Lesson, language: str = "en") -> None:
        self.file = f"words/{language}.toml"
        book = _book(language)
        if scene not in book:
            raise KeyError(f"{self.file} has no section [{scene}]")
        self._scene, self._own, self._shared = scene, book[scene], book.get("shared", {})
        self._lesson, self._symbols = lesson, book.get("symbols", {})

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

    def beat_title(self, beat: str) -> str:
        """What the chapter is called."""
        return self._fill(self._beat(beat)["title"], Style.CAPTION, f"beats.{beat}.title")

    def narration(self, beat: str) -> tuple[Sentence, ...]:
        """The beat's sentences."""
        entry = f"beats.{beat}.say"
        return tuple(
            Sentence(*(self._fill(line, style, entry) for style in (Style.CAPTION, Style.SPOKEN)))
            for line in self._beat(beat)["say"]
        )

    def _fill(
        self, text: str, style: Style, entry: str, values: Mapping[str, float | str] | None = None
    ) -> str:
        filler = _Filler(f"{self.file} [{self._scene}] {entry}", self._lesson, self._symbols, style)
        return filler.vformat(text, (), values or {})

    def _beat(self, beat: str) -> dict[str, Any]:
        try:
            return dict(self._own["beats"][beat])
        except KeyError:
            raise KeyError(f"{self.file} has no [{self._scene}.beats.{beat}]") from None


@lru_cache(maxsize=4)
def _book(language: str) -> dict[str, Any]:
    file = resources.files("scenes") / "words" / f"{language}.toml"
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ValueError(f"language is {language!r}, but there is no words/{language}.toml") from None
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"words/{language}.toml is not valid TOML: {error}") from None


def current(scene: str) -> Words:
    """The words of ``scene`` in the language and with the lesson in force."""
    return Words(scene, settings.current_lesson(), settings.current().language)
