"""What each half of standardizing does to a line of equal loss: raw, centred, divided, both, at one scale."""

from __future__ import annotations

import numpy as np
from manim import RIGHT, ValueTracker, VGroup

from bn_math import LeastSquares, Lesson
from scenes.kit import theme
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.places import Box
from scenes.kit.script.words import Words
from scenes.pieces.shot.lying_ellipse import Aspect, LyingEllipse

THINNEST, WIDEST = 0.14, 0.5  # of an ellipse, in picture units
RATIO = 56.0  # size of a ratio's digits, in pixels at 1080p
Compared = tuple[LyingEllipse, VGroup]
"""A line of equal loss, and its ratio and name above it."""


def ways(lesson: Lesson) -> dict[str, Aspect]:
    """How long a line of equal loss is for its width, on four ways; each at shares from 0 to 1 of it.

    The raw one comes back from both halves done to none. The others start from it: the means taken away;
    the features divided alone; and from the centred data on, divided too.
    """
    path, data, ddof = lesson.standardizing, lesson.data, lesson.settings.ddof
    centering = path.centering

    def at(time: float) -> float:
        return path.loss(float(np.clip(time, 0, 1))).spectrum.contour_aspect

    def divided(share: float) -> float:
        return LeastSquares(data.partly_standardized(0, share, ddof)).spectrum.contour_aspect

    return {
        "raw": lambda share: at(1 - share),
        "centered": lambda share: at(share * centering),
        "scaled": divided,
        "standardized": lambda share: at(centering + share * (1 - centering)),
    }


def laid_out(lesson: Lesson, words: Words, box: Box) -> list[Compared]:
    """The four below each other in ``box``, all as wide as each other; each at the beginning of its way.

    One that is too long for the box leaves the picture.
    """
    palette = theme.current()
    colors = (palette.valley, palette.text, palette.text, palette.bowl)
    longest = max(stage.spectrum.contour_aspect for stage in lesson.stages)
    width = float(np.clip(box.width / longest, THINNEST, WIDEST))
    found = []
    for index, ((name, aspect), color) in enumerate(zip(ways(lesson).items(), colors, strict=True)):
        place, time = box.part(top=1 - index / 4, bottom=0.75 - index / 4), ValueTracker(0.0)
        ellipse = LyingEllipse(place.left, place.at(0, 0.2)[1], width, aspect, time, color)
        ratio = Counter(time, "3s", RATIO, color, value=aspect, align_right=True)
        room = max(ratio.width_of(stage.spectrum.contour_aspect) for stage in lesson.stages)
        ratio.shift(place.at(0, 0.55) + RIGHT * (room + 0.05) - ratio.corner)
        right, base = (float(value) for value in ratio.corner[:2])
        to_one = typography.figure(words.label("to_one"), color, RATIO)
        typography.align_baseline(to_one, base, left=right + 0.15)
        label = typography.name(words.label(name), palette.muted)
        typography.align_baseline(label, base, left=float(to_one.get_right()[0]) + 0.4)
        found.append((ellipse, VGroup(ratio, to_one, label)))
    return found
