"""A slider: a knob on a line, which stands where a tracker's value is."""

from __future__ import annotations

from manim import ORIGIN, RIGHT, Circle, Line, Mobject, ValueTracker, VGroup
from manim.utils.color import ParsableManimColor

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow


class Slider(VGroup):
    """A line of ``length`` for the values of ``span``, and a knob on it that follows ``tracker``.

    Args:
        tracker: whose value the knob shows; beyond the span it stays at the end.
        span: the values at the left and at the right end, which differ.
        length: in picture units.
        color: of the knob.
    """

    def __init__(
        self, tracker: ValueTracker, span: tuple[float, float], length: float, color: ParsableManimColor
    ) -> None:
        super().__init__()
        self.line = Line(ORIGIN, length * RIGHT, color=theme.current().rule, stroke_width=4)
        self.knob = Circle(0.13, color=color, fill_color=color, fill_opacity=1, stroke_width=0)
        self.add(self.line, self.knob)

        def update(knob: Mobject) -> None:
            share = (tracker.get_value() - span[0]) / (span[1] - span[0])
            knob.move_to(self.line.point_from_proportion(min(max(share, 0.0), 1.0)))

        follow(self.knob, (tracker,), update)

    @property
    def start(self) -> Array:
        """The line's left end."""
        return self.line.get_start()
