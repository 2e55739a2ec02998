"""A gradient as light that comes back through the panes: as high at every layer as it is long there."""

from __future__ import annotations

from typing import ClassVar

import cairo
import numpy as np
from manim import Animation, ManimColor, ValueTracker

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.pieces.stack.room import StackRoom

BEHIND = 0.3  # picture units behind the last pane, at most, in which it begins
ARRIVED = 0.94  # of its time, and the light has come to the first layer; then its front goes out
FARTHEST = 30.0  # picture units: what is higher fills the picture
BEAM = (1.0, 0.8, 0.58, 0.34)  # a beam is laid on itself in these shares of its height
CORE = 0.7  # how near the color of the light's middle is to the words' color
TURN = np.linspace(0, 2 * np.pi, 33)
MOST = 60  # panes on which it is seen
CALM = 0.4  # of half the panes' height: what is higher begins to take on the alarm's color


class Light(Painted):
    """The light of one run.

    Args:
        room: where the layers stand.
        sizes: of each layer's gradient, from the first layer on, over the last one's, (layers,).
        unit: how high the last layer's is to each side, in picture units.
        color: of the light.
        alarm: the color that it takes on where it is higher than the panes; None is none.
    """

    kept: ClassVar[tuple[str, ...]] = ("room", "sizes", "back")
    blended: ClassVar[tuple[str, ...]] = ("opacity", "color")

    def __init__(
        self,
        room: StackRoom,
        sizes: Array,
        unit: float,
        color: ManimColor,
        alarm: ManimColor | None = None,
    ) -> None:
        super().__init__()
        self.room, self.unit, self.color, self.alarm = room, unit, color, alarm
        self.sizes = np.asarray(sizes, dtype=float)[::-1]
        self.back = ValueTracker(0.0)
        self.points = np.array([[room.box.left, room.light_y, 0.0], [room.box.right, room.light_y, 0.0]])
        self.sources = self.back, room.stage.reach, room.stage.windowed

    def come_back(self, run_time: float, lingers: float = 1.0) -> Animation:
        """It comes from the last layer to the first: the slower at first the larger ``lingers`` is."""
        going = self.back.animate(rate_func=lambda t: t**lingers, run_time=run_time)
        return going.set_value(1.0).build()

    @property
    def front(self) -> float:
        """How many layers before the last it has come."""
        return min(self.back.get_value() / ARRIVED, 1.0) * (len(self.sizes) - 1)

    def height(self, back: float | Array) -> Array:
        """How high it is there to each side, in picture units."""
        sizes = np.interp(back, np.arange(len(self.sizes)), self.sizes)
        return np.minimum(self.unit * sizes, FARTHEST)

    def paint(self, canvas: Canvas) -> None:
        """The beam, the spots on the panes, the front."""
        if self.opacity <= 0 or self.back.get_value() <= 0:
            return
        front = self.front
        backs = np.append(np.arange(int(front) + 1), front)
        x, heights, y = self.room.x(backs), self.height(backs), self.room.light_y
        start = np.array([min(0.5 * self.room.pitch, BEHIND), 0.0])  # it begins behind the last pane
        shade = self._shade(canvas, 0.5 / len(BEAM) * self.opacity)
        for share in BEAM:
            up = np.stack([x, y + share * heights], axis=-1)
            down = np.stack([x, y - share * heights], axis=-1)
            outline = np.concatenate([[up[0] + start], up, down[::-1], [down[0] + start]])
            canvas.context.new_path()
            canvas.trace([outline], closed=True)
            canvas.context.set_source(shade)
            canvas.context.fill()
        core = self.color.interpolate(theme.current().text, CORE)
        every = -(-len(self.sizes) // MOST)
        for back in range(0, int(front) + 1, every):
            passed = front - back + max(self.back.get_value() - ARRIVED, 0.0) / (1 - ARRIVED)
            self._spot(canvas, float(back), core, min(3 * passed + 0.3, 1.0))
        if front < len(self.sizes) - 1 or self.back.get_value() < 1:
            self._front(canvas, front, core)

    def tint(self, back: float) -> ManimColor:
        """Its color so many layers before the last: the alarm's where it is higher than the panes."""
        if self.alarm is None:
            return self.color
        over = float(self.height(back)) / (0.5 * self.room.box.height)
        return self.color.interpolate(self.alarm, float(np.clip((over - CALM) / (1 - CALM), 0, 1)))

    def _shade(self, canvas: Canvas, alpha: float) -> cairo.SolidPattern | cairo.LinearGradient:
        """All of its colors, from the first layer to the last; mostly it is one."""
        if self.alarm is None:
            return cairo.SolidPattern(*canvas.rgb(self.color), alpha)
        backs = np.linspace(len(self.sizes) - 1, 0, MOST)
        shade = cairo.LinearGradient(float(self.room.x(backs[0])), 0.0, float(self.room.x(0)), 0.0)
        for place, back in zip(np.linspace(0, 1, MOST), backs, strict=True):
            shade.add_color_stop_rgba(place, *canvas.rgb(self.tint(back)), alpha)
        return shade

    def _spot(self, canvas: Canvas, back: float, color: ManimColor, share: float) -> None:
        """What is lit of a pane."""
        height = float(self.height(back))
        if height < 2e-3:
            return
        lean = self.room.lean * min(1.0, height / 0.12)
        tall, tint = height * np.sin(TURN), self.tint(back)
        x, y = float(self.room.x(back)), self.room.light_y
        outline = np.stack([x + lean[0] * np.cos(TURN), y + tall + lean[1] * np.cos(TURN)], axis=-1)
        shade = cairo.RadialGradient(0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
        shade.add_color_stop_rgba(0.0, *canvas.rgb(color), 0.95 * share * self.opacity)
        shade.add_color_stop_rgba(0.55, *canvas.rgb(tint), 0.6 * share * self.opacity)
        shade.add_color_stop_rgba(1.0, *canvas.rgb(tint), 0.25 * share * self.opacity)
        shade.set_matrix(cairo.Matrix(1 / lean[0], 0, 0, 1 / height, -x / lean[0], -y / height))
        canvas.context.new_path()
        canvas.trace([outline], closed=True)
        canvas.context.set_source(shade)
        canvas.context.fill()
        canvas.stroke([outline], tint, 1.5, 0.8 * share * self.opacity, closed=True)

    def _front(self, canvas: Canvas, front: float, color: ManimColor) -> None:
        """The front of the light: a glow as bright as it is high, and a mark that shows where it is."""
        going = 1.0 - float(np.clip((self.back.get_value() - ARRIVED) / (1 - ARRIVED), 0, 1))
        x, y = float(self.room.x(front)), self.room.light_y
        height = float(self.height(front))
        bright = going * self.opacity * min(height / self.unit, 1.0)
        if bright > 0.01:
            radius = 0.35 + 1.3 * min(height, 1.4)
            stops = [(0.0, color, 0.85 * bright), (0.35, self.color, 0.4 * bright), (1.0, self.color, 0.0)]
            canvas.disc(np.array([x, y]), radius, stops)
        lean, box = self.room.lean, self.room.box
        ends = np.array([[x, box.bottom], [x, box.top]])
        pane = np.array([ends[0] - lean, ends[0] + lean, ends[1] + lean, ends[1] - lean])
        canvas.stroke([pane], theme.current().text, 2.2, 0.7 * going * self.opacity, closed=True)
