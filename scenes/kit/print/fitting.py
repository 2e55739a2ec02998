"""A picture at one size on a page: its letters, what is added to it, and no empty bands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from manim import ManimColor, Mobject, VMobject

from scenes.kit.drawing.canvas import Array, Painted
from scenes.kit.lettering.places import Box
from scenes.kit.print import weight_axes
from scenes.kit.print.bands import Moved, Moves, move_points, moved_box
from scenes.kit.print.ink import ink_box, outline_box, union
from scenes.kit.print.loss_key import ColorBar, LossRange, loss_key
from scenes.kit.print.type_sizes import Line, around
from scenes.kit.print.units import Points
from scenes.kit.surface.trough.floor import CutFloor
from scenes.kit.surface.trough.loss_map import LossMap
from scenes.kit.surface.trough.trough import Trough

EDGE = 0.02  # picture units from the frame, within which something may be cut off by it
SMALL = 0.2  # of a floor's box, that of what hides numbers beside it: a glass, a mark
CLEAR = 0.5  # opacity from which on a surface has a key, and a floor numbers
SHARE = 0.3  # of the picture's width, from which on a surface has a key
EMPTY, GAP = 18.0, 11.0  # points: bands that are broader are closed, and what is left of them


@dataclass(frozen=True, eq=False)
class Fitted:
    """The picture at one size: what is drawn, what of it was added, and the box of it all."""

    members: list[Mobject]
    added: list[Mobject]
    box: Box


@dataclass(frozen=True, eq=False)
class Fitting:
    """A picture on its way to the page.

    Args:
        members: what is drawn of it, in this order.
        lines: its texts.
        boxes: of what is no text and is seen, by member, as it is in the film.
        outlines: the points of those of them that are outlines, as they are in the film.
        frame: the film's.
        label: gives the words for a name.
    """

    members: list[Mobject]
    lines: list[Line]
    boxes: Mapping[Mobject, Box]
    outlines: Mapping[Mobject, Array]
    frame: Box
    label: Callable[[str], str]

    @classmethod
    def of(
        cls,
        members: list[Mobject],
        lines: list[Line],
        frame: Box,
        background: ManimColor,
        label: Callable[[str], str],
    ) -> Fitting | None:
        """None where nothing is seen but texts."""
        letters = {part for line in lines for part in line.parts}
        boxes: dict[Mobject, Box] = {}
        for member in (member for member in members if member not in letters):
            is_outline = isinstance(member, VMobject)
            box = (
                outline_box(member, frame, background) if is_outline else ink_box([member], frame, background)
            )
            if box is not None:
                boxes[member] = box
        outlines = {member: member.points.copy() for member in boxes if isinstance(member, VMobject)}
        return cls(members, lines, boxes, outlines, frame, label) if boxes else None

    def at(self, page: Points) -> Fitted:
        """All of it on a page of this scale."""
        for line in self.lines:
            line.fit(page.scale)
        axes = self._axes(page)
        around_axes = [around(axis.family_members_with_points()) for axis in axes]
        texts = [line.box for line in self.lines]
        every = [*self.boxes.values(), *texts, *around_axes]
        moves = Moves.of(every, page.units(EMPTY), page.units(GAP))
        members = self._moved(moves)
        for line, box in zip(self.lines, texts, strict=True):
            for part in line.parts:
                move_points(part, moves.of_box(box))
        for axis, box in zip(axes, around_axes, strict=True):
            axis.shift([*moves.of_box(box), 0.0])
        box = union(moved_box(each, moves.of_box(each)) for each in every)
        keys = self._keys(page, box, moves)
        parts = [part for mobject in (*axes, *keys) for part in mobject.get_family() if len(part.points)]
        bars = [key.box for key in keys if isinstance(key, ColorBar)]
        drawn = [part for key in keys for part in key.family_members_with_points() if len(part.points) > 1]
        bars += [around(drawn)] if drawn else []
        return Fitted([*members, *parts], [*axes, *keys], union([box, *bars]))

    def _moved(self, moves: Moves) -> list[Mobject]:
        """What is drawn, with all that is no text in its place."""
        found: list[Mobject] = []
        for member in self.members:
            box = self.boxes.get(member)
            move = moves.of_box(box) if box is not None else (0.0, 0.0)
            if box is None:
                found.append(member)
            elif isinstance(member, Painted):
                is_whole = move == (0.0, 0.0) and not _reaches(box, self.frame)
                found.append(member if is_whole else Moved(member, move, self.frame))
            else:
                found.append(member)
                member.points = self.outlines[member]
                move_points(member, move)
        return found

    # -- what a page has and the film has not --
    def _axes(self, page: Points) -> list[Mobject]:
        """Numbers along the edges of floors and maps; names where the film shows none."""
        added: list[Mobject] = []
        for carrier, box in self.boxes.items():
            if not isinstance(carrier, CutFloor | LossMap) or carrier.opacity < CLEAR:
                continue
            for axis in weight_axes.axes_of(carrier):
                names = [line for line in self.lines if self._names(line, axis)]
                taken = [line.box for line in self.lines if line not in names]
                taken += [around(it.family_members_with_points()) for it in added]
                taken += [other for other in self.boxes.values() if _area(other) < SMALL * _area(box)]
                shown = weight_axes.numbered(axis, page, taken, box)
                if not len(shown):
                    continue
                added.append(shown)
                reach = weight_axes.beyond(axis, shown)
                for line in names:
                    weight_axes.make_room(line, axis, reach)
                if not names:
                    markup = self.label(weight_axes.NAMES[axis.axis])
                    added.append(weight_axes.named(axis, markup, page, reach, taken))
        return added

    def _names(self, line: Line, axis: weight_axes.WeightAxis) -> bool:
        floor, which = getattr(line.lettering, "beside_floor", (None, None))
        return floor is axis.carrier and which == axis.axis

    def _keys(self, page: Points, box: Box, moves: Moves) -> list[Mobject]:
        """What the colors of surfaces mean: below them, or to the right where they stand above each other."""
        found: dict[LossRange, Box] = {}
        for surface, place in self.boxes.items():
            is_clear = isinstance(surface, Trough | LossMap) and surface.opacity >= CLEAR
            if is_clear and place.width >= SHARE * box.width:
                found.setdefault(LossRange.of(surface), moved_box(place, moves.of_box(place)))
        is_stacked = _are_stacked(list(found.values()))
        added: list[Mobject] = []
        for values, place in found.items():
            edge: dict[str, Any] = {"right": box.right} if is_stacked else {"bottom": box.bottom}
            name, beside = self.label("loss_key"), replace(place, **edge)
            added += loss_key(values, name, beside, box, is_stacked, page)
        return added


def _area(box: Box) -> float:
    return box.width * box.height


def _reaches(box: Box, frame: Box) -> bool:
    """Whether what is in ``box`` is cut off by the frame, as far as can be told."""
    gaps = box.left - frame.left, frame.right - box.right, box.bottom - frame.bottom, frame.top - box.top
    return min(gaps) < EDGE


def _are_stacked(boxes: Sequence[Box]) -> bool:
    """Whether some stand above each other, and not side by side."""
    return any(
        min(one.right, other.right) - max(one.left, other.left) > 0.5 * min(one.width, other.width)
        for index, one in enumerate(boxes)
        for other in boxes[:index]
    )
