"""Dropout as a sketch: a small network in which some neurons are switched off, and their links with them."""

from __future__ import annotations

import numpy as np
from manim import Animation, Circle, Line, VGroup

from scenes.kit import theme
from scenes.kit.canvas import Array

OFF = 0.45  # how much of a neuron's outline is still seen


class DropoutSketch(VGroup):
    """Layers of ``sizes`` neurons from left to right in a field of ``wide`` by ``tall`` around the origin."""

    def __init__(self, sizes: tuple[int, ...], wide: float, tall: float, radius: float = 0.15) -> None:
        super().__init__()
        look = theme.current()
        self.places: list[Array] = []
        self.ends: list[tuple[int, int]] = []  # of every link, as numbers of neurons
        before: list[int] = []
        for x, size in zip(np.linspace(-wide / 2, wide / 2, len(sizes)), sizes, strict=True):
            layer = [len(self.places) + place for place in range(size)]
            self.places += [
                np.array([x, y, 0.0]) for y in tall * (np.arange(size) - (size - 1) / 2) / max(sizes)
            ]
            self.ends += [(start, end) for start in before for end in layer]
            before = layer
        self.links = VGroup(
            *(
                Line(self.places[a], self.places[b], color=look.rule, stroke_width=2.0, buff=radius)
                for a, b in self.ends
            )
        )
        style = {"color": look.text, "fill_color": look.text, "stroke_width": 2.5, "fill_opacity": 1.0}
        self.neurons = VGroup(*(Circle(radius, **style).move_to(place) for place in self.places))
        self.add(self.links, self.neurons)

    def switch(self, off: Array) -> list[Animation]:
        """Switch off the neurons where ``off`` (n,) is true, and the others on."""
        moves: list[Animation] = [
            neuron.animate.set_fill(opacity=0.0 if out else 1.0).set_stroke(opacity=OFF if out else 1.0)
            for neuron, out in zip(self.neurons, off, strict=True)
        ]
        moves += [
            link.animate.set_stroke(opacity=0.0 if off[a] or off[b] else 1.0)
            for link, (a, b) in zip(self.links, self.ends, strict=True)
        ]
        return moves
