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

FIGURE = 1.5 * typography.KEY  # size of the figure
AMPLE = 10.0  # width from which there is room for it
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
        left = room.at(0.0, 0.62)
        self.below = left - [0, 1.06 * THICK, 0]
        self.lying = {high: bars.lying(high, left), low: bars.lying(low, self.below)}
        self.names = [self._name(it, way) for it, way in ((high, UP), (low, DOWN))]
        self.tiles = bars.laid_along(self.below)
        self.ratio = ValueTracker(1.0)
        spec = ".0f" if data.spread_ratio >= WHOLE else ".1f"
        size = FIGURE if room.width > AMPLE else typography.KEY
        self.count = Counter(self.ratio, spec, size=size, align_right=True)
        self.to_one = typography.figure(words.label("ratio"), theme.current().text, size)
        gap = 0.25 * typography.em(size)
        width = self.count.width_of(data.spread_ratio) + gap + self.to_one.width
        beside = Box(float(self.lying[high].get_right()[0]), room.right, room.bottom, room.top)
        right = beside.center[0] + width / 2
        line = float(left[1]) - 0.53 * THICK - 0.36 * typography.em(size)
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
        color, width = feature_colors()[feature], 0.6 * self.room.width
        text = fitted(ways, width, color, typography.FIGURE, typography.NAME)
        return text.next_to(bar, np.array(way), buff=0.25, aligned_edge=LEFT)
