"""Training: networks side by side, each with its learning rate and its seed, a mini-batch a step."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bn_math.checks import Array
from bn_math.data.examples import Labels
from bn_math.networks.layered.network import Network, Passes
from bn_math.networks.layered.recipe import Recipe
from bn_math.networks.trained.rows import TrainingRows

# The streams that starts and orders of rows are drawn from: shown ones, those of tuning, whatever the seed.
SHOWN, TUNING = 0, 1
_START, _ORDER = 0, 1
# Numbers in an array that is allocated and given back before training: the C library's allocator (glibc) then
# keeps what is freed of up to that size, instead of asking the system for it anew at every step, which costs
# a quarter of the time. Below its limit of 32 megabytes.
_KEPT_BY_ALLOCATOR = 31 * 2**17


class Seed(NamedTuple):
    """One start and one order of rows: a lesson's seed, what it is for, and a number from 0."""

    base: int
    purpose: int
    number: int


def shown_seeds(seed: int, count: int) -> list[Seed]:
    """The seeds of the runs that are shown."""
    return [Seed(seed, SHOWN, number) for number in range(count)]


def tuning_seeds(count: int) -> list[Seed]:
    """The seeds that find the best rates."""
    return [Seed(0, TUNING, number) for number in range(count)]


class Training:
    """B networks being trained, those that are left; `numbers` (B,) says which of the first B they are.

    Rows are shuffled every epoch; what is left over at its end makes no mini-batch.
    """

    def __init__(
        self,
        recipe: Recipe,
        rows: TrainingRows,
        batch_size: int,
        rates: Sequence[float] | Array,
        seeds: Sequence[Seed],
        kind: type[Network] = Network,
    ) -> None:
        """One network of a `kind` for each of `rates` and `seeds`, which are of one length."""
        np.empty(_KEPT_BY_ALLOCATOR)
        self.rows, self.batch_size = rows, min(batch_size, len(rows.inputs))
        self.network = kind(recipe, rows.inputs.shape[1], rows.classes, self.starts(seeds))
        self.rates = np.array(rates, dtype=np.float64)
        self.numbers = np.arange(len(seeds))
        self.taken = 0
        kinds = sorted(set(seeds))
        self._order_of = np.array([kinds.index(seed) for seed in seeds])
        self._orders = [np.random.default_rng((*seed, _ORDER)) for seed in kinds]
        self._epoch: NDArray[np.intp] = np.empty((0, 0, 0), dtype=np.intp)

    @staticmethod
    def starts(seeds: Sequence[Seed]) -> list[tuple[int, ...]]:
        """The streams that the starts' weights are drawn from."""
        return [(*seed, _START) for seed in seeds]

    @property
    def steps_an_epoch(self) -> int:
        """Mini-batches in one pass over the rows."""
        return len(self.rows.inputs) // self.batch_size

    def batch(self) -> tuple[Array, Labels]:
        """The mini-batches of the next step, (B, batch, d), and their labels (B, batch)."""
        at = self.taken % self.steps_an_epoch
        if not at and self._drawn_for != self.taken:
            used = self.steps_an_epoch * self.batch_size
            count = len(self.rows.inputs)
            orders = [rng.permutation(count)[:used].reshape(-1, self.batch_size) for rng in self._orders]
            self._epoch, self._drawn_for = np.array(orders), self.taken
        taken = self._epoch[self._order_of, at]
        return self.rows.inputs[taken], self.rows.labels[taken]

    _drawn_for = -1

    def forward(self) -> tuple[Passes, Labels]:
        """The next step's pass forward, which moves the running statistics, and its labels."""
        x, labels = self.batch()
        return self.network.forward(x, tracking=True), labels

    def step(self) -> Array:
        """One step of every network; the loss of its mini-batch before it, (B,)."""
        passes, labels = self.forward()
        loss, gradients = self.network.gradients(passes, labels)
        self.network.descend(gradients, self.rates)
        self.taken += 1
        return loss

    def keep(self, which: NDArray[np.bool_]) -> None:
        """Leaves all networks out but those at `which` (B,)."""
        if not which.all():
            self.network = self.network.part(which)
            self.rates, self.numbers = self.rates[which], self.numbers[which]
            self._order_of = self._order_of[which]

    def correct(self) -> NDArray[np.bool_]:
        """Which rows kept for testing each network reads right with its running statistics, (B, m)."""
        read = self.network.inferred(self.rows.test_inputs).argmax(axis=-1)
        return np.asarray(read == self.rows.test_labels)
