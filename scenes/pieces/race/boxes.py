"""Where the race's two maps and its rows of steps are, in each shape of the frame."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.kit.lettering.places import Box, Places

ROWS, GAP = 2.65, 0.25  # in picture units, the rows' height, and from the maps to them
BETWEEN = 0.015  # of the width, half of what is between the maps


@dataclass(frozen=True)
class RaceBoxes:
    """The places of the valley's map, of the bowl's, of both together, and of the rows below them."""

    valley: Box
    bowl: Box
    both: Box
    rows: Box

    @classmethod
    def of(cls, places: Places) -> RaceBoxes:
        """The maps side by side, the rows at the foot."""
        left, right = places.whole.left, places.whole.right
        bottom, top = places.foot.bottom, places.first.top
        both = Box(left, right, bottom + ROWS + GAP, top)
        valley, bowl = both.part(right=0.5 - BETWEEN), both.part(left=0.5 + BETWEEN)
        return cls(valley, bowl, both, Box(left, right, bottom, bottom + ROWS))
