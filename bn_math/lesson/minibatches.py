"""What follows from a lesson's mini-batches: their statistics, their noise, the layer they are fed to."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import Array, Indices, ascending, integer, readonly, shown, weights
from bn_math.data import split
from bn_math.data.dataset import Dataset
from bn_math.descent.minibatch_descent import MiniBatchDescent
from bn_math.descent.settling_place import Settling
from bn_math.lesson.settings import LessonSettings
from bn_math.normalization.batch_norm import BatchNorm
from bn_math.normalization.noise import (
    NormalizedValueDistribution,
    batch_mean_shares,
    normalized_value_distribution,
)
from bn_math.normalization.standardize import standardize

# More epochs than this would take hours.
MOST_EPOCHS = 10_000


@dataclass(frozen=True)
class MiniBatches:
    """The rows as a batch-normalization layer sees them: split into mini-batches, epoch after epoch.

    settings: those of the lesson, of which `data`, `batch_size`, `batch_seed`, `eps`, `momentum`,
    `noise_batches` and `start` are read, each only by what depends on it.
    Raises ValueError if `settings` are none.
    """

    settings: LessonSettings

    def __post_init__(self) -> None:
        """Checks the field."""
        if not isinstance(self.settings, LessonSettings):
            raise ValueError(f"settings must be a LessonSettings, but is {shown(self.settings)}")

    @property
    def data(self) -> Dataset:
        """The data set whose rows are split."""
        return self.settings.data

    @property
    def size(self) -> int:
        """m, the number of rows in a mini-batch; the last one may have fewer."""
        return self.settings.batch_size

    # The mini-batches of one epoch

    @cached_property
    def rows(self) -> tuple[Indices, ...]:
        """The row numbers of each of the k mini-batches, k arrays (m,); every row is in one of them."""
        rng = np.random.default_rng(self.settings.batch_seed)
        return tuple(split.split_batches(self.data.count, self.size, rng))

    @property
    def count(self) -> int:
        """k, the number of mini-batches, a smaller last one among them."""
        return len(self.rows)

    @cached_property
    def with_first_row(self) -> int:
        """Which of them holds the data's first row, counted from 0."""
        return next(number for number, rows in enumerate(self.rows) if 0 in rows)

    @cached_property
    def means(self) -> Array:
        """Each mini-batch's own means, (k, 2)."""
        return readonly(split.batch_means(self.data.features, self.rows))

    @cached_property
    def stds(self) -> Array:
        """Each mini-batch's own standard deviations, ddof 0 as the layer takes them, (k, 2)."""
        return readonly(split.batch_stds(self.data.features, self.rows))

    @cached_property
    def standardized(self) -> tuple[Array, ...]:
        """Each mini-batch standardized by its own statistics with `eps`, k arrays (m, 2)."""
        return tuple(
            readonly(standardize(self.data.features[rows], eps=self.settings.eps)) for rows in self.rows
        )

    @cached_property
    def measured_mean_spread(self) -> Array:
        """SD of these k means about the data's, in SDs of the feature, (2,); near theory, by chance."""
        offsets = (self.means - self.data.means) / self.data.stds
        return readonly(np.sqrt((offsets**2).mean(axis=0)))

    @property
    def mean_spread(self) -> float:
        """What theory says of the same: sqrt((N - m) / (m (N - 1)))."""
        return split.batch_mean_spread(self.data.count, self.size)

    # The noise

    def sampled_means(self, batch_size: int, draws: int) -> Array:
        """Means of `draws` random batches, as offsets from the data's means in sigmas, (draws, 2).

        Their SD comes near `batch_mean_spread(count, batch_size)` as `draws` grows.
        """
        batch_size = integer("batch_size", batch_size, at_least=1, at_most=self.data.count)
        draws = integer("draws", draws, at_least=1)
        rng = np.random.default_rng((self.settings.batch_seed, batch_size, draws))
        means = split.sampled_batch_means(self.data.features, batch_size, draws, rng)
        return (means - self.data.means) / self.data.stds

    @property
    def noise_sizes(self) -> tuple[int, ...]:
        """The batch sizes whose noise is compared: `noise_batches` of the rows, at least 2, none twice."""
        sizes = (max(round(share * self.data.count), 2) for share in self.settings.noise_batches)
        return tuple(dict.fromkeys(sizes))

    def batchmates(self, row: int, batch_size: int, draws: int) -> Indices:
        """The batches of `noise(row, batch_size, draws)`, (draws, batch_size) row numbers, `row` first."""
        return split.batchmates(self.data.count, row, batch_size, draws, self._drawing(batch_size))

    def noise(self, row: int, batch_size: int, draws: int) -> Array:
        """What one row becomes when standardized in `draws` random batches, (draws, 2)."""
        rng = self._drawing(batch_size)
        return split.standardized_with_batchmates(
            self.data.features, row, batch_size, draws, rng, self.settings.eps
        )

    def asked(self, row: int, batch_size: int, times: int, feature: int = 0) -> tuple[Array, Array]:
        """A feature of a row standardized among others, so many times: (times,), and theirs: (times, m - 1).

        The batches are those of `noise(row, batch_size, times)`.
        """
        feature = integer("feature", feature, at_least=0, at_most=1)
        batch_size = integer("batch_size", batch_size, at_least=2, at_most=self.data.count)
        drawn = self.batchmates(row, batch_size, integer("times", times, at_least=1, at_most=MOST_EPOCHS))
        found = np.array([standardize(self.data.features[rows], eps=self.settings.eps) for rows in drawn])
        return readonly(found[:, 0, feature]), readonly(found[:, 1:, feature])

    def _drawing(self, batch_size: int) -> np.random.Generator:
        """The generator of random batches, at its start, so that the same are drawn every time."""
        batch_size = integer("batch_size", batch_size, at_least=1, at_most=self.data.count)
        return np.random.default_rng((self.settings.batch_seed, batch_size))

    def noise_distribution(self, row: int, batch_size: int) -> NormalizedValueDistribution:
        """The exact distribution that `noise(row, batch_size, draws)` comes to as its draws grow."""
        return normalized_value_distribution(self.data.features, row, batch_size, self.settings.eps)

    def noise_shares(self, row: int, batch_size: int, draws: int, edges: ArrayLike) -> Array:
        """Share of `noise(row, batch_size, draws)` between `edges` (k + 1,), for a histogram: (k, 2)."""
        edges = ascending("edges", edges)
        values = self.noise(row, batch_size, draws)
        return np.column_stack([np.histogram(column, edges)[0] / draws for column in values.T])

    def mean_shares(self, batch_size: int, edges: ArrayLike) -> Array:
        """The exact share of all batches whose mean, as an offset in sigmas, is between `edges`, (k, 2).

        What the histogram of `sampled_means` comes to as its draws grow.
        """
        features = (self.data.features - self.data.means) / self.data.stds
        return batch_mean_shares(features, batch_size, edges)

    # Descents with mini-batches

    @property
    def descent_sizes(self) -> tuple[int, ...]:
        """The batch sizes whose descents are compared, ascending: 2, `size`, five times that, and all rows.

        Sizes above half of the rows are left out.
        """
        rows = self.data.count
        some = {size for size in (2, self.size, 5 * self.size) if size <= rows // 2}
        return *sorted(some), rows

    @cached_property
    def descents(self) -> tuple[MiniBatchDescent, ...]:
        """Descents on the bowl with mini-batches of each of `descent_sizes`, by their own statistics."""
        return tuple(self.descent(size) for size in self.descent_sizes)

    def descent(self, batch_size: int, by_all_rows: bool = False) -> MiniBatchDescent:
        """Descents with mini-batches of one size, standardized by their own statistics.

        With `by_all_rows` the same batches by those of all rows, the control.
        """
        made = self.settings
        return MiniBatchDescent(
            made.data,
            batch_size,
            by_all_rows,
            eps=made.eps,
            momentum=made.momentum,
            start=made.start,
            seed=made.batch_seed,
        )

    @cached_property
    def settling(self) -> Settling:
        """Where a ball settles that mini-batches of growing size drive."""
        return Settling(self)

    # The layer

    def layer(self) -> BatchNorm:
        """A new batch-normalization layer for the two features, with the settings' eps and momentum."""
        return BatchNorm(2, eps=self.settings.eps, momentum=self.settings.momentum)

    def over_epochs(self, epochs: int = 1) -> tuple[Indices, ...]:
        """The row numbers of the batches of `epochs` epochs, one after the other, epochs * k arrays (m,).

        Every epoch shuffles the rows anew; the first one's batches are `rows`.
        """
        rng = np.random.default_rng(self.settings.batch_seed)
        epochs = integer("epochs", epochs, at_least=1, at_most=MOST_EPOCHS)
        batches = (split.split_batches(self.data.count, self.size, rng) for _ in range(epochs))
        return tuple(rows for epoch in batches for rows in epoch)

    def running_statistics(self, epochs: int = 1) -> tuple[Array, Array]:
        """The layer's running mean and variance before and after each batch: two arrays (epochs * k + 1, 2).

        The batches are those of `over_epochs`.
        """
        record = [(layer.running_mean, layer.running_var) for layer in self._training(epochs)]
        means, variances = zip(*record, strict=True)
        return readonly(np.array(means)), readonly(np.array(variances))

    def start_left(self, batches: int) -> float:
        """What the initial 0 and 1 still weigh in the running statistics after `batches`, 0 to 1.

        That is (1 - momentum)^batches; in a cumulative average the first batch takes their place.
        """
        batches = integer("batches", batches, at_least=0)
        if self.settings.momentum is None:
            return float(batches == 0)
        return float((1 - self.settings.momentum) ** batches)

    def expected_running_statistics(self, epochs: int = 1) -> tuple[Array, Array]:
        """`running_statistics` on average over all ways of shuffling: two arrays (epochs * k + 1, 2).

        What `start_left` leaves is the data's mean and variance with ddof 1, which batches drawn without
        replacement hit on average.
        """
        count = integer("epochs", epochs, at_least=1, at_most=MOST_EPOCHS) * self.count
        left = np.array([self.start_left(batches) for batches in range(count + 1)])
        variance = self.data.standard_deviations(1) ** 2
        means = (1 - left)[:, None] * self.data.means
        return readonly(means), readonly(left[:, None] + (1 - left)[:, None] * variance)

    def trained_layer(self, epochs: int = 1) -> BatchNorm:
        """The layer after `epochs` epochs over the mini-batches, with the running statistics it has then."""
        *_, layer = self._training(epochs)
        return layer

    def inferred(self, sample: ArrayLike, epochs: int = 1) -> Array:
        """What the trained layer makes of `sample`, (2,) alone or (n, 2), at inference: the same shape.

        It takes the running statistics, so that the answer does not depend on what else is asked.
        """
        sample = weights("sample", sample, 2)
        if not sample.size:
            raise ValueError(f"sample must hold at least one row, but has shape {sample.shape}")
        return self.trained_layer(epochs).forward(sample.reshape(-1, 2), training=False).reshape(sample.shape)

    @cached_property
    def refusal(self) -> str:
        """What the layer says to a batch of one in training."""
        try:
            self.layer().forward(self.data.features[:1])
        except ValueError as error:
            return str(error)
        raise RuntimeError("a batch of one was let through")

    def _training(self, epochs: int) -> Iterator[BatchNorm]:
        """The one layer, before and after each batch."""
        layer = self.layer()
        yield layer
        for rows in self.over_epochs(epochs):
            layer.forward(self.data.features[rows])
            yield layer
