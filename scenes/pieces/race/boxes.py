"""Where the race's two maps and its columns are, in each shape of the frame."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.kit.lettering.places import Box, Places

SIGN = 0.65  # in picture units, the room for marks and names below a map


@dataclass(frozen=True)
class RaceBoxes:
    """The places of the valley's map, of the bowl's, and of the columns."""

    valley: Box
    bowl: Box
    columns: Box

    @classmethod
    def of(cls, places: Places) -> RaceBoxes:
        """Side by side, or one above the other."""
        first, second, foot = places.first, places.second, places.foot
        if first.right < second.left:
            whole = Box(first.left, second.right, foot.bottom + SIGN, first.top)
            columns = whole.part(left=0.67)
            columns = Box(columns.left, columns.right, foot.bottom, columns.top)
            return cls(whole.part(right=0.3), whole.part(0.33, 0.63), columns)
        whole = Box(first.left, first.right, foot.bottom, first.top)
        thirds = [whole.part(bottom=low, top=low + 0.3) for low in (0.7, 0.36, 0.0)]
        above = SIGN / thirds[0].height
        return cls(thirds[0].part(bottom=above / 2), thirds[1].part(bottom=above), thirds[2])

    @property
    def both(self) -> Box:
        """The place of both maps."""
        return Box(self.valley.left, self.bowl.right, self.bowl.bottom, self.valley.top)
