"""The settings of the optimizers' race: each optimizer's own, and the learning rates that are tried.

Every one of them can be changed in the lesson; stage.py runs the race.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import partial

import numpy as np

from bn_math.checks import Array, finite_array, integer, number, shown
from bn_math.descent.optimizers import Optimizer
from bn_math.descent.optimizers.entry import Entry
from bn_math.descent.optimizers.registry import ENTRIES
from bn_math.descent.schedules import LinearDecay

# The grid: sixteen learning rates a decade from 1e-3 to 10, in units of the farthest weight's distance.
RACE_SHARES = tuple(10 ** (k / 16) for k in range(-48, 17))
# Most steps until an optimizer must have settled, and steps for which it must then stay near.
RACE_LIMIT = 10_000
# RMSProp's and Adam's learning rates fall linearly to 0 over so many steps.
RACE_DECAY_STEPS = 500
# More steps, or learning rates to try, would take hours.
LONGEST_RACE, MOST_SHARES = 100_000, 1000


@dataclass(frozen=True)
class RaceSettings:
    """The settings of the optimizers which have no best ones by formula; the defaults are PyTorch's.

    shares: the grid of learning rates, as shares of the largest coordinate of the start's offset from the
    minimizer (an adaptive optimizer's step does not scale with the gradient, so its rate is a distance);
    limit: steps after which a run is abandoned, and for which it must stay within the tolerance to have
    settled, some twenty times the counts that occur; decay_steps: the steps over which the
    learning rates of RMSProp and Adam fall linearly to 0, since at a constant rate RMSProp circles the
    minimizer of a valley (AdaGrad's own sum slows it down); the rest are the optimizers' own settings, by its
    name and theirs; an optimizer that has none here keeps its own defaults.
    Raises ValueError naming the field for a value that cannot be used.
    """

    shares: tuple[float, ...] = RACE_SHARES
    limit: int = RACE_LIMIT
    decay_steps: int = RACE_DECAY_STEPS
    adagrad_eps: float = 1e-10
    rmsprop_decay: float = 0.99
    rmsprop_eps: float = 1e-8
    adam_beta1: float = 0.9
    adam_beta2: float = 0.999
    adam_eps: float = 1e-8

    def __post_init__(self) -> None:
        """Checks every field."""
        shares = finite_array("shares", self.shares)
        if shares.ndim != 1 or not 0 < len(shares) <= MOST_SHARES or not (shares > 0).all():
            raise ValueError(
                f"shares must be a row of numbers above 0, at most {MOST_SHARES}, but is {shown(self.shares)}"
            )
        object.__setattr__(self, "shares", tuple(shares.tolist()))
        for name in ("limit", "decay_steps"):
            steps = integer(name, getattr(self, name), at_least=1, at_most=LONGEST_RACE)
            object.__setattr__(self, name, steps)
        for name, make in self.tuned_optimizers.items():
            try:
                rule = make(1.0)
            except ValueError as error:
                raise ValueError(f"{name}_{error}") from error
            for field in fields(self):
                if field.name.startswith(f"{name}_"):
                    object.__setattr__(self, field.name, getattr(rule, field.name.removeprefix(f"{name}_")))

    @property
    def tuned_optimizers(self) -> dict[str, Callable[[float | Array], Optimizer]]:
        """What makes an optimizer from its (first) learning rate, by name, where that is found by trying."""
        return {name: partial(self._tuned, entry) for name, entry in ENTRIES.items() if entry.tuned}

    def _tuned(self, entry: Entry, rate: float | Array) -> Optimizer:
        assert entry.tuned is not None
        own = f"{entry.name}_"
        settings = {
            field.name.removeprefix(own): getattr(self, field.name)
            for field in fields(self)
            if field.name.startswith(own)
        }
        return entry.tuned(self._decaying(rate) if entry.decays else rate, **settings)

    def _decaying(self, rate: float | Array) -> LinearDecay:
        return LinearDecay(rate, self.decay_steps)

    def momentum_steps(self, tolerance: float) -> float:
        """Steps in which Adam's momentum lets the distance fall to `tolerance` of itself, on any surface.

        While v is as good as constant, Adam is heavy ball. The two factors that a step has there along each
        eigenvector multiply to beta1, so no step leaves less than sqrt(beta1) of the distance for long.
        """
        tolerance = number("tolerance", tolerance, above=0, below=1)
        return 2 * math.log(tolerance) / math.log(self.adam_beta1) if self.adam_beta1 else 0.0

    @property
    def tries(self) -> tuple[float, ...]:
        """The shares, those near 1 first: of several that are equally good the first is taken."""
        return tuple(sorted(sorted(self.shares), key=lambda share: round(abs(math.log10(share)), 9)))

    def learning_rates(self, reach: float) -> Array:
        """The learning rates tried, ascending, when the farthest weight has `reach` to go: (k,)."""
        return np.sort(np.array(self.shares) * number("reach", reach, above=0))
