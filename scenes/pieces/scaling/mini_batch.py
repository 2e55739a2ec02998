"""Row 1's mini-batch in the plane of both features: what scenes hand to one another, as it comes or after."""

from __future__ import annotations

import numpy as np
from manim import ManimColor, Mobject, ValueTracker, VGroup

from bn_math import Lesson
from scenes.kit.charts.features import feature_colors
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.places import Box, Places
from scenes.kit.script.words import Words
from scenes.pieces.scaling.batch_cloud import BatchCloud
from scenes.pieces.scaling.ground import PlaneGround
from scenes.pieces.scaling.moving_batches import OWN, MovingBatches
from scenes.pieces.scaling.plane import ScalingPlane
from scenes.pieces.scaling.round_numbers import BAND as NUMBERS
from scenes.pieces.scaling.round_numbers import RoundNumbers

GAP, BAND = 0.2, 0.55  # from an axis to its name; and above or below the plane, for a name; in picture units
NAMED, SHORT = 0.42, 0.12  # of the box's width, a name at most, and one that stands at its axis


class MiniBatch:
    """The cloud, the ground with its axes and their names; ``parts`` are what is to be added or handed over.

    BatchSplit ends on it and Standardize begins on it, the join ``mini_batch``.

    Args:
        lesson: whose row 1 it is.
        words: have ``axis_a``, ``axis_b``, and both with ``_short``.
        places: of the frame; the plane fills the picture's.
        near: how far the viewer has come, see :class:`ScalingPlane`; by default a new one, at 0.
    """

    def __init__(
        self, lesson: Lesson, words: Words, places: Places, near: ValueTracker | None = None
    ) -> None:
        self.near = near or ValueTracker(0.0)
        self.batches = MovingBatches(lesson)
        box = room(places)
        wide = int(np.argmax(lesson.data.spans))
        lying, upright = (self._named(words, feature, box) for feature in (wide, 1 - wide))
        is_short = lying.width <= SHORT * box.width
        right, bottom = box.right, box.bottom
        right, bottom = (right - lying.width - GAP, bottom) if is_short else (right, bottom + BAND)
        bottom += NUMBERS
        self.plane = ScalingPlane(self.batches, Box(box.left, right, bottom, box.top - BAND))
        self.ground = PlaneGround(self.plane, self.near)
        self.names = VGroup(self._keep_at_the_lying(lying, is_short), self._keep_at_the_upright(upright))
        self.numbers = RoundNumbers(self.plane, self.near)
        self.cloud = BatchCloud(self.plane.at(self.batches.rows[OWN], self.near.get_value()))

    @property
    def parts(self) -> tuple[Mobject, ...]:
        """All of it, the lowest first."""
        return self.ground, self.numbers, self.names, self.cloud

    @property
    def spread_colors(self) -> tuple[ManimColor, ...]:
        """Of the two features, the lying one's first."""
        return tuple(ManimColor(feature_colors()[it]) for it in self.plane.order)

    @staticmethod
    def _named(words: Words, feature: int, box: Box) -> Mobject:
        """What a feature is called, in its color."""
        key, color = f"axis_{'ab'[feature]}", feature_colors()[feature]
        ways = [words.label(key), words.label(f"{key}_short")]
        name = fitted(ways, NAMED * box.width, color, typography.FIGURE, typography.NAME)
        return layout.fit_width(name, NAMED * box.width)

    def _keep_at_the_lying(self, name: Mobject, is_short: bool) -> Mobject:
        """Beyond the end of its axis; a long name below the whole picture, where it covers no rows."""
        box = self.plane.box

        def put(it: Mobject) -> None:
            if is_short:
                y = float(self.plane.origin(self.near.get_value())[1])
                it.move_to([box.right + GAP + it.width / 2, y, 0.0])
            else:
                it.move_to([box.right - it.width / 2, box.bottom - NUMBERS - BAND / 2, 0.0])

        return follow(name, (self.near,), put)

    def _keep_at_the_upright(self, name: Mobject) -> Mobject:
        """Above the end of its axis."""
        box, half = self.plane.box, name.width / 2

        def put(it: Mobject) -> None:
            x = float(self.plane.origin(self.near.get_value())[0])
            x = max(box.left + half, min(x, box.right - half))
            it.move_to([x, box.top + BAND / 2 + 0.08, 0.0])

        return follow(name, (self.near,), put)


def room(places: Places) -> Box:
    """Where the plane is: the picture's place, as far as no screen hides it."""
    picture, whole = places.picture, places.whole
    return Box(
        picture.left,
        min(picture.right, whole.right),
        max(picture.bottom, whole.bottom),
        min(picture.top, whole.top),
    )


def formula_place(places: Places) -> tuple[Box, float]:
    """The room of the formula beside the plane, and its height there."""
    side = places.side
    return (side.part(bottom=0.4), 0.85) if not side.is_wide else (side.part(right=0.5), 0.5)


def figures_room(places: Places) -> Box:
    """Where figures stand, beside the plane and below the formula."""
    side = places.side
    return side.part(top=0.4) if not side.is_wide else side.part(left=0.55)
