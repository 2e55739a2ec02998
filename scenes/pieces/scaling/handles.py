"""Gamma and beta taken hold of: a handle at each side that is stretched; an arrow to where all is shifted."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import Mobject, VGroup

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.kit.script.words import Words
from scenes.pieces.scaling.mean_box import MeanBox

KNOB, LINE = 0.14, 7.0  # half a handle's side, in picture units; lines in pixels at 1080p
HEAD = 0.26  # length of the arrow's head
BESIDE = 0.42  # from the arrow to its letter's middle
LEAST = 0.05  # an arrow that is shorter is not drawn
AWAY, LETTER = 0.16, 84.0  # from a handle to its letter; and that one's size in pixels at 1080p


class Handles(Painted):
    """For each feature a handle on the box's side, gamma away from its middle; and beta, the way to that.

    Args:
        box: the cloud's, in units of its spreads.
        shifted: how far each of the features is shifted, so that the arrow starts where the cloud was.
    """

    kept: ClassVar[tuple[str, ...]] = ("box",)

    def __init__(self, box: MeanBox) -> None:
        super().__init__()
        self.box = box
        self.points = np.zeros((1, 3))
        self.sources: tuple[Mobject, ...] = box.sources

    @property
    def knobs(self) -> Array:
        """Where the handles are: on the lying feature's side and on the other's, (2, 2)."""
        return self.box.middle[:2] + np.diag(self.box.half[:2])

    @property
    def zero(self) -> Array:
        """Where the arrow starts, (2,)."""
        return self.box.at(np.zeros(2))[:2]

    def paint(self, canvas: Canvas) -> None:
        """Arms and handles, then the arrow."""
        color, middle = theme.current().scale_shift, self.box.middle[:2]
        canvas.stroke([np.stack([middle, knob]) for knob in self.knobs], color, LINE, self.opacity)
        square = KNOB * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])
        for knob in self.knobs:
            canvas.fill(knob + square, color, self.opacity)
        way = middle - self.zero
        length = float(np.linalg.norm(way))
        if length > LEAST:
            along = way / length
            across = np.array([-along[1], along[0]])
            head = min(HEAD, 0.6 * length)
            neck = middle - head * along
            canvas.stroke([np.stack([self.zero, neck])], color, LINE, self.opacity)
            canvas.fill(
                np.stack([middle, neck + 0.5 * head * across, neck - 0.5 * head * across]),
                color,
                self.opacity,
            )

    def letters(self, words: Words, clear_of: Array) -> VGroup:
        """A gamma at either handle, and a beta beside the arrow, as far as may be from points ``clear_of``.

        The points, (m, 3), are where the rows are when all is stretched and shifted.
        """
        middle = clear_of[:, :2].mean(axis=0)
        spots = [(share, aside) for share in (0.5, 0.2, 0.8, 0.0) for aside in (-BESIDE, BESIDE)]

        def room(place: tuple[float, float]) -> float:
            """From the letter at this place to the nearest row."""
            spot = self.zero + place[0] * (middle - self.zero) + place[1] * _across(middle - self.zero)
            return float(np.linalg.norm(clear_of[:, :2] - spot, axis=1).min())

        share, aside = max(spots, key=room)

        def beside_lying(it: Mobject) -> None:
            x, y = self.knobs[0]
            it.move_to([x + AWAY + KNOB + it.width / 2, y - 0.3, 0])

        def above_upright(it: Mobject) -> None:
            x, y = self.knobs[1]
            it.move_to([x + AWAY + KNOB + it.width / 2, y + AWAY + KNOB + 0.1, 0])

        def beside_the_arrow(it: Mobject) -> None:
            arrow = self.box.middle[:2] - self.zero
            x, y = self.zero + share * arrow + aside * _across(arrow)
            it.move_to([x, y, 0])

        color = theme.current().scale_shift
        places = (("gamma", beside_lying), ("gamma", above_upright), ("beta", beside_the_arrow))
        return VGroup(
            *(
                follow(typography.Text(words.label(key), LETTER, color), self.sources, put)
                for key, put in places
            )
        )


def _across(arrow: Array) -> Array:
    """The direction across an arrow, (2,), to the right of one that points up."""
    x, y = arrow
    length = float(np.hypot(x, y))
    return np.array([y, -x]) / length if length > 1e-9 else np.array([1.0, 0.0])
