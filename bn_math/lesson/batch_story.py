"""What is true of a lesson's mini-batches, as named conditions: the part of the story that they tell."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from bn_math.checks import Array
from bn_math.descent.settling_place import SHOWN_STEPS

if TYPE_CHECKING:
    from bn_math.descent.settling_place import Settling
    from bn_math.lesson.lesson import Lesson


@dataclass(frozen=True, eq=False)
class BatchStory:
    """Conditions of the mini-batches, of their noise, and of the ball that they drive.

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
    def own_batch_outweighs_eps(self) -> bool:
        """In the first row's mini-batch both features' standardized values spread by more than 0.995."""
        return bool(self._standardized_spreads[self.lesson.batches.with_first_row].min() > 0.995)

    @cached_property
    def eps_outweighs_spread(self) -> bool:
        """In the first row's mini-batch both features' standardized values spread by less than a third."""
        return bool(self._standardized_spreads[self.lesson.batches.with_first_row].max() < 1 / 3)

    @cached_property
    def own_batch_is_off_zero(self) -> bool:
        """In the first row's mini-batch one mean lies at least half a spread away from zero."""
        batches = self.lesson.batches
        own = batches.with_first_row
        return bool((np.abs(batches.means[own]) > 0.5 * batches.stds[own]).any())

    @cached_property
    def own_batch_is_a_strip(self) -> bool:
        """In the first row's mini-batch one feature spreads ten times as wide as the other, and by ten.

        It is the one that spans more in all rows.
        """
        wide = int(np.argmax(self.lesson.data.spans))
        spreads = self.lesson.batches.stds[self.lesson.batches.with_first_row]
        return bool(spreads[wide] >= 10 * max(spreads[1 - wide], 1.0))

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
    def forgets_batch_by_batch(self) -> bool:
        """The running averages' start weighs something after the first batch, and less after every one."""
        return 0 < self.lesson.batches.start_left(1) < 1

    @cached_property
    def ball_settles_short(self) -> bool:
        """With the smallest batches the ball settles on its way; by all rows' statistics it comes home.

        By a tenth of the way at least, its shiver and the other's within that of home.
        """
        found = self._settling
        return (
            bool(found.sizes)
            and self._arrives_while_shown
            and 0 < found.ways[0] <= 0.9
            and found.shivers[0] >= 0.01
            and abs(found.control_way - 1) <= 0.02
            and found.control_shiver <= 0.5 * found.shivers[0]
            and found.control_left < found.left[0]
        )

    @cached_property
    def two_rows_become_signs(self) -> bool:
        """The smallest batches have two rows, of which each becomes -1 or 1, to a fiftieth.

        In 95 of 100 pairs of rows, for each feature; eps keeps nearer to 0 what differs by little.
        """
        if self._settling.sizes[:1] != (2,):
            return False
        x = self.lesson.data.features
        one, other = np.triu_indices(len(x), 1)
        halves = np.abs(x[one] - x[other]) / 2
        sizes = halves / np.sqrt(halves**2 + self.lesson.settings.eps)
        return bool(((sizes >= 0.98).mean(axis=0) >= 0.95).all())

    @cached_property
    def larger_batches_settle_nearer(self) -> bool:
        """The larger the batches, the nearer to home the ball settles, and the less it shivers."""
        found = self._settling
        away = [abs(1 - way) for way in found.ways]
        return (
            len(found.sizes) > 1
            and away == sorted(away, reverse=True)
            and away[-1] <= 0.8 * away[0]
            and list(found.shivers) == sorted(found.shivers, reverse=True)
            and list(found.left) == sorted(found.left, reverse=True)
        )

    @cached_property
    def three_sizes_settle(self) -> bool:
        """Descents with batches of three sizes are compared."""
        return len(self._settling.sizes) == 3

    @property
    def _arrives_while_shown(self) -> bool:
        """A twentieth at most of the start's way is left, by theory, when the smallest batches are over."""
        rate = self.lesson.batches.descents[0].learning_rate
        left = self.lesson.standardized.spectrum.contraction(rate) ** SHOWN_STEPS
        return bool(left <= 0.05)

    @property
    def _settling(self) -> "Settling":
        return self.lesson.batches.settling

    @property
    def _standardized_spreads(self) -> Array:
        """The spreads of every mini-batch's standardized values, (k, 2)."""
        variances = self.lesson.batches.stds**2
        return np.sqrt(variances / (variances + self.lesson.settings.eps))

    def _landings(self, size: int) -> Array:
        """What the first row's narrower feature becomes in random batches of a size, (300,)."""
        return np.asarray(self.lesson.batches.noise(0, size, 300)[:, 0])
