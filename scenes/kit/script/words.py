"""Every word that is seen or heard, from ``words/<language>.toml``, the lesson's numbers filled in by name.

``{raw.steps}`` is an attribute of the lesson; ``{raw.spectrum.condition_number:.1f}`` one with a style
(see numbers.py); ``{gamma}`` a symbol that is written one way and said another. In
``{raw.steps:one=step|other=steps}`` the number chooses the word, by Unicode's names of plural forms.
The data's own names are in data_names.py; words that depend on what is true of the data in variants.py.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any

from bn_math import Lesson
from scenes.kit import languages, settings
from scenes.kit.script import data_names, spelling, variants
from scenes.kit.script.filling import Filler, Quantity
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
        self.file = f"words/{language}.toml"
        self.language = languages.named(language, settings.current().letters)
        book = _book(language)
        pages = [book[name] for name in (scene, *bases) if name in book]
        if not pages:
            raise KeyError(f"{self.file} has no section [{scene}]")
        self._scene, self._own, self._shared = scene, _merged(pages), book.get("shared", {})
        self._lesson, self._symbols = lesson, book.get("symbols", {})
        self._unsayable = book.get("columns", {})
        self._filled: dict[str, tuple[Quantity, ...]] = {}

    @property
    def title(self) -> str:
        """The scene's title."""
        return self.label("title")

    @property
    def beats(self) -> tuple[str, ...]:
        """The names of the beats that are told of this lesson, in the order of the file."""
        return tuple(beat for beat in self._own.get("beats", {}) if self.tells(beat))

    def tells(self, beat: str) -> bool:
        """Whether a beat is told of this lesson: its ``when`` holds, if it has one."""
        return variants.holds(
            self._beat(beat).get("when", ""), self._lesson, f"{self._place} beats.{beat}.when"
        )

    def label(self, key: str, **values: float | str) -> str:
        """A label as Typst markup; ``values`` are numbers only the scene knows, written like the lesson's.

        It is empty where none of its variants holds.
        """
        return self._label(key, Style.SCREEN, values)

    def text(self, key: str, **values: float | str) -> str:
        """A label that has no markup of its own as plain text, written as captions are."""
        return self._label(key, Style.CAPTION, values)

    def _label(self, key: str, style: Style, values: Mapping[str, float | str]) -> str:
        for place in (self._own, self._shared):
            if key in place:
                chosen = variants.choose(place[key], self._lesson, f"{self._place} {key}")
                return self._fill(chosen[1], style, key, values) if chosen else ""
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
        return {
            key: page
            for key, page in self._own.items()
            if isinstance(page, dict) and key != "beats" and not variants.is_entry(page)
        }

    def beat_title(self, beat: str) -> str:
        """What the chapter is called."""
        entry = f"beats.{beat}.title"
        chosen = variants.choose(self._beat(beat)["title"], self._lesson, f"{self._place} {entry}")
        return self._fill(chosen[1], Style.CAPTION, entry) if chosen else ""

    def script(self, beat: str) -> tuple[Sentence | None, ...]:
        """The beat's sentences at their places; None at the place of one that is not true of the lesson."""
        entry = f"beats.{beat}.say"
        chosen = [
            variants.choose(line, self._lesson, f"{self._place} {entry}") for line in self._beat(beat)["say"]
        ]
        return tuple(found and self._sentence(found[1], entry) for found in chosen)

    def narration(self, beat: str) -> tuple[Sentence, ...]:
        """The sentences that are said in the beat."""
        return tuple(sentence for sentence in self.script(beat) if sentence is not None)

    def _sentence(self, line: str, entry: str) -> Sentence:
        return Sentence(
            caption=self._fill(line, Style.CAPTION, entry),
            spoken=spelling.spell_out(self._fill(line, Style.SPOKEN, entry), self.language),
        )

    def alt(self, beat: str) -> str:
        """The beat's still for those who do not see it: the entry ``alt``, or what is said about it."""
        if told := self._told(beat, "alt"):
            return " ".join(told)
        title = self.full_title(beat)
        return f"{title}{'' if title.endswith('?') else '.'} {self.caption(beat)}"

    def figure_caption(self, beat: str) -> str:
        """What can be printed below the beat's still: the entry ``figure``, or what is said about it."""
        return " ".join(self._told(beat, "figure")) or self.caption(beat)

    def figure_sentences(self, beat: str) -> list[str]:
        """What that is made of."""
        return self._told(beat, "figure") or [sentence.caption for sentence in self.narration(beat)]

    def _told(self, beat: str, key: str) -> list[str]:
        """Of an entry that is a text, or sentences like those of ``say``: what is true of the lesson."""
        entry, written = f"beats.{beat}.{key}", self._beat(beat).get(key, [])
        lines = written if isinstance(written, list) else [written]
        chosen = [variants.choose(line, self._lesson, f"{self._place} {entry}") for line in lines]
        return [self._fill(found[1], Style.CAPTION, entry) for found in chosen if found]

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
        filler = Filler(
            self._place,
            entry,
            self._lesson,
            self._symbols,
            self._columns,
            self._tables,
            style,
            self.language,
        )
        filled = filler.vformat(text, (), values or {})
        if filler.found:
            self._filled[filled] = tuple(filler.found)
        return filled

    @cached_property
    def _columns(self) -> Mapping[str, data_names.Name | data_names.Symbol | data_names.Line]:
        return data_names.of_lesson(self._lesson, self.language, self._unsayable)

    @property
    def _place(self) -> str:
        return f"{self.file} [{self._scene}]"

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
