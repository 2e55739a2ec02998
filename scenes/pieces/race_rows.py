"""The rows of the race: where each optimizer's lane lies, and what brackets rows together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manim import LEFT, Line, VGroup

from scenes.kit import theme
from scenes.kit.lettering import typography
from scenes.kit.lettering.typography import SMALL

FIRST, LAST, PITCH = 1.5, -2.0, 0.7  # heights in the picture; with more than six the rows are nearer


@dataclass(frozen=True)
class Rows:
    """Rows between a fixed top and bottom.

    Args:
        count: how many there are.
    """

    count: int

    def height(self, row: float) -> float:
        """The height of a row; above the first one, below 0, that of other things in units of PITCH."""
        pitch = min(PITCH, (FIRST - LAST) / max(self.count - 1, 1)) if row > 0 else PITCH
        return FIRST - pitch * row

    def bracketed(self, x: float, groups: Sequence[tuple[str, int, int]]) -> VGroup:
        """For each (words, first row, last row) a bracket at ``x`` with the words to its left."""
        made = VGroup()
        for markup, first, last in groups:
            top, bottom = self.height(first) + 0.18, self.height(last) - 0.18
            bracket = Line([x, top, 0], [x, bottom, 0]).set_stroke(theme.current().rule, 2.5)
            words = typography.label(markup, size=SMALL)
            words.next_to(bracket, LEFT, buff=0.2)
            made.add(VGroup(words, bracket))
        return made
