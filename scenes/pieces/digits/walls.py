"""Walls of unseen digits, one for each network: a digit lights up as networks learn to read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
from manim import DOWN, LEFT, RIGHT, Animation, Mobject, Rectangle, ValueTracker, VGroup

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.drawing.furniture import furniture
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.places import Box, Places
from scenes.kit.lettering.typography import KEY, NAME
from scenes.kit.script import numbers
from scenes.kit.script.words import Words
from scenes.pieces.digits.holding import percents_in_words
from scenes.pieces.digits.neuron import neuron
from scenes.pieces.digits.tiles import Tiles, pictures

AT_FIRST = 0.5  # brightness of digits that are only shown: many bright ones that rush by flash
PERCENT = 48.0  # size of the shares below the walls
AROUND = 0.07  # picture units between a wall and a frame around it
BESIDE = 2.05  # picture units for the words beside the walls
HEAD, FOOT, GAP = 0.62, 0.66, 0.32  # above a row of walls, below it, and between two of them


class Walls:
    """Eight walls or so: a row without batch norm, one with it, a column for each number of layers.

    Args:
        walls: the study's, with what was read at which step.
        clock: the step that is shown.
        places: of the frame.
        words: of the scene.
    """

    def __init__(self, walls: Any, clock: ValueTracker, places: Places, words: Words) -> None:
        self.walls, self.clock, self.words = walls, clock, words
        self.shown = ValueTracker(1.0), ValueTracker(1.0)
        palette = theme.current()
        self.colors = palette.valley, palette.bowl
        self.places, self.wide = places, places.frame.is_wide
        images = pictures(np.asarray(walls.test_images))
        across = int(np.ceil(len(images) ** 0.5))
        self.tiles = [
            [Tiles(images, across, box, color) for box in row]
            for row, color in zip(self.boxes, self.colors, strict=True)
        ]
        for norm, depth, tiles in self.each():
            follow(tiles, (clock, self.shown[norm]), partial(self._light, norm, depth))

    def _light(self, norm: int, depth: int, tiles: Mobject) -> None:
        """As far as each is read; before the networks are named all are white, and only shown."""
        assert isinstance(tiles, Tiles)
        white = self.shown[norm].get_value()
        read = self.at_clock(self.walls.read[norm, depth])
        tiles.color = self.colors[norm].interpolate(theme.current().text, white)
        tiles.light(read + (1 - read) * white * AT_FIRST)

    # -- where it stands -----------------------------------------------------------------------------------
    @property
    def boxes(self) -> tuple[list[Box], list[Box]]:
        """Of the walls: without, with."""
        whole, count = self.places.whole, len(self.walls.depths)
        left = whole.left + (BESIDE if self.wide else 0.0)
        heads = HEAD if self.wide else 2 * HEAD
        width = (whole.right - left - (count - 1) * GAP) / count
        height = (whole.height - HEAD - 2 * FOOT - (0 if self.wide else 2 * HEAD + 1.1)) / 2
        side = min(width, height)
        pitch = (whole.right - left - side) / max(count - 1, 1)
        found: list[list[Box]] = []
        top = whole.top - heads
        for _ in range(2):
            xs = [left + place * pitch for place in range(count)]
            if count == 1:
                xs = [(left + whole.right - side) / 2]
            found.append([Box(x, x + side, top - side, top) for x in xs])
            top -= side + FOOT + (0 if self.wide else HEAD)
        return found[0], found[1]

    def each(self) -> Iterator[tuple[int, int, Tiles]]:
        """(without or with, place among the depths, wall)."""
        for norm, row in enumerate(self.tiles):
            for depth, tiles in enumerate(row):
                yield norm, depth, tiles

    @property
    def all(self) -> list[Tiles]:
        """Every wall."""
        return [tiles for _, _, tiles in self.each()]

    def central(self, wall: Tiles) -> int:
        """Which picture of a wall is in its middle."""
        rows = -(-len(wall.images) // wall.columns)
        return (rows // 2) * wall.columns + (min(wall.columns, len(wall.images)) - 1) // 2

    # -- what is shown at the clock's step -----------------------------------------------------------------
    def at_clock(self, values: Array) -> Array:
        """Values (k, ...) at the steps looked at, between two of them in proportion."""
        steps, now = np.asarray(self.walls.steps, dtype=float), self.clock.get_value()
        after = int(np.clip(np.searchsorted(steps, now), 1, len(steps) - 1)) if len(steps) > 1 else 0
        if after == 0:
            return np.asarray(values[0])
        share = float(np.clip((now - steps[after - 1]) / (steps[after] - steps[after - 1]), 0, 1))
        return np.asarray((1 - share) * values[after - 1] + share * values[after])

    def train(self) -> Animation:
        """The clock goes on to the last step: time runs with the steps' logarithm, as most happens early."""
        first, last = float(self.walls.steps[1]), float(self.walls.steps[-1])
        grown = np.log1p(last / first)

        def reached(time: float) -> float:
            return float(np.expm1(grown * time) * first / last)

        return self.clock.animate(rate_func=reached).set_value(last).build()

    # -- what is written -----------------------------------------------------------------------------------
    def names(self) -> list[Mobject]:
        """How many layers a column has, and which row is without batch norm, which with it."""
        return [self.depth_names(), self.layers_name(), self.row_names()]

    def depth_names(self) -> VGroup:
        """Above every column its number of layers."""
        palette = theme.current()
        names = VGroup()
        for box, depth in zip(self.boxes[0], self.walls.depths, strict=True):
            text = typography.figure(numbers.write(float(depth), "d"), palette.text, PERCENT)
            base = box.top + 0.14 + (0.0 if self.wide else HEAD)
            names.add(typography.align_baseline(text, base).set_x(box.center[0]))
        return names

    def layers_name(self) -> Mobject:
        """What the numbers above the columns count."""
        text = typography.name(self.words.label("layers"), theme.current().muted)
        base = self.boxes[0][0].top + 0.14
        return typography.align_baseline(text, base, left=self.places.whole.left)

    def row_names(self) -> VGroup:
        """Without batch norm, with it: beside each row, or above it."""
        names = VGroup()
        for row, color, key in zip(self.boxes, self.colors, ("without", "with"), strict=True):
            if self.wide:
                text = VGroup(
                    *(typography.name(self.words.label(part), color) for part in (key, "batch_norm"))
                ).arrange(DOWN, buff=0.16, aligned_edge=LEFT)
                text.move_to([self.places.whole.left + text.width / 2, row[0].center[1], 0.0])
            else:
                text = typography.name(f"{self.words.label(key)} {self.words.label('batch_norm')}", color)
                typography.align_baseline(text, row[0].top + 0.14, right=self.places.whole.right)
            names.add(text)
        return names

    def neurons(self, name: str) -> VGroup:
        """The curve that these neurons bend by."""
        whole, shown = self.places.whole, neuron(name, self.words.label(name))
        if self.wide:
            return shown.move_to([whole.left, self.boxes[1][0].bottom + 0.2, 0.0], LEFT)
        return shown.move_to([whole.right, whole.bottom + 0.82, 0.0], RIGHT)

    def dim(self, norm: int) -> Animation:
        """No digit has been read yet: they lose their light, and take the row's color."""
        return self.shown[norm].animate.set_value(0.0).build()

    def frames(self, norm: int, depths: Sequence[int]) -> list[Rectangle]:
        """Around the walls that are spoken of."""
        found = []
        for place in depths:
            box = self.boxes[norm][place]
            side = box.width + 2 * AROUND
            frame = Rectangle(width=side, height=side, color=self.colors[norm], stroke_width=5.0)
            found.append(frame.move_to(box.at()))
        return found

    def percents(self) -> VGroup:
        """Below every wall how many of the unseen digits are read after the last step."""
        shown = VGroup()
        places = [(norm, depth) for norm, depth, _ in self.each()]
        read = percents_in_words([self.walls.accuracy[norm, depth, -1] for norm, depth in places], self.words)
        for (norm, depth), written in zip(places, read, strict=True):
            text = typography.figure(written, self.colors[norm], PERCENT if self.wide else NAME)
            box, whole, half = self.boxes[norm][depth], self.places.whole, text.width / 2
            x = float(np.clip(box.center[0], whole.left + half, whole.right - half))
            shown.add(typography.align_baseline(text, box.bottom - 0.48).set_x(x))
        return shown

    def steps(self) -> VGroup:
        """The step that all of them have come to."""
        counter = Counter(self.clock, size=KEY, color=theme.current().ball, value=np.floor)
        figure = furniture(key_figure(counter, self.words.label("steps"), NAME))
        whole = self.places.whole
        if self.wide:
            middle = (self.boxes[0][0].bottom + self.boxes[1][0].top) / 2
            figure.move_to([0, middle, 0]).set_x(whole.left, LEFT)
        else:
            whole.put(figure, 0.0, 0.0)
        return figure
