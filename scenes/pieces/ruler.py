"""A number line that can be seen from nearer: it zooms in about 0, and its numbers change with it."""

from __future__ import annotations

import numpy as np
from manim import DOWN, RIGHT, Line, ValueTracker, VGroup

from scenes.kit import theme
from scenes.kit.charts.line_ticks import fitting
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.typography import SMALL
from scenes.kit.script import numbers

Range = tuple[float, float]
LEAVING, ARRIVING = (0.0, 0.4), (0.55, 0.95)  # of the zoom: when far numbers fade, and near ones appear
MARGIN = 0.3  # how far a number may reach beyond the line's left end
BEYOND = 0.2  # how far past an end of the line a mark has faded away


class Ruler(VGroup):
    """A number line that zooms in about 0 as ``zoom`` goes from 0 to 1.

    Then 0 has come to the middle, and the line has whole numbers. :meth:`at` takes a value to the picture at
    any moment, so that what stands on the line and its marks zoom together.

    Args:
        zoom: how far the zoom is, 0 to 1.
        ends: x of the line's left and right end, in picture units.
        height: y of the line.
        span: the values at the left and at the right end when ``zoom`` is 0, in data units.
        reach: when ``zoom`` is 1, the ends are this value to both sides of 0, in data units.
        unit: Typst markup below the right end, which appears as the near numbers do.
        far_unit: the same for the far numbers; empty for none.
    """

    def __init__(
        self,
        zoom: ValueTracker,
        ends: Range,
        height: float,
        span: Range,
        reach: float,
        unit: str,
        far_unit: str = "",
    ) -> None:
        super().__init__()
        self.zoom, self.ends = zoom, ends
        self._height, self._far, self._near = height, _fit(ends, span), _fit(ends, (-reach, reach))
        rule = theme.current().rule
        self.line = Line(layout.at(ends[0], height), layout.at(ends[1], height), color=rule, stroke_width=2.0)
        left = ends[0] - MARGIN
        coarse, fine = (
            [tick for tick in fitting(item, ends, wanted, left) if abs(tick) > 1e-9 * np.ptp(item)]
            for item, wanted in ((span, 5), ((-reach, reach), int(2 * reach)))
        )
        self.zero, self._ticks = self._mark(0.0, ".0f"), (coarse, fine)
        self.far, self.near = (
            VGroup(*(self._mark(tick, numbers.exact(ticks)) for tick in ticks)) for ticks in self._ticks
        )
        self.far_unit, self.unit = (typography.label(text or " ", size=SMALL) for text in (far_unit, unit))
        for text in (self.far_unit, self.unit) if far_unit else (self.unit,):
            text.next_to(self.zero, DOWN, buff=0.16).set_x(ends[1], RIGHT)
        self.add(self.line, self.zero, self.far, self.near, self.unit)
        if far_unit:
            self.add(self.far_unit)
        follow(self, (zoom,), lambda _: self._lay_out())
        self._lay_out()

    def at(self, value: float) -> Array:
        """The point of the picture for ``value``, at this moment of the zoom."""
        return layout.at(self.x(value), self._height)

    def x(self, value: float) -> float:
        """How far right ``value`` stands at this moment."""
        (start, flat), (end, steep) = self._far, self._near
        share = float(self.zoom.get_value())
        return (1 - share) * (start + flat * value) + share * (end + steep * value)

    def _mark(self, tick: float, spec: str) -> VGroup:
        palette = theme.current()
        base = layout.at(0.0, self._height)
        line = Line(base + 0.08 * DOWN, base - 0.08 * DOWN, color=palette.rule, stroke_width=2.0)
        number = typography.Text(numbers.write(tick, spec), SMALL, palette.muted)
        return VGroup(line, number.next_to(base, DOWN, buff=0.22))

    def _lay_out(self) -> None:
        share = float(self.zoom.get_value())
        shown = (1 - _ramp(share, *LEAVING), _ramp(share, *ARRIVING))
        self.zero.set_x(self.x(0.0))
        for marks, ticks, opacity in zip((self.far, self.near), self._ticks, shown, strict=True):
            for mark, tick in zip(marks, ticks, strict=True):
                x = self.x(tick)
                inside = max(1 - max(self.ends[0] - x, x - self.ends[1], 0.0) / BEYOND, 0.0)
                # What has left the line stays near its end, or the group would become ever larger.
                mark.set_x(min(max(x, self.ends[0] - BEYOND), self.ends[1] + BEYOND))
                mark[0].set_stroke(opacity=opacity * inside)
                mark[1].set_fill(opacity=opacity * inside)
        self.far_unit.set_fill(opacity=shown[0])
        self.unit.set_fill(opacity=shown[1])


def _fit(ends: Range, span: Range) -> Range:
    """(a, b) so that a + b value takes ``span`` to ``ends``."""
    slope = (ends[1] - ends[0]) / (span[1] - span[0])
    return ends[0] - slope * span[0], slope


def _ramp(share: float, start: float, end: float) -> float:
    return float(np.clip((share - start) / (end - start), 0.0, 1.0))
