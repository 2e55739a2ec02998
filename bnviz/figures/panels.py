"""A figure of several beats, each with a letter: scenes are run up to the beat, and drawn on one sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bnviz.figures.layouts import Printed, composition, paper
from bnviz.figures.look import Look
from bnviz.figures.panel_lists import LETTERS, Panel, PanelFigure
from bnviz.figures.writers import POINT, FigureSheet
from bnviz.run.run_scene import manim_configured, run_scene
from bnviz.temporary import temporary_folder

if TYPE_CHECKING:
    from scenes.kit.beats import BeatScene
    from scenes.kit.drawing.canvas import Canvas
    from scenes.kit.print.composed import Composition
    from scenes.kit.settings import Settings

LEAST = 55.0  # mm that a panel has at least, or fewer stand beside each other
GAP, BETWEEN = 11.0, 8.0  # points between two columns, and between two rows
LETTER = 11.0  # points of room above a panel for its letter
CAPITAL = 6.0  # points from a letter's top to its baseline


@dataclass(frozen=True)
class Stopped:
    """A scene that has come to the end of a beat and stands there."""

    scene: BeatScene
    beat: str


def stopped(panels: Sequence[Panel], settings: Settings, look: Look) -> list[Stopped]:
    """Each panel's scene at the end of its beat; one that is not told of the lesson is left out."""
    found: list[Stopped] = []

    def take(scene: BeatScene, beat: str) -> None:
        scene.update_mobjects(0)
        found.append(Stopped(scene, beat))

    for panel in panels:
        run_scene(panel.source, settings, look.size, only=(panel.beat,), draw=False, on_beat_end=take)
    return found


def columns_of(figure: PanelFigure, width: float) -> int:
    """How many panels stand beside each other on ``width`` mm."""
    return max(1, min(figure.columns, len(figure.panels), int(width // LEAST)))


def look_of_a_panel(figure: PanelFigure, look: Look) -> Look:
    """How each panel looks where the whole figure has ``look``."""
    columns = columns_of(figure, look.width)
    return replace(look, width=(look.width - (columns - 1) * GAP * POINT) / columns)


@contextmanager
def sheet_of(
    figure: PanelFigure, scenes: Sequence[Stopped], settings: Settings, look: Look
) -> Iterator[Printed | None]:
    """The figure, ready to be drawn; None where none of its panels has anything to show."""
    each = look_of_a_panel(figure, look).width / POINT
    with temporary_folder() as folder, ExitStack() as stack:
        stack.enter_context(manim_configured(settings, media_dir=str(folder), dry_run=True))
        found = [stack.enter_context(composition(item.scene, each)) for item in scenes]
        panels = [composed for composed in found if composed is not None]
        if not panels:
            yield None
            return
        placed, height = _placed(panels, columns_of(figure, look.width), each)
        width = look.width / POINT
        across = width / max(panel.scale for panel in panels)
        sheet = FigureSheet(look.width, look.dpi, paper(scenes[0].scene, look), height / width, across)
        yield Printed(_Drawing(placed, width, height, look.monochrome), sheet)


@dataclass(frozen=True)
class _Placed:
    """A panel with its upper left corner, in points from the sheet's."""

    panel: Composition
    left: float
    top: float


def _placed(panels: Sequence[Composition], columns: int, each: float) -> tuple[list[_Placed], float]:
    """Panels in rows, their tops in line, and the height of all, in points."""
    placed: list[_Placed] = []
    top = 0.0
    for first in range(0, len(panels), columns):
        row = panels[first : first + columns]
        top += (BETWEEN if first else 0.0) + LETTER
        placed += [_Placed(panel, index * (each + GAP), top) for index, panel in enumerate(row)]
        top += max(panel.size[1] for panel in row)
    return placed, top


@dataclass(frozen=True)
class _Drawing:
    """Draws panels and letters on a canvas."""

    placed: Sequence[_Placed]
    width: float
    height: float
    monochrome: bool

    def __call__(self, canvas: Canvas, width: float, height: float) -> None:
        """On a page of this width and height in its own units."""
        from scenes.kit import theme
        from scenes.kit.drawing.page_canvas import PageCamera, in_units
        from scenes.kit.print.monochrome import gray

        if self.monochrome:
            canvas = gray(canvas, theme.current())
        unit = width / self.width
        for item in self.placed:
            box, scale = item.panel.box, unit * item.panel.scale
            x = box.left + (width / 2 - unit * item.left) / scale
            y = box.top - (height / 2 - unit * item.top) / scale
            with in_units(canvas.context, width, height, width / scale, (x, y)):
                item.panel.draw(canvas)
        center = self.width / 2, self.height / 2
        with in_units(canvas.context, width, height, self.width, center):
            for letter, item in zip(LETTERS, self.placed, strict=False):
                PageCamera(canvas).capture_mobjects([self._letter(letter, item)])

    def _letter(self, letter: str, item: _Placed) -> object:
        from scenes.kit import theme
        from scenes.kit.lettering import typography
        from scenes.kit.print.type_sizes import LABEL

        size = LABEL / typography.em(1.0)  # one unit is a point here
        text = typography.Text(letter, size, theme.current().text, weight="bold")
        baseline = self.height - item.top + LETTER - 1.0 - CAPITAL
        return typography.align_baseline(text, baseline, left=item.left + 0.5)
