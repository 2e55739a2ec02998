"""What the lesson's columns are called where words name them: drawn, captioned and said.

In the words, ``{feature_a}``, ``{feature_b}`` and ``{target}`` are the columns' names,
``{feature_a:unit}`` the same with the unit, ``{feature_a:short}`` as short as a formula needs it;
``{weight_a}``, ``{sigma_a}`` and ``{mu_a}`` are symbols with the name as their index, ``{weight_a:math}`` the
same inside a formula, and ``{column_a:math}`` a formula's name of the column itself. A is the narrower
feature, B the wider one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bn_math import Lesson
from scenes.kit.cjk import fonts_for
from scenes.kit.languages import Language
from scenes.kit.script.numbers import Style

LONGEST, SHORTEST = 22, 9  # characters of a name on the screen, and in a formula
ELLIPSIS = "\u2026"
_MARKUP = re.compile(r"([\\`*_\[\]#~<>@$/=+\-.:\"'{}()^&|])")
_LIGATURES = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "Æ": "Ae", "Œ": "Oe", "Ø": "O", "Ł": "L"}
)
_SYMBOLS = {"weight": "w", "sigma": "sigma", "mu": "mu", "column": ""}


@dataclass(frozen=True)
class Name:
    """A column's name, as it is drawn, captioned and said.

    Args:
        text: what the column is called.
        unit: its unit, or nothing.
        spoken: how it is said.
        others: what the other columns are called, from which a shortened name is to be told.
    """

    text: str
    unit: str
    spoken: str
    others: tuple[str, ...] = ()

    def short(self, longest: int) -> str:
        """The name in so many characters."""
        return shortened(self.text, longest, self.others)

    def write(self, style: Style, spec: str = "") -> str:
        """The name in a style: Typst markup, plain text, or words. ``spec`` is "", "unit" or "short".

        Raises:
            ValueError: there is no such spec.
        """
        if spec not in ("", "unit", "short"):
            raise ValueError(f"a name is written with 'unit' or 'short', not with {spec!r}")
        if style is Style.SPOKEN:
            return self.spoken
        text = self.text
        if style is Style.SCREEN:
            text = markup(self.short(SHORTEST if spec == "short" else LONGEST))
        if spec != "unit" or not self.unit:
            return text
        return f"{text} ({markup(self.unit) if style is Style.SCREEN else self.unit})"


@dataclass(frozen=True)
class Line:
    """A text of the lesson's own: the film's title, what the data are, or where they come from.

    Args:
        text: the text.
    """

    text: str

    def write(self, style: Style, spec: str = "") -> str:
        """The text in a style: Typst markup for the screen, else plain text.

        Raises:
            ValueError: there is a spec.
        """
        if spec:
            raise ValueError(f"a text of the lesson's is written as it is, not with {spec!r}")
        return markup(self.text) if style is Style.SCREEN else self.text


@dataclass(frozen=True)
class Symbol:
    """A formula's symbol that has a column's name as its index; it is drawn, never said.

    Args:
        letter: the symbol in Typst math, such as ``w``; empty for the name without one.
        name: the column's.
        fonts: the families in which names are drawn.
    """

    letter: str
    name: Name
    fonts: tuple[str, ...]

    def write(self, style: Style, spec: str = "") -> str:
        """Typst markup; with the spec "math" without dollars, for the inside of a formula.

        Raises:
            ValueError: it is to be said or captioned, or there is no such spec.
        """
        if style is not Style.SCREEN or spec not in ("", "math"):
            raise ValueError(
                f"a symbol is drawn, with 'math' inside a formula, not {style.value} with {spec!r}"
            )
        math = f"{self.letter}_{self._index}" if self.letter else self._index
        return math if spec else f"${math}$"

    @property
    def _index(self) -> str:
        name = self.name.short(SHORTEST)
        if re.fullmatch("[A-Za-z]", name):
            return name
        families = ", ".join(f'"{family}"' for family in self.fonts)
        return f"#text(font: ({families},))[{markup(name)}]"


def of_lesson(
    lesson: Lesson, language: Language, unsayable: Mapping[str, str]
) -> dict[str, Name | Symbol | Line]:
    """What words may name: the columns ``feature_a``, ``feature_b`` and ``target``, and their symbols.

    Besides, they may name the lesson's ``title``, ``subject`` and ``source``.

    ``unsayable`` is what is said, by the same keys, for columns whose names the voice cannot say.
    """
    labels = lesson.settings.labels
    names = {
        key: Name(
            labels.name(header),
            labels.unit(header),
            labels.said(header) or sayable(labels.name(header)) or unsayable[key],
            tuple(labels.name(other) for other in lesson.data.names if other != header),
        )
        for key, header in _headers(lesson).items()
    }
    symbols = {
        f"{word}_{key[-1]}": Symbol(letter, names[key], tuple(fonts_for(names[key].text, language)))
        for word, letter in _SYMBOLS.items()
        for key in ("feature_a", "feature_b")
    }
    lines = {field: Line(getattr(labels, field)) for field in ("title", "subject", "source")}
    return {**names, **symbols, **lines}


def unsaid(lesson: Lesson, unsayable: Mapping[str, str]) -> list[str]:
    """A sentence for each column whose name the voice cannot say and for which ``[spoken]`` has none."""
    labels = lesson.settings.labels
    return [
        f"the voice cannot say {labels.name(header)!r} and says {unsayable[key]!r}; give it in "
        f'[spoken], such as "{header}" = "..."'
        for key, header in _headers(lesson).items()
        if not labels.said(header) and not sayable(labels.name(header))
    ]


def _headers(lesson: Lesson) -> dict[str, str]:
    return dict(zip(("feature_a", "feature_b", "target"), lesson.data.names, strict=True))


def sayable(name: str) -> str:
    """The name as letters that a voice can read out; empty if there are none, or others as well."""
    letters = unicodedata.normalize("NFKD", name.translate(_LIGATURES))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = re.sub(r"[\s_\-/]+", " ", plain).strip()
    return words if re.fullmatch(r"[A-Za-z0-9' ]*[A-Za-z][A-Za-z0-9' ]*", words) else ""


def shortened(text: str, longest: int, others: Sequence[str] = ()) -> str:
    """``text``, or as much of it as fits with an ellipsis: to a word's end if that tells it from ``others``.

    Else it is cut within a word, or its end is kept.
    """
    ways = (_to_a_words_end, _cut, _its_end)
    for way in ways:
        if way(text, longest) not in [way(other, longest) for other in others if other != text]:
            return way(text, longest)
    return _cut(text, longest)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + ELLIPSIS


def _its_end(text: str, longest: int) -> str:
    return text if len(text) <= longest else ELLIPSIS + text[len(text) - longest + 1 :].lstrip()


def _to_a_words_end(text: str, longest: int) -> str:
    """Cut between words, or within one that is alone or leaves less than a third of the room behind it."""
    if len(text) <= longest:
        return text
    ends = [found.start() for found in re.finditer(r"[\s_\-/,;:(\[]+", text) if found.start() < longest]
    whole = max(ends, default=0)
    return text[:whole] + ELLIPSIS if 3 * whole >= longest else _cut(text, longest)


def markup(text: str) -> str:
    """``text`` as Typst markup in which no character is code; the Greek mu is drawn as the unit's."""
    return _MARKUP.sub(r"\\\1", text.replace("\u03bc", "\u00b5"))  # Lato has the latter
