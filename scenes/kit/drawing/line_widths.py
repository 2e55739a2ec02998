"""How broad lines are on a printed page, whatever they are in the film."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LineWidths:
    """Bounds of a line's width, in picture units.

    Args:
        least: no line is thinner; and so broad is what is seen of a ground at each side of its line.
        most: no line is broader.
        area: what is broader than this in the film is no line but an area, such as a bar, and stays as it is.
    """

    least: float
    most: float
    area: float

    def of(self, width: float, above: float = 0.0) -> float:
        """The width of a line that is ``width`` broad in the film.

        Args:
            width: in the film.
            above: width in the film of the line that lies over this one and lets its edges be seen; 0 for
                none.
        """
        if width > self.area:
            return width
        if above > 0:
            return self.of(above) + 2 * self.least
        return min(max(width, self.least), self.most)
