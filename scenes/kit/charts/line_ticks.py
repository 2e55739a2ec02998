"""Which numbers stand on a lying axis: as many as there is room for, none beyond the picture."""

from __future__ import annotations

from scenes.kit.lettering import layout
from scenes.kit.lettering.typography import SMALL, em
from scenes.kit.script import numbers

Range = tuple[float, float]
DIGIT, GAP = 0.58, 0.8  # in ems of SMALL: a digit's width, and what is left free between two numbers
NARROW = {numbers.THIN_SPACE: 0.2, ".": 0.29, ",": 0.29}


def fitting(
    span: Range, ends: Range, wanted: int, left: float = layout.LEFT_EDGE, right: float = layout.RIGHT_EDGE
) -> list[float]:
    """Round numbers of ``span``, about ``wanted``, fewer where their figures would touch.

    Args:
        span: the least and the greatest value, in data units.
        ends: x of these two in the picture.
        wanted: how many there are at most, or a few more.
        left: x beyond which no figure may reach to the left.
        right: the same to the right.
    """
    found: list[float] = []
    for count in (*range(wanted, 0, -1), wanted + 1, wanted + 2):
        ticks = numbers.ticks(*span, count).tolist()
        spec = numbers.exact(ticks)
        scale = (ends[1] - ends[0]) / (span[1] - span[0])
        places = [(ends[0] + scale * (tick - span[0]), width(tick, spec)) for tick in ticks]
        kept = [
            (tick, x, wide)
            for tick, (x, wide) in zip(ticks, places, strict=True)
            if x - wide / 2 >= left and x + wide / 2 <= right
        ]
        free = [
            after[1] - before[1] - (before[2] + after[2]) / 2
            for before, after in zip(kept[:-1], kept[1:], strict=True)
        ]
        if min(free, default=1.0) < GAP * em(SMALL):
            continue
        if len(kept) > 1:
            return [tick for tick, *_ in kept]
        found = found or [tick for tick, *_ in kept]
    return found


def width(value: float, spec: str) -> float:
    """How wide a number is on an axis, in picture units."""
    return em(SMALL) * sum(NARROW.get(mark, DIGIT) for mark in numbers.tick(value, spec))
