"""Panes of glass one behind another: the rows on the first, on each other one what a layer makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

import cairo
import numpy as np
from manim import ManimColor, smooth

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.drawing.repeated.discs import Edge, draw_discs
from scenes.kit.drawing.repeated.kept import KeptPicture
from scenes.kit.drawing.repeated.lines import faintly
from scenes.kit.drawing.shade import fill_gradient
from scenes.kit.lettering.places import Box
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.panes.clouds import WITHOUT, LayerClouds
from scenes.pieces.panes.pictures import Pictures
from scenes.pieces.panes.stage import Stage

APART = 1.72  # from one pane to the next; a pane's half is 1
FRONT, ASIDE = (0.0, 90.0, 0.02), (-50.0, 79.0, 0.03)
"""Azimuth, zenith and perspective from which the first pane is seen alone, and all of them."""
DOT, ROW_ONE_DOT, ROW_ONE_RING = 0.036, 0.05, 0.125  # radii in half panes
LAG = 0.45  # of a flight from pane to pane: how much later the last row leaves than the first
AWAY = 2.2  # half panes, from where a pane is taken or comes
TAKEN, LATER = 0.6, 0.3  # of the time: until a pane has gone, and from when on the other comes
CORNERS = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])
DASH = (11.0, 9.0)  # of an outline, in pixels at 1080p
TURN = 2 * np.pi * np.linspace(0, 1, 49)
CIRCLE = 2 * np.stack([np.cos(TURN), np.sin(TURN)], axis=-1)  # two spreads round a mean


class PaneStack(Painted):
    """The panes. Points of a pane are (across, up) in half panes from its middle.

    Args:
        clouds: what the layers make of the rows.
        pictures: the rows that the layers read, as small pictures.
        table: another table's rows, on the first pane before them, at first and standardized, (2, N, 2).
        colors: of the axis that lies, and of the upright one.
        view: where all is seen from.
        stage: how far things have come.
    """

    kept: ClassVar[tuple[str, ...]] = ("clouds", "pictures", "table", "view", "stage")

    def __init__(
        self,
        clouds: LayerClouds,
        pictures: Pictures,
        table: Array,
        colors: Sequence[ManimColor],
        view: Viewpoint,
        stage: Stage,
    ) -> None:
        super().__init__()
        self.colors = tuple(colors)
        self.clouds, self.pictures, self.table, self.view, self.stage = clouds, pictures, table, view, stage
        self.points = np.zeros((1, 3))
        self.sources = (view, *stage.all)
        self._kept = [KeptPicture() for _ in range(clouds.count + 1)]

    # -- where things are ------------------------------------------------------------------------------------
    def place(self, pane: float, flat: Array) -> Array:
        """Points (..., 2) of a pane -> the picture (..., 2)."""
        points = np.concatenate(
            [np.full((*flat.shape[:-1], 1), (pane - self.clouds.count / 2) * APART), flat], axis=-1
        )
        return self.view.project(points)[..., :2]

    def places(self) -> Array:
        """Where each row is on each pane now, (L + 1, rows, 2) in half panes: on the first, its picture."""
        step = self.stage.clock.get_value()
        return np.concatenate([self.pictures.places[None], self.clouds.at(WITHOUT, step)])

    def half(self, pane: int) -> float:
        """How high half a pane is in the picture."""
        top, bottom = self.place(pane, np.array([[0.0, 1.0], [0.0, -1.0]]))
        return float(np.linalg.norm(top - bottom)) / 2

    # -- drawing ---------------------------------------------------------------------------------------------
    def paint(self, canvas: Canvas) -> None:
        """Pane after pane, the farthest first; before each of them what leads there."""
        places, sent, palette = self.places(), self.stage.sent.get_value(), theme.current()
        for pane in range(self.clouds.count + 1):
            seen = self.opacity * float(np.clip(self.stage.shown.get_value() - pane, 0, 1))
            if pane and sent > pane - 1:
                self._threads(canvas, pane, places, sent - pane + 1)
            if seen > 0 and pane == 0:
                stage = self.stage
                state = self.view.state, seen, stage.changed.get_value(), stage.once.get_value(), palette
                self._kept[pane].paint(canvas, state, partial(self._rows, alpha=seen))
            elif seen > 0:
                glass = partial(self._glass, pane=pane, alpha=seen)
                self._kept[pane].paint(canvas, (self.view.state, seen, palette), glass, self._around(pane))
                if sent > pane - 1:
                    self._outlines(canvas, pane, seen)
                    self._dots(canvas, pane, places, sent - pane + 1, seen)

    def _around(self, pane: int) -> Array:
        """Two corners of a box round a pane, (2, 2) in the picture."""
        seen = self.place(pane, CORNERS)
        return np.array([seen.min(axis=0) - 0.1, seen.max(axis=0) + 0.1])

    def _rows(self, canvas: Canvas, alpha: float) -> None:
        """The first pane, where what goes to the others comes from."""
        self._table(canvas, alpha)
        self._pictures(canvas, alpha)

    def _glass(
        self, canvas: Canvas, pane: int, alpha: float, lifted: float = 0.0, crossed: float = 1.0
    ) -> None:
        """A pane, lighter at its top; its axes, the table's in the features' colors; it may be lifted."""
        palette, up = theme.current(), np.array([0.0, lifted])
        corners = self.place(pane, up + CORNERS)
        low, high = corners[:2].mean(axis=0), corners[2:].mean(axis=0)
        glass = cairo.LinearGradient(*low, *high)
        glass.add_color_stop_rgba(0, *canvas.rgb(palette.panel), 0.5 * alpha)
        glass.add_color_stop_rgba(1, *canvas.rgb(palette.panel.interpolate(palette.rule, 0.35)), 0.6 * alpha)
        fill_gradient(canvas, [corners], glass)
        for axis, color in enumerate(self.colors if pane == 0 else 2 * (palette.rule,)):
            ends = np.zeros((2, 2))
            ends[:, axis] = -1, 1
            canvas.stroke([self.place(pane, up + ends)], color, 2.2, 0.6 * alpha * crossed)
        canvas.stroke([corners], palette.rule, 2.2, alpha, closed=True)

    def _table(self, canvas: Canvas, alpha: float) -> None:
        """The table's rows on their pane, which is taken away upwards."""
        gone = float(smooth_each(np.array([self.stage.changed.get_value() / TAKEN]))[0])
        alpha *= 1 - gone
        if alpha <= 0:
            return
        self._glass(canvas, 0, alpha, AWAY * gone)
        once, scale = self.stage.once.get_value(), self.view.scale_factor
        flat = (1 - once) * self.table[0] + once * self.table[1]
        spots = self.place(0, flat + [0.0, AWAY * gone])
        discs(canvas, spots[1:], DOT * scale, theme.current().text, 0.8 * alpha)
        discs(canvas, spots[:1], ROW_ONE_DOT * scale, theme.current().text, alpha)
        self._ring(canvas, spots[0], ROW_ONE_RING * scale, alpha)

    def _pictures(self, canvas: Canvas, alpha: float) -> None:
        """Another pane, whose rows are pictures, comes from below to where the table was."""
        share = (self.stage.changed.get_value() - LATER) / (1 - LATER)
        come = float(smooth_each(np.array([share]))[0])
        alpha *= come
        if alpha <= 0:
            return
        lifted = -AWAY * (1 - come)
        self._glass(canvas, 0, alpha, lifted, crossed=0.0)
        self.pictures.paint(canvas, lambda flat: self.place(0, flat + [0.0, lifted]), alpha)
        spot = self.place(0, self.pictures.places[0] + [0.0, lifted])
        self._ring(canvas, spot, 1.25 * ROW_ONE_RING * self.view.scale_factor, alpha)

    def _threads(self, canvas: Canvas, pane: int, places: Array, share: float) -> None:
        """Every row's way from the pane before, as far as it has come."""
        ends = self._ways(pane, places, share)
        started = np.linalg.norm(ends[:, 1] - ends[:, 0], axis=1) > 1e-9
        color = theme.current().valley
        with faintly(canvas):
            canvas.stroke(list(ends[1:][started[1:]]), color, 1.5, 0.3 * self.opacity)
        canvas.stroke(list(ends[:1][started[:1]]), theme.current().text, 3.5, 0.95 * self.opacity)

    def _ways(self, pane: int, places: Array, share: float) -> Array:
        """From the pane before to where each row has come on its way, (rows, 2, 2) in the picture."""
        start, end = self.place(pane - 1, places[pane - 1]), self.place(pane, places[pane])
        late = LAG * np.arange(len(start)) / len(start)
        if pane == 1:  # one row becomes a dot before all others do
            late[1:] = LAG
        come = smooth_each((min(share, 1.0) - late) / (1 - LAG))[:, None]
        return np.stack([start, start + come * (end - start)], axis=1)

    def _outlines(self, canvas: Canvas, pane: int, alpha: float) -> None:
        """Two spreads round the mean that the cloud had at the start."""
        if share := self.stage.outlined.get_value():
            ring = two_spreads_round(self.clouds.at(WITHOUT, 0.0)[pane - 1])
            canvas.stroke(
                [self.place(pane, ring)], theme.current().text, 4.0, 0.95 * share * alpha, dash=DASH
            )

    def _dots(self, canvas: Canvas, pane: int, places: Array, share: float, alpha: float) -> None:
        """The rows on a pane, or on their way to it."""
        spots = self._ways(pane, places, share)[:, 1]
        near, palette = self.half(pane), theme.current()
        discs(canvas, spots[1:], DOT * near, palette.valley, 0.9 * alpha)
        discs(canvas, spots[:1], ROW_ONE_DOT * near, palette.text, alpha)
        self._ring(canvas, spots[0], ROW_ONE_RING * near, alpha)

    def _ring(self, canvas: Canvas, spot: Array, radius: float, alpha: float) -> None:
        canvas.stroke([spot + radius * CIRCLE / 2], theme.current().text, 3.5, alpha, closed=True)


def two_spreads_round(cloud: Array) -> Array:
    """An outline (k, 2) of rows (m, 2): two spreads round their mean, tilted as they are."""
    values, vectors = np.linalg.eigh(np.cov(cloud.T, ddof=0))
    return np.asarray(cloud.mean(axis=0) + CIRCLE * np.sqrt(np.maximum(values, 0)) @ vectors.T)


def discs(canvas: Canvas, spots: Array, radius: float, color: ManimColor, alpha: float) -> None:
    """Discs of one size and color, each with an edge of the background's."""
    draw_discs(canvas, spots, radius, color, alpha, Edge(2.5, theme.current().background, 0.7 * alpha))


def smooth_each(shares: Array) -> Array:
    """Shares, each eased in and out; below 0 it is 0, beyond 1 it is 1."""
    return np.array([smooth(float(share)) for share in np.clip(shares, 0, 1)])


def framed(
    count: int, box: Box, azimuth: float, zenith: float, perspective: float, is_alone: bool = False
) -> Viewpoint:
    """The viewpoint from which the first pane, or it and those of ``count`` layers, just fill ``box``."""
    view = Viewpoint(azimuth, zenith, perspective)
    flat = np.array([[y, z] for y in (-1.0, 1.0) for z in (-1.0, 1.0)])
    ends = (-count / 2, -count / 2 if is_alone else count / 2)
    corners = [[pane * APART, *corner] for pane in ends for corner in flat]
    seen = view.project(np.array(corners))[:, :2]
    low, high = seen.min(axis=0), seen.max(axis=0)
    scale = float(min(np.array([box.width, box.height]) / (high - low)))
    middle = np.array(box.center) - scale * (low + high) / 2
    return view.look(center=(float(middle[0]), float(middle[1])), scale=scale)
