"""Every optimizer's steps as a column that grows while the steps are made: one linear scale from zero."""

from __future__ import annotations

from collections.abc import Mapping

from manim import DOWN, ManimColor, Mobject, Rectangle, ValueTracker, VGroup

from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.kit.lettering.layout import fit_width
from scenes.kit.lettering.places import Box
from scenes.kit.script import numbers
from scenes.pieces.optimizer_styles import OptimizerStyle

NUMBER, MARK = 0.52, 0.55  # in picture units, for a number above a column, and for a mark below it
BROAD, LEAST = 0.72, 0.02  # of a column's place, its breadth; and the lowest column, in picture units
TIGHT = 0.96  # of a column's place, a number at most
LARGEST = 1_000_000  # counts from here on are written with a power of ten


class StepColumns:
    """Columns side by side in ``box``, on one base line; each is made when it is asked for.

    Args:
        counts: the steps by name, in order from the left; None for never.
        box: the place of all of it.
        never: how that is written.
    """

    def __init__(self, counts: Mapping[str, int | None], box: Box, never: str) -> None:
        self.counts, self.box, self.never = dict(counts), box, never
        self.most = max((steps or 0 for steps in counts.values()), default=0) or 1
        self.drawn: dict[str, VGroup] = {}
        """Those that have been made, by name: column, mark and number."""

    @property
    def height(self) -> float:
        """Of the highest column, in picture units."""
        return self.box.height - NUMBER - MARK

    def make(
        self, name: str, style: OptimizerStyle, clock: ValueTracker, color: ManimColor | None = None
    ) -> list[Mobject]:
        """A column that grows with ``clock``, and its mark below it; its number is for when it has grown.

        One that never ends is pale, and as high as there is room. ``color`` is by default the style's.
        """
        color, steps = color or style.color, self.counts[name]
        pitch = self.box.width / len(self.counts)
        x, base = self.box.left + (list(self.counts).index(name) + 0.5) * pitch, self.box.bottom + MARK
        end = self.most if steps is None else steps
        bar = Rectangle(width=BROAD * pitch, height=1.0, stroke_width=0)
        bar.set_fill(color, 0.35 if steps is None else 1.0)

        def update(it: Mobject) -> None:
            share = min(clock.get_value(), end) / self.most
            it.stretch_to_fit_height(max(share * self.height, LEAST))
            it.move_to([x, base, 0.0], aligned_edge=DOWN)

        follow(bar, (clock,), update)
        number = fit_width(typography.name(self._written(steps), color), TIGHT * pitch)
        number.move_to([x, base + end / self.most * self.height + NUMBER / 2, 0.0])
        mark = style.marker().set_fill(color).move_to([x, self.box.bottom + MARK / 2, 0.0])
        self.drawn[name] = VGroup(bar, mark, number)
        return [bar, mark]

    def _written(self, steps: int | None) -> str:
        if steps is None:
            return self.never
        return numbers.write(steps, "d" if steps < LARGEST else ".1e")
