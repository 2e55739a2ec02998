"""Dumbbells: each optimizer's steps on two surfaces as two marks on one axis, full and hollow, and joined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from manim import DOWN, LEFT, PI, RIGHT, UP, ManimColor, Mobject, Triangle, VGroup

from scenes.kit.lettering import layout
from scenes.pieces.optimizer_styles import MARKER, OptimizerStyle, PowerAxis

APART = 0.28  # how far two marks that would cover each other are put apart in height
BESIDE = 0.31  # from a mark to its count


def marks(
    styles: Mapping[str, OptimizerStyle],
    steps: Mapping[str, int | None],
    axis: PowerAxis,
    heights: Iterable[float],
    color: ManimColor,
    hollow: bool = False,
) -> VGroup:
    """Every optimizer's marker at the steps it takes, a row each; at the axis's end an arrow for never."""
    made = VGroup()
    for (name, style), height in zip(styles.items(), heights, strict=True):
        taken = steps[name]
        if taken is None:
            arrow = Triangle(color=color, fill_opacity=float(not hollow)).rotate(-PI / 2)
            made.add(arrow.scale_to_fit_height(MARKER).move_to(layout.at(axis.end, height)))
        else:
            place = layout.at(axis.x(np.log10(max(taken, 1))), height)
            made.add(style.marker(color, hollow).move_to(place))
    return made


def put_apart(full: VGroup, hollow: VGroup) -> None:
    """Where two marks of a row would cover each other, one goes up and one down."""
    for one, other in zip(full, hollow, strict=True):
        if abs(one.get_x() - other.get_x()) < MARKER:
            one.shift(APART / 2 * UP)
            other.shift(APART / 2 * DOWN)


def joints(styles: Iterable[OptimizerStyle], full: VGroup, hollow: VGroup) -> VGroup:
    """A line from mark to mark in every row, in the optimizer's dash."""
    rows = zip(styles, full, hollow, strict=True)
    return VGroup(*(style.join(one, other) for style, one, other in rows))


def put_beside(counts: Iterable[Mobject], those: VGroup, others: VGroup, first: bool) -> None:
    """Set each of ``counts`` beside its mark of ``those``, away from the row's other mark.

    Where one mark stands above the other, it goes to the left if these come ``first``, else to the right.
    """
    for count, mark, other in zip(counts, those, others, strict=True):
        x, away = mark.get_x(), other.get_x()
        side = -1 if x < away or (x == away and first) else 1
        count.set_opacity(1).set_x(x + side * (BESIDE + count.width / 2))


def keep_apart(heads: VGroup, gap: float = 0.2) -> None:
    """Two headings in one line, which stay around the middle between them, do not touch."""
    left, right = sorted(heads, key=lambda head: float(head.get_x()))
    missing = left.get_right()[0] + gap - right.get_left()[0]
    if missing > 0:
        left.shift(missing / 2 * LEFT)
        right.shift(missing / 2 * RIGHT)
