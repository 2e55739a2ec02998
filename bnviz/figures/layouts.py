"""How a beat's picture comes onto paper: as the film has it, or set for a column of a journal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bnviz.figures.look import WIDE_FROM, Layout, Look
from bnviz.figures.writers import POINT, Draw, FigureSheet

if TYPE_CHECKING:
    from scenes.kit.beats import BeatScene
    from scenes.kit.drawing.canvas import Canvas
    from scenes.kit.print.composed import Composition

TALLEST, TALLEST_WIDE = 1.1, 0.7  # times its width, that a figure is high: in a column, and over both


@dataclass(frozen=True)
class Printed:
    """A picture that is ready: how to draw it, and the sheet that it fills."""

    draw: Draw
    sheet: FigureSheet


@contextmanager
def printed(scene: BeatScene, look: Look) -> Iterator[Printed | None]:
    """What ``scene`` shows now, for as long as the block runs; None where it shows only furniture."""
    if look.layout is Layout.film:
        yield Printed(_as_in_the_film(scene), FigureSheet(look.width, look.dpi, paper(scene, look)))
        return
    with composition(scene, look.width / POINT) as composed:
        if composed is None:
            yield None
            return
        width, height = composed.size
        sheet = FigureSheet(look.width, look.dpi, paper(scene, look), height / width, composed.box.width)
        yield Printed(_on_a_page(composed, look.monochrome), sheet)


@contextmanager
def composition(scene: BeatScene, width: float) -> Iterator[Composition | None]:
    """The picture of ``scene`` set for a page that is ``width`` points broad."""
    from scenes.kit.print.composed import composed

    shown = [*scene.mobjects, *scene.foreground_mobjects]
    background, label = scene.theme.background, scene.words.label
    share = TALLEST_WIDE if width * POINT >= WIDE_FROM else TALLEST
    with composed(shown, scene.places.frame, background, width, share * width, label) as found:
        yield found


def paper(scene: BeatScene, look: Look) -> tuple[float, float, float] | None:
    """The background's color; None for a figure without."""
    red, green, blue = (float(channel) for channel in scene.theme.background.to_rgb())
    return None if look.transparent else (red, green, blue)


def _as_in_the_film(scene: BeatScene) -> Draw:
    from scenes.kit.drawing.page_canvas import PageCamera, in_units

    def draw(canvas: Any, width: float, height: float) -> None:
        camera = PageCamera(canvas)
        with in_units(canvas.context, width, height, camera.frame_width):
            camera.capture_mobjects([*scene.mobjects, *scene.foreground_mobjects])

    return draw


def _on_a_page(composed: Composition, monochrome: bool) -> Draw:
    from scenes.kit import theme
    from scenes.kit.drawing.page_canvas import in_units
    from scenes.kit.print.monochrome import gray

    def draw(canvas: Canvas, width: float, height: float) -> None:
        with in_units(canvas.context, width, height, composed.box.width, composed.box.center):
            composed.draw(gray(canvas, theme.current()) if monochrome else canvas)

    return draw
