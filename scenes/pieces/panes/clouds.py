"""What two neurons of each layer add up, row by row, while a network trains: without batch norm, and with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

import numpy as np

from bn_math.lesson.drift_story import DRIFT_SHOWN
from scenes.kit.drawing.canvas import Array

if TYPE_CHECKING:
    from bn_math import Drift

NARROWEST = 4.0  # spreads from the middle of a pane to its edge, at least
INSIDE, FARTHEST = 98.0, 1.25  # percent of all values that a pane holds; the farthest, in half panes
WITHOUT, WITH = 0, 1


@dataclass(frozen=True)
class LayerClouds:
    """The clouds of some layers, each in units of its own spread at the start, from its own mean there.

    Args:
        sums: (2, T, L, rows, 2): without batch norm and with; at each recorded step; of each layer.
        steps: the recorded steps, (T,), the first of them 0.
        layers: which layers they are, counted from 1.
    """

    sums: Array
    steps: Array
    layers: tuple[int, ...]

    @classmethod
    def of(cls, drift: Drift, most: int) -> Self:
        """The clouds of at most ``most`` layers, the first and the last among them."""
        count = drift.sums.shape[2]
        between = np.linspace(1, count, min(most, count))
        chosen = np.unique(np.floor(between).astype(int)) - 1
        shown = drift.sums[:, :, chosen]
        finite = np.isfinite(shown).all(axis=(0, 2, 3, 4)) & (drift.steps <= DRIFT_SHOWN)
        until = max(int(np.argmin(finite)) if not finite.all() else len(finite), 1)
        shown = shown[:, :until]
        start = shown[:, :1]
        spread = start.std(axis=3, keepdims=True)
        scaled = (shown - start.mean(axis=3, keepdims=True)) / np.where(spread > 0, spread, 1.0)
        return cls(scaled, np.asarray(drift.steps[:until], dtype=float), tuple(int(it) + 1 for it in chosen))

    @property
    def count(self) -> int:
        """How many layers there are."""
        return len(self.layers)

    @property
    def rows(self) -> int:
        """How many rows each cloud has."""
        return int(self.sums.shape[3])

    @property
    def last(self) -> float:
        """The last step that is shown."""
        return float(self.steps[-1])

    @cached_property
    def reach(self) -> float:
        """Spreads from the middle of a pane to its edge: nearly all of a cloud is inside, none far out."""
        far = np.abs(self.sums)
        return max(NARROWEST, float(np.percentile(far, INSIDE)), float(far.max()) / FARTHEST)

    def at(self, which: int, step: float) -> Array:
        """Every cloud at ``step``, whole or not, (L, rows, 2) in half panes."""
        after = int(np.clip(np.searchsorted(self.steps, step), 1, max(len(self.steps) - 1, 1)))
        if len(self.steps) == 1:
            return np.asarray(self.sums[which, 0] / self.reach)
        low, high = self.steps[after - 1], self.steps[after]
        share = float(np.clip((step - low) / (high - low), 0, 1))
        mixed = (1 - share) * self.sums[which, after - 1] + share * self.sums[which, after]
        return np.asarray(mixed / self.reach)
