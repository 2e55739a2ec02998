"""Beside bowls that stand side by side: by whose statistics, how many rows a batch has, what loss is left."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from manim import RIGHT, Line, Mobject, ValueTracker, VGroup
from manim.utils.color import ParsableManimColor

from bn_math.descent.settling_place import Settling
from scenes.kit import theme
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.fit import wrapped
from scenes.kit.lettering.places import Box, Places
from scenes.kit.lettering.typography import KEY, NAME
from scenes.kit.script.words import Words
from scenes.kit.surface.trough.trough import Trough
from scenes.pieces.trough.plate import plated

BESIDE = 0.28  # from home to its name
NAMED = 52.0  # size of whose statistics they are, and of how many rows
ABOVE, BELOW, BETWEEN = 0.85, 1.0, 0.35  # height of the names and of the figures; between columns
ROOMY = 5.5  # picture units: in a column that is narrower the figure's name stands below it
GAP = 0.22  # between a figure and its name


class SideWords:
    """Names, figures and places for bowls in columns.

    Args:
        words: the scene's.
        places: those of the frame.
        settling: what is shown.
    """

    def __init__(self, words: Words, places: Places, settling: Settling) -> None:
        self.words, self.places, self.settling = words, places, settling

    def column(self, which: int, count: int) -> Box:
        """One of so many columns of the picture."""
        whole = self.places.whole
        width = (whole.width - (count - 1) * BETWEEN) / count
        left = whole.left + which * (width + BETWEEN)
        return Box(left, left + width, whole.bottom, whole.top)

    def shape(self, column: Box) -> Box:
        """Where the bowl is in it."""
        below = BELOW if column.width > ROOMY else BELOW + 0.45
        return Box(column.left, column.right, column.bottom + below, column.top - ABOVE)

    def under(self, column: Box) -> Box:
        """What is below the bowl."""
        return Box(column.left, column.right, column.bottom, self.shape(column).bottom)

    def name(self, markup: str, column: Box, color: ParsableManimColor | None = None) -> Mobject:
        """What stands over a bowl."""
        made = wrapped(markup, column.width, NAMED, NAME, color or theme.current().text)
        return column.put(made, 0.5, 1.0)

    def left(self, clock: ValueTracker, which: int, column: Box) -> Mobject:
        """How much of the loss is left, under a bowl, in the ball's color."""
        ball = theme.current().ball

        def percent(step: float) -> float:
            return 100 * self.settling.left_after(step, which)

        figure = Counter(clock, ".1f", KEY, ball, value=percent, align_right=True)
        base = figure.corner
        room = Line(base - [figure.width_of(100.0), 0.0, 0.0], base, stroke_width=0)
        unit = typography.figure(self.words.label("percent"), ball, KEY)
        name = typography.name(self.words.label("left"), theme.current().text)
        typography.align_baseline(unit, float(base[1]), left=float(base[0]) + 0.1)
        if column.width > ROOMY:
            typography.align_baseline(name, float(base[1]), left=float(unit.get_right()[0]) + GAP)
        else:
            middle = (float(room.get_left()[0]) + float(unit.get_right()[0])) / 2
            typography.align_baseline(name, float(base[1]) - 0.5, left=middle - name.width / 2)
        return column.put(VGroup(room, figure, unit, name), 0.5, 0.0)

    def home(self, trough: Trough) -> Mobject:
        """The name of the lowest point, at its right."""
        name = plated(self.words.label("home"))
        home = np.asarray(self.goal)

        def stand(it: Mobject) -> None:
            it.next_to([*trough.lay(home)[0], 0.0], RIGHT, buff=BESIDE)

        return follow(name, (trough.view,), stand)

    @cached_property
    def goal(self) -> tuple[float, float]:
        """The weights where home is."""
        first, second = self.settling.batches.descents[0].minimizer
        return float(first), float(second)
