"""What things can lie on: a cut-out loss, its floor, a flat map. And lines that lie there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import numpy as np
from manim import ManimColor, Mobject, VMobject

from scenes.kit import theme
from scenes.kit.drawing.canvas import PIXEL, Array, Canvas
from scenes.kit.surface.trough.seen import parts_above_zero, together

MIDDLE = 0.179  # the luminance that has one contrast with black and with white
CASING = 3.0  # pixels at 1080p of edge round a line, both sides together
PALE = 0.4  # of the line between dashes
PIECE = 24  # pixels at 1080p, of a straight line in the plane of the weights that lies on a bent surface
PIECES = 26  # at most


class Carrier(Protocol):
    """A picture of a loss on which weights have a place."""

    sources: tuple[Mobject, ...]
    on_it: float
    """``z_index`` of what lies on it."""

    def lay(self, weights: Array) -> tuple[Array, Array]:
        """Weights (..., 2) -> the picture (..., 2), and how far they are from what is no more seen (...)."""

    @property
    def outlines(self) -> list[Array]:
        """What can be lain on, outlines (n, 2) in the picture."""

    @property
    def scale_factor(self) -> float:
        """Picture units for one unit of a weight, about."""


def at(run: Array, step: float) -> Array:
    """Weights at ``step`` of a run (n, 2): its own at whole steps, straight between two of them."""
    step = min(max(step, 0.0), len(run) - 1.0)
    before = min(int(step), len(run) - 2) if len(run) > 1 else 0
    after = min(before + 1, len(run) - 1)
    return np.asarray(run[before] + (step - before) * (run[after] - run[before]))


def way(carrier: Carrier, one: Array, other: Array) -> Array:
    """The straight way between two weights in pieces short enough to lie on a surface, (n, 2)."""
    length = float(np.linalg.norm(other - one)) * carrier.scale_factor / PIXEL
    share = np.linspace(0, 1, 2 + int(min(length / PIECE, PIECES)))[:, None]
    return np.asarray(one + share * (other - one))


def ways(carrier: Carrier, points: Array) -> Array:
    """The straight ways from each of some weights (n, 2), n at least 2, to the next one: as :func:`way`."""
    jumps = np.diff(points, axis=0)
    lengths = np.linalg.norm(jumps, axis=1) * carrier.scale_factor / PIXEL
    counts = 2 + np.minimum(lengths / PIECE, PIECES).astype(int)
    place = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    share = (place / np.repeat(counts - 1, counts))[:, None]
    return np.asarray(np.repeat(points[:-1], counts, axis=0) + share * np.repeat(jumps, counts, axis=0))


def seen_parts(carrier: Carrier, lines: Iterable[Array]) -> list[Array]:
    """What is seen of lines through weights, each (n, 2): their stretches in the picture, each (m, 2)."""
    laid = together(list(lines), lambda weights: np.column_stack(carrier.lay(weights)))
    return parts_above_zero([line[:, :2] for line in laid], [line[:, 2] for line in laid])


def edge_of(color: ManimColor) -> ManimColor:
    """Dark round a bright color, white round a dark one: one of the two stands out from any shape."""
    palette = theme.current()
    return palette.outline if relative_luminance(color) > MIDDLE else palette.sheen


def relative_luminance(color: ManimColor) -> float:
    """That of WCAG 2, from 0 (black) to 1 (white)."""
    channel = np.asarray(color.to_rgb(), dtype=float)
    linear = np.where(channel <= 0.04045, channel / 12.92, ((channel + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def stroke_cased(
    canvas: Canvas,
    parts: list[Array],
    color: ManimColor,
    width: float,
    alpha: float,
    dash: tuple[float, ...] = (),
    casing: float = CASING,
) -> None:
    """Stroke lines on a ground broader by ``casing``, which keeps them apart from every color of a shape.

    Ground and line go on between dashes, paler, so that a dashed line is still one line.
    """
    canvas.stroke(parts, edge_of(color), width + casing, 0.9 * alpha, above=width)
    if dash:
        canvas.stroke(parts, color, width, PALE * alpha)
    canvas.stroke(parts, color, width, alpha, dash=dash)


def polygon(shape: VMobject, fine: int = 6) -> Array:
    """A VMobject's outline as a mark (n, 2), round the origin and of height 2."""
    curves = np.asarray(shape.points)[:, :2].reshape(-1, 4, 2)
    t = np.arange(fine)[:, None, None] / fine
    a, b, c, d = (curves[None, :, k] for k in range(4))
    points = (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t * t * c + t**3 * d
    points = points.transpose(1, 0, 2).reshape(-1, 2)
    low, high = points.min(axis=0), points.max(axis=0)
    return np.asarray((points - (low + high) / 2) * 2 / (high - low)[1])


ROUND = np.stack(
    [np.cos(np.linspace(0, 2 * np.pi, 25)[:-1]), np.sin(np.linspace(0, 2 * np.pi, 25)[:-1])], axis=1
)
"""The mark of a run that has no other."""


def draw_mark(
    canvas: Canvas, mark: Array, place: Array, size: float, color: ManimColor, alpha: float = 1.0
) -> None:
    """A filled mark with an edge, ``size`` pixels (at 1080p) from its middle to its top."""
    outline = place + size * PIXEL * mark
    canvas.stroke([outline], edge_of(color), 1.6 * CASING, alpha, closed=True)
    canvas.fill(outline, color, alpha)
