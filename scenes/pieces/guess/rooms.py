"""Where rows, figures and the plane of guesses stand: side by side, or below each other in a square frame."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from bn_math import Dataset
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering.places import Box, Places
from scenes.pieces.guess.guess import Guess
from scenes.pieces.guess.loss_figure import LossFigure
from scenes.pieces.guess.rows_chart import RowChart

HIGHEST = (1.0, 0.9, 0.8, 0.7)  # of the rows' place: the first at which they leave room for the figures
ASIDE = 0.9  # from the column's middle to J's figure, in picture units
CLEAR = 0.2  # between rows and figures, in picture units


@dataclass(frozen=True)
class Rooms:
    """The rooms of one shape of the frame.

    Args:
        places: of that shape.
    """

    places: Places

    @property
    def is_tall(self) -> bool:
        """Whether figures and rows stand below the plane, and not beside it."""
        return self.places.side.is_wide

    @property
    def figures(self) -> Box:
        """The sum and J; they start at its upper left corner."""
        if self.is_tall:
            return replace(self.places.whole, top=self.places.picture.bottom).part(0, 0.5)
        return replace(self.places.side, top=self.places.whole.top)

    @property
    def plane(self) -> Box:
        """The plane of guesses while the rows are what it is about."""
        return self.places.picture if self.is_tall else self.places.second.part(0, 1.09, -0.12, 1.04)

    @property
    def landscape(self) -> Box:
        """The plane of guesses and what stands on it, when it is about that."""
        beside = 0.12 if self.is_tall else 0.0
        return self.places.picture.part(beside, 1 - beside, 0, 0.96)

    @property
    def near(self) -> Array:
        """Left, right, bottom and top of what the plane may fill while it is seen from near, (4,)."""
        frame, picture = self.places.frame, self.places.picture
        if self.is_tall:
            return np.array([picture.left, picture.right, picture.bottom, picture.top])
        return np.array([self.places.second.left - 1.2, frame.right, frame.bottom, frame.top])

    @property
    def column(self) -> Box:
        """The column from foot to top, in the middle, while it is seen from near."""
        box = self.places.picture if self.is_tall else self.places.second.part(0, 1, -0.12, 1)
        return box.part(0.1, 0.34, 0.16, 0.72)

    @property
    def frame(self) -> Array:
        """Left, right, bottom and top of the whole picture, and more at the left, (4,)."""
        frame = self.places.frame
        return np.array([frame.left - frame.width, frame.right, frame.bottom, frame.top])

    def beside_the_column(self, figure: LossFigure) -> Array:
        """How far J's figure is from where it stands beside the column that is seen from near, (3,)."""
        if self.is_tall:
            return np.zeros(3)
        x, y, _ = self.column.at(0.5, 0.5)
        return np.array([x + ASIDE - figure.get_left()[0], y - figure.get_center()[1], 0.0])

    def rows(self, guess: Guess, data: Dataset, figure: LossFigure) -> RowChart:
        """The chart of the rows, whose upper left is left to the figures; later it steps aside."""
        if self.is_tall:
            box = replace(self.places.whole, top=self.places.picture.bottom).part(0.54, 0.98, 0, 0.9)
            return RowChart(guess, data, box, box)
        bottom, below = self.places.whole.bottom, float(figure.get_bottom()[1])
        later = replace(self.places.side, bottom=bottom, top=below + 0.35)
        first = replace(self.places.first, bottom=bottom)
        for high in HIGHEST:
            chart = RowChart(guess, data, first.part(0.0, 0.93, 0.02, high), later)
            if chart.highest(float(figure.get_right()[0])) < below - CLEAR:
                break
        return chart
