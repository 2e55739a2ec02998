"""What the layers of some runs add up, as dots: each stands for an equal share of a layer's sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bn_math import StackPasses
from bn_math.networks.stack import FLAT
from scenes.kit.drawing.canvas import Array

DOTS = 60  # for each layer
SEEN = 0.985  # of all sums, at least, are nearer to 0 than the edge of the picture
LAG = 4.0  # layers over which a wave rises
GOLDEN = (5**0.5 - 1) / 2


@dataclass(frozen=True, eq=False)
class Sums:
    """The sums of several runs through as many layers.

    Args:
        quantiles: of the sums, from the lowest to the highest, (runs, layers, dots).
    """

    quantiles: Array

    @classmethod
    def of(cls, runs: Sequence[StackPasses]) -> Sums:
        """Evenly spaced quantiles of every layer's sums."""
        shares = (np.arange(DOTS) + 0.5) / DOTS
        found = [np.quantile(run.pre_activations, shares, axis=(1, 2)).T for run in runs]
        return cls(np.array(found))

    @property
    def depth(self) -> int:
        """How many layers there are."""
        return int(self.quantiles.shape[1])

    @cached_property
    def reach(self) -> float:
        """How far from 0 the picture goes, in the sums' own units."""
        return float(max(np.quantile(np.abs(self.quantiles), SEEN), 2 * FLAT))

    @cached_property
    def across(self) -> Array:
        """Where each dot stands between a pane's edges, -1 to 1, (dots,): evenly, and in no order."""
        return np.asarray(2 * (np.arange(1, self.quantiles.shape[2] + 1) * GOLDEN % 1) - 1)

    def shares(self, sent: float) -> tuple[int, Array]:
        """The run that is going forward, and how far it has come into each layer, (layers,) from 0 to 1."""
        run = int(np.clip(np.ceil(sent) - 1, 0, len(self.quantiles) - 1))
        come = (sent - run) * (self.depth + LAG) - np.arange(self.depth)
        share = np.clip(come / LAG, 0, 1)
        return run, np.asarray(share * share * (3 - 2 * share))

    def at(self, sent: float) -> Array:
        """Every layer's sums when so many runs have gone forward, (layers, dots) in shares of ``reach``."""
        run, share = self.shares(sent)
        before = self.quantiles[run - 1] if run else np.roll(self.quantiles[0], 1, axis=0)
        mixed = before + share[:, None] * (self.quantiles[run] - before)
        return np.clip(mixed / self.reach, -1, 1)
