"""The loss worked out: a few rows with their predictions and squared misses, and J, the mean of all rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from manim import DOWN, LEFT, ValueTracker, VGroup

from bn_math import LeastSquares
from scenes.kit import theme
from scenes.kit.charts.scatter import feature_colors
from scenes.kit.charts.table import NumberColumn, cell, column_style, decimals, ellipsis_below, ruled
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.fit import fitted_formula
from scenes.kit.lettering.typography import FIGURE, HEADING, SMALL, Formula, Text, align_baseline, label
from scenes.kit.script.magnitude import Magnitude

ENDS = (0.0, 1.0)  # of the progress: predictions are linear in it, squares and their mean convex
HEAD_WIDTH = 1.5


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
        names: the features in Typst's notation for formulas.
        unit: takes a power of ten in Typst markup to the words that say that numbers are given in it.

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
        names: tuple[str, str] = ("A", "B"),
        unit: Callable[[str], str] = lambda power: power,
    ) -> None:
        self.data, self.loss, self.weights, self.progress = loss.data, loss, weights, progress
        self.names, self._unit = names, unit
        self._rows = range(min(rows, self.data.count))
        self.a, self.b, self.predicted, self.target, self.squared = (
            NumberColumn(head, cells, right, top, self._note(power))
            for (head, cells, power), right in zip(self._columns(), rights, strict=True)
        )
        self.rule = ruled(left, rights[-1], top - 0.25)
        self.rows_go_on = ellipsis_below(self.squared, 0.5)
        base = self.rows_go_on.get_top()[1] - 0.58
        self.base_rule = ruled(left, rights[-1], base)
        power = Magnitude.of(map(self._loss_at, ENDS))
        j = self._live(self._decimals(power), self._loss_at, power, FIGURE)
        j.set_color(theme.current().valley).shift(np.array([rights[-1], base - 0.7, 0]) - j.corner)
        align_baseline(mean_name, base - 0.7, left=left)
        self.mean = VGroup(mean_name, j)
        if (note := self._note(power)) is not None:
            self.mean.add(note.next_to(mean_name, DOWN, buff=0.14, aligned_edge=LEFT))

    def _columns(self) -> list[tuple[Formula, list[Counter], Magnitude]]:
        features = []
        for name, column, color in zip(self.names, self.data.features.T, feature_colors(), strict=True):
            power = Magnitude.of(column)
            spec = column_style(power.share(1.0) * column)
            cells = [cell(power.share(column[row]), spec, HEADING, color) for row in self._rows]
            features.append((fitted_formula(name, HEAD_WIDTH, HEADING).set_color(color), cells, power))
        predicted = [self._predict(row, end) for row in self._rows for end in ENDS]
        in_y = Magnitude.of([*predicted, *self.data.target])
        in_squares = Magnitude.of([self._square(row, end) for row in self._rows for end in ENDS])
        y = decimals(in_y.share(1.0) * self.data.target)
        predictions = [self._live(y, partial(self._predict, row), in_y) for row in self._rows]
        squares = [
            self._live(self._decimals(in_squares), partial(self._square, row), in_squares)
            for row in self._rows
        ]
        targets = [cell(in_y.share(self.data.target[row]), y, HEADING) for row in self._rows]
        return [
            *features,
            (Formula("hat(y)", HEADING), predictions, in_y),
            (Formula("y", HEADING), targets, in_y),
            (Formula("(hat(y) - y)^2", HEADING), squares, in_squares),
        ]

    def _note(self, power: Magnitude) -> Text | None:
        return label(self._unit(power.markup), size=SMALL) if power.power else None

    @staticmethod
    def _decimals(power: Magnitude) -> str:
        return ".3f" if power.power else ".2f"

    def _live(
        self, spec: str, value: Callable[[float], float], power: Magnitude, size: float = HEADING
    ) -> Counter:
        return Counter(self.progress, spec, size, value=lambda it: power.share(value(it)), align_right=True)

    def _predict(self, row: int, progress: float) -> float:
        return float(self.data.features[row] @ self.weights(progress))

    def _square(self, row: int, progress: float) -> float:
        return (self._predict(row, progress) - float(self.data.target[row])) ** 2

    def _loss_at(self, progress: float) -> float:
        return float(self.loss.value(self.weights(progress)))
