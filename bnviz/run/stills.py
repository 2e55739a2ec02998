"""The last picture of every beat, without rendering what leads to it; and the text that stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bnviz.run.discover import SceneSource
from bnviz.run.run_scene import run_scene

if TYPE_CHECKING:
    from scenes.kit.beats import BeatScene
    from scenes.kit.settings import Settings

Picture = NDArray[np.uint8]
"""Shape (height, width, 3): red, green, blue."""


@dataclass(frozen=True)
class Glyph:
    """One shape of a text: where it is in the picture (left, top, right, bottom, in pixels) and its color.

    ``opacity`` runs from 0 to 1, the channels of ``color`` from 0 to 255.
    """

    box: tuple[float, float, float, float]
    color: tuple[float, float, float]
    opacity: float

    @property
    def height(self) -> float:
        """In pixels."""
        return self.box[3] - self.box[1]

    @property
    def is_seen(self) -> bool:
        """Whether it is more than a point: a counter keeps its spare digits folded up."""
        return self.height > 0 and self.box[2] > self.box[0]


@dataclass(frozen=True)
class TextBox:
    """A text on the screen and its visible glyphs, and whether it is a number with a name of its own."""

    text: str
    glyphs: tuple[Glyph, ...]
    is_key_figure: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom in pixels."""
        edges = np.array([glyph.box for glyph in self.glyphs])
        left, top = edges[:, :2].min(axis=0)
        right, bottom = edges[:, 2:].max(axis=0)
        return float(left), float(top), float(right), float(bottom)


@dataclass(frozen=True, eq=False)
class Still:
    """A beat's last picture; ``behind`` is the same without its text, None unless it was asked for."""

    scene: str
    beat: str
    picture: Picture
    texts: tuple[TextBox, ...]
    behind: Picture | None = None


def beat_stills(
    source: SceneSource,
    settings: Settings,
    width: int,
    height: int,
    behind: bool = False,
    only: str | None = None,
) -> dict[str, Still]:
    """Run a scene with its animations skipped, and take the last picture of every beat.

    Args:
        source: the scene.
        settings: theme, voice, language and lesson. Pictures do not depend on the voice.
        width: of the pictures in pixels.
        height: likewise.
        behind: whether each still also holds the picture without its text.
        only: take only this beat's picture, and run no further.
    """
    stills: dict[str, Still] = {}

    def take(scene: BeatScene, beat: str) -> None:
        if only not in (None, beat):
            return
        scene.update_mobjects(0)  # as Manim does at the end of an animation that it does not skip
        texts = text_boxes(scene, width, height)
        picture = scene.renderer.picture(scene)
        without = None
        if behind:
            with _hidden(list(letterings(scene))):
                without = scene.renderer.picture(scene)
        stills[beat] = Still(type(scene).__name__, beat, picture, texts, without)

    wanted = (only,) if only is not None and source.shows(only) else ()
    run_scene(source, settings, (width, height), only=wanted, draw=False, on_beat_end=take)
    return stills


def beat_times(source: SceneSource, settings: Settings) -> tuple[str, list[tuple[str, float]]]:
    """A scene's title and each beat's name with its length in seconds, without a picture being drawn."""
    run = run_scene(source, settings, (160, 90), draw=False)
    return run.title, [(beat.name, beat.end - beat.start) for beat in run.beats]


def letterings(scene: BeatScene) -> Iterator[Any]:
    """Every text on the screen; a text that is part of another is not counted again."""
    from scenes.kit.lettering.set_again import letterings as among

    return among([*scene.mobjects, *scene.foreground_mobjects])


def draw_without(scene: BeatScene, hidden: list[Any], width: int, height: int) -> Picture:
    """What ``scene`` shows at this moment without ``hidden``, drawn with a camera of its own."""
    from scenes.kit.drawing.camera import KitCamera

    color = scene.camera.background_color
    camera = KitCamera(pixel_width=width, pixel_height=height, background_color=color)
    with _hidden(hidden):
        camera.capture_mobjects([*scene.mobjects, *scene.foreground_mobjects])
    return np.array(camera.pixel_array[:, :, :3], dtype=np.uint8)


def text_boxes(scene: BeatScene, width: int, height: int) -> tuple[TextBox, ...]:
    """The texts that ``scene`` shows at this moment, in pixels of a picture of ``width`` x ``height``."""
    camera: Any = scene.camera
    scale = width / camera.frame_width
    center = camera.frame_center

    def glyph(shape: Any) -> Glyph:
        corners = (shape.points[:, :2] - center[:2]) * (scale, -scale) + (width / 2, height / 2)
        left, top = map(float, corners.min(axis=0))
        right, bottom = map(float, corners.max(axis=0))
        red, green, blue = (255 * float(channel) for channel in shape.get_fill_color().to_rgb())
        return Glyph((left, top, right, bottom), (red, green, blue), float(shape.get_fill_opacity()))

    found = []
    for lettering in letterings(scene):
        shapes = [part for part in lettering.get_family() if len(part.points)]
        glyphs = tuple(one for one in map(glyph, shapes) if one.opacity >= 0.05 and one.is_seen)
        if glyphs:
            found.append(TextBox(source_of(lettering), glyphs, lettering.name != type(lettering).__name__))
    return tuple(found)


def source_of(lettering: Any) -> str:
    """What a text says, as far as it can be told from its source."""
    own = [getattr(part, "typst_code", None) for part in lettering.get_family()]
    return " ".join(str(code) for code in own if code) or type(lettering).__name__


@contextmanager
def _hidden(letterings: list[Any]) -> Iterator[None]:
    """Make texts invisible for a moment, whatever their colors and opacities are."""
    shapes = [part for item in letterings for part in item.get_family() if len(part.points)]
    attributes = ("fill_rgbas", "stroke_rgbas", "background_stroke_rgbas")
    kept = [
        (shape, name, getattr(shape, name).copy())
        for shape in shapes
        for name in attributes
        if hasattr(shape, name)
    ]
    for shape, name, colors in kept:
        setattr(shape, name, colors * np.array([1, 1, 1, 0]))
    try:
        yield
    finally:
        for shape, name, colors in kept:
            setattr(shape, name, colors)
