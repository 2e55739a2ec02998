"""The rows while they are dealt: one after another leaves the strip and lands in its lane."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import Mobject, ValueTracker

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.drawing.repeated.discs import draw_discs
from scenes.pieces.batches.dealing import Dealing
from scenes.pieces.rows.feature_plane import VEIL
from scenes.pieces.rows.row_one import DOT

UNDER_WAY = 0.12  # of all rows, that are under way at once
DIM = 0.35  # of the opacity of other rows than those of row 1's mini-batch, at least
LEFT = 0.14  # opacity of what a row leaves where it was


class DealtRows(Painted):
    """All rows but row 1, which a RowOne shows at :meth:`row_one`.

    ``dimmed``, a tracker that is 0 at first, says how much those of other mini-batches than row 1's are.

    Args:
        dealing: where the rows are and go.
        dealt: the share of them that have been dealt, 0 to 1.
        risen: how far the strip has gone up from the middle of the picture, 0 to 1.
        come: how many of the rows are there, 0 to 1.
    """

    kept: ClassVar[tuple[str, ...]] = ("dealing", "dealt", "risen", "come", "dimmed")

    def __init__(
        self, dealing: Dealing, dealt: ValueTracker, risen: ValueTracker, come: ValueTracker
    ) -> None:
        super().__init__()
        self.dealing, self.dealt, self.risen, self.come = dealing, dealt, risen, come
        self.dimmed = ValueTracker(0.0)
        self.points = np.zeros((1, 3))
        self.sources: tuple[Mobject, ...] = (dealt, risen, come, self.dimmed)

    @property
    def radius(self) -> float:
        """Of a dot, in picture units."""
        return DOT * self.size

    @property
    def size(self) -> float:
        """Of dots and ring, as a share of their usual size."""
        return min(1.0, self.dealing.pitch / 0.5)

    def places(self) -> Array:
        """Where every row is now, (N, 2)."""
        dealing, count = self.dealing, len(self.dealing.turns)
        started = self.dealt.get_value() * (1 + UNDER_WAY) - dealing.turns / count
        share = np.clip(started / UNDER_WAY, 0, 1)[:, None] ** 2  # it falls
        found = dealing.above + share * (dealing.below - dealing.above)
        lowered = (1 - self.risen.get_value()) * (dealing.box.center[1] - dealing.strip.center[1])
        found = found + np.array([0.0, lowered])
        come = self.come.get_value()
        if come < 1:
            first = found[0].copy()
            late = np.linspace(0, 0.6, count)[np.argsort(np.argsort(np.abs(found[:, 0] - first[0])))]
            out = np.clip((come - late) / 0.4, 0, 1)[:, None]
            found = first + (1 - (1 - out) ** 2) * (found - first)
        return np.asarray(found)

    @property
    def row_one(self) -> Array:
        """Where row 1 is now, (3,)."""
        return np.append(self.places()[0], 0.0)

    def paint(self, canvas: Canvas) -> None:
        """What is left in the strip, then the dots."""
        if self.dealt.get_value() > 0:
            gone = self.dealt.get_value() * (1 + UNDER_WAY) * len(self.dealing.turns) > self.dealing.turns
            faint = LEFT * (1 - 0.6 * self.dimmed.get_value())
            self._discs(canvas, self.dealing.above[gone], faint * self.opacity)
        if self.come.get_value() > 0:
            places, own = self.places(), self.dealing.rows_of(self.dealing.own)
            is_own = np.isin(np.arange(len(places)), own)
            is_own[0] = False
            dimmed = 1 - (1 - DIM) * self.dimmed.get_value()
            self._discs(canvas, places[is_own], VEIL * self.opacity)
            is_own[0] = True
            self._discs(canvas, places[~is_own], dimmed * VEIL * self.opacity)

    def _discs(self, canvas: Canvas, spots: Array, alpha: float) -> None:
        draw_discs(canvas, spots, self.radius, theme.current().text, alpha)
