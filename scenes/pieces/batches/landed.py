"""Where one sample lands: in training batches among others, and in use, always at the same place."""

from __future__ import annotations

from manim import LEFT, RIGHT, Circle, Dot, VGroup

from scenes.kit import theme
from scenes.kit.charts.axes import RealLine
from scenes.kit.charts.line_ticks import fitting
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.typography import HEADING, SMALL
from scenes.kit.script.magnitude import Magnitude
from scenes.kit.script.words import Words


def trained_and_used(words: Words, landed: Array, x_hat: float, line: tuple[float, float]) -> VGroup:
    """One axis; above it where a sample lands in training batches, below that where it lands in use.

    The parts: the axis with the upper name, the upper dots, the lower name with dot and ring, the words
    beside the ring.

    Args:
        words: the scene's.
        landed: what the sample became in training batches, (n,).
        x_hat: what it becomes in use.
        line: x of the axis' left and right end.
    """
    palette = theme.current()
    power = Magnitude.of([*landed, x_hat])
    landed, x_hat = landed * power.share(1.0), power.share(x_hat)
    ends = (1.2 * min(0.0, float(landed.min()), x_hat), 1.2 * max(0.0, float(landed.max()), x_hat))
    ends = ends if ends[0] < ends[1] else (-1.0, 1.0)
    axis = RealLine(ends, line[1] - line[0], fitting(ends, line, 4, line[0] - 0.3))
    axis.shift(layout.at(line[0], -2.75) - axis.at(ends[0]))
    axis.add(typography.Formula(words.label("x_hat"), HEADING).next_to(axis.line, LEFT, buff=0.35))
    if power.power:
        note = typography.label(words.label("in_power", power=power.markup), size=SMALL)
        axis.add(note.next_to(axis[-1], LEFT, buff=0.3))
    heights = (1.75, 0.7)
    names = [
        typography.align_baseline(
            typography.label(words.label(key), palette.text),
            axis.at(0, height)[1] - 0.09,
            right=line[0] - 0.35,
        )
        for key, height in zip(("in_training", "in_use"), heights, strict=True)
    ]
    dots = axis.dots(landed, palette.ball, 0.11, heights[0]).set_opacity(0.55)
    place = axis.at(x_hat, heights[1])
    dot = Dot(place, 0.15, color=palette.ball).set_opacity(0)
    ring = Circle(0.25, color=palette.text, stroke_width=4).move_to(place)
    always = typography.label(words.label("always"), palette.text)
    always.next_to(ring, RIGHT, buff=0.3)
    if always.get_right()[0] > layout.RIGHT_EDGE:
        always.next_to(ring, LEFT, buff=0.3)
    return VGroup(VGroup(axis, names[0]), dots, VGroup(names[1], VGroup(dot, ring)), always)
