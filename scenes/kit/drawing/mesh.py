"""A polar grid of small patches as fewer, larger ones with curved edges, where the eye sees no difference.

A film draws small patches fast; in a file each takes 140 bytes, so that a surface would be most of a figure.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scenes.kit.drawing.canvas import PIXEL, Array, Mask

Grid = NDArray[np.intp]
SIZES = (4, 2, 1)  # patches along an edge of a larger one, tried in this order
COLOR = 2.5 / 255  # by which a channel may differ inside of a larger patch
PLACE = 0.15 * PIXEL  # by which an edge may
OVERLAP = 0.3 * PIXEL  # of neighbours, or viewers that round each patch for itself show what is behind


def patches(grid: Grid) -> Grid:
    """The corners of every patch (n, 4) between the vertices (rings, spokes) of a polar grid."""
    inner, outer = grid[:-1], grid[1:]
    corners = [inner, outer, np.roll(outer, -1, axis=1), np.roll(inner, -1, axis=1)]
    return np.stack(corners, axis=-1).reshape(-1, 4)


def coarse(grid: Grid) -> Grid:
    """The corners of larger patches, with straight edges, which are always the same: nothing is looked at.

    Each spans two rings, and near the middle, where spokes are close, two or four spokes.
    """
    last = len(grid) - 1
    rings = [*range(0, last, 2), last]
    bands = [grid[[inner, outer]] for inner, outer in pairwise(rings)]
    steps = [4 if 4 * outer <= last else 2 if 2 * outer <= last + 1 else 1 for outer in rings[1:]]
    return np.concatenate([patches(band[:, ::step]) for band, step in zip(bands, steps, strict=True)])


def merged(
    shape: tuple[int, int], points: Array, colors: tuple[Array, Array], inside: Mask
) -> tuple[Array, Array]:
    """Outlines (n, 8, 2) and corner colors (n, 4, 3), far patches first, for :meth:`Canvas.patches`.

    Args:
        shape: rings and spokes of the grid; the last spoke is joined to the first.
        points: x, y and depth of the grid's vertices, ring by ring, (rings * spokes, 3).
        colors: of the vertices seen from inside and from outside, each (rings * spokes, 3).
        inside: which small patches show their inside, ((rings - 1) * spokes,).
    """
    rings, spokes = shape
    faces, left = inside.reshape(rings - 1, spokes), np.ones((rings - 1, spokes), dtype=bool)
    outlines, corner_colors, depths = [], [], []
    for size in SIZES:
        if spokes % size:
            continue
        vertex, cell = _blocks(shape, size)
        face = faces.reshape(-1)[cell]
        tints = np.where(face[:, :1, :1, None], colors[0][vertex], colors[1][vertex])
        fits = left.reshape(-1)[cell].all(axis=(1, 2)) & (face == face[:, :1, :1]).all(axis=(1, 2))
        fits &= _is_even(tints) & _is_curved(points[vertex][..., :2])
        left.reshape(-1)[cell[fits]] = False
        outlines.append(_outline(points[vertex[fits]][..., :2]))
        corner_colors.append(tints[fits][:, [0, -1, -1, 0], [0, 0, -1, -1]])
        depths.append(points[vertex[fits]][..., 2].mean(axis=(1, 2)))
    order = np.argsort(np.concatenate(depths), kind="stable")
    return _grown(np.concatenate(outlines)[order]), np.concatenate(corner_colors)[order]


def _blocks(shape: tuple[int, int], size: int) -> tuple[Grid, Grid]:
    """Vertices (n, size + 1, size + 1) and small patches (n, size, size) of every block of ``size``."""
    rings, spokes = shape
    ring = np.arange(0, rings - size, size)[:, None] + np.arange(size + 1)
    spoke = (np.arange(0, spokes, size)[:, None] + np.arange(size + 1)) % spokes
    index = ring[:, None, :, None] * spokes + spoke[None, :, None, :]
    vertex = index.reshape(-1, size + 1, size + 1)
    return vertex, vertex[:, :-1, :-1]


def _is_even(tints: Array) -> Mask:
    """Whether the corners' colors, blended, are those of every vertex, for blocks (n, k, k, 3)."""
    share = np.linspace(0, 1, tints.shape[1])
    first, last = (
        (1 - share)[:, None] * tints[:, 0, None, side] + share[:, None] * tints[:, -1, None, side]
        for side in (0, -1)
    )
    blend = first[:, :, None] * (1 - share)[:, None] + last[:, :, None] * share[:, None]
    return np.asarray(np.abs(blend - tints).max(axis=(1, 2, 3)) <= COLOR)


def _is_curved(flat: Array) -> Mask:
    """Whether the parabola through an edge's ends and middle goes through its other vertices too."""
    middle = flat.shape[1] // 2
    share = np.linspace(0, 1, flat.shape[1])[:, None]
    fits = np.ones(len(flat), dtype=bool)
    for edge in (flat[:, 0], flat[:, -1], flat[:, :, 0], flat[:, :, -1]):
        start, end = edge[:, None, 0], edge[:, None, -1]
        bend = 2 * edge[:, None, middle] - (start + end) / 2 if middle else (start + end) / 2
        curve = (1 - share) ** 2 * start + 2 * share * (1 - share) * bend + share**2 * end
        fits &= np.abs(curve - edge).max(axis=(1, 2)) <= PLACE
    return fits


def _grown(outlines: Array) -> Array:
    """Outlines (n, 8, 2), every point farther from the middle."""
    out = outlines - outlines.mean(axis=1, keepdims=True)
    away = np.linalg.norm(out, axis=2, keepdims=True)
    return np.asarray(outlines + OVERLAP * out / np.maximum(away, 1e-9))


def _outline(flat: Array) -> Array:
    """Corner, middle of an edge, corner and so on of blocks (n, k, k, 2), (n, 8, 2)."""
    size = flat.shape[1] - 1
    round_ = np.array([[0, 0], [size, 0], [size, size], [0, size]])
    corners = flat[:, round_[:, 0], round_[:, 1]]
    if size == 1:
        middles = (corners + np.roll(corners, -1, axis=1)) / 2
    else:
        halfway = (round_ + np.roll(round_, -1, axis=0)) // 2
        middles = flat[:, halfway[:, 0], halfway[:, 1]]
    return np.stack([corners, middles], axis=2).reshape(-1, 8, 2)
