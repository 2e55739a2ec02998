"""What is written round a stack: its first and last layer, what moves, and what it does to the gradient."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import LEFT, BackgroundRectangle, ManimColor, Mobject, VGroup, VMobject

from bn_math import StackPasses
from scenes.kit import theme
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.layout import fit_width
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import align_baseline
from scenes.kit.script import numbers
from scenes.kit.script.words import Words
from scenes.pieces.stack.room import StackRoom

SIZE = 64.0  # of a figure
GAP = 0.18
PLATE = 1.0  # how dense it is behind words over a light
LINES = 0.62  # from one line to the next


class Readings:
    """Words and figures above and below the panes.

    Args:
        room: the layers' places.
        whole: what no screen hides.
        words: of the scene.
    """

    def __init__(self, room: StackRoom, whole: Box, words: Words) -> None:
        self.room, self.whole, self.words = room, whole, words
        self.above = room.box.top + 0.28
        self.below = room.box.bottom - 0.55
        self.is_wide = whole.is_wide

    def layers(self, depth: int) -> VGroup:
        """The numbers of the first and the last layer, below them."""
        names = VGroup()
        for number, back in ((1, depth - 1), (depth, 0)):
            markup = self.words.label("layer", layer=1.0) if number == 1 else numbers.write(number)
            text = typography.name(markup, theme.current().muted)
            align_baseline(text, self.below).set_x(float(self.room.x(back)))
            names.add(text.shift([max(self.whole.left - text.get_left()[0], 0.0), 0.0, 0.0]))
            text.shift([min(self.whole.right - text.get_right()[0], 0.0), 0.0, 0.0])
        return names

    def kind(self, key: str, color: ManimColor) -> typography.Text:
        """Which run it is: between the layers' numbers; above, at the left, where there is no room."""
        text = typography.name(self.words.label(key), color)
        if self.is_wide:
            return align_baseline(text, self.below).set_x(self.whole.center[0])
        return align_baseline(text, self.above + LINES, left=self.whole.left)

    def moving(self, key: str, **values: float) -> typography.Text:
        """What goes through the layers now, or whose finding it is: in the last line."""
        text = typography.name(self.words.label(key, **values), theme.current().text)
        align_baseline(text, self.below - (1 if self.is_wide else 2) * LINES).set_x(self.whole.center[0])
        fit_width(text, self.whole.width)
        return text

    def growth(self, passes: StackPasses, color: ManimColor) -> VGroup:
        """What a layer does to the gradient of the activations: above at the right, over the flat share."""
        row = self._growth(passes, color)
        return row.shift(
            [self.whole.right - row.get_right()[0], self.above + (0 if self.is_wide else LINES), 0.0]
        )

    def named(self, key: str, passes: StackPasses, color: ManimColor, is_above: bool) -> VGroup:
        """A run's name, and its gradient at layer 1 over the last one's: above at the right, or below."""
        name = typography.name(self.words.label(key), color)
        figure = typography.figure(self.words.label("total", total=passes.signal_total), color, SIZE)
        figure.name = self.words.label("at_first", layer=1.0)
        unit = typography.name(figure.name, theme.current().muted)
        total = self._in_a_row([align_baseline(figure, 0.0), align_baseline(unit, 0.0)], GAP)
        row = self._in_a_row([align_baseline(name, 0.0), total], 0.35)
        if is_above:
            return row.shift([self.whole.right - row.get_right()[0], self.above, 0.0])
        row.shift([self.whole.center[0] - row.get_x(), self.below - (0 if self.is_wide else LINES), 0.0])
        fit_width(row, self.whole.width)
        return row

    @staticmethod
    def plated(text: Mobject) -> VGroup:
        """Words with something dark behind them: no light makes them hard to read."""
        plate = BackgroundRectangle(text, color=theme.current().background, fill_opacity=PLATE, buff=0.1)
        return VGroup(plate, text).set(is_label=True)

    def flat_share(self, runs: Sequence[StackPasses]) -> VGroup:
        """How much of all sums lies on the flat ends, above at the left: of the run that goes forward."""
        shares = [100 * float(np.mean(run.flat_shares())) for run in runs]
        places = np.arange(len(shares) + 1)

        def share(sent: float) -> float:
            return float(np.interp(sent, places, [shares[0], *shares]))

        counter = Counter(self.room.stage.sent, "d", SIZE, value=share, align_right=True)
        room = counter.width_of(max(shares))
        counter.shift(np.array([self.whole.left + room, self.above, 0.0]) - counter.corner)
        unit = typography.figure(self.words.label("percent"), size=SIZE)
        align_baseline(unit, self.above, left=self.whole.left + room + 0.1)
        name = typography.name(self.words.label("outside"), theme.current().muted)
        align_baseline(name, self.above, left=unit.get_right()[0] + GAP)
        counter.name = self.words.label("outside")
        return VGroup(counter, unit, name)

    def _growth(self, passes: StackPasses, color: ManimColor) -> VGroup:
        figure = typography.figure(self.words.label("growth", growth=passes.signal_growth), color, SIZE)
        name = typography.name(self.words.label("each"), theme.current().muted)
        figure.name = self.words.label("each")
        return self._in_a_row([align_baseline(figure, 0.0), align_baseline(name, 0.0)], GAP)

    def _in_a_row(self, parts: Sequence[VMobject], gap: float) -> VGroup:
        """Things side by side; their heights stay."""
        for before, part in zip(parts, parts[1:], strict=False):
            part.set_x(before.get_right()[0] + gap, direction=LEFT)
        return VGroup(*parts)
