"""A number with its name below it, and a counter whose digits are prepared once and do not jitter."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from manim import DOWN, LEFT, Mobject, ValueTracker, VGroup, VMobject
from manim.utils.color import ParsableManimColor

from scenes.kit import settings, theme
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.kit.lettering.typography import FIGURE, LABEL, Lettering, Text
from scenes.kit.script import numbers
from scenes.kit.script.numbers import Style

SLOTS = 12
_GLYPHS = "0123456789" + numbers.MINUS + ".,\N{MULTIPLICATION SIGN}"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"  # the first glyphs again, as exponents
_RAISED_SIZE, _RAISED_BY = 0.62, 0.62  # of a digit's size, and of its advance
_ROOM = {numbers.THIN_SPACE: 0.35, " ": 0.35, ".": 0.5, ",": 0.5} | dict.fromkeys(_RAISED, _RAISED_SIZE)
_IN_ROOM = (
    "#let sign(room, it) = context { let rest = (room.to-absolute() - measure(it).width) / 2; "
    "h(rest) + it + h(rest) }\n"
)


class Counter(Lettering, VGroup):
    """A number that follows ``source``, written with ``spec`` by numbers.py.

    Its left edge and baseline stay where they are put; every digit is as wide as every other. A number
    that is too large for digits, see :data:`numbers.LARGEST_COUNT`, is written with a power of ten.

    Args:
        source: the tracker that the number depends on.
        spec: how it is written (see script/numbers.py).
        size: the em in pixels at 1080p.
        color: None is the theme's color for text.
        value: takes the tracker's value to the number that is shown; by default that value itself.
        align_right: the right edge stays instead of the left one, so that a column of counters is aligned on
            the decimal point.
        options: Manim's options for a VGroup.
    """

    def __init__(
        self,
        source: ValueTracker,
        spec: str = "d",
        size: float = FIGURE,
        color: ParsableManimColor | None = None,
        value: Callable[[float], float] = lambda it: it,
        align_right: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self._glyphs, self._advance = _prepared(size, settings.current().language)
        self.size = size
        color = theme.current().text if color is None else color
        self._written, self.spec, self._align_right = "", spec, align_right
        self._anchor = VMobject(stroke_width=0).set_points_as_corners(
            np.array([[0, 0, 0], [self._advance, 0, 0]])
        )
        self._slots = [
            VMobject(fill_color=color, fill_opacity=1, stroke_width=0).set(is_letter=True)
            for _ in range(SLOTS)
        ]
        self.add(self._anchor, *self._slots)
        follow(self, (source,), lambda it: it.write(value(source.get_value())))

    def width_of(self, value: float) -> float:
        """How wide the counter is when it shows ``value``."""
        return sum(map(self._room, self._in_characters(value)))

    def write(self, value: float) -> Counter:
        """Show ``value``: the slots stay, only the outlines in them change, so Manim keeps drawing them."""
        text = self._in_characters(value)
        if text == self._written:
            return self
        self._written = text
        start = self._anchor.points[0]
        zoom = self.zoom
        x, filled = (self._advance - sum(map(self._room, text)) if self._align_right else 0.0), 0
        for character in text:
            if character in (numbers.THIN_SPACE, " "):
                x += self._room(character)
                continue
            outline = self._glyphs[character].points * zoom
            self._slots[filled].points = outline + start + np.array([x * zoom, 0.0, 0.0])
            filled += 1
            x += self._room(character)
        for slot in self._slots[filled:]:
            slot.points = start[None].copy()
        return self

    @property
    def written(self) -> str:
        """What it shows."""
        return self._written

    @property
    def zoom(self) -> float:
        """How many times as large it is as it was made."""
        return float(np.linalg.norm(self._anchor.points[-1] - self._anchor.points[0])) / self._advance

    @property
    def corner(self) -> Array:
        """Where the baseline ends on the side that stays: the left, or the right with ``align_right``."""
        return np.asarray(self._anchor.points[-1 if self._align_right else 0], dtype=float)

    @property
    def digits(self) -> list[VMobject]:
        """The outlines that are shown, in their order."""
        return [slot for slot in self._slots if len(slot.points) > 1]

    @property
    def code(self) -> str:
        """The number in Typst: figures as they are, other signs in as much room as they have here."""
        em, pieces = typography.em(self.size), [_IN_ROOM]
        for character in self._written:
            room = self._room(character) / em
            if character in (numbers.THIN_SPACE, " "):
                pieces.append(f"#h({room:.4f}em)")
            elif character in _RAISED:
                raised = f"size: {_RAISED_SIZE}em, baseline: {-self._advance / em:.4f}em"
                pieces.append(f"#text({raised})[{_GLYPHS[_RAISED.index(character)]}]")
            elif character in _GLYPHS[:11]:
                pieces.append(character)
            else:
                pieces.append(f"#sign({room:.4f}em, [{character}])")
        return "".join(pieces)

    def _room(self, character: str) -> float:
        """How far the next character stands."""
        return self._advance * _ROOM.get(character, 1.0)

    def _in_characters(self, value: float) -> str:
        """The number as plain text, with a power of ten where digits would be too many."""
        text = numbers.write(value, self.spec, Style.CAPTION)
        if abs(value) < numbers.LARGEST_COUNT and len(text.replace(numbers.THIN_SPACE, "")) <= SLOTS:
            return text
        return numbers.write(value, ".2e", Style.CAPTION)


class _Glyphs(dict[str, VMobject]):
    """Outlines by character, shared by all counters of a size and by their copies."""

    def __deepcopy__(self, memo: dict[int, Any]) -> _Glyphs:
        return self


def _prepared(size: float, language: str) -> tuple[_Glyphs, float]:
    """Each glyph at its place in a slot from the origin, baseline at y = 0; and the slot's width."""
    return _prepared_in(size, language, settings.current().letters)


@lru_cache(maxsize=8)
def _prepared_in(size: float, language: str, letters: str) -> tuple[_Glyphs, float]:
    pair = Text("00", size)
    advance = float(pair[1].get_left()[0] - pair[0].get_left()[0])
    line = Text(_GLYPHS[:11], size)
    base, left = float(line[1].get_bottom()[1]), float(line[0].get_left()[0])
    bearing = (advance - line[0].width) / 2
    glyphs = _Glyphs()
    for index, character in enumerate(_GLYPHS[:11]):
        shift = [bearing - left - index * advance, -base, 0]
        glyphs[character] = line[index].copy().shift(shift)
    for mark in _GLYPHS[11:]:
        dotted = Text(f"1{mark}", size)
        glyphs[mark] = dotted[1].copy().shift([0, -float(dotted[0].get_bottom()[1]), 0])
        glyphs[mark].set_x(advance * (0.25 if mark in ".," else 0.5))
    for mark, raised in zip(_GLYPHS, _RAISED, strict=False):
        glyph = glyphs[mark].copy().scale(_RAISED_SIZE, about_point=np.zeros(3))
        glyphs[raised] = glyph.shift([0.0, _RAISED_BY * advance, 0.0])
    return glyphs, advance


def key_figure(figure: Mobject, name: str, size: float = LABEL) -> VGroup:
    """A figure with its name below it; ``figure`` takes that name too, for the index of figures."""
    figure.name = name
    caption = typography.label(name, size=size)
    caption.next_to(figure, DOWN, buff=0.16, aligned_edge=LEFT)
    return VGroup(figure, caption)
