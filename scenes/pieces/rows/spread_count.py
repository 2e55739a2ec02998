"""Two spreads as bars, the small one laid along the large one, and how often it goes into it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import DOWN, LEFT, UP, Animation, FadeIn, LaggedStart, Rectangle, ValueTracker, linear

from scenes.kit import theme
from scenes.kit.charts.features import feature_colors
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.places import Box
from scenes.kit.script.words import Words
from scenes.pieces.rows.spread_bars import THICK, SpreadBars

FIGURE = 2.0 * typography.KEY  # size of the figure, where there is room for it
APART = 0.6  # from the bars to the figure at least, in picture units
WHOLE = 10  # a ratio from which on decimals say nothing
FORMS = ("", "_short")  # of a bar's name


class SpreadCount:
    """The two bars one below the other, the larger above, and the figure beside them.

    Args:
        bars: the spreads.
        words: have ``spread_a`` and ``spread_b``, each also short, and ``ratio``, what follows the figure.
        room: where they stand.
    """

    def __init__(self, bars: SpreadBars, words: Words, room: Box) -> None:
        self.bars, self.words, self.room = bars, words, room
        data = bars.plane.data
        low, high = (int(it) for it in np.argsort(data.stds))
        left = np.array([bars.plane.at(data.means, 1.0)[0], room.at(0, 0.62)[1], 0.0])
        self.below = left - [0, 1.06 * THICK, 0]
        self.lying = {high: bars.lying(high, left), low: bars.lying(low, self.below)}
        self.names = [self._name(it, way) for it, way in ((high, UP), (low, DOWN))]
        self.tiles = bars.laid_along(self.below)
        self.ratio = ValueTracker(1.0)
        ends = float(left[0]), float(self.lying[high].get_right()[0])
        beside = max(
            Box(room.left, ends[0] - APART, room.bottom, room.top),
            Box(ends[1] + APART, room.right, room.bottom, room.top),
            key=lambda box: box.width,
        )
        self._write(beside, float(left[1]) - 0.53 * THICK, data.spread_ratio)

    def _write(self, box: Box, middle: float, ratio: float) -> None:
        """The figure, in the middle of ``box`` and as large as it leaves room for, at that height."""
        spec, after = ".0f" if ratio >= WHOLE else ".1f", self.words.label("ratio")
        width = Counter(ValueTracker(ratio), spec, FIGURE).width_of(ratio)
        width += 0.25 * typography.em(FIGURE) + typography.figure(after, size=FIGURE).width
        size = FIGURE * min(1.0, box.width / width)
        gap = 0.25 * typography.em(size)
        self.count = Counter(self.ratio, spec, size=size, align_right=True)
        self.to_one = typography.figure(after, theme.current().text, size)
        right = box.center[0] + 0.5 * width * size / FIGURE
        line = middle - 0.36 * typography.em(size)
        self.count.shift([right - self.to_one.width - gap, line, 0] - self.count.corner)
        typography.align_baseline(self.to_one, line, right=right)

    def counting(self, duration: float) -> list[Animation]:
        """The small bar is laid along the large one, and counted."""
        whole = self.bars.plane.data.spread_ratio
        tiles = [FadeIn(tile) for tile in self.tiles[1:]]
        laying = [LaggedStart(*tiles, lag_ratio=0.9, run_time=duration)] if tiles else []
        return [*laying, self.ratio.animate(rate_func=linear, run_time=duration).set_value(whole)]

    def _name(self, feature: int, way: Sequence[float]) -> typography.Text:
        """What a bar is, above it or below it."""
        ways = [self.words.label(f"spread_{'ab'[feature]}{form}") for form in FORMS]
        bar: Rectangle = self.lying[feature]
        color, width = feature_colors()[feature], 0.45 * self.room.width
        text = fitted(ways, width, color, typography.FIGURE, typography.NAME)
        return text.next_to(bar, np.array(way), buff=0.25, aligned_edge=LEFT)
