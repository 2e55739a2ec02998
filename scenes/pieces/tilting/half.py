"""Where a shape is that stands beside another one, and what is written above it."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.kit.lettering.places import Box, Places

LINE = 0.85  # in picture units, the height of what is written
GAP = 0.25  # from that to the shape
INNER = 0.08  # of the width, that is left free at both sides


@dataclass(frozen=True)
class Half:
    """A line of words, and below it the place of a shape."""

    words: Box
    shape: Box

    @classmethod
    def of(cls, box: Box) -> Half:
        """Both parts of a place."""
        words = Box(box.left, box.left + 0.95 * box.width, box.top - LINE, box.top)
        below = Box(box.left, box.right, box.bottom, words.bottom - GAP)
        return cls(words, below.part(INNER, 1 - INNER))


def halves(places: Places) -> tuple[Half, Half]:
    """Where the two shapes are, side by side down to the frame's foot, or one above the other."""
    first, second = places.first, places.second
    if first.right < second.left:
        foot = places.foot.bottom
        first, second = (Box(box.left, box.right, foot, box.top) for box in (first, second))
    return Half.of(first), Half.of(second)
