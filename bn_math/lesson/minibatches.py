"""What follows from a lesson's mini-batches: their statistics, their noise, the layer they are fed to."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import Array, Indices, ascending, integer, readonly, weights
from bn_math.data import split as dealing
from bn_math.lesson.settings import LessonSettings
from bn_math.normalization.batch_norm import BatchNorm
from bn_math.normalization.noise import Landing, batch_mean_shares, landing
from bn_math.normalization.standardize import standardize

# More passes over the rows than this nobody waits for.
MOST_PASSES = 10_000


@dataclass(frozen=True)
class MiniBatches(LessonSettings):
    """The rows as a batch-normalization layer sees them: dealt into batches, pass after pass."""

    # The mini-batches

    @cached_property
    def batches(self) -> tuple[Indices, ...]:
        """The rows dealt into k mini-batches, each an array of row numbers; every row once."""
        return tuple(
            dealing.split_batches(self.data.count, self.batch_size, np.random.default_rng(self.batch_seed))
        )

    @property
    def batch_count(self) -> int:
        """k, the number of mini-batches, a smaller last one among them."""
        return len(self.batches)

    @cached_property
    def batch_means(self) -> Array:
        """Each mini-batch's own means, (k, 2)."""
        return readonly(dealing.batch_means(self.data.features, self.batches))

    @cached_property
    def batch_stds(self) -> Array:
        """Each mini-batch's own standard deviations, ddof 0 as the layer takes them, (k, 2)."""
        return readonly(dealing.batch_stds(self.data.features, self.batches))

    @cached_property
    def standardized_batches(self) -> tuple[Array, ...]:
        """Each mini-batch standardized by its own statistics with `eps`, k arrays (batch_size, 2)."""
        return tuple(readonly(standardize(self.data.features[rows], eps=self.eps)) for rows in self.batches)

    @cached_property
    def measured_batch_mean_spread(self) -> Array:
        """SD of these few batches' means about the data's, over sigma, (2,); near the theory, by chance."""
        offsets = (self.batch_means - self.data.means) / self.data.stds
        return readonly(np.sqrt((offsets**2).mean(axis=0)))

    @property
    def batch_mean_spread(self) -> float:
        """What theory says of the same: sqrt((N - m) / (m (N - 1)))."""
        return dealing.batch_mean_spread(self.data.count, self.batch_size)

    def sampled_batch_means(self, batch_size: int, draws: int) -> Array:
        """Means of `draws` random batches, as offsets from the data's means in sigmas, (draws, 2).

        Their SD comes near `batch_mean_spread(count, batch_size)` as `draws` grows.
        """
        batch_size = integer("batch_size", batch_size, at_least=1, at_most=self.data.count)
        draws = integer("draws", draws, at_least=1)
        rng = np.random.default_rng((self.batch_seed, batch_size, draws))
        means = dealing.sampled_batch_means(self.data.features, batch_size, draws, rng)
        return (means - self.data.means) / self.data.stds

    @property
    def noise_batch_sizes(self) -> tuple[int, ...]:
        """The batch sizes whose noise is compared: `noise_batches` of the rows, at least 2, none twice."""
        sizes = (max(round(share * self.data.count), 2) for share in self.noise_batches)
        return tuple(dict.fromkeys(sizes))

    def company(self, row: int, batch_size: int, draws: int) -> Indices:
        """The batches of `noise(row, batch_size, draws)`, (draws, batch_size) row numbers, `row` first."""
        return dealing.company(self.data.count, row, batch_size, draws, self._dealer(batch_size))

    def noise(self, row: int, batch_size: int, draws: int) -> Array:
        """Where one row lands when standardized in `draws` different batches, (draws, 2)."""
        rng = self._dealer(batch_size)
        return dealing.standardized_in_company(self.data.features, row, batch_size, draws, rng, self.eps)

    def _dealer(self, batch_size: int) -> np.random.Generator:
        """Deals the same batches to whoever asks."""
        batch_size = integer("batch_size", batch_size, at_least=1, at_most=self.data.count)
        return np.random.default_rng((self.batch_seed, batch_size))

    def landing(self, row: int, batch_size: int) -> Landing:
        """The exact law that `noise(row, batch_size, draws)` comes to as its draws grow."""
        return landing(self.data.features, row, batch_size, self.eps)

    def noise_shares(self, row: int, batch_size: int, draws: int, edges: ArrayLike) -> Array:
        """Share of `noise(row, batch_size, draws)` between `edges` (k + 1,), for a histogram: (k, 2)."""
        edges = ascending("edges", edges)
        landed = self.noise(row, batch_size, draws)
        return np.column_stack([np.histogram(column, edges)[0] / draws for column in landed.T])

    def batch_mean_shares(self, batch_size: int, edges: ArrayLike) -> Array:
        """The exact share of all batches whose mean, as an offset in sigmas, is between `edges`, (k, 2).

        What the histogram of `sampled_batch_means` comes to as its draws grow.
        """
        features = (self.data.features - self.data.means) / self.data.stds
        return batch_mean_shares(features, batch_size, edges)

    # The layer

    def layer(self) -> BatchNorm:
        """A new batch-normalization layer for the two features, with this lesson's eps and momentum."""
        return BatchNorm(2, eps=self.eps, momentum=self.momentum)

    def dealt(self, passes: int = 1) -> tuple[Indices, ...]:
        """The batches of `passes` passes, one after the other: every pass deals the rows anew.

        The first pass deals `batches`.
        """
        rng = np.random.default_rng(self.batch_seed)
        each = range(integer("passes", passes, at_least=1, at_most=MOST_PASSES))
        split = (dealing.split_batches(self.data.count, self.batch_size, rng) for _ in each)
        return tuple(rows for batches in split for rows in batches)

    def running_statistics(self, passes: int = 1) -> tuple[Array, Array]:
        """The layer's running mean and variance before and after each batch: two arrays (passes * k + 1, 2).

        The batches are those of `dealt`.
        """
        record = [(layer.running_mean, layer.running_var) for layer in self._training(passes)]
        means, variances = zip(*record, strict=True)
        return readonly(np.array(means)), readonly(np.array(variances))

    def start_left(self, batches: int) -> float:
        """What the initial 0 and 1 still weigh in the running statistics after `batches`, 0 to 1.

        That is (1 - momentum)^batches; in a cumulative average the first batch takes their place.
        """
        batches = integer("batches", batches, at_least=0)
        if self.momentum is None:
            return float(batches == 0)
        return float((1 - self.momentum) ** batches)

    def expected_running_statistics(self, passes: int = 1) -> tuple[Array, Array]:
        """What `running_statistics` are on average over all ways of dealing: two arrays (passes * k + 1, 2).

        What `start_left` leaves is the data's mean and variance with ddof 1, which batches dealt without
        replacement hit on average.
        """
        count = integer("passes", passes, at_least=1, at_most=MOST_PASSES) * self.batch_count
        left = np.array([self.start_left(batches) for batches in range(count + 1)])
        variance = self.data.standard_deviations(1) ** 2
        means = (1 - left)[:, None] * self.data.means
        return readonly(means), readonly(left[:, None] + (1 - left)[:, None] * variance)

    def trained_layer(self, passes: int = 1) -> BatchNorm:
        """The layer after `passes` passes over the mini-batches, with the running statistics it has then."""
        *_, layer = self._training(passes)
        return layer

    def inferred(self, sample: ArrayLike, passes: int = 1) -> Array:
        """What the trained layer makes of `sample`, (2,) alone or (n, 2), at inference: the same shape.

        It takes the running statistics, so that the answer does not depend on what else is asked.
        """
        sample = weights("sample", sample, 2)
        if not sample.size:
            raise ValueError(f"sample must hold at least one row, but has shape {sample.shape}")
        return self.trained_layer(passes).forward(sample.reshape(-1, 2), training=False).reshape(sample.shape)

    @cached_property
    def refusal(self) -> str:
        """What the layer says to a batch of one in training."""
        try:
            self.layer().forward(self.data.features[:1])
        except ValueError as error:
            return str(error)
        raise RuntimeError("a batch of one was let through")

    def _training(self, passes: int) -> Iterator[BatchNorm]:
        """The one layer, before and after each batch."""
        layer = self.layer()
        yield layer
        for rows in self.dealt(passes):
            layer.forward(self.data.features[rows])
            yield layer
