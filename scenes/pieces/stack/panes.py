"""The layers as panes of glass one behind another, and on each what it adds up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

import cairo
import numpy as np
from manim import ManimColor

from bn_math import sigmoid_slope
from bn_math.networks.stack import FLAT
from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.drawing.repeated.discs import Edge, draw_discs
from scenes.kit.drawing.repeated.kept import KeptPicture
from scenes.pieces.stack.room import StackRoom
from scenes.pieces.stack.sums import Sums

MOST = 60  # panes that are drawn; of more layers not every one is
DOT = 0.036  # radius at most, in picture units
DIM, FLAT_DIM = 0.5, 0.4  # what is left of dots that are dimmed, and of those on the flat ends
GLASS, CLEAR = 0.5, 0.3  # opacity of a pane, and of the light where a sigmoid is steepest
LINES = 9  # pieces of the glass's shading, at either side of its middle


class Panes(Painted):
    """All panes, from the first layer's at the left to the last one's.

    Args:
        room: where they stand; follows its stage.
        sums: what the layers add up in the runs that are shown.
        colors: of each run.
        most: the number of layers when there are most.
    """

    kept: ClassVar[tuple[str, ...]] = ("room", "sums")

    def __init__(self, room: StackRoom, sums: Sums, colors: Sequence[ManimColor], most: int) -> None:
        super().__init__()
        self.room, self.sums, self.colors, self.most = room, sums, tuple(colors), most
        box = room.box
        self.points = np.array([[box.left, box.bottom, 0.0], [box.right, box.top, 0.0]])
        self.sources = room.stage.all
        self._kept = KeptPicture()

    def height(self, value: float | Array) -> Array:
        """The height of sums, given in shares of what is shown."""
        upper = self.room.upper
        return np.asarray(upper.center[1] + np.asarray(value) * upper.height * 0.48)

    def paint(self, canvas: Canvas) -> None:
        """Pane after pane from the right, which is the farthest, and what lies on it."""
        stage, box, lean = self.room.stage, self.room.box, self.room.lean
        windowed = stage.windowed.get_value()
        state = stage.reach.get_value(), windowed, self.opacity, theme.current()
        beyond = np.array([0.5, 0.5]) + lean
        within = [np.array([box.left, box.bottom]) - beyond, np.array([box.right, box.top]) + beyond]
        self._kept.paint(canvas, state, self._paint_panes, within)
        if windowed > 0 and stage.sent.get_value() > 0:
            self._dots(canvas, windowed * self.opacity * (1 - (1 - DIM) * stage.dimmed.get_value()))

    def _paint_panes(self, canvas: Canvas) -> None:
        """The panes alone: what goes through them moves while they stand."""
        stage = self.room.stage
        reach, windowed = stage.reach.get_value(), stage.windowed.get_value()
        every = -(-(self.sums.depth if windowed > 0.5 else self.most) // MOST)
        self._ends(canvas, windowed * self.opacity)
        shades: dict[float, list[cairo.LinearGradient]] = {}  # all panes but the one that comes share theirs
        for back in range(0, self.most, every):
            seen = self.opacity * float(np.clip(reach - back, 0, 1))
            if seen > 0:
                if seen not in shades:
                    shades[seen] = self._shades(canvas, seen, windowed)
                self._pane(canvas, back, seen, shades[seen])

    def _shades(self, canvas: Canvas, alpha: float, windowed: float) -> list[cairo.LinearGradient]:
        """What a pane is filled with: its glass, and the light in it."""
        glass = self._glass(canvas, GLASS * alpha)
        return [glass, self._window(canvas, CLEAR * alpha * windowed)] if windowed > 0 else [glass]

    def _pane(self, canvas: Canvas, back: int, alpha: float, shades: Sequence[cairo.Pattern]) -> None:
        """A pane: the clearer the steeper a sigmoid is there."""
        room, context = self.room, canvas.context
        box, x, lean = room.box, float(room.x(back)), room.lean
        low, high = np.array([x, box.bottom]), np.array([x, box.top])
        corners = np.array([low - lean, low + lean, high + lean, high - lean])
        for shade in shades:
            context.new_path()
            canvas.trace([corners], closed=True)
            context.set_source(shade)
            context.fill()
        canvas.stroke([corners], theme.current().rule, 1.6, 0.75 * alpha, closed=True)

    def _glass(self, canvas: Canvas, alpha: float) -> cairo.LinearGradient:
        palette, box = theme.current(), self.room.box
        glass = cairo.LinearGradient(0.0, box.bottom, 0.0, box.top)
        for y in np.linspace(0, 1, 3):
            tint = palette.panel.interpolate(palette.rule, 0.2 + 0.2 * y)
            glass.add_color_stop_rgba(y, *canvas.rgb(tint), alpha)
        return glass

    def _window(self, canvas: Canvas, alpha: float) -> cairo.LinearGradient:
        """Light as strong as the sigmoid's slope, over the part in which the sums lie."""
        low, high = (float(self.height(end)) for end in (-1, 1))
        shade = cairo.LinearGradient(0.0, low, 0.0, high)
        color = canvas.rgb(theme.current().text)
        places = np.linspace(-1, 1, 2 * LINES + 1)
        slopes = sigmoid_slope(places * self.sums.reach) / sigmoid_slope(0.0)
        for place, slope in zip(places.tolist(), slopes.tolist(), strict=True):
            edge = 0.0 if abs(place) == 1 else 1.0
            shade.add_color_stop_rgba((place + 1) / 2, *color, alpha * slope * edge)
        return shade

    def _ends(self, canvas: Canvas, alpha: float) -> None:
        """Where the flat ends begin."""
        room = self.room
        ends = room.x(np.array([room.stage.reach.get_value() - 1, 0])) + np.array([-0.3, 0.3])
        for side in (-1, 1):
            y = float(self.height(side * FLAT / self.sums.reach))
            line = np.array([[ends[0], y], [ends[1], y]])
            canvas.stroke([line], theme.current().muted, 2.0, 0.7 * alpha, dash=(7.0, 8.0))

    def _dots(self, canvas: Canvas, alpha: float) -> None:
        """Every layer's sums; they come from the layer before."""
        room, sent = self.room, self.room.stage.sent.get_value()
        values, (run, share) = self.sums.at(sent), self.sums.shares(sent)
        lean, radius = room.lean, min(DOT, 0.11 * room.pitch)
        every = -(-self.sums.depth // MOST)
        colors = self.colors[max(run - 1, 0)], self.colors[run]
        for layer in range(self.sums.depth - 1, -1, -every):
            come = float(share[layer])
            shown = alpha * (min(2 * come, 1.0) if run == 0 else 1.0)
            if shown <= 0:
                continue
            way = (1 - come) * room.pitch if run == 0 else 0.0
            x = float(room.x(self.sums.depth - 1 - layer)) - way + 0.8 * lean[0] * self.sums.across
            y = self.height(values[layer]) + 0.8 * lean[1] * self.sums.across
            color = colors[0].interpolate(colors[1], come)
            spots, is_flat = np.stack([x, y], axis=-1), np.abs(values[layer]) * self.sums.reach > FLAT
            edge = Edge(1.6, theme.current().background, 0.6 * shown)
            draw_discs(canvas, spots[~is_flat], radius, color, shown, edge)
            faint = replace(edge, alpha=FLAT_DIM * edge.alpha)
            draw_discs(canvas, spots[is_flat], radius, color, FLAT_DIM * shown, faint)
