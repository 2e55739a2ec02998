"""The rows in the plane of the two features: each axis filling its side, or both on one scale."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from manim import VGroup

from bn_math import Dataset
from scenes.kit import theme
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering.places import Box, Places
from scenes.pieces.row_dots import RowDots
from scenes.pieces.rows.row_one import DOT, RowOne

PADDING = 0.04  # of a side, at each end of what a feature spans
VEIL = 0.8  # opacity of a row's dot, so that a crowd is seen as one


@dataclass(frozen=True)
class FeaturePlane:
    """Where each row stands in ``box``, the wider feature lying.

    ``share`` says how far the two axes have come to one scale: at 0 each feature fills its side, at 1 a unit
    of one is as long as a unit of the other, and what is between follows the logarithm.

    Args:
        data: the rows.
        box: the place of the picture.
    """

    data: Dataset
    box: Box

    @cached_property
    def wide(self) -> int:
        """The feature that lies, 0 or 1: the one that spans more."""
        return int(np.argmax(self.data.spans))

    @property
    def order(self) -> list[int]:
        """The feature that lies, and the upright one."""
        return [self.wide, 1 - self.wide]

    @cached_property
    def middles(self) -> Array:
        """Half way between least and greatest value, of the lying feature and of the upright one, (2,)."""
        return np.asarray((self.data.lows + self.data.highs)[self.order] / 2)

    def units(self, share: float) -> Array:
        """Picture units for one unit of the lying feature and of the upright one, (2,)."""
        sides = np.array([self.box.width, self.box.height]) * (1 - 2 * PADDING)
        filling = sides / self.data.spans[self.order]
        return np.asarray(filling ** (1 - share) * filling.min() ** share)

    def at(self, features: Array, share: float) -> Array:
        """Rows (n, 2), or one (2,), -> points of the picture (..., 3)."""
        turned = (np.asarray(features, dtype=float)[..., self.order] - self.middles) * self.units(share)
        flat = turned + np.array(self.box.center)
        return np.concatenate([flat, np.zeros((*flat.shape[:-1], 1))], axis=-1)

    def places(self, share: float) -> Array:
        """Where every row stands, (n, 3)."""
        return self.at(self.data.features, share)


class RowCloud(VGroup):
    """Every row's dot, row 1 with its ring; they stand on a :class:`FeaturePlane`.

    Args:
        plane: says where.
        share: see there.
        size: of dots and ring, as a share of the size at which scenes hand them over.
    """

    def __init__(self, plane: FeaturePlane, share: float = 0.0, size: float = 1.0) -> None:
        places = plane.places(share)
        self.plane = plane
        self.first = RowOne(places[0], size)
        self.others = RowDots(places[1:], size * DOT, theme.current().text).set_fill(opacity=VEIL)
        super().__init__(self.others, self.first)

    def put(self, share: float) -> None:
        """Move every row to where it stands at ``share``."""
        self.put_at(self.plane.places(share))

    def put_at(self, places: Array) -> None:
        """Move every row to a place of its own, (n, 3)."""
        self.others.put(places[1:])
        self.first.put(places[0])


def strip(data: Dataset, places: Places) -> RowCloud:
    """The rows on one scale in the middle of the picture: what TwoScales ends on, and TheLoss begins on."""
    return RowCloud(FeaturePlane(data, places.whole), share=1.0)
