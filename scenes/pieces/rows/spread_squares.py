"""How far every row lies from the mean of one feature, squared: the mean of the squares is a square, too.

Its side is the spread. What is too small to be seen is enlarged for that time.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import ValueTracker

from bn_math.checks import Indices
from scenes.kit.charts.features import feature_colors
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.pieces.rows.feature_plane import FeaturePlane

MOST = 150  # squares that are drawn
LINE, THICK = 2.0, 5.0  # of a square's outline, in pixels at 1080p; of those that are seen well
FAINT, CLEAR = 0.16, 0.22  # opacity of the others' outlines, and of what fills those that are seen well
SEEN = (1.0, 0.6, 0.3)  # how far their rows lie from the mean, as shares of the farthest
FILLED = 0.85  # opacity of the mean square
CORNERS = np.array([[0, -0.5], [1, -0.5], [1, 0.5], [0, 0.5]])  # along the feature, and across it
NEAR, OUT, EVEN, SHUT = 1.0, 2.0, 3.0, 4.0
"""The stages: enlarged; a square from the mean to every row; all as large as their mean; one bar."""


class SpreadSquares(Painted):
    """A square on every row's way from its feature's mean; they level out to their mean, and that to a bar.

    At every moment the areas have one and the same mean.

    Args:
        plane: where the rows stand, on one scale.
        feature: 0 or 1.
        bar: where the bar lies across the feature's direction: the coordinates of its two sides.
        stage: 0 at first, then :data:`NEAR`, :data:`OUT`, :data:`EVEN`, :data:`SHUT`, and what is between.
        enlarged: how many times rows and squares are enlarged meanwhile, in the feature's direction; below 1
            they are drawn smaller.
    """

    kept: ClassVar[tuple[str, ...]] = ("plane", "stage")

    def __init__(
        self,
        plane: FeaturePlane,
        feature: int,
        bar: tuple[float, float],
        stage: ValueTracker,
        enlarged: float = 1.0,
    ) -> None:
        super().__init__()
        self.plane, self.feature, self.stage, self.enlarged = plane, feature, stage, enlarged
        self.lies = feature == plane.wide
        self.axis = 0 if self.lies else 1
        self.bar = bar
        self.points = np.zeros((1, 3))
        self.sources = (stage,)
        self.own = plane.places(1.0)
        self.middle = plane.at(plane.data.means, 1.0)
        self.one_spread = float(plane.data.stds[feature] * plane.units(1.0)[self.axis])
        self.ways = self.own[:, self.axis] - self.base
        order = np.argsort(-np.abs(self.ways))
        self.drawn = order[np.linspace(0, len(order) - 1, min(len(order), MOST)).astype(int)]

    @property
    def base(self) -> float:
        """Where the mean is, along the feature's direction."""
        return float(self.middle[self.axis])

    @property
    def end_when_even(self) -> float:
        """Where the mean square ends."""
        return self.base + self.enlarged * self.one_spread

    @property
    def top_when_even(self) -> float:
        """Where the mean square of the lying feature ends upwards."""
        return float(self.middle[1] + 0.5 * self.enlarged * self.one_spread)

    @property
    def zoom(self) -> float:
        """How many times all is enlarged now."""
        near, _, _, shut = self._phases
        return 1 + (self.enlarged - 1) * (near - shut)

    def places(self) -> Array:
        """Where the rows' dots stand now, (n, 3)."""
        found = self.own.copy()
        found[:, self.axis] = self.base + self.zoom * self.ways
        return found

    def sides(self) -> Array:
        """How long the side of every row's square is when it has grown, (n,)."""
        _, _, even, _ = self._phases
        give = max(2 * even - 1, 0.0)
        return np.asarray(self.zoom * np.sqrt(self.ways**2 + give * (self.one_spread**2 - self.ways**2)))

    def squares(self) -> Array:
        """The corners of those that are drawn, (n, 4, 2): at first all go over to one side of the mean."""
        _, out, even, shut = self._phases
        fold, give = min(2 * even, 1.0), max(2 * even - 1, 0.0)
        sides, ways = self.sides()[self.drawn], self.ways[self.drawn]
        size = (out * sides)[:, None]
        along = self.base + size * CORNERS[:, 0] - (1 - fold) * size * (ways < 0)[:, None]
        middle, own = self.middle[1 - self.axis], self.own[self.drawn, 1 - self.axis]
        across = (own + give * (middle - own))[:, None] + size * CORNERS[:, 1]
        flat = np.mean(self.bar) + np.ptp(self.bar) * CORNERS[:, 1]
        found = np.zeros((len(sides), 4, 2))
        found[..., self.axis], found[..., 1 - self.axis] = along, across + shut * (flat - across)
        return found

    def paint(self, canvas: Canvas) -> None:
        """The squares' outlines; the mean square is filled."""
        _, out, even, _ = self._phases
        if out == 0:
            return
        squares, color, give = self.squares(), feature_colors()[self.feature], max(2 * even - 1, 0.0)
        if give:
            canvas.fill(squares[-1], color, FILLED * give**3 * self.opacity)
        few, seen = self.few, min(1.0, 2 * out) * self.opacity
        canvas.stroke(list(np.delete(squares, few, axis=0)), color, LINE, FAINT * seen, closed=True)
        for square in squares[few]:
            canvas.fill(square, color, CLEAR * (1 - give) * seen)
        canvas.stroke(list(squares[few]), color, THICK, seen, closed=True)

    @property
    def few(self) -> Indices:
        """Among those that are drawn: the ones that are seen well, a large one, and smaller ones."""
        sizes = np.abs(self.ways[self.drawn]) / max(float(np.abs(self.ways).max()), 1e-300)
        found = {int(np.argmin(np.abs(sizes - size))) for size in SEEN}
        return np.array(sorted(found))

    @property
    def _phases(self) -> tuple[float, float, float, float]:
        """How far each of the stages has come, 0 to 1."""
        near, out, even, shut = (
            float(np.clip(self.stage.get_value() - begin, 0, 1)) for begin in (0, NEAR, OUT, EVEN)
        )
        return near, out, even, shut
