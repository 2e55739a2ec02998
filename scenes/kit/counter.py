"""Figures: a number with its name below it, and a counter whose digits are prepared once and do not jitter."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from manim import DOWN, LEFT, Mobject, ValueTracker, VGroup, VMobject
from manim.utils.color import ParsableManimColor

from scenes.kit import numbers, typography
from scenes.kit.space import follow
from scenes.kit.typography import FIGURE, LABEL, Lettering, Text

_GLYPHS = "0123456789" + numbers.MINUS + ".,"


class Counter(Lettering, VGroup):
    """A number that follows ``source``, written with ``spec`` by numbers.py.

    Its left edge and baseline stay where they are put; every digit is as wide as every other.
    """

    def __init__(
        self,
        source: ValueTracker,
        spec: str = "d",
        size: float = FIGURE,
        color: ParsableManimColor | None = None,
        value: Callable[[float], float] = lambda it: it,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self._glyphs, self._advance = _prepared(size)
        self._ink = Text("0", size, color).color
        self._written, self.spec = "", spec
        self._anchor = VMobject().set_points_as_corners([[0, 0, 0], [self._advance, 0, 0]]).set_opacity(0)
        self.add(self._anchor)
        follow(self, (source,), lambda _: self.write(value(source.get_value())))

    def write(self, value: float) -> Counter:
        """Show ``value``; nothing is made anew while the digits stay the same."""
        text = numbers.write(value, self.spec)
        if text == self._written:
            return self
        self._written = text
        start, end = self._anchor.get_start(), self._anchor.get_end()
        zoom = float(np.linalg.norm(end - start)) / self._advance
        opacity = self._anchor.get_fill_opacity() if len(self.submobjects) < 2 else self[1].get_fill_opacity()
        digits, x = [], 0.0
        for character in text:
            if character == numbers.THIN_SPACE:
                x += 0.35 * self._advance
                continue
            glyph = self._glyphs[character].copy().set_color(self._ink)
            glyph.scale(zoom, about_point=np.zeros(3)).shift(start + np.array([x * zoom, 0, 0]))
            digits.append(glyph.set_opacity(opacity or 1.0))
            x += self._advance * (1.0 if character.isdigit() or character == numbers.MINUS else 0.5)
        self.submobjects = [self._anchor, *digits]
        return self


@lru_cache(maxsize=8)
def _prepared(size: float) -> tuple[dict[str, VMobject], float]:
    """Each glyph at its place in a slot that starts at the origin, baseline at y = 0; and the slot's width."""
    pair = Text("00", size)
    advance = float(pair[1].get_left()[0] - pair[0].get_left()[0])
    line = Text(_GLYPHS[:11], size)
    base, left = float(line[1].get_bottom()[1]), float(line[0].get_left()[0])
    bearing = (advance - line[0].width) / 2
    glyphs = {}
    for index, character in enumerate(_GLYPHS[:11]):
        shift = [bearing - left - index * advance, -base, 0]
        glyphs[character] = line[index].copy().shift(shift)
    for mark in _GLYPHS[11:]:
        dotted = Text(f"1{mark}", size)
        glyphs[mark] = dotted[1].copy().shift([0, -float(dotted[0].get_bottom()[1]), 0])
        glyphs[mark].set_x(advance * 0.25)
    return glyphs, advance


def key_figure(figure: Mobject, name: str) -> VGroup:
    """A figure with its name below it."""
    caption = typography.label(name, size=LABEL)
    caption.next_to(figure, DOWN, buff=0.16, aligned_edge=LEFT)
    return VGroup(figure, caption)
