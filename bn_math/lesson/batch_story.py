"""What is true of a lesson's mini-batches, as named conditions: the part of the story that they tell."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from bn_math.checks import Array

if TYPE_CHECKING:
    from bn_math.lesson.lesson import Lesson


@dataclass(frozen=True, eq=False)
class BatchStory:
    """Conditions of the mini-batches, of which only the rows and the settings are asked, no descent.

    lesson: the one that they are about.
    """

    lesson: "Lesson"

    @cached_property
    def several_batches(self) -> bool:
        """There are at least two mini-batches."""
        return self.lesson.batches.count > 1

    @cached_property
    def batches_are_even(self) -> bool:
        """All mini-batches have as many rows, the last one, too."""
        return self.lesson.data.count % self.lesson.batches.size == 0

    @cached_property
    def batches_differ(self) -> bool:
        """There are several mini-batches; no two have mean and spread in common, none those of all rows.

        They are the narrower feature's, in units of its spread over all rows, rounded to six decimals.
        """
        batches, data = self.lesson.batches, self.lesson.data
        found = np.column_stack([batches.means[:, 0], batches.stds[:, 0]])
        found = np.vstack([found, [data.means[0], data.stds[0]]]) / data.stds[0]
        return self.several_batches and len(np.unique(np.round(found, 6), axis=0)) == len(found)

    @cached_property
    def spread_outweighs_eps(self) -> bool:
        """In every mini-batch each feature's standardized values spread by more than 0.995."""
        return bool(self._standardized_spreads.min() > 0.995)

    @cached_property
    def first_batch_outweighs_eps(self) -> bool:
        """In the first mini-batch both features' standardized values spread by more than 0.995."""
        return bool(self._standardized_spreads[0].min() > 0.995)

    @cached_property
    def eps_outweighs_spread(self) -> bool:
        """In the first mini-batch both features' standardized values spread by less than a third."""
        return bool(self._standardized_spreads[0].max() < 1 / 3)

    @cached_property
    def first_batch_differs_in_spread(self) -> bool:
        """In the first mini-batch the wider feature spreads at least three times as wide as the narrower."""
        narrow, wide = self.lesson.batches.stds[0]
        return bool(wide >= 3 * narrow)

    @cached_property
    def first_batch_is_off_zero(self) -> bool:
        """In the first mini-batch both means lie at least a tenth of a spread away from zero."""
        batches = self.lesson.batches
        return bool((np.abs(batches.means[0]) >= 0.1 * batches.stds[0]).all() and batches.means[0].all())

    @cached_property
    def first_batch_is_wide(self) -> bool:
        """The first mini-batch as it comes, and less its means, reaches over at least 10.

        Standardized it reaches over about 6, so that it is seen from nearer then.
        """
        x = self.lesson.data.features[self.lesson.batches.rows[0]]
        both = np.concatenate([x, x - x.mean(axis=0)])
        return float(np.ptp(both)) >= 10

    @cached_property
    def first_row_lands_elsewhere(self) -> bool:
        """In three random mini-batches the first row becomes three values, at least 0.01 apart.

        The narrower feature's, in the first three batches of the noise that is shown.
        """
        if not self.several_batches:
            return False
        first, second, third = self._landings(self.lesson.batches.size)[:3]
        return bool(min(abs(first - second), abs(first - third), abs(second - third)) >= 0.01)

    @cached_property
    def noise_is_seen(self) -> bool:
        """In random mini-batches what the first row becomes spreads by at least 0.01, and batches differ."""
        return self.several_batches and float(self._landings(self.lesson.batches.size).std()) >= 0.01

    @cached_property
    def noise_shrinks(self) -> bool:
        """What the first row becomes spreads less in the largest batches compared than in the smallest.

        By a fifth at least, in 300 random batches of each size; and by at least 0.01 in the smallest.
        """
        sizes = self.lesson.batches.noise_sizes
        least, most = (float(self._landings(size).std()) for size in (sizes[0], sizes[-1]))
        return len(sizes) > 1 and least >= 0.01 and most <= 0.8 * least

    @cached_property
    def forgets_batch_by_batch(self) -> bool:
        """The running averages' start weighs something after the first batch, and less after every one."""
        return 0 < self.lesson.batches.start_left(1) < 1

    @property
    def _standardized_spreads(self) -> Array:
        """The spreads of every mini-batch's standardized values, (k, 2)."""
        variances = self.lesson.batches.stds**2
        return np.sqrt(variances / (variances + self.lesson.settings.eps))

    def _landings(self, size: int) -> Array:
        """What the first row's narrower feature becomes in random batches of a size, (300,)."""
        return np.asarray(self.lesson.batches.noise(0, size, 300)[:, 0])
