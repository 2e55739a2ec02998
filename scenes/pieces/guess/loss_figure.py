"""The loss J of a guess as a number, which grows with its column."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import DOWN, LEFT, VGroup

from scenes.kit import theme
from scenes.kit.drawing.follow import Sources
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import KEY, NAME
from scenes.pieces.guess.guess import Guess
from scenes.pieces.guess.pour import Pouring

DIGITS = "2s"  # at least
AFTER, BELOW = 0.25, 0.2  # from "J =" to the number, and to the name


class LossFigure(VGroup):
    """``J = 85 521`` and below it what that is: the mean of the squares that the column has by now.

    Args:
        guess: whose loss it is.
        pouring: says how much of it there is.
        names: ways to say what it is, the best first, as Typst markup.
        box: whose left edge it keeps to, and is no wider than.
        base: where its numbers stand, y in picture units.
    """

    def __init__(self, guess: Guess, pouring: Pouring, names: Sequence[str], box: Box, base: float) -> None:
        self.guess, self.pouring = guess, pouring
        letter = typography.align_baseline(typography.Text("J =", KEY, theme.current().loss), base, box.left)
        self.number = Counter(guess, DIGITS, KEY, theme.current().loss, self._so_far)
        self.number.sources = Sources((guess, pouring))
        left = float(letter.get_right()[0]) + AFTER
        self.number.shift(np.array([left, base, 0.0]) - self.number.corner)
        self.number.name = names[0]
        name = fitted(names, box.width, theme.current().text, NAME, NAME)
        name.next_to(letter, DOWN, buff=BELOW).align_to(letter, LEFT)
        super().__init__(letter, self.number, name)

    def _so_far(self, _: float) -> float:
        return self.guess.mean_square * self.pouring.landed
