"""Where a shape is that stands beside another one, with its cloud and what is written."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.kit.lettering.places import Box, Places


@dataclass(frozen=True)
class Half:
    """Where one of the two shapes is, its cloud, and what is written beside that."""

    cloud: Box
    words: Box
    shape: Box

    @classmethod
    def of(cls, box: Box) -> Half:
        """The parts of a place, for a wide one and for another."""
        if box.is_wide:
            column = box.part(right=0.4)
            return cls(column.part(bottom=0.45), column.part(top=0.4), box.part(left=0.42))
        strip = box.part(bottom=0.72)
        return cls(strip.part(right=0.35), strip.part(left=0.4), box.part(top=0.7))


def halves(places: Places) -> tuple[Half, Half]:
    """Where the two shapes are, side by side down to the frame's foot, or one above the other."""
    first, second = places.first, places.second
    if first.right < second.left:
        foot = places.foot.bottom
        first, second = (Box(box.left, box.right, foot, box.top) for box in (first, second))
    return Half.of(first), Half.of(second)
