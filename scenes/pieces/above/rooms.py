"""Where a shape is seen from above, in turn."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.kit.lettering.places import Box

ASIDE = 0.13  # of the width


@dataclass(frozen=True)
class Rooms:
    """Places of a shape that is seen from above.

    whole: the whole room of the picture.
    """

    whole: Box

    @property
    def all(self) -> Box:
        """Where the valley is: below the heading."""
        return self.whole.part(bottom=0.1, top=0.87)

    @property
    def middle(self) -> Box:
        """Where the circle is: between the lines and the counts; in a square, above the line."""
        return self.whole.part(left=0.27, right=0.74) if self.whole.is_wide else self.whole.part(bottom=0.26)

    @property
    def before_the_count(self) -> Box:
        """As much as the valley has beside its count, in the middle; in a square, above it."""
        return self.whole.part(0.14, 0.86, 0.1, 0.9) if self.whole.is_wide else self.last

    @property
    def aside(self) -> tuple[float, float]:
        """The middle of the valley, when its count stands beside it."""
        x, y = self.whole.center
        return (float(x - ASIDE * self.whole.width * self.whole.is_wide), float(y))

    @property
    def last(self) -> Box:
        """Where it is in the end: between title and credit, and the counts in a square."""
        if self.whole.is_wide:
            return self.middle.part(bottom=0.12, top=0.88)
        return self.whole.part(0, 1, 0.32, 0.86)
