"""Steps until the loss on fixed rows is under the mark, and the best learning rate by that count."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bn_math.checks import Array
from bn_math.descent.learning_rates import rate_grid
from bn_math.networks.layered.recipe import Recipe
from bn_math.networks.trained.checked_arrays import Whole
from bn_math.networks.trained.rows import training_rows
from bn_math.networks.trained.settings import NetworkSettings
from bn_math.networks.trained.training import Seed, Training, tuning_seeds
from bn_math.networks.trained.verdicts import NOT_REACHED

# The fixed rows are asked when the mini-batch before had a loss under this many times the mark, and at
# every look: asking costs four times what a step does.
NEAR = 1.5
# In tuning, networks that are trained side by side, and steps after which rates are compared.
SIDE_BY_SIDE, ROUND = 8, 20
# Losses up to this many times the lowest are no worse: networks that are stuck differ by chance alone.
TIED = 1.01
# So many looks at the loss are kept.
LOOKS = 60


class Arrivals(NamedTuple):
    """Of B networks: steps (B,) until the mark, -1 if not reached, and losses (B, k) at looks (k,)."""

    steps: Whole
    losses: Array
    looks: Whole


def looks(limit: int) -> Whole:
    """When the loss is looked at for a curve: close together at first, ever farther apart, (k,)."""
    return np.unique(np.r_[0, np.geomspace(1, limit, LOOKS).round()].astype(np.int64))


def recipe_of(
    settings: NetworkSettings, activation: str, start: str | float, depth: int, batch_norm: bool
) -> Recipe:
    """The recipe with the settings' width, eps and momentum."""
    return Recipe(activation, start, depth, batch_norm, settings.width, settings.eps, settings.momentum)


def arrivals_at(
    settings: NetworkSettings, recipe: Recipe, rates: Sequence[float] | Array, seeds: Sequence[Seed]
) -> Arrivals:
    """Trains a network for each of `rates` and `seeds` until it is at the mark."""
    heat = Heat(settings, recipe, rates, seeds)
    heat.run(settings.limit)
    return Arrivals(heat.steps, heat.losses, looks(settings.limit))


def best_rate(settings: NetworkSettings, recipe: Recipe) -> float:
    """The rate at which the tuning seeds need the fewest steps in all.

    If there is none at which all of them arrive, that with the lowest mean loss at the limit; of those that
    are within a percent of it, the largest. No network is trained longer than it takes to know that another
    rate is better.
    """
    rates = rate_grid(*settings.learning_rates, settings.rates_per_decade)
    seeds = tuning_seeds(settings.tuning_seeds)
    heats = [
        Heat(settings, recipe, np.repeat(some, len(seeds)), seeds * len(some))
        for some in np.array_split(rates, -(-len(rates) * len(seeds) // SIDE_BY_SIDE))
    ]
    for step in [*range(ROUND, settings.limit, ROUND), settings.limit]:
        for heat in heats:
            heat.run(step)
        steps = np.concatenate([heat.steps for heat in heats]).reshape(len(rates), -1)
        going = np.concatenate([heat.going for heat in heats]).reshape(len(rates), -1)
        arrived = steps != NOT_REACHED
        totals = np.where(arrived.all(axis=1), np.where(arrived, steps, 0).sum(axis=1), np.inf)
        # What a rate needs at least, if all that is still under way arrives with the next step.
        least = np.where(
            (arrived | going).all(axis=1), np.where(arrived, steps, step + 1).sum(axis=1), np.inf
        )
        if totals.min() <= least.min():
            break
    if np.isfinite(totals.min()):
        return float(rates[totals.argmin()])
    last = np.concatenate([heat.last for heat in heats]).reshape(len(rates), -1).mean(axis=1)
    return float(rates[np.flatnonzero(last <= TIED * last.min()).max()])


class Heat:
    """Networks side by side that are trained until each is at the mark, or diverges.

    steps (B,): until the mark, -1 while not there; going (B,): which are still under way; losses (B, k): on
    the fixed rows at `looks`; last (B,): that which was computed last, inf once diverged.
    """

    def __init__(
        self, settings: NetworkSettings, recipe: Recipe, rates: Sequence[float] | Array, seeds: Sequence[Seed]
    ) -> None:
        """A network for each of `rates` and `seeds`, which are of one length."""
        rows = training_rows(settings.data)
        self._mark, self._looks, self._place = settings.mark, looks(settings.limit), 0
        self._training = Training(recipe, rows, settings.batch_size, rates, seeds)
        fixed = rows.fixed(settings.fixed_rows)
        self._fixed = rows.inputs[fixed], rows.labels[fixed]
        self.steps = np.full(len(seeds), NOT_REACHED, dtype=np.int64)
        self.losses = np.full((len(seeds), len(self._looks)), np.nan)
        self.last = np.full(len(seeds), np.inf)

    @property
    def going(self) -> NDArray[np.bool_]:
        """Which are still under way, (B,)."""
        return np.isin(np.arange(len(self.steps)), self._training.numbers)

    def run(self, limit: int) -> None:
        """Trains on until so many steps are taken, looking at the loss after the last of them, too."""
        training = self._training
        with np.errstate(all="ignore"):
            if not training.taken:
                self._settle(self._look(None))
            while len(training.numbers) and training.taken < limit:
                loss = training.step()
                lost = ~np.isfinite(loss)
                self.losses[training.numbers[lost], self._place :] = np.inf
                self.last[training.numbers[lost]] = np.inf
                training.keep(~lost)
                self._settle(self._look(loss[~lost]))

    def _look(self, loss: Array | None) -> NDArray[np.bool_]:
        """Which networks are at the mark now, (B,); `loss` is what their last mini-batches had before."""
        training = self._training
        is_look = self._place < len(self._looks) and self._looks[self._place] == training.taken
        near = np.zeros(len(training.numbers), dtype=np.bool_) if loss is None else loss < NEAR * self._mark
        asked = np.flatnonzero(near | is_look)
        arrived = np.zeros(len(training.numbers), dtype=np.bool_)
        if len(asked):
            fixed = training.network.part(asked).loss(*self._fixed)
            fixed = np.where(np.isfinite(fixed), fixed, np.inf)
            self.last[training.numbers[asked]] = fixed
            arrived[asked] = fixed < self._mark
            if is_look:
                self.losses[training.numbers, self._place] = fixed
                self._place += 1
        return arrived

    def _settle(self, arrived: NDArray[np.bool_]) -> None:
        training = self._training
        self.steps[training.numbers[arrived]] = training.taken
        training.keep(~arrived)
