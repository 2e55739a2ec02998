"""Steps against depth with its words: the curve that the neurons are, and what is seen of two lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import LEFT, Animation, ManimColor, ValueTracker, VGroup, linear

from bn_math.networks.trained.results import DepthStudy
from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.kit.lettering.places import Box
from scenes.kit.script.words import Words
from scenes.pieces.digits.depth_chart import DASH, DepthChart, DepthLines, Grid
from scenes.pieces.digits.holding import steps_that_hold
from scenes.pieces.digits.neuron import LARGE, neuron

KEY_LINE = 0.85  # picture units: a sample line's length
HEAD, ROW = (
    1.25,
    0.55,
)  # picture units above the chart, for the curve and the key; of it, for the scale's name


class DepthPicture:
    """The chart, its two lines, and what is played with them.

    Args:
        study: of the networks.
        box: where all of it stands.
        colors: without batch norm, with it.
        words: of the scene.
    """

    def __init__(self, study: DepthStudy, box: Box, colors: Sequence[ManimColor], words: Words) -> None:
        self.words, self.colors, self.study = words, colors, study
        steps = study.steps[study.steps > 0]
        span = (float(steps.min(initial=study.limit)), float(steps.max(initial=1)))
        limit = None if (study.steps >= 0).all() else study.limit
        self.is_wide = box.is_wide
        head = HEAD if self.is_wide else 2 * HEAD + ROW
        self.head = Box(box.left, box.right, box.top - head, box.top)
        below = Box(box.left, box.right, box.bottom, box.top - head - 0.1)
        self.chart = DepthChart([int(depth) for depth in study.depths], span, limit, below)
        self.drawn = ValueTracker(0.0)
        self.grid = Grid(self.chart)
        self.lines = DepthLines(self.chart, study, colors, self.drawn)
        self.axes = self.chart.axes(words.label("steps_to", mark=study.mark), words.label("layers"))
        self.samples: list[Sample] = []
        self.key = self._key()
        self.neurons = neuron(study.name, words.label("second", name=words.label(study.name)), LARGE)
        self.neurons.move_to([self.head.left, self.head.top - LARGE / 2, 0.0], LEFT)

    def drop(self) -> tuple[Gaps, Animation]:
        """From every network without batch norm to the one with it."""
        median = steps_that_hold(self.study)[0]
        ends = np.stack([self.chart.places(row) for row in median], axis=1)
        gaps = Gaps(ends[np.isfinite(median).all(axis=0)])
        return gaps, gaps.reached.animate(rate_func=linear).set_value(1.0).build()

    def draw(self, count: int) -> Animation:
        """Both lines grow, at one pace, to the network that is the ``count``-th in depth."""
        return self.drawn.animate(rate_func=linear).set_value(float(count)).build()

    # -- what is written -----------------------------------------------------------------------------------
    def _key(self) -> VGroup:
        """Whose the lines are, a sample of each in front: above at the right, or below the curve's name."""
        shown, y = VGroup(), self.head.bottom + (0.62 if self.is_wide else 0.62 + ROW)
        words = [self.words.label(name) for name in ("without_batch_norm", "with_batch_norm")]
        texts = [typography.name(text, color) for text, color in zip(words, self.colors, strict=True)]
        left = self.head.right - max(text.width for text in texts)
        for norm, text in enumerate(texts):
            ends = np.array([[left - 0.2 - KEY_LINE, y + 0.1], [left - 0.2, y + 0.1]])
            self.samples.append(Sample(ends, self.colors[norm], norm == 0))
            shown.add(typography.align_baseline(text, y, left=left))
            y -= 0.52
        return shown


class Sample(Painted):
    """A piece of a line.

    Args:
        ends: its two ends, (2, 2).
        color: of the line.
        dashed: whether it is broken.
    """

    def __init__(self, ends: Array, color: ManimColor, dashed: bool) -> None:
        super().__init__()
        self.points = np.concatenate([ends, np.zeros((2, 1))], axis=1)
        self.color, self.dashed = color, dashed

    def paint(self, canvas: Canvas) -> None:
        """The line."""
        line = [self.points[:, :2]]
        canvas.stroke(line, self.color, 7.0, self.opacity, dash=DASH if self.dashed else ())


class Gaps(Painted):
    """Upright lines from one mark to the other, which grow one after the other.

    Args:
        ends: of the lines, (n, 2, 2).
    """

    def __init__(self, ends: Array) -> None:
        super().__init__()
        self.ends = ends
        self.reached = ValueTracker(0.0)
        self.points = (
            np.zeros((1, 3))
            if not len(ends)
            else np.concatenate([ends.reshape(-1, 2), np.zeros((2 * len(ends), 1))], axis=1)
        )
        self.now = 0.0
        follow(self, (self.reached,), lambda it: setattr(it, "now", self.reached.get_value()))

    def paint(self, canvas: Canvas) -> None:
        """As much of them as has grown, with a head."""
        color = theme.current().text
        for place, (start, end) in enumerate(self.ends):
            share = float(np.clip(self.now * (len(self.ends) + 1) - place, 0, 1))
            gap = end - start
            length = float(np.linalg.norm(gap))
            if share <= 0 or length < 0.5:
                continue
            unit = gap / length
            a, b = start + 0.2 * unit, start + 0.2 * unit + share * (length - 0.42) * unit
            side = np.array([-unit[1], unit[0]])
            tip = min(0.2, 0.5 * float(np.linalg.norm(b - a)))
            canvas.stroke([np.stack([a, b - tip * unit])], color, 5.0, self.opacity)
            canvas.fill(
                np.stack([b, b - tip * unit + 0.12 * side, b - tip * unit - 0.12 * side]), color, self.opacity
            )
