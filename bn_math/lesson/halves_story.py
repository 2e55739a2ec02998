"""What each half of standardizing does, as named conditions of the story."""

from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bn_math.lesson.lesson import Lesson


@dataclass(frozen=True, eq=False)
class HalvesStory:
    """Conditions that compare the losses of raw, centered, divided and standardized features.

    lesson: the one that they are about.
    """

    lesson: "Lesson"

    @cached_property
    def centering_leaves_a_needle(self) -> bool:
        """Centered alone, a line of equal loss is shorter for its width, but by no more than two fifths.

        And it is still at least ten times as long as wide.
        """
        raw, centered = (stage.spectrum.contour_aspect for stage in (self.lesson.raw, self.lesson.centered))
        return max(0.6 * raw, 10) <= centered <= 0.95 * raw

    @cached_property
    def dividing_does_most(self) -> bool:
        """Divided alone, a line of equal loss comes two thirds of the way from raw to standardized, or more.

        In powers; and standardizing makes it rounder, by half at least.
        """
        lesson = self.lesson
        raw, scaled, both = (
            log(stage.spectrum.contour_aspect) for stage in (lesson.raw, lesson.scaled, lesson.standardized)
        )
        return raw - both >= log(2) and raw - scaled >= 2 / 3 * (raw - both)

    @cached_property
    def standardized_takes_a_few_hops(self) -> bool:
        """On the standardized data the descent takes three to twelve steps: each can be counted."""
        steps = self.lesson.standardized.steps
        return steps is not None and 3 <= steps <= 12
