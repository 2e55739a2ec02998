"""The way that a run has come: real jumps while they can be told apart, then a veil that fades."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from manim import ManimColor, Mobject, ValueTracker

from scenes.kit import theme
from scenes.kit.drawing.canvas import PIXEL, Array, Canvas, Painted
from scenes.kit.drawing.repeated.lines import faintly
from scenes.kit.surface.trough.carrier import (
    CASING,
    ROUND,
    Carrier,
    at,
    draw_mark,
    seen_parts,
    stroke_cased,
    ways,
)
from scenes.kit.surface.trough.seen import runs

TOLD_APART = 7.0  # pixels at 1080p from a jump's line to the end of the next, which goes back
SHORT = 3.0  # pixels: points of a smooth path that are nearer than this are left out
FEWEST = 6  # jumps that make a veil
LONG = 30.0  # pixels: a jump whose ends get a mark
APART = 44.0  # pixels from one mark to the next
LAYERS, THIN = 12, 0.06  # how often a veil is laid over its newest part, and how dense a layer mostly is
FINE = 20  # points across a veil


@dataclass(frozen=True)
class _Plan:
    """How a run is drawn at one size: steps to draw straight through, and jumps that only make a veil."""

    lines: tuple[Array, ...]
    veils: tuple[tuple[int, int], ...]


class RunTrail(Painted):
    """The jumps of a run up to ``clock``, on a shape or a map.

    Jumps to and fro that lie closer than the eye can tell apart are not drawn one by one, or they would make
    a comb: what they have swept over is a veil, the fainter the longer ago.

    Args:
        carrier: a Trough, its floor, or a flat map.
        run: the weights after each step, (n, 2) with n at least 2.
        clock: the step that the run has reached, whole or not.
        color: of line, veil and mark; by default that of the ball on a shape.
        dash: lengths that are drawn and left out in turn, in pixels at 1080p; () is a solid line.
        mark: an outline (n, 2) of height 2 round the origin, drawn where jumps end; round by default.
        line_width: in pixels at 1080p.
        head: size of the mark where the run is now, in pixels; 0 for none, where a ball stands instead.
        told_apart: pixels from a jump's line to the end of the next, which goes back; nearer ones are a veil.
        casing: pixels at 1080p by which the line's dark edge is broader than the line.
        thin: how dense one layer of a veil is, 0 to 1.
    """

    kept: ClassVar[tuple[str, ...]] = ("carrier", "run", "clock", "_plans", "_shortest", "_swept")

    def __init__(
        self,
        carrier: Carrier,
        run: Array,
        clock: ValueTracker,
        color: ManimColor | None = None,
        dash: tuple[float, ...] = (),
        mark: Array | None = None,
        line_width: float = 5.0,
        head: float = 0.0,
        told_apart: float = TOLD_APART,
        casing: float = CASING,
        thin: float = THIN,
    ) -> None:
        super().__init__()
        self.told_apart, self.casing, self.thin = told_apart, casing, thin
        self.carrier, self.run, self.clock, self.color = carrier, np.asarray(run, dtype=float), clock, color
        self.dash, self.line_width, self.head = dash, line_width, head
        self.mark = ROUND if mark is None else np.asarray(mark, dtype=float)
        self.points = np.zeros((1, 3))
        self.z_index = carrier.on_it
        self.sources: tuple[Mobject, ...] = (*carrier.sources, clock)
        self._plans: dict[int, _Plan] = {}
        jumps = np.linalg.norm(np.diff(self.run, axis=0), axis=1)
        self._shortest = np.minimum(np.append(np.inf, jumps), np.append(jumps, np.inf))
        self._swept = np.append(0.0, np.cumsum(np.linalg.norm(self.run[2:] - self.run[:-2], axis=1)))

    def paint(self, canvas: Canvas) -> None:
        """Veils, then lines, then marks."""
        color = self.color or theme.current().shape_mark
        step = min(max(self.clock.get_value(), 0.0), len(self.run) - 1.0)
        plan = self._plan()
        for first, after in plan.veils:
            if step > first:
                self._veil(canvas, color, first, min(step, float(after)))
        lines, marks = self._lines(plan, step)
        parts = seen_parts(self.carrier, lines)
        stroke_cased(canvas, parts, color, self.line_width, self.opacity, self.dash, self.casing)
        for place in marks:
            draw_mark(canvas, self.mark, place, 1.35 * self.line_width, color, self.opacity)
        if self.head > 0:
            here, room = self.carrier.lay(at(self.run, step))
            if room > 0:
                draw_mark(canvas, self.mark, here, self.head, color, self.opacity)

    def _plan(self) -> _Plan:
        """The plan for the present size; sizes that differ by less than 2 % share one."""
        scale = self.carrier.scale_factor / PIXEL
        key = round(50 * float(np.log(scale)))
        if key not in self._plans:
            self._plans[key] = plan(self.run * scale, self.told_apart)
        return self._plans[key]

    def _lines(self, plan: _Plan, step: float) -> tuple[list[Array], list[Array]]:
        """Lines through weights, and the places of marks in the picture."""
        lines: list[Array] = []
        ends: list[Array] = []
        is_landing = self._shortest * self.carrier.scale_factor >= LONG * PIXEL
        for steps in plan.lines:
            done = steps[steps <= step]
            if not len(done):
                continue
            lines.append(self._through(done, step if step < steps[-1] else None))
            ends.append(self.run[done[is_landing[done]]])
        for first, after in plan.veils:
            if first < step < after + 1:  # the jump under way and the one before it stay visible
                newest = [k for k in (int(step) - 1, int(step)) if first <= k]
                lines.append(self._through(np.array(newest), step))
        return lines, self._apart(np.concatenate([np.zeros((0, 2)), *ends]))

    def _through(self, steps: Array, now: float | None) -> Array:
        """The way through the weights at ``steps``, and from there to those of ``now``."""
        points = self.run[steps]
        if now is not None:
            points = np.concatenate([points, at(self.run, now)[None]])
        return ways(self.carrier, points) if len(points) > 1 else points

    def _apart(self, ends: Array) -> list[Array]:
        """Places in the picture of those marks that are seen and not too near to another."""
        if not len(ends):
            return []
        picture, room = self.carrier.lay(ends)
        chosen: list[Array] = []
        near = (APART * PIXEL) ** 2
        for x, y in picture[room > 0].tolist():
            if all((x - a) ** 2 + (y - b) ** 2 >= near for a, b in chosen):
                chosen.append(np.array([x, y]))
        return chosen

    def _veil(self, canvas: Canvas, color: ManimColor, first: int, now: float) -> None:
        """What the jumps from ``first`` to ``now`` have swept over, laid anew from ever later on."""
        swept = self._swept
        last = min(now - 1, len(swept) - 1.0)
        if last <= first:
            return
        steps = np.arange(len(swept))
        begin, end = np.interp([first, last], steps, swept)
        since = np.interp(begin + (end - begin) * np.arange(LAYERS) / LAYERS, swept, steps)
        fine = np.linspace(0, 1, FINE)[:, None]
        context = canvas.context
        context.save()
        context.new_path()
        canvas.trace(self.carrier.outlines, closed=True)
        context.clip()
        borders = []
        for start in since:
            evens, odds = self._ends(np.linspace(start, last, FINE))
            borders += [
                evens[0] + fine * (odds[0] - evens[0]),
                odds,
                odds[-1] + fine * (evens[-1] - odds[-1]),
                evens[::-1],
            ]
        with faintly(canvas):
            for border in np.split(self.carrier.lay(np.concatenate(borders))[0], LAYERS):
                canvas.fill(border, color, self.thin * self.opacity)
        context.restore()

    def _ends(self, steps: Array) -> tuple[Array, Array]:
        """Both ends of the jumps at ``steps``, whole or not: those of even number, and those of odd."""
        found = []
        for parity in (0, 1):
            number = np.arange(parity, len(self.run), 2)
            found.append(np.stack([np.interp(steps, number, self.run[number, k]) for k in (0, 1)], axis=1))
        return found[0], found[1]


def plan(points: Array, told_apart: float = TOLD_APART) -> _Plan:
    """What of a run (n, 2), in pixels, can be told apart as jumps, and what makes a veil."""
    jumps = np.diff(points, axis=0)
    count = len(jumps)
    blurred = np.zeros(count, dtype=bool)
    if count > FEWEST:
        lengths = np.linalg.norm(jumps, axis=1)
        turn = (jumps[:-1] * jumps[1:]).sum(axis=1)
        back = turn < -0.5 * lengths[:-1] * lengths[1:]
        shift = points[2:] - points[:-2]
        aside = np.abs(jumps[:-1, 0] * shift[:, 1] - jumps[:-1, 1] * shift[:, 0])
        near = aside < told_apart * lengths[:-1]  # of the jump's own line, however far along it
        blurred[:-1] = back & near
        blurred[-1] = blurred[-2]
    veils = tuple((first, after) for first, after in runs(blurred) if after - first >= FEWEST)
    in_veil = np.zeros(count, dtype=bool)
    for first, after in veils:
        in_veil[first:after] = True
    lines = tuple(_thinned(points, first, after) for first, after in runs(~in_veil))
    return _Plan(lines, veils)


def _thinned(points: Array, first: int, after: int) -> Array:
    """The steps from ``first`` to ``after`` that a line goes through, at least :data:`SHORT` apart."""
    chosen = [first]
    for k in range(first + 1, after):
        if np.linalg.norm(points[k] - points[chosen[-1]]) >= SHORT:
            chosen.append(k)
    return np.array([*chosen, after])
