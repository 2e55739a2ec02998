"""How large the outlines of a text are, whichever way they are turned: what its size now is told by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from manim import Mobject

from scenes.kit.drawing.canvas import Array


@dataclass(frozen=True)
class Extent:
    """Sizes of an outline in picture units.

    Args:
        spread: root of the mean square distance of its points from their middle, the same however it is
            turned.
        width: from left to right.
        height: from bottom to top.
    """

    spread: float
    width: float
    height: float

    @classmethod
    def of(cls, mobject: Mobject) -> Self:
        """Those of all that belongs to ``mobject``; all are 0 where it has no points."""
        parts = [part.points[:, :2] for part in mobject.get_family() if len(part.points) > 1]
        if not parts:
            return cls(0.0, 0.0, 0.0)
        points = np.concatenate(parts)
        width, height = np.ptp(points, axis=0)
        return cls(float(np.sqrt(points.var(axis=0).sum())), float(width), float(height))

    def is_turned(self, now: Extent) -> bool:
        """Whether ``now``, the same outline at any size, is not upright any more."""
        return abs(self.width * now.height - now.width * self.height) > 0.02 * self.width * now.height


@dataclass(frozen=True)
class Cut:
    """What a single letter remembers of the text it was cut for, which it may have left.

    Args:
        markup: of the text.
        em: of the text, in picture units.
        reach: from one point of the letter's outline to another, in picture units.
    """

    markup: str
    em: float
    reach: float

    @classmethod
    def for_letters(cls, text: Mobject, markup: str, em: float) -> None:
        """Let every letter of ``text`` remember."""
        for letter in text.family_members_with_points():
            letter.set(cut_from=cls(markup, em, reach(letter.points)))

    def em_now(self, points: Array) -> float:
        """The em of a text whose letter has these points, (n, 3)."""
        return self.em * reach(points) / self.reach if self.reach else self.em


def reach(points: Array) -> float:
    """From an outline's first point to the one in its middle."""
    x, y = (points[len(points) // 2] - points[0])[:2]
    return float(np.hypot(x, y))
