"""The steps that a normalized neuron needs at every learning rate of its weights, as a curve of a chart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from manim import DOWN, RIGHT, ManimColor, Rectangle, VGroup

from bn_math.networks.neuron import NeuronStage
from scenes.kit import theme
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import typography
from scenes.pieces.race.cliff_chart import SLANT, CliffChart, Curve

SHADE = 0.10  # opacity of what lies beyond a cliff


@dataclass(frozen=True, eq=False)
class NeuronCurve:
    """Steps against learning rates, as far as they arrive.

    Args:
        neuron: the neuron and its start.
        tried: the learning rates, ascending, (n,).
        color: of the curve.
    """

    neuron: NeuronStage
    tried: Array
    color: ManimColor

    @cached_property
    def _found(self) -> tuple[Array, Array]:
        steps = np.asarray(self.neuron.steps_against(self.tried))
        arrives = np.isfinite(steps)
        return np.asarray(self.tried)[arrives], np.maximum(steps[arrives], 1.0)

    @property
    def rates(self) -> Array:
        """Those at which it arrives, (k,)."""
        return self._found[0]

    @property
    def steps(self) -> Array:
        """The steps that each of them needs, at least 1, (k,)."""
        return self._found[1]

    @property
    def cliff(self) -> float:
        """The largest rate: there is no cliff."""
        return float(self.rates[-1])

    @property
    def most(self) -> float:
        """The most steps that any rate needs."""
        return float(self.steps.max())


def beyond(chart: CliffChart, plain: Curve, words: str) -> VGroup:
    """The wall at the cliff of another curve, all that lies beyond it shaded, and ``words`` that name it."""
    alarm, wall = theme.current().alarm, chart.cliff(plain)
    left, box = float(wall[0].get_x()), chart.box
    shade = Rectangle(width=box.right - left, height=box.height, stroke_width=0)
    shade.set_fill(alarm, SHADE).move_to([(left + box.right) / 2, box.center[1], 0.0])
    name = typography.name(words, alarm).next_to(box.at(0, 1), DOWN, buff=0.2)
    name.set_x(left + SLANT + 0.2, direction=-RIGHT)
    return VGroup(wall, shade, name)
