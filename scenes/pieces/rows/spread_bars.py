"""The spreads of two features as bars, drawn to one scale: the small one laid along the large one."""

from __future__ import annotations

import numpy as np
from manim import LEFT, Rectangle, VGroup

from scenes.kit.charts.features import feature_colors
from scenes.kit.drawing.canvas import Array
from scenes.pieces.rows.feature_plane import FeaturePlane

THICK, THIN = 0.55, 0.12  # of a bar where it lies apart, and beside the rows, in picture units
THINNEST = 0.02  # what a bar is long at least, or it could not be seen
MOST = 60  # times that the small bar is laid along the large one; more would be a hatching


class SpreadBars:
    """A bar for the spread of each feature, from its mean to one standard deviation above it.

    Args:
        plane: where the rows stand on one scale, at the share 1.
        longest: of the bar of the feature that spreads more, where both lie apart; in picture units.
    """

    def __init__(self, plane: FeaturePlane, longest: float) -> None:
        self.plane, spreads = plane, plane.data.stds
        self.among_rows = np.maximum(spreads * plane.units(1.0)[0], THINNEST)
        self.lengths = np.maximum(spreads * (longest / spreads.max()), THINNEST)

    def in_the_plane(self, feature: int, away: float = 0.3) -> Rectangle:
        """The bar beside the rows: below them for the feature that lies, else at their left."""
        data, means = self.plane.data, self.plane.data.means
        lies = feature == self.plane.wide
        corner = self.plane.at(data.lows, 1.0)
        start = self.plane.at(means, 1.0)
        length = float(self.among_rows[feature])
        if lies:
            bar = self._bar(feature, length, THIN)
            return bar.move_to([start[0] + length / 2, corner[1] - away, 0])
        bar = self._bar(feature, THIN, length)
        return bar.move_to([corner[0] - away, start[1] + length / 2, 0])

    def enlarged(self, feature: int, filled: float, most: float) -> float:
        """How many times the rows are enlarged in the feature's direction, for their squares to be seen.

        A whole number of times, so that they fill ``filled`` at most; or, if not at all, so much that the
        largest square is no higher than ``most``.
        """
        far = np.abs(self.plane.data.features[:, feature] - self.plane.data.means[feature]).max()
        longest = max(float(far * self.plane.units(1.0)[0]), THINNEST)
        times = int(filled / (2 * longest))
        return float(times) if times > 1 else min(1.0, most / longest)

    def lying(self, feature: int, left: Array) -> Rectangle:
        """The bar with its left end at ``left``."""
        return self._bar(feature, float(self.lengths[feature])).move_to(left, aligned_edge=LEFT)

    def laid_along(self, left: Array) -> VGroup:
        """The small bar over and over, from ``left`` to the large one's end; none if that is too often."""
        small, large = np.sort(self.lengths)
        feature = int(np.argmin(self.lengths))
        laid = VGroup()
        if large > MOST * small:
            return laid
        for k, start in enumerate(np.arange(0.0, large - 1e-9 * large, small)):
            bar = self._bar(feature, min(small, large - start)).set_opacity(0.95 if k % 2 == 0 else 0.5)
            laid.add(bar.move_to(left + np.array([start, 0, 0]), aligned_edge=LEFT))
        return laid

    @staticmethod
    def _bar(feature: int, width: float, height: float = THICK) -> Rectangle:
        color = feature_colors()[feature]
        return Rectangle(width=width, height=height, stroke_width=0, fill_color=color, fill_opacity=1)
