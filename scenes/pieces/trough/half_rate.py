"""A descent at half of theory's best rate: what it leaves of the loss at once, and what it is slow at."""

from __future__ import annotations

import numpy as np
from manim import ManimColor, Mobject, ValueTracker

from bn_math import Lesson
from scenes.kit import theme
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering.places import Box
from scenes.kit.script.words import Words
from scenes.kit.surface.trough.arrow import LyingArrow, step
from scenes.kit.surface.trough.ball import CutBall
from scenes.kit.surface.trough.trail import RunTrail
from scenes.kit.surface.trough.trough import Trough
from scenes.pieces.share_bar import share_bar

LONG = 0.8  # of the place's width: a bar when all is left
IN_A_ROW = 0.29  # the same where figures stand side by side


class HalfRate:
    """The run on the raw loss, its ball and trail, its first step as an arrow, and the way that is left.

    Args:
        lesson: whose raw loss it is.
        trough: that loss.
    """

    def __init__(self, lesson: Lesson, trough: Trough) -> None:
        self.lesson, self.stage, self.clock = lesson, lesson.raw, ValueTracker(0)
        run, goal = self.stage.half_rate_descent.points, self.stage.loss.minimizer
        self.ball, self.trail = CutBall(trough, run, self.clock), RunTrail(trough, run, self.clock)
        rate = self.stage.spectrum.best_learning_rate / 2
        self.step = LyingArrow(trough, step(self.stage.loss, run[0], rate)).show(0)
        self.way = LyingArrow(
            trough, lambda: (self.ball.weights, goal), slow_color(lesson), follows=(self.clock,)
        ).show(0)

    @property
    def loss_left(self) -> Array:
        """The share of the excess loss that each step leaves, (n,)."""
        excess = np.maximum(self.stage.half_rate_descent.losses - self.stage.loss.minimum, 0.0)
        return np.asarray(excess / excess[0])

    def bar(self, words: Words, box: Box) -> Mobject:
        """What is left of the loss, as a bar in ``box``."""
        width = (IN_A_ROW if box.is_wide else LONG) * box.width
        color = theme.current().loss
        return box.put(
            share_bar(self.clock, self.loss_left, words.label("loss_left"), width, color, "2s"), 0.0
        )


def slow_color(lesson: Lesson) -> ManimColor:
    """The color of the weight along which the raw loss is flattest, or of text if it is no one weight."""
    palette, story = theme.current(), lesson.story
    if not story.flat_along_one_weight:
        return palette.text
    return palette.feature_a if story.slow_weight_is_the_first else palette.feature_b


def steep_color(lesson: Lesson) -> ManimColor:
    """The color of the weight along which it is steepest, or the valley's if it is no one weight."""
    palette, story = theme.current(), lesson.story
    if not story.flat_along_one_weight:
        return palette.valley
    return palette.feature_b if story.slow_weight_is_the_first else palette.feature_a
