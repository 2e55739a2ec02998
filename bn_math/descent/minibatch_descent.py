"""Gradient descent with mini-batches, each standardized by its own statistics, as a batch-norm layer does it.

The linear model of the bowl, trained as networks are: reshuffled every epoch, one step a mini-batch. Which
sizes are compared is the lesson's business.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from bn_math.checks import Array, boolean, instance, integer, number, one_point, readonly
from bn_math.data.dataset import Dataset
from bn_math.data.split import batch_mean_spread
from bn_math.descent.batch_moments import BatchMoments, moments_of, split
from bn_math.descent.losses import LeastSquares
from bn_math.pickling import PickleByFields

# Shares are means over so many epochs at the end.
AVERAGED_EPOCHS = 20
# A run has so many epochs, fewer where there are so many rows that it would have more steps than this.
MOST_EPOCHS, LEAST_EPOCHS, ENOUGH_STEPS = 300, 2 * AVERAGED_EPOCHS, 15_000
MOST_RUNS = 1000
# A descent has arrived when this is left of the start's distance.
ARRIVED = 1e-3


class _Record(NamedTuple):
    training: Array
    evaluation: Array
    last: Array
    points: Array
    batch_losses: Array


@dataclass(frozen=True, eq=False)
class MiniBatchDescent(PickleByFields):
    """Descents on `data` with mini-batches of `batch_size`, each standardized by its own statistics.

    There is no gamma and no beta; rows are reshuffled every epoch; a last batch of one is left out, shorter
    ones are not. The target is centered by all rows, with `centers_target` in each batch, too; with
    `by_all_rows` the same batches are standardized by the statistics of all rows instead, the control.
    learning_rate: at most one over the number of features, 0.5 for two: what batches of two stand for sure.
    eps, start: as their names say; `momentum` is that of the running statistics (None: a
    cumulative average) that are used in evaluation, whose variance is unbiased. `runs` descents differ in
    their shuffles, which `seed` starts; the first one is shown. Shares are of the target's variance, means
    over the last `AVERAGED_EPOCHS` epochs. Weights are those of the standardized features.
    Raises ValueError naming the field for a value that cannot be used.
    """

    data: Dataset
    batch_size: int
    by_all_rows: bool = False
    centers_target: bool = False
    learning_rate: float = 0.02
    eps: float = 1e-5
    momentum: float | None = 0.1
    start: tuple[float, ...] = (0.0, 0.0)
    seed: int = 42
    runs: int = 25

    def __post_init__(self) -> None:
        """Checks every field."""
        instance("data", self.data, Dataset, "article_dataset()")
        for name, column in (("features", self.data.features), ("target", self.data.target)):
            if (np.ptp(column, axis=0) == 0).any():
                raise ValueError(f"data must vary, but its {name} hold a constant")
        start = one_point("start", self.start, self.data.features.shape[1])
        checked = {
            "batch_size": integer("batch_size", self.batch_size, at_least=2, at_most=self.data.count),
            "by_all_rows": boolean("by_all_rows", self.by_all_rows),
            "centers_target": boolean("centers_target", self.centers_target),
            "learning_rate": number("learning_rate", self.learning_rate, above=0, at_most=1 / len(start)),
            "eps": number("eps", self.eps, above=0),
            "start": tuple(start.tolist()),
            "seed": integer("seed", self.seed, at_least=0),
            "runs": integer("runs", self.runs, at_least=1, at_most=MOST_RUNS),
        }
        if self.momentum is not None:
            checked["momentum"] = number("momentum", self.momentum, above=0, at_most=1)
        for name, value in checked.items():
            object.__setattr__(self, name, value)

    @property
    def batches(self) -> int:
        """The number of mini-batches in an epoch."""
        whole, left = divmod(self.data.count, self.batch_size)
        return whole + (left > 1)

    @property
    def epochs(self) -> int:
        """The number of epochs of a run."""
        return min(max(ENOUGH_STEPS // self.batches, LEAST_EPOCHS), MOST_EPOCHS)

    @property
    def steps(self) -> int:
        """The number of steps of a run, one a mini-batch."""
        return self.epochs * self.batches

    # What the runs come to

    @cached_property
    def training_shares(self) -> Array:
        """What each run leaves of the target's variance in training, (runs,).

        The mean of its mini-batches' losses, each before its step.
        """
        return readonly(self._record.training)

    @cached_property
    def evaluation_shares(self) -> Array:
        """What each run leaves of the target's variance in evaluation, (runs,).

        On all rows, standardized by the running statistics; taken at the end of each epoch.
        """
        return readonly(self._record.evaluation)

    @property
    def training_share(self) -> float:
        """The median of `training_shares`."""
        return float(np.median(self.training_shares))

    @property
    def evaluation_share(self) -> float:
        """The median of `evaluation_shares`."""
        return float(np.median(self.evaluation_shares))

    @property
    def least_share(self) -> float:
        """What the best weights leave of the target's variance, standardized by all rows."""
        return float(self._bowl.minimum / np.var(self.data.target))

    @property
    def floor(self) -> float:
        """The share of the target's variance that is its batch means', which standardized features miss."""
        return batch_mean_spread(self.data.count, self.batch_size) ** 2

    @cached_property
    def settled(self) -> Array:
        """The mean of each run's weights at the ends of the last epochs, (runs, d)."""
        return readonly(self._record.last.mean(axis=0))

    @property
    def settled_at(self) -> Array:
        """The median of `settled`, (d,)."""
        return np.asarray(np.median(self.settled, axis=0))

    @property
    def shiver(self) -> Array:
        """The standard deviation of each run's weights at the ends of the last epochs, (runs, d)."""
        return np.asarray(self._record.last.std(axis=0))

    @property
    def minimizer(self) -> Array:
        """The weights where the bowl is lowest, (d,): features standardized by all rows."""
        return self._bowl.minimizer

    @property
    def arrives(self) -> bool:
        """All rows at once, as many steps leave at most `ARRIVED` of the start's distance, by theory."""
        return self._bowl.spectrum.contraction(self.learning_rate) ** self.steps <= ARRIVED

    # One run, which is shown

    @cached_property
    def points(self) -> Array:
        """The first run's weights, the start first, (steps + 1, d)."""
        return readonly(self._record.points)

    @cached_property
    def losses(self) -> Array:
        """The bowl's loss at `points`, (steps + 1,): the height of a ball on it."""
        return readonly(self._bowl.value(self.points))

    @cached_property
    def batch_losses(self) -> Array:
        """Each mini-batch's own loss before its step, in the first run, (steps,)."""
        return readonly(self._record.batch_losses)

    @cached_property
    def _bowl(self) -> LeastSquares:
        return LeastSquares(self._standardized)

    @cached_property
    def _record(self) -> _Record:
        """All runs at once, step by step."""
        variance = float(np.var(self.data.target))
        w = np.tile(np.array(self.start), (self.runs, 1))
        # In units of the features' spreads; in the data's own they start at 0 and 1.
        mean = np.tile(-self.data.means / self.data.stds, (self.runs, 1))
        var = np.tile(self.data.stds**-2.0, (self.runs, 1))
        points, batch_losses = [w[:1]], []
        training, evaluation, last = [], [], []
        for epoch, batch in enumerate(self._epochs()):
            before, w = self._stepped(batch, w)
            slopes = np.einsum("rkij,rkj->rki", batch.gram, before) - 2 * batch.products
            losses = np.einsum("rki,rki->rk", before, slopes) + batch.squares
            points.append(np.concatenate([before[0, 1:], w[:1]]))
            batch_losses.append(losses[0])
            left, weights = self._running_weights(epoch)
            mean = left * mean + weights @ batch.means
            var = left * var + weights @ batch.variances
            if epoch >= self.epochs - AVERAGED_EPOCHS:
                training.append(losses @ batch.shares)
                evaluation.append(self._evaluated(w, mean, var))
                last.append(w)
        return _Record(
            np.maximum(np.mean(training, axis=0), 0) / variance,
            np.mean(evaluation, axis=0) / variance,
            np.array(last),
            np.concatenate(points),
            np.maximum(np.concatenate(batch_losses), 0),
        )

    def _stepped(self, batch: BatchMoments, w: Array) -> tuple[Array, Array]:
        """The weights before each of an epoch's steps, (runs, k, d), and after the last, (runs, d)."""
        rate = 2 * self.learning_rate
        turns, pushes = np.eye(w.shape[1]) - rate * batch.gram, rate * batch.products
        before = np.empty(batch.products.shape)
        for k in range(self.batches):
            before[:, k] = w
            w = (turns[:, k] @ w[..., None])[..., 0] + pushes[:, k]
        return before, w

    def _running_weights(self, epoch: int) -> tuple[float, Array]:
        """What the running statistics keep of themselves over an epoch, and what each batch adds, (k,)."""
        batch = epoch * self.batches + np.arange(1, self.batches + 1)
        weight = np.full(len(batch), self.momentum) if self.momentum else 1 / batch
        kept = np.append(np.cumprod((1 - weight)[::-1])[::-1], 1.0)
        return float(kept[0]), weight * kept[1:]

    def _evaluated(self, w: Array, mean: Array, var: Array) -> Array:
        """The loss over all rows with each run's weights and running statistics, (runs,)."""
        slopes = w / np.sqrt(var + self._eps)
        data = self._standardized
        errors = data.features @ slopes.T - (mean * slopes).sum(axis=1) - data.target[:, None]
        return np.asarray((errors**2).mean(axis=0))

    @cached_property
    def _standardized(self) -> Dataset:
        # What a batch's own statistics make of a row does not depend on the row's units.
        return self.data.standardized()

    @property
    def _eps(self) -> Array:
        """`eps` in units of the features' variances, (d,)."""
        return np.asarray(self.eps / self.data.stds**2)

    def _epochs(self) -> Iterator[BatchMoments]:
        """Every run's mini-batches, epoch by epoch; the first run's are shuffled as the lesson's own are."""
        shuffles = [np.random.default_rng(self.seed)]
        shuffles += [np.random.default_rng((self.seed, run)) for run in range(1, self.runs)]
        known = 1 + self._eps if self.by_all_rows else None
        for _ in range(self.epochs):
            order = np.array([rng.permutation(self.data.count) for rng in shuffles])
            rows = split(order, self.batch_size)
            yield moments_of(self._standardized, rows, self._eps, known, self.centers_target)
