"""The sum that a guess stands for, with its two weights as numbers that follow it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from manim import Mobject, VGroup, VMobject

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import NAME
from scenes.kit.script import numbers
from scenes.pieces.guess.guess import Guess

SIZES = (72.0, 62.0, 52.0, NAME)  # of the letters, in pixels at 1080p
BASE, LINE = 1.1, 1.8  # from the box's top to the first baseline, and on to the second, in ems
SPACE, SIGN, GAP = 0.16, 0.64, 0.11  # between parts; the room of a sign, from it to the number: in ems
DIGITS = 2  # of the larger weights


class WeightedSum(VGroup):
    """Two lines, one a feature: ``y ≈ 5.3 × A`` and below it ``+ 1.2 × B``.

    Args:
        guess: whose weights they are.
        names: ways to write the target, and each of the two features, the best first, as Typst markup.
        box: they stand in its upper left corner, and are no wider than it.
        largest: size of the letters, in pixels at 1080p; a smaller one is taken where they do not fit.
    """

    def __init__(self, guess: Guess, names: Sequence[Sequence[str]], box: Box, largest: float = 72.0) -> None:
        for size in filter(largest.__ge__, SIZES):
            lines = _lines(guess, names, box, size)
            if all(float(line.get_right()[0]) <= box.right for line in lines):
                break
        super().__init__(*lines)


def _lines(guess: Guess, names: Sequence[Sequence[str]], box: Box, size: float) -> tuple[VGroup, VGroup]:
    """Both lines with letters of one size, too wide for the box or not."""
    palette, lines, em = theme.current(), (VGroup(), VGroup()), typography.em(size)
    asked = fitted([f"{name} ≈" for name in names[0]], 0.45 * box.width, palette.text, size, size)
    typography.align_baseline(asked, box.top - BASE * em, left=box.left)
    lines[0].add(asked)
    left = float(asked.get_right()[0]) + (SPACE + SIGN) * em
    spec = numbers.significant(float(np.abs(guess.extremes).max()), DIGITS)
    for axis, (line, color) in enumerate(zip(lines, (palette.feature_a, palette.feature_b), strict=True)):
        base = box.top - (BASE + axis * LINE) * em
        counter = Counter(guess, spec, size, color, partial(_size, guess, axis))
        counter.shift(np.array([left, base, 0.0]) - counter.corner)
        room = max(counter.width_of(abs(float(end[axis]))) for end in guess.extremes)
        after = left + room + SPACE * em
        name = fitted([f"× {it}" for it in names[axis + 1]], box.right - after, color, size, size)
        typography.align_baseline(name, base, left=after)
        sign = _sign(guess, axis, spec, np.array([left - GAP * em, base]), size)
        line.add(VGroup(sign, counter).set(is_label=True), name)
    return lines


def _size(guess: Guess, axis: int, _: float) -> float:
    """A weight without its sign, whatever the tracker says."""
    return abs(guess.weight(axis))


def _sign(guess: Guess, axis: int, spec: str, corner: Array, size: float) -> VMobject:
    """Plus or minus before a weight, as it is written; no plus before the first. It ends at ``corner``."""
    color, (right, base), outlines = theme.current().text, corner, {}
    for mark in ("plus", "minus"):
        text = typography.align_baseline(typography.Text(f"#sym.{mark}", size, color), base, right=right)
        outlines[mark] = text.family_members_with_points()[0].points.copy()
    none: Array = outlines["plus"][:1].repeat(4, axis=0)
    plus = outlines["plus"] if axis else none
    sign = VMobject(fill_color=color, fill_opacity=1, stroke_width=0)

    def write(it: Mobject) -> None:
        it.points = (outlines["minus"] if float(format(guess.weight(axis), spec)) < 0 else plus).copy()

    return follow(sign, (guess,), write)
