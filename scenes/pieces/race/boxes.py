"""Where the maps of the race are, each with its rule's name above it and its steps below."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.kit.lettering.places import Box, Places

BETWEEN = 0.35  # in picture units, from one map to the next
NAME, FIGURE = 0.62, 1.05  # in picture units, heights of a rule's name and of its steps
TALL = 1.45  # of its width, a map's height at most
TWO_LINES = 3.6  # in picture units: a column that is narrower has a name of two lines


@dataclass(frozen=True)
class Column:
    """The places of one rule: its name, its map, its steps."""

    name: Box
    map: Box
    figure: Box


@dataclass(frozen=True)
class RaceBoxes:
    """The places of all rules, side by side, and of the line above them.

    line: what is the same for all of them.
    columns: one for each rule.
    """

    line: Box
    columns: tuple[Column, ...]

    @classmethod
    def of(cls, places: Places, count: int) -> RaceBoxes:
        """Columns for so many rules."""
        whole, line = places.whole, places.title
        width = (whole.width - (count - 1) * BETWEEN) / count
        named = NAME if width > TWO_LINES else 2 * NAME
        top, foot = line.bottom - named, whole.bottom + FIGURE
        foot = max(foot, top - TALL * width)
        columns = []
        for which in range(count):
            left = whole.left + which * (width + BETWEEN)
            right = left + width
            columns.append(
                Column(
                    Box(left, right, top, line.bottom),
                    Box(left, right, foot, top),
                    Box(left, right, foot - FIGURE, foot),
                )
            )
        return cls(line, tuple(columns))
