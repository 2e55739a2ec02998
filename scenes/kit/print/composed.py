"""A beat's picture as it is printed: what is in it, how large, and what is cut away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from manim import ManimColor, Mobject

from scenes.kit.drawing.camera import KitCamera
from scenes.kit.drawing.canvas import Canvas
from scenes.kit.drawing.furniture import without_furniture
from scenes.kit.drawing.line_widths import LineWidths
from scenes.kit.drawing.page_canvas import PageCamera
from scenes.kit.lettering.places import Box
from scenes.kit.print.fitting import Fitting
from scenes.kit.print.type_sizes import Line, lines_of
from scenes.kit.print.units import Points

THIN, BROAD = 0.5, 1.0
"""Points that a line is broad, at least and at most."""

AREA = 0.13  # picture units: what the film strokes more broadly is an area
MARGIN = 2.0  # points of paper round everything
LARGEST = 1.6  # times the size at which the film's whole frame would fill the page's width
ROUNDS = 4  # of finding the size: letters in points change what has to fit, and that the size


@dataclass(frozen=True, eq=False)
class Composition:
    """What is printed.

    Args:
        mobjects: all of it, and what it belongs to.
        members: what is drawn, in this order, each with points of its own.
        box: the part of the picture that is shown, in picture units.
        scale: points on the page for one picture unit.
    """

    mobjects: tuple[Mobject, ...]
    members: tuple[Mobject, ...]
    box: Box
    scale: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height on the page, in points."""
        return self.box.width * self.scale, self.box.height * self.scale

    def draw(self, canvas: Canvas) -> None:
        """Draw it on a canvas in picture units."""
        canvas.line_widths = LineWidths(THIN / self.scale, BROAD / self.scale, AREA)
        PageCamera(canvas).show(self.mobjects, self.members)
        canvas.line_widths = None

    def widened(self, width: float) -> Composition:
        """The same in the middle of a page that is ``width`` points broad."""
        more = max(width / self.scale - self.box.width, 0.0) / 2
        box = replace(self.box, left=self.box.left - more, right=self.box.right + more)
        return replace(self, box=box)


@contextmanager
def composed(
    mobjects: Sequence[Mobject],
    frame: Box,
    background: ManimColor,
    width: float,
    tallest: float,
    label: Callable[[str], str],
) -> Iterator[Composition | None]:
    """Set a picture for a page; afterwards it is the film's again. None where only furniture is in it.

    Args:
        mobjects: what the scene shows.
        frame: the film's.
        background: what everything lies on.
        width: of the page, in points.
        tallest: height that it may have at most, in points.
        label: gives the words for a name; see :meth:`scenes.kit.script.words.Words.label`.
    """
    members = [part for part in without_furniture(KitCamera().members(mobjects)) if len(part.points)]
    lines = [line for line in lines_of(mobjects) if _is_inside(line, frame)]
    kept = [(part, part.points.copy()) for part in members]
    fitting = Fitting.of(members, lines, frame, background, label)
    if fitting is None:
        yield None
        return
    try:
        yield _fit(fitting, mobjects, width, tallest)
    finally:
        for part, points in kept:
            part.points = points


def _is_inside(line: Line, frame: Box) -> bool:
    x, y = line.box.center
    return frame.left < x < frame.right and frame.bottom < y < frame.top


def _fit(fitting: Fitting, mobjects: Sequence[Mobject], width: float, tallest: float) -> Composition:
    """The largest size at which all of it is on the page."""
    scale = width / fitting.frame.width
    most = LARGEST * scale
    room = width - 2 * MARGIN, tallest - 2 * MARGIN
    for _ in range(ROUNDS):
        box = fitting.at(Points(scale)).box
        scale = min(room[0] / box.width, room[1] / box.height, most)
    fitted = fitting.at(Points(scale))
    box = fitted.box
    scale = min(room[0] / box.width, scale)  # never broader than the page
    margin = MARGIN / scale
    shown = Box(box.left - margin, box.right + margin, box.bottom - margin, box.top + margin)
    found = Composition((*mobjects, *fitted.added), tuple(fitted.members), shown, scale)
    return found.widened(width)
