"""Which story the data tell: conditions that are true of them or not, each with its threshold stated.

A sentence of the film is said only under the condition under which it is true; this is what it asks.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, get_type_hints

import numpy as np

from bn_math.data.dataset import article_dataset
from bn_math.lesson.deep_story import DeepStory

if TYPE_CHECKING:
    from bn_math.lesson.lesson import Lesson


@dataclass(frozen=True, eq=False)
class Story(DeepStory):
    """What is true of a lesson, as named conditions; every public property that is a bool is one.

    lesson: the one that they are about.
    """

    lesson: "Lesson"

    # What the film is called, and whose data it shows

    @cached_property
    def has_title(self) -> bool:
        """The lesson gives its film a title."""
        return bool(self.lesson.settings.labels.title)

    @cached_property
    def has_subject(self) -> bool:
        """The lesson says what its data are."""
        return bool(self.lesson.settings.labels.subject)

    @cached_property
    def has_source(self) -> bool:
        """The lesson says where its data come from."""
        return bool(self.lesson.settings.labels.source)

    @cached_property
    def is_the_article(self) -> bool:
        """The data are the article's own, every value of them."""
        mine, article = self.lesson.data, article_dataset()
        return np.array_equal(mine.features, article.features) and np.array_equal(mine.target, article.target)

    # Does standardizing help?

    @cached_property
    def helps(self) -> bool:
        """The bowl needs at most half as many steps as the valley, each at theory's best rate."""
        ratio = self.lesson.steps_ratio
        return ratio is not None and ratio >= 2

    @cached_property
    def hardly_helps(self) -> bool:
        """Standardizing saves steps, or costs none, but not half of them."""
        ratio = self.lesson.steps_ratio
        return ratio is not None and 1 <= ratio < 2

    @cached_property
    def hurts(self) -> bool:
        """The standardized data need more steps than the raw ones."""
        ratio = self.lesson.steps_ratio
        return ratio is not None and ratio < 1

    # What the surfaces look like

    @cached_property
    def raw_is_a_valley(self) -> bool:
        """A line of equal loss on the raw data is at least four times as long as wide."""
        return self.lesson.raw.spectrum.contour_aspect >= 4

    @cached_property
    def standardized_is_a_bowl(self) -> bool:
        """A line of equal loss on the standardized data is less than twice as long as wide."""
        return self.lesson.standardized.spectrum.contour_aspect < 2

    @cached_property
    def raw_zigzags(self) -> bool:
        """On the raw data a step leaves more than half of the distance across, on the other side.

        That is a condition number above 3; and there are at least ten steps to see it.
        """
        steps = self.lesson.raw.steps
        return self.lesson.raw.spectrum.best_contraction > 0.5 and steps is not None and steps >= 10

    # What the features are like

    @cached_property
    def differs_in_spread(self) -> bool:
        """The wider feature's standard deviation is at least three times the narrower one's."""
        narrow, wide = sorted(self.lesson.data.stds)
        return bool(wide >= 3 * narrow)

    @cached_property
    def correlated(self) -> bool:
        """Pearson's r of the features is beyond 0.5, or below -0.5."""
        return abs(self.lesson.correlation) > 0.5


def conditions() -> tuple[str, ...]:
    """The names of all conditions, in the order in which they are defined."""
    return tuple(
        name
        for kind in reversed(Story.__mro__)
        for name, member in vars(kind).items()
        if isinstance(member, cached_property)
        and not name.startswith("_")
        and get_type_hints(member.func, localns={"Lesson": object}).get("return") is bool
    )
