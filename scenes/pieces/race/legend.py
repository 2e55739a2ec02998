"""Which line is which: for each optimizer on the maps a piece of its line, its mark and its name."""

from __future__ import annotations

from collections.abc import Sequence

from manim import DOWN, LEFT, ORIGIN, RIGHT, Mobject, VGroup

from scenes.kit.lettering import typography
from scenes.kit.lettering.places import Box
from scenes.pieces.optimizer_styles import OptimizerStyle

SAMPLE, GAP = 0.7, 0.7  # length of the piece of line, and what is between two entries, in picture units


def entry(style: OptimizerStyle, name: str) -> VGroup:
    """A piece of an optimizer's line with its mark at the end, and its name."""
    line = style.draw(style.line(width=6.0), ORIGIN, SAMPLE * RIGHT)
    mark = style.marker().move_to(line.get_right())
    text = typography.name(name, style.color)
    return VGroup(VGroup(line, mark), text).arrange(RIGHT, buff=0.2)


def laid_out(entries: Sequence[Mobject], note: Mobject | None, box: Box) -> VGroup:
    """Entries in a row in ``box``, and behind them, or below where there is no room, a note."""
    row = VGroup(*entries).arrange(RIGHT, buff=GAP)
    if note is None:
        return box.put(row, 0.0, 1.0)
    whole = VGroup(*row, note)
    if row.width + GAP + note.width <= box.width:
        note.next_to(row, RIGHT, buff=GAP)
        return box.put(whole, 0.0, 1.0)
    note.next_to(row, DOWN, buff=0.15).align_to(row, LEFT)
    return box.put(whole, 0.0, 0.0)
