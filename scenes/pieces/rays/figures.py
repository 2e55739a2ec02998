"""How long the weights are where the ball is, and the loss there, as two figures."""

from __future__ import annotations

import numpy as np
from manim import ValueTracker, VGroup

from bn_math.descent.losses import NormalizedNeuron
from scenes.kit import theme
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.typography import KEY, NAME
from scenes.kit.script import numbers
from scenes.kit.script.words import Words
from scenes.kit.surface.trough.carrier import at

DIGITS = 4  # of the loss at the start


def length_and_loss(words: Words, loss: NormalizedNeuron, clock: ValueTracker, run: Array) -> list[VGroup]:
    """Two figures that follow a run.

    Args:
        words: have ``length`` and ``loss``.
        loss: of the neuron.
        clock: the step that the run has reached, whole or not.
        run: the weights after each step, (n, 2).
    """
    palette, spec = theme.current(), numbers.spec_for(float(loss.value(run[0])), DIGITS)
    length = Counter(clock, ".2f", KEY, palette.text, value=lambda it: float(np.linalg.norm(at(run, it))))
    height = Counter(clock, spec, KEY, palette.loss, value=lambda it: float(loss.value(at(run, it))))
    return [
        key_figure(figure, words.label(name), NAME) for figure, name in ((length, "length"), (height, "loss"))
    ]
