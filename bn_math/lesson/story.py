"""Which story the data tell: conditions that are true of them or not, each with its threshold stated.

A sentence of the film is said only under the condition under which it is true; this is what it asks.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, get_type_hints

import numpy as np

from bn_math.checks import Array
from bn_math.data.dataset import article_dataset
from bn_math.lesson.batch_story import BatchStory
from bn_math.lesson.deep_story import DeepStory
from bn_math.lesson.drift_story import DriftStory
from bn_math.lesson.halves_story import HalvesStory
from bn_math.lesson.network_story import NetworkStory, SmoothStory
from bn_math.lesson.stage import ALONG_ONE_WEIGHT, LONGEST_TRAJECTORY

if TYPE_CHECKING:
    from bn_math.lesson.lesson import Lesson


@dataclass(frozen=True, eq=False)
class Story(BatchStory, DeepStory, HalvesStory, DriftStory, NetworkStory, SmoothStory):
    """What is true of ``lesson``, as named conditions; every public property that is a bool is one."""

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

    # What the surfaces look like: how long and how wide a line of equal loss is

    @cached_property
    def raw_is_a_valley(self) -> bool:
        """A line of equal loss on the raw data is at least four times as long as wide."""
        return self._raw_aspect >= 4

    @cached_property
    def raw_is_a_needle(self) -> bool:
        """A line of equal loss on the raw data is at least ten times as long as wide."""
        return self._raw_aspect >= 10

    @cached_property
    def standardized_is_a_bowl(self) -> bool:
        """A line of equal loss on the standardized data is less than twice as long as wide."""
        return self._standardized_aspect < 2

    @cached_property
    def standardized_is_almost_round(self) -> bool:
        """A line of equal loss on the standardized data is less than 1.3 times as long as wide."""
        return self._standardized_aspect < 1.3

    @cached_property
    def standardized_is_rounder(self) -> bool:
        """On the raw data a line of equal loss is at least 1.2 times as long for its width."""
        return self._raw_aspect >= 1.2 * self._standardized_aspect

    @cached_property
    def standardized_is_longer(self) -> bool:
        """On the standardized data a line of equal loss is at least 1.2 times as long for its width."""
        return self._standardized_aspect >= 1.2 * self._raw_aspect

    @cached_property
    def flat_along_one_weight(self) -> bool:
        """The raw loss is flattest within 18 degrees of the direction of one weight alone."""
        return bool(np.abs(self.lesson.raw.spectrum.eigenvectors[:, 0]).max() >= ALONG_ONE_WEIGHT)

    @cached_property
    def larger_is_second(self) -> bool:
        """The second feature's root mean square, its mean counted in, is the larger one."""
        first, second = self._sizes
        return bool(second > first)

    @cached_property
    def one_weight_hardly_bends(self) -> bool:
        """The larger feature's root mean square, its mean counted in, is at least ten times the other's.

        So the raw loss is bent at least 100 times as much over the one weight alone as over the other.
        """
        small, large = sorted(self._sizes)
        return bool(large >= 10 * small)

    # How the descents go

    @cached_property
    def downhill_is_across(self) -> bool:
        """The raw loss is a valley, and downhill on its wall goes at least five times as far across it."""
        along, across = np.abs(self._wall_way * self.lesson.raw.spectrum.eigenvalues)
        return self.raw_is_a_valley and bool(across >= 5 * along)

    @cached_property
    def downhill_is_home(self) -> bool:
        """On the raw loss's wall, downhill is within 10 degrees of the way to the minimum."""
        way = self._wall_way
        slope = way * self.lesson.raw.spectrum.eigenvalues
        lengths = float(np.linalg.norm(way) * np.linalg.norm(slope))
        return lengths > 0 and bool(way @ slope >= np.cos(np.radians(10)) * lengths)

    @cached_property
    def the_rest_lies_along(self) -> bool:
        """A step down the raw loss's wall to the lowest point leaves at least a quarter of the way home.

        And what is left is within 18 degrees of the direction along the valley.
        """
        way, bends = self._wall_way, self.lesson.raw.spectrum.eigenvalues
        slope = way * bends
        rest = way - slope * (slope @ slope) / max(float(slope @ (bends * slope)), 1e-300)
        left = float(np.linalg.norm(rest))
        return bool(left >= 0.25 * np.linalg.norm(way) and abs(rest[0]) >= 0.95 * left)

    @cached_property
    def raw_zigzags(self) -> bool:
        """On the raw data a step leaves more than half of the distance across, on the other side.

        That is a condition number above 3; and there are at least ten steps to see it, and at least a tenth
        of the way from the start lies across.
        """
        steps, (along, across) = self.lesson.raw.steps, self._raw_way
        is_seen = abs(across) >= 0.1 * float(np.hypot(along, across))
        return bool(
            is_seen and self.lesson.raw.spectrum.best_contraction > 0.5 and steps is not None and steps >= 10
        )

    @cached_property
    def raw_is_slow(self) -> bool:
        """On the raw data the descent takes at least a hundred steps."""
        return self.lesson.raw.steps is None or self.lesson.raw.steps >= 100

    @cached_property
    def raw_is_drawn_whole(self) -> bool:
        """The descent on the raw data has no more steps than are drawn, `LONGEST_TRAJECTORY`."""
        return self.lesson.raw.steps is not None and self.lesson.raw.steps <= LONGEST_TRAJECTORY

    @cached_property
    def standardized_is_drawn_whole(self) -> bool:
        """The descent on the standardized data has no more steps than are drawn, `LONGEST_TRAJECTORY`."""
        steps = self.lesson.standardized.steps
        return steps is not None and steps <= LONGEST_TRAJECTORY

    @cached_property
    def fit_comes_early(self) -> bool:
        """On the raw data one step at half the best rate leaves less than a tenth of the excess loss.

        And at the best rate it takes at least a hundred steps.
        """
        return self.raw_is_slow and self.lesson.raw.percent_left_by_a_step < 10

    @cached_property
    def flat_way_takes_long(self) -> bool:
        """In a needle the fit comes early, but most of the way along the flattest direction is left by then.

        That way is at least a hundredth of all the way to the minimum.
        """
        stage = self.lesson.raw
        way = np.asarray(stage.start) - stage.loss.minimizer
        along = abs(float(way @ stage.slow_direction))
        lags = 50 <= stage.percent_of_way_left_by_a_step <= 100
        return (
            self.raw_is_a_needle
            and self.fit_comes_early
            and lags
            and stage.half_rate_steps is not None
            and along >= 0.01 * float(np.linalg.norm(way))
        )

    @cached_property
    def slow_weight_is_the_first(self) -> bool:
        """The raw loss is flattest within 18 degrees of the direction of the first weight alone."""
        return self.flat_along_one_weight and bool(self.lesson.raw.slow_direction[0] == 1)

    @cached_property
    def home_is_beyond_counting(self) -> bool:
        """Steps are counted until less is left than one part in a hundred trillion."""
        return self.lesson.settings.tolerance < 1e-14

    # What the features are like

    @cached_property
    def differs_in_spread(self) -> bool:
        """The wider feature's standard deviation is at least three times the narrower one's."""
        narrow, wide = sorted(self.lesson.data.stds)
        return bool(wide >= 3 * narrow)

    @cached_property
    def differs_in_size(self) -> bool:
        """The larger feature's root mean square, its mean counted in, is at least twice the other's."""
        small, large = sorted(self._sizes)
        return bool(large >= 2 * small)

    @cached_property
    def differs_in_span(self) -> bool:
        """From least to greatest value, one feature spans at least 1.2 times what the other does."""
        return self.lesson.span_ratio >= 1.2

    @cached_property
    def is_a_strip(self) -> bool:
        """The one feature spans at least five times what the other does."""
        return self.lesson.span_ratio >= 5

    @cached_property
    def is_standardized(self) -> bool:
        """As they come the features have spreads within 1 % of one, and means within 0.01 of zero."""
        data = self.lesson.data
        return bool(np.all(np.abs(data.stds - 1) <= 0.01) and np.all(np.abs(data.means) <= 0.01))

    @cached_property
    def divides_by_n(self) -> bool:
        """Spreads are taken over all n rows, not over n - 1: the lesson's `ddof` is 0."""
        return self.lesson.settings.ddof == 0

    @cached_property
    def correlated(self) -> bool:
        """Pearson's r of the features is beyond 0.5, or below -0.5."""
        return abs(self.lesson.correlation) > 0.5

    # What the conditions are computed from

    @property
    def _raw_aspect(self) -> float:
        return self.lesson.raw.spectrum.contour_aspect

    @property
    def _standardized_aspect(self) -> float:
        return self.lesson.standardized.spectrum.contour_aspect

    @property
    def _sizes(self) -> Array:
        """Each feature's root mean square, its mean counted in, (2,)."""
        return np.asarray(np.sqrt(np.mean(self.lesson.data.features**2, axis=0)))

    @property
    def _wall_way(self) -> Array:
        """From the start on the wall to the minimum of the raw loss: along the valley and across it, (2,)."""
        stage = self.lesson.raw
        return np.asarray(stage.spectrum.eigenvectors.T @ (stage.start_on_the_wall - stage.loss.minimizer))

    @property
    def _raw_way(self) -> Array:
        """From the start to the minimum of the raw loss: along the valley and across it, (2,)."""
        stage = self.lesson.raw
        way = np.asarray(stage.start) - stage.loss.minimizer
        return np.asarray(stage.spectrum.eigenvectors.T @ way)


@cache
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
