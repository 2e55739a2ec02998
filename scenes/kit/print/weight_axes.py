"""Numbers and names along the two axes of weights: on the floor below a shape, and round a flat map."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import PI, Mobject, VGroup

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import Text
from scenes.kit.print.type_sizes import Line, around
from scenes.kit.print.units import Points
from scenes.kit.script import numbers
from scenes.kit.surface.trough.floor import CutFloor
from scenes.kit.surface.trough.floor_names import along_edge
from scenes.kit.surface.trough.loss_map import LossMap

WANTED = 4  # numbers on an axis
TICK, GAP = 2.0, 2.0  # points: a tick, and from there to its number
SHARES = 0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8
"""Of an axis, where its name is tried."""

SPACE = 3.0  # points between two numbers at least
NAMES = "weight_a_short", "weight_b_short"
Edge = Callable[[float], tuple[Array, Array]]
"""A weight -> its place in the picture (2,), and the direction away from the picture (2,), of length 1."""


@dataclass(frozen=True, eq=False)
class WeightAxis:
    """One weight's axis along an edge.

    Args:
        axis: 0 for the first weight, 1 for the second.
        span: the least and the greatest weight on it.
        edge: where a weight stands.
        carrier: the floor or the map whose edge it is.
    """

    axis: int
    span: tuple[float, float]
    edge: Edge
    carrier: Mobject


def axes_of(carrier: Any) -> list[WeightAxis]:
    """Both axes of a floor or of a map."""
    if isinstance(carrier, CutFloor):
        window, reach = carrier.trough.window, carrier.reach
        edges = [lambda value, axis=axis: carrier.edge(axis, value) for axis in (0, 1)]
    else:
        window, reach = carrier.window, carrier.half
        edges = [lambda value, axis=axis: _beside_map(carrier, axis, value) for axis in (0, 1)]
    offset = np.zeros(2) if isinstance(carrier, CutFloor) else carrier.offset
    middle = np.asarray(window.loss.minimizer) - offset / window.scale
    spans = [
        (middle[axis] - reach[axis] / window.scale, middle[axis] + reach[axis] / window.scale)
        for axis in (0, 1)
    ]
    return [
        WeightAxis(axis, (float(spans[axis][0]), float(spans[axis][1])), edges[axis], carrier)
        for axis in (0, 1)
    ]


def _beside_map(carrier: LossMap, axis: int, value: float) -> tuple[Array, Array]:
    weights = np.array(carrier.window.loss.minimizer, dtype=float)
    weights[axis] = value
    place = carrier.lay(weights)[0]
    place[1 - axis] = carrier.middle[1 - axis] - carrier.half[1 - axis]
    return place, np.array([[0.0, -1.0], [-1.0, 0.0]])[axis]


def numbered(axis: WeightAxis, page: Points, taken: Sequence[Box], seen: Box) -> VGroup:
    """Ticks and numbers; none that would stand on what is ``taken`` or touch the one before.

    ``seen`` is the box of what of the floor or map is seen: there are none outside of it.
    """
    palette, shown = theme.current(), VGroup()
    values = numbers.ticks(*axis.span, WANTED).tolist()
    spec, placed = numbers.exact(values), list(taken)
    for value in values:
        place, normal = axis.edge(value)
        if not _is_in(place, seen, page.units(TICK)):
            continue
        end = place + page.units(TICK) * normal
        text = page.number(numbers.tick(value, spec), palette.muted)
        _put_beside(text, end, normal, page.units(GAP))
        box = around(text.family_members_with_points())
        if any(_touch(box, other, page.units(SPACE)) for other in placed):
            continue
        placed.append(box)
        tick = page.line(np.append(place, 0.0), np.append(end, 0.0), palette.rule)
        shown.add(tick, text)
    return shown


def named(axis: WeightAxis, markup: str, page: Points, beyond: float, taken: Sequence[Box]) -> Text:
    """The weight's name along its axis, where it stands on nothing that is ``taken``, as far as can be.

    ``beyond`` is how far from the axis the numbers end, in picture units.
    """
    for share in SHARES:
        text = _name_at(axis, markup, page, beyond, share)
        box = around(text.family_members_with_points())
        if not any(_touch(box, other, page.units(SPACE)) for other in taken):
            return text
    return _name_at(axis, markup, page, beyond, 0.5)


def _name_at(axis: WeightAxis, markup: str, page: Points, beyond: float, share: float) -> Text:
    palette, (low, high) = theme.current(), axis.span
    text = page.text(markup, (palette.feature_a, palette.feature_b)[axis.axis])
    away, value = beyond + page.units(GAP), low + share * (high - low)
    if isinstance(axis.carrier, CutFloor):
        along_edge(text, axis.carrier, axis.axis, value, away=away)
        return text.clear_updaters()
    if axis.axis == 1:
        text.rotate(PI / 2)
    place, normal = axis.edge(value)
    _put_beside(text, place, normal, away)
    return text


def beyond(axis: WeightAxis, shown: VGroup) -> float:
    """How far ticks and numbers reach away from the axis, in picture units."""
    if not len(shown):
        return 0.0
    place, normal = axis.edge(sum(axis.span) / 2)
    points = np.concatenate([part.points[:, :2] for part in shown.family_members_with_points()])
    return float(max(((points - place) @ normal).max(), 0.0))


def make_room(line: Line, axis: WeightAxis, distance: float) -> None:
    """Move a name that stands beside the axis outwards, beyond the numbers."""
    _, normal = axis.edge(sum(axis.span) / 2)
    for part in line.parts:
        part.points = part.points + np.append(distance * normal, 0.0)


def _put_beside(text: Mobject, place: Array, normal: Array, gap: float) -> None:
    room = abs(float(normal[0])) * text.width / 2 + abs(float(normal[1])) * text.height / 2
    text.move_to(np.append(place + (gap + room) * normal, 0.0))


def _is_in(place: Array, box: Box, slack: float) -> bool:
    x, y = place
    return bool(box.left - slack <= x <= box.right + slack and box.bottom - slack <= y <= box.top + slack)


def _touch(one: Box, other: Box, space: float) -> bool:
    return (
        one.left < other.right + space
        and other.left < one.right + space
        and one.bottom < other.top + space / 3
        and other.bottom < one.top + space / 3
    )
