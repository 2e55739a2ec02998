"""Mobjects that follow others: redrawn when one of their sources moves, and only then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

from manim import Mobject


class Sources(tuple[Mobject, ...]):
    """What a follower depends on; a copy of the follower depends on the same, not on copies."""

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self


def follow(mobject: Mobject, sources: tuple[Mobject, ...], update: Callable[[Mobject], object]) -> Mobject:
    """Let ``update`` run on ``mobject`` whenever one of ``sources`` moves.

    The base scene reads ``sources``: while none is animated, the mobject belongs to the still background.
    """
    mobject.sources = Sources(sources)
    mobject.add_updater(lambda it: (update(it), it)[1], call_updater=True)
    return mobject
