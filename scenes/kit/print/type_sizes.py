"""Letters in points: those of a figure are one size, and none is too small to be read on paper.

A letter is scaled about its own place, so that what is made smaller can overlap nothing that it did not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from manim import Mobject, VMobject

from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.furniture import without_furniture
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.extent import Extent
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import Lettering

LABEL, LEAST = 8.0, 6.0
"""Points of a label's em, and of the smallest letter's."""

SCRIPT = 0.7  # of a formula's em, that of a letter which is raised or lowered
SAME = 0.1  # picture units by which edges may differ that are in line: a figure has paper at its side
MOST = 3.0  # times as wide as its text, that a shape is which holds it
LINES = 1.5  # ems, from which on a text has several lines
TOGETHER = 0.6  # of an em, within which letters that have left their text belong together
NEAR = 1.2  # of its height, within which a text beside another belongs to it
SEEN = 0.05  # opacity from which on a letter counts
RAISED = ("_", "^", "#super", "#sub")


@dataclass(frozen=True, eq=False)
class Line:
    """A text that is seen, with what is scaled along with it, and how it was before.

    Args:
        lettering: the text; one letter of it where letters have left their text.
        parts: all that is scaled: its glyphs, and the plate that it stands on, if there is one.
        points: of the parts, as they are in the film.
        em: in picture units, as it is in the film.
        anchor: what stays where it is, (3,).
    """

    lettering: Mobject
    parts: tuple[Mobject, ...]
    points: tuple[Array, ...]
    em: float
    anchor: Array

    @property
    def has_scripts(self) -> bool:
        """Whether some of its letters are raised or lowered, and smaller."""
        cut = getattr(self.lettering, "cut_from", None)
        markup = cut.markup if cut else str(getattr(self.lettering, "markup", ""))
        return any(mark in markup for mark in RAISED)

    def points_at(self, scale: float) -> float:
        """The em in points that it gets where one picture unit is ``scale`` points."""
        least, most = LEAST, LABEL
        if self.has_scripts:
            least = most = max(LEAST / SCRIPT, LABEL)
        return min(max(self.em * scale, least), most)

    def fit(self, scale: float) -> None:
        """Set it at the size for a page on which one picture unit is ``scale`` points."""
        zoom = self.points_at(scale) / (scale * self.em)
        for part, points in zip(self.parts, self.points, strict=True):
            part.points = self.anchor + zoom * (points - self.anchor)

    def restore(self) -> None:
        """As it was."""
        for part, points in zip(self.parts, self.points, strict=True):
            part.points = points.copy()

    @property
    def box(self) -> Box:
        """What it covers now, with its plate."""
        return around(self.parts)


def around(parts: Iterable[Mobject]) -> Box:
    """The box round all points of ``parts`` that have some."""
    points = np.concatenate([part.points[:, :2] for part in parts if len(part.points) > 1])
    (left, bottom), (right, top) = points.min(axis=0), points.max(axis=0)
    return Box(float(left), float(right), float(bottom), float(top))


def em_of(lettering: Any) -> float:
    """The em of a text as it stands, in picture units; 0 where it has no outline."""
    if isinstance(lettering, Counter):
        return typography.em(lettering.size) * lettering.zoom
    return _median_em(_outlines(lettering))


def _median_em(letters: Iterable[Any]) -> float:
    """That of most letters: one may have become another."""
    found = [letter.cut_from.em_now(letter.points) for letter in letters if hasattr(letter, "cut_from")]
    return float(np.median(found)) if found else 0.0


def lines_of(mobjects: Iterable[Mobject]) -> list[Line]:
    """The texts in the families of ``mobjects`` that are seen, as they are now.

    A text within another is part of it. What is furniture is passed over.
    """
    found = [(text, _drawn(label), em_of(text), _outlines(text)) for text, label in _labels(mobjects)]
    taken = {part for _, parts, _, _ in found for part in parts}
    for letters in _loose(mobjects, taken):
        found.append((letters[0], letters, _median_em(letters), letters))
    boxes = [_box(text, outlines) for text, *_, outlines in found]
    shapes = list(_shapes(mobjects, {part for _, parts, _, _ in found for part in parts}))
    lines = []
    for (text, parts, em, _), box in zip(found, boxes, strict=True):
        points = tuple(part.points.copy() for part in parts)
        others = [other for other in boxes if other is not box]
        anchor = _in_a_shape(box, shapes, _anchor(text, box, others, em))
        lines.append(Line(text, tuple(parts), points, em, anchor))
    return lines


def _shapes(mobjects: Iterable[Mobject], letters: set[Mobject]) -> Iterator[Box]:
    """The boxes of outlines that are no letters."""
    for part in dict.fromkeys(part for mobject in mobjects for part in mobject.get_family()):
        if isinstance(part, VMobject) and len(part.points) > 4 and part not in letters:
            yield around([part])


def _in_a_shape(box: Box, shapes: Iterable[Box], anchor: Array) -> Array:
    """The middle of a text where it is that of a shape around it, such as a node; else its anchor."""
    for shape in shapes:
        is_inside = shape.left < box.left and box.right < shape.right and shape.height > 0.8 * box.height
        (x, y), (u, v) = box.center, shape.center
        if is_inside and abs(x - u) < SAME and abs(y - v) < 2 * SAME and shape.width < MOST * box.width:
            return np.array([x, y, 0.0])
    return anchor


def _box(text: Any, outlines: Sequence[Mobject]) -> Box:
    """What it covers; a number together with the paper beside it, from which what is in line is measured."""
    box = around(outlines)
    if not isinstance(text, Counter):
        return box
    x = float(text.corner[0])
    return replace(box, left=min(box.left, x), right=max(box.right, x))


def _drawn(label: Mobject) -> list[Mobject]:
    return [part for part in label.get_family() if len(part.points)]


def _loose(mobjects: Iterable[Mobject], taken: set[Mobject]) -> list[list[Any]]:
    """Letters that have left their text, those together that stand together."""
    family = dict.fromkeys(part for mobject in mobjects for part in mobject.get_family())
    parts = without_furniture(family)
    letters: list[Any] = [part for part in parts if hasattr(part, "cut_from") and part not in taken]
    groups: list[tuple[Box, list[Any]]] = []
    for letter in (letter for letter in letters if len(letter.points) > 1 and _is_clear(letter)):
        box, members = around([letter]), [letter]
        near = TOGETHER * letter.cut_from.em_now(letter.points)
        for other in [group for group in groups if _are_near(box, group[0], near)]:
            groups.remove(other)
            members = [*other[1], *members]
            box = around(members)
        groups.append((box, members))
    return [members for _, members in groups]


def _are_near(one: Box, other: Box, distance: float) -> bool:
    across = max(one.left, other.left) - min(one.right, other.right)
    upwards = max(one.bottom, other.bottom) - min(one.top, other.top)
    return max(across, upwards) < distance


def _labels(mobjects: Iterable[Mobject]) -> Iterator[tuple[Any, Mobject]]:
    """Each text that is seen, and the whole that is scaled with it: its plate, too, where it has one."""
    for mobject in mobjects:
        if getattr(mobject, "is_furniture", False):
            continue
        texts = [part for part in mobject.get_family() if isinstance(part, Lettering)]
        is_label = getattr(mobject, "is_label", False) and len(texts) == 1
        if isinstance(mobject, Lettering) or is_label:
            if texts and _is_seen(texts[0]) and em_of(texts[0]) > 0:
                yield texts[0], mobject
        else:
            yield from _labels(mobject.submobjects)


def _outlines(lettering: Mobject) -> list[Mobject]:
    """The glyphs that are seen: a counter keeps its spare digits folded up."""
    return [part for part in lettering.get_family() if len(part.points) > 1 and _is_clear(part)]


def _is_clear(part: Any) -> bool:
    strokes = part.get_stroke_width() and float(part.get_stroke_opacity()) > SEEN
    return bool(strokes or float(part.get_fill_opacity()) > SEEN)


def _is_seen(lettering: Mobject) -> bool:
    return bool(_outlines(lettering))


def _edge(box: Box, others: Sequence[Box]) -> float:
    """The side towards what stands beside it in one line, else the one that is in line with others."""
    beside = [other for other in others if other.bottom < box.top and box.bottom < other.top]
    near = NEAR * box.height
    sides = (
        (box.right, any(-SAME < other.left - box.right < near for other in beside)),
        (box.left, any(-SAME < box.left - other.right < near for other in beside)),
        (box.left, any(abs(box.left - other.left) < SAME for other in others)),
        (box.right, any(abs(box.right - other.right) < SAME for other in others)),
    )
    return next((side for side, is_it in sides if is_it), box.center[0])


def _anchor(lettering: Any, box: Box, others: Sequence[Box], em: float) -> Array:
    """What of an upright line stays: its baseline, and the edge by which it stands in line with others."""
    x, y = box.center
    if isinstance(lettering, Counter):
        return lettering.corner
    now = Extent.of(lettering)
    if hasattr(lettering, "cut_from"):
        return np.array([_edge(box, others), y, 0.0])
    if not lettering.made.is_turned(now):
        if box.height < LINES * em:
            y = box.bottom + typography.hangs_below(lettering) * now.spread / lettering.made.spread
        x = _edge(box, others)
    return np.array([x, y, 0.0])
