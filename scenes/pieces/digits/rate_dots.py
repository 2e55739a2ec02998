"""Two rows of dots over learning rates: full where networks learn to read; how much farther one goes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Animation, ManimColor, ValueTracker, VGroup

from bn_math.lesson.network_story import LEARNED
from bn_math.networks.trained.study import NetworkStudy
from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Mask, Painted
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.kit.lettering.places import Box
from scenes.kit.script import numbers
from scenes.kit.script.words import Words
from scenes.pieces.digits.holding import lit_by_rate

NAMED, AXIS = 0.62, 1.35  # picture units: above a row for its name, below both for numbers and what they are
MOST, HIGH = 0.36, 1.0  # a dot's radius at most, and a row's height at most
HEAD = 0.13  # of an arrow, half of its width


class RateDots:
    """A row without batch norm above, one with it below; how full a dot is, `lit_by_rate` says.

    Args:
        study: of the trained networks.
        box: where all of it stands.
        colors: of the two.
        words: of the scene.
    """

    def __init__(self, study: NetworkStudy, box: Box, colors: Sequence[ManimColor], words: Words) -> None:
        self.lit, self.colors, self.words = lit_by_rate(study), colors, words
        self.count, self.tried = self.lit.shape[1], ValueTracker(0.0)
        pitch = box.width / self.count
        high = min((box.height - AXIS - 2 * NAMED) / 2, HIGH)
        spare = (box.height - AXIS - 2 * NAMED - 2 * high) / 3
        tops = box.top - NAMED - spare, box.top - 2 * NAMED - 2 * spare - high
        self.rows = [Box(box.left, box.right, top - high, top) for top in tops]
        radius = min(0.42 * pitch, 0.42 * high, MOST)
        self.xs = box.left + (np.arange(self.count) + 0.5) * pitch
        self.dots = [
            Dots(row, self.xs, radius, lit, color, self.tried)
            for row, lit, color in zip(self.rows, self.lit, colors, strict=True)
        ]
        self.names = self._names()
        self.axis = self._axis(study.rates.rates)

    def _names(self) -> VGroup:
        """Above each row whose it is."""
        shown = VGroup()
        for key, row, color in zip(("without", "with"), self.rows, self.colors, strict=True):
            text = typography.name(self.words.label(f"{key}_batch_norm"), color)
            shown.add(typography.align_baseline(text, row.top + 0.2, left=row.left))
        return shown

    def _axis(self, rates: Array) -> VGroup:
        """Powers of ten below both rows, and below these what they are."""
        palette, shown = theme.current(), VGroup()
        below, row = self.rows[1].bottom, self.rows[0]
        log = np.log10(rates)
        for power in range(int(np.ceil(log[0] - 1e-9)), int(np.floor(log[-1] + 1e-9)) + 1):
            text = numbers.write(10.0**power, numbers.exact([10.0**power]))
            label = typography.align_baseline(typography.name(text, palette.muted), below - 0.5)
            x, half = float(np.interp(power, log, self.xs)), label.width / 2
            shown.add(label.set_x(float(np.clip(x, row.left + half, row.right - half))))
        title = typography.name(self.words.label("rates", least=100 * LEARNED), palette.text)
        shown.add(typography.align_baseline(title, below - 1.15).set_x(row.center[0]))
        return shown

    def reach(self, trains: Mask, times: float) -> tuple[Reach, VGroup, Animation]:
        """How much farther it goes with batch norm: from the largest rate that works without, an arrow."""
        ends = [float(self.xs[int(np.flatnonzero(row)[-1])]) for row in trains]
        arrow = Reach(self.rows, (ends[0], ends[1]))
        figure = typography.figure(self.words.label("times", times=times), self.colors[1])
        clear = self.names[1].get_right()[0] + 0.4  # of the name that stands there
        right = max((ends[0] + ends[1] + figure.width) / 2, clear + figure.width)
        shown = VGroup(typography.align_baseline(figure, arrow.level + 0.24, right=right))
        return arrow, shown, arrow.reached.animate.set_value(1.0).build()


class Dots(Painted):
    """A row of rings, each of which fills as far as networks learned at its rate, one after the other.

    Args:
        row: where they stand.
        xs: (R,), their middles.
        radius: of a ring, in picture units.
        lit: (R,), how full each is in the end.
        color: of what is full.
        tried: from 0 to 1, how many of them have been tried.
    """

    blended = ("opacity", "lit", "color")

    def __init__(
        self, row: Box, xs: Array, radius: float, lit: Array, color: ManimColor, tried: ValueTracker
    ) -> None:
        super().__init__()
        self.xs, self.radius, self.lit, self.color = np.asarray(xs), radius, np.asarray(lit), color
        self.points = np.array([[row.left, row.bottom, 0.0], [row.right, row.top, 0.0]])
        self.now = 0.0
        follow(self, (tried,), lambda it: setattr(it, "now", tried.get_value()))

    @property
    def shares(self) -> Array:
        """How full each of them is now."""
        count = len(self.xs)
        return np.asarray(np.clip(self.now * (count + 1) - np.arange(count), 0, 1) * self.lit)

    def paint(self, canvas: Canvas) -> None:
        """A line through all, rings on it, and what is full."""
        palette = theme.current()
        y, turn = float(self.points[:, 1].mean()), np.linspace(0, 2 * np.pi, 49)
        around = self.radius * np.stack([np.cos(turn), np.sin(turn)], axis=1)
        for x, share in zip(self.xs, self.shares, strict=True):
            middle = np.array([x, y])
            tint = palette.rule.interpolate(self.color, float(share))
            if share > 0:
                canvas.fill(middle + around, self.color, float(share) * self.opacity)
            canvas.stroke([middle + around], tint, 4.0, self.opacity)


class Reach(Painted):
    """A line down from the last dot that is full above, and from it an arrow to the last one below.

    Args:
        rows: the two.
        ends: the dots' middles, in picture units.
    """

    def __init__(self, rows: Sequence[Box], ends: tuple[float, float]) -> None:
        super().__init__()
        (self.upper, self.lower), self.ends, self.now = rows, ends, 0.0
        self.level = self.lower.top + 0.2
        self.reached = ValueTracker(0.0)
        self.points = np.array([[ends[0], self.lower.bottom, 0.0], [ends[1], self.upper.top, 0.0]])
        follow(self, (self.reached,), lambda it: setattr(it, "now", self.reached.get_value()))

    def paint(self, canvas: Canvas) -> None:
        """First the line grows, then the arrow."""
        color, (start, end) = theme.current().text, self.ends
        down, along = np.clip(2 * self.now, 0, 1), np.clip(2 * self.now - 1, 0, 1)
        if down > 0:
            high = self.upper.bottom
            low = high + down * (self.level - high)
            canvas.stroke([np.array([[start, high], [start, low]])], color, 5.0, self.opacity)
        if along > 0:
            tip, y = start + along * (end - start), self.level
            canvas.stroke([np.array([[start, y], [tip - HEAD, y]])], color, 8.0, self.opacity)
            head = [[tip, y], [tip - 2 * HEAD, y + HEAD], [tip - 2 * HEAD, y - HEAD]]
            canvas.fill(np.array(head), color, self.opacity)
