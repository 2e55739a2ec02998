"""The loss worked out: a few rows with their predictions and squared misses, and J, the mean of all rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from manim import ValueTracker, VGroup

from bn_math import LeastSquares
from scenes.kit import theme
from scenes.kit.charts.scatter import feature_colors
from scenes.kit.charts.table import NumberColumn, cell, decimals, ellipsis_below, ruled
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.typography import FIGURE, HEADING, Formula, Text, align_baseline


class Ledger:
    """The first ``rows`` rows of a loss's data, for the weights that ``weights`` makes of ``progress``.

    Args:
        loss: the loss, over a data set of two features.
        progress: the tracker that the weights depend on.
        weights: takes the tracker's value to the weights, (2,).
        rows: how many rows of the data are shown; all of them if there are fewer.
        left: x of the rules' left ends, and of ``mean_name``'s left edge, in picture units.
        rights: x of the right edges of the five columns: both features, prediction, target, squared miss.
        top: y of the baseline of the columns' heads.
        mean_name: what stands in the line of J, at its left; it is moved.

    Raises:
        ValueError: there are not two features, or not five edges.
    """

    def __init__(
        self,
        loss: LeastSquares,
        progress: ValueTracker,
        weights: Callable[[float], Array],
        rows: int,
        left: float,
        rights: tuple[float, float, float, float, float],
        top: float,
        mean_name: Text,
    ) -> None:
        self.data, self.loss, self.weights, self.progress = loss.data, loss, weights, progress
        self._rows = range(min(rows, self.data.count))
        self.a, self.b, self.predicted, self.target, self.squared = (
            NumberColumn(head, cells, right, top)
            for (head, cells), right in zip(self._columns(), rights, strict=True)
        )
        self.rule = ruled(left, rights[-1], top - 0.25)
        self.rows_go_on = ellipsis_below(self.squared, 0.5)
        base = self.rows_go_on.get_top()[1] - 0.58
        self.base_rule = ruled(left, rights[-1], base)
        j = self._live(".2f", self._loss_at, FIGURE)
        j.set_color(theme.current().valley).shift(np.array([rights[-1], base - 0.7, 0]) - j.corner)
        self.mean = VGroup(align_baseline(mean_name, base - 0.7, left=left), j)

    def _columns(self) -> list[tuple[Formula, list[Counter]]]:
        y = decimals(self.data.target)
        features = [
            (
                Formula(name, HEADING, color),
                [cell(column[row], decimals(column), HEADING, color) for row in self._rows],
            )
            for name, column, color in zip("AB", self.data.features.T, feature_colors(), strict=True)
        ]
        predictions = [self._live(y, partial(self._predict, row)) for row in self._rows]
        squares = [self._live(".2f", partial(self._square, row)) for row in self._rows]
        targets = [cell(self.data.target[row], y, HEADING) for row in self._rows]
        return [
            *features,
            (Formula("hat(y)", HEADING), predictions),
            (Formula("y", HEADING), targets),
            (Formula("(hat(y) - y)^2", HEADING), squares),
        ]

    def _live(self, spec: str, value: Callable[[float], float], size: float = HEADING) -> Counter:
        return Counter(self.progress, spec, size, value=value, align_right=True)

    def _predict(self, row: int, progress: float) -> float:
        return float(self.data.features[row] @ self.weights(progress))

    def _square(self, row: int, progress: float) -> float:
        return (self._predict(row, progress) - float(self.data.target[row])) ** 2

    def _loss_at(self, progress: float) -> float:
        return float(self.loss.value(self.weights(progress)))
