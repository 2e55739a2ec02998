"""What ten digits look like after some of the layers, without batch norm and with it; and what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from manim import DOWN, LEFT, Animation, ManimColor, Mobject, ValueTracker, VGroup, linear

from bn_math.networks.trained.results import StartOfTraining
from scenes.kit import theme
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.kit.lettering.places import Box
from scenes.kit.script.words import Words
from scenes.pieces.digits.stream import Stream
from scenes.pieces.digits.tiles import Tiles, pictures

BESIDE, STREAM = 3.1, 1.5  # picture units: for names at the left, for what comes back at the right
MIDDLE = 0.4  # of all layers, where the one in the middle is
PART = 0.3  # of a row's height, between the two networks
DARK, BRIGHT, BLACK = 0.02, 0.98, 0.12  # quantiles of what neurons give, and how bright the darkest is
UNREACHED = 0.1  # how bright a row is that nothing comes back to


def some_layers(depth: int) -> list[int]:
    """Which layers are shown, counted from 0: the first, one before the middle, the last."""
    return sorted({0, max(round(MIDDLE * depth) - 1, 0), depth - 1})


def brightness(activations: Array) -> Array:
    """What neurons give, (layers, digits, width), as 0 to 1; each layer's neurons the brightest first.

    Which neuron of a layer comes first means nothing; so they stand in order of their mean over the digits,
    and what is the same for all digits looks smooth.
    """
    order = np.argsort(-activations.mean(axis=1), axis=-1, kind="stable")
    sorted_ = np.take_along_axis(activations, order[:, None, :], axis=-1)
    low, high = np.quantile(activations, [DARK, BRIGHT])
    return np.asarray(BLACK + (1 - BLACK) * np.clip((sorted_ - low) / max(high - low, 1e-12), 0, 1))


class Inside:
    """A row of digits; below it, for either network, a row for some layers: what they give for every digit.

    What comes back climbs beside them from the last layer to the first, and each row is as bright as there
    is of it, to the last layer's.

    Args:
        start: the study's.
        box: where all of it stands.
        colors: without batch norm, with it.
        words: of the scene.
    """

    def __init__(self, start: StartOfTraining, box: Box, colors: Sequence[ManimColor], words: Words) -> None:
        self.words, self.colors = words, colors
        depth, count = start.activations.shape[1:3]
        self.layers = some_layers(depth)
        self.is_wide = box.is_wide
        beside = BESIDE if self.is_wide else 0.66 * BESIDE
        stream = STREAM if self.is_wide else 0.75 * STREAM
        rows = len(self.layers)
        high = 1 + 2 * rows + 2 * PART
        pitch = min((box.width - beside - stream) / count, box.height / high)
        left = box.left + beside + (box.width - beside - stream - pitch * count) / 2
        top = box.center[1] + pitch * high / 2
        self.left, self.pitch, right = box.left, pitch, left + pitch * count
        self.digits = self._tiles(
            pictures(start.images), count, theme.current().text, Box(left, right, top - pitch, top)
        )
        self.boxes: list[Box] = []
        for norm in range(2):
            begin = top - pitch * (1 + PART + norm * (rows + PART))
            self.boxes.append(Box(left, right, begin - rows * pitch, begin))
        self.tiles = []
        for given, color, part in zip(start.activations, colors, self.boxes, strict=True):
            rows_of = [pictures(row) for row in brightness(given)[self.layers]]
            self.tiles.append(self._tiles(np.concatenate(rows_of), count, color, part))
        self.forward = ValueTracker(0.0), ValueTracker(0.0)
        self.back = ValueTracker(0.0), ValueTracker(0.0)
        sizes = np.median(start.gradient, axis=-1)
        self.sizes = sizes / np.maximum(sizes[:, -1:], 1e-300)
        for norm, tiles in enumerate(self.tiles):
            follow(tiles, (self.forward[norm], self.back[norm]), partial(self._shown, norm))
        self.streams = [self._stream(norm, right, stream) for norm in range(2)]
        self.kinds = [self._kind(norm, key) for norm, key in enumerate(("without", "with"))]
        self.names = [self._names(norm) for norm in range(2)]
        self.gradient = self._gradient(right, stream)

    def _tiles(self, images: Array, count: int, color: ManimColor, box: Box) -> Tiles:
        inner = Box(box.left, box.right - 0.08 * self.pitch, box.bottom + 0.08 * self.pitch, box.top)
        return Tiles(images, count, inner, color, ground=0.0).light(np.ones(len(images)))

    def _stream(self, norm: int, right: float, room: float) -> Stream:
        """From the middle of the last layer's row up to that of the first, through all layers between."""
        part = self.boxes[norm]
        rows = part.top - (np.arange(len(self.layers)) + 0.46) * self.pitch
        heights = np.interp(np.arange(self.sizes.shape[1]), self.layers, rows)
        unit = 0.5 * room / max(float(self.sizes.max()), 1.0)
        return Stream(right + room / 2, heights, unit * self.sizes[norm], self.colors[norm], self.back[norm])

    # -- how it moves --------------------------------------------------------------------------------------
    def taken_from(self, wall: Tiles) -> tuple[list[Tiles], list[Animation]]:
        """The digits one by one as they stand in a wall, and how each goes to its place in the row."""
        taken: list[Tiles] = []
        ways: list[Animation] = []
        for place, image in enumerate(self.digits.images):
            same = [which for which, other in enumerate(wall.images) if np.array_equal(other, image)]
            box, home = wall.tile(same[0] if same else place % len(wall.images)), self.digits.tile(place)
            one = Tiles(image[None], 1, box, self.digits.color, ground=0.0).light(np.ones(1))
            taken.append(one)
            ways.append(one.animate.scale(home.height / one.whole.height).move_to(home.at()).build())
        return taken, ways

    def _shown(self, norm: int, it: Mobject) -> None:
        """Rows come one after the other; then each is as bright as of the gradient has come back to it."""
        assert isinstance(it, Tiles)
        rows = len(self.layers)
        come = np.clip(self.forward[norm].get_value() * rows - np.arange(rows), 0, 1)
        reached = self._reached(norm)
        left = np.minimum(self.sizes[norm, self.layers], 1.0)
        it.show(np.repeat(come * (1 - reached + reached * (UNREACHED + (1 - UNREACHED) * left)), it.columns))

    def _reached(self, norm: int) -> Array:
        """How far what comes back has passed each row, (rows,)."""
        last = max(self.sizes.shape[1] - 1, 1)
        now = self.back[norm].get_value() * (last + 1)
        return np.clip(now - (last - np.array(self.layers)), 0, 1)

    def go(self, norm: int, share: float = 1.0) -> Animation:
        """So far forward through the layers."""
        return self.forward[norm].animate(rate_func=linear).set_value(share).build()

    def go_back(self, norm: int) -> Animation:
        """The gradient comes back from the last layer to the first."""
        return self.back[norm].animate(rate_func=linear).set_value(1.0).build()

    # -- what is written -----------------------------------------------------------------------------------
    def _kind(self, norm: int, key: str) -> VGroup:
        """Without batch norm, or with it: above its layers' names."""
        lines = (typography.name(self.words.label(part), self.colors[norm]) for part in (key, "batch_norm"))
        text = VGroup(*lines).arrange(DOWN, buff=0.14, aligned_edge=LEFT)
        if norm == 0 or not self.is_wide:
            text.scale(min(1.0, (1 + PART) * self.pitch / text.height))
        return text.move_to([self.left, self.boxes[norm].center[1], 0.0], LEFT)

    def _names(self, norm: int) -> VGroup:
        """Beside each row its layer's number."""
        names = VGroup()
        for row, layer in enumerate(self.layers):
            text = typography.name(self.words.label("layer", layer=float(layer + 1)), theme.current().muted)
            y = self.boxes[norm].top - (row + 0.46) * self.pitch
            names.add(text.move_to([self.boxes[norm].left - 0.15 - text.width / 2, y, 0.0]))
        return names

    def _gradient(self, right: float, room: float) -> Mobject:
        """What climbs at the right, above it."""
        text = typography.name(self.words.label("gradient"), theme.current().text)
        y = self.boxes[0].top + 0.3
        x = min(right + room / 2, right + room - text.width / 2)
        return typography.align_baseline(text, y).set_x(x)
