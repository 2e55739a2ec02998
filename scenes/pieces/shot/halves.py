"""What each half of standardizing does to a line of equal loss and the condition number."""

from __future__ import annotations

import numpy as np
from manim import DOWN, Arrow, ManimColor, ValueTracker, VGroup

from bn_math import LeastSquares, Lesson
from scenes.kit import theme
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.places import Box
from scenes.kit.script.words import Words
from scenes.pieces.shot.lying_ellipse import Aspect, LyingEllipse

WIDE = {"raw": (0.0, 0.46), "centered": (0.5, 0.76), "scaled": (0.5, 0.22), "standardized": (1.0, 0.44)}
SQUARE = {"raw": (0.0, 0.72), "centered": (1.0, 0.72), "scaled": (0.0, 0.2), "standardized": (1.0, 0.2)}
"""Where the middles are, in shares of the room."""
LONG, LONG_IN_SQUARE = 0.262, 0.44  # of the room's width, an ellipse
ABOVE = 0.3  # from an ellipse to its words, in picture units
LEAST = 0.8  # picture units: shorter arrows are not drawn
Compared = tuple[LyingEllipse, VGroup]
"""A line of equal loss, and its condition number and name beside it."""


def ways(lesson: Lesson) -> dict[str, Aspect]:
    """How long a line of equal loss is for its width, on four ways; each at shares from 0 to 1 of it.

    Raw, nothing is done. The others start from it: the means taken away; the features divided alone; and from
    the divided ones on, the means taken away too.
    """
    data, ddof = lesson.data, lesson.settings.ddof

    def partly(centered: float, divided: float) -> float:
        return LeastSquares(data.partly_standardized(centered, divided, ddof)).spectrum.contour_aspect

    return {
        "raw": lambda _: partly(0.0, 0.0),
        "centered": lambda share: partly(share, 0.0),
        "scaled": lambda share: partly(0.0, share),
        "standardized": lambda share: partly(share, 1.0),
    }


def laid_out(lesson: Lesson, words: Words, box: Box) -> dict[str, Compared]:
    """The four in ``box``, as long as each other, each where its way begins."""
    places, share = (WIDE, LONG) if box.is_wide else (SQUARE, LONG_IN_SQUARE)
    length = share * box.width
    room = Box(box.left + length / 2, box.right - length / 2, box.bottom, box.top)
    found = {}
    for name, aspect in ways(lesson).items():
        time, color = ValueTracker(0.0), _color(lesson, aspect(1.0))
        ellipse = LyingEllipse(room.at(*places[name]), length, aspect, time, color)
        text = _figure(words, name, aspect, time, color)
        top = ellipse.middle + np.array([0.0, length / 2 / aspect(1.0) + ABOVE + text.height / 2])
        found[name] = ellipse, text.move_to([*top, 0.0])
    return found


def arrow_between(one: LyingEllipse, other: LyingEllipse) -> Arrow:
    """From where one stands to the other, which comes out of it; unseen where there is no room."""
    side = np.array([one.length / 2, 0.0])
    begin, end = one.middle + side, other.middle - side
    arrow = Arrow([*begin, 0.0], [*end, 0.0], buff=0.22, color=theme.current().muted, tip_length=0.24)
    return arrow.set_opacity(1.0 if end[0] - begin[0] > LEAST else 0.0)


def _color(lesson: Lesson, aspect: float) -> ManimColor:
    """The valley's, the bowl's, or as far between as a line of equal loss is between the two, in powers."""
    raw, both = (np.log(it.spectrum.contour_aspect) for it in (lesson.raw, lesson.standardized))
    share = (raw - np.log(aspect)) / (raw - both) if abs(raw - both) > 0.01 else 1.0
    palette = theme.current()
    return palette.valley.interpolate(palette.bowl, float(np.clip(share, 0, 1)))


def _figure(words: Words, name: str, aspect: Aspect, time: ValueTracker, color: ManimColor) -> VGroup:
    """The condition number as it is at ``time``, the outline's square; the name of what was done below it."""
    number = Counter(time, "3s", typography.KEY, color, value=lambda share: aspect(share) ** 2)
    time.set_value(1.0)
    label = typography.name(words.label(name)).next_to(number.update(), DOWN, buff=0.18)
    time.set_value(0.0)
    return VGroup(number, label)
