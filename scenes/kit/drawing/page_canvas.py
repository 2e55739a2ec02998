"""The scene's picture on any cairo surface: a page of vectors, or an image of any size.

Manim's camera draws with cairo already, but always on its own array of pixels, red and blue swapped.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, Self

import cairo
import numpy as np
from manim import Mobject, VMobject
from manim.camera.camera import CAP_STYLE_MAP, LINE_JOIN_MAP
from PIL import Image

from scenes.kit.drawing.camera import KitCamera
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.drawing.monochrome import fill_patterned


class PageCanvas(Canvas):
    """A canvas whose file keeps shaded meshes as meshes: of few patches, or the file would be large.

    Args:
        context: what is drawn on, in Manim's units (see :func:`in_units`).
    """

    merges: ClassVar[bool] = True
    scales_smoothly: ClassVar[bool] = False

    def __init__(self, context: cairo.Context[Any]) -> None:
        super().__init__(context, swapped=False)


class ImageMeshCanvas(Canvas):
    """A canvas whose file knows no shaded meshes: each becomes one image.

    Args:
        context: what is drawn on, in Manim's units (see :func:`in_units`).
        resolution: of the images, in pixels for one picture unit.
    """

    scales_smoothly: ClassVar[bool] = False

    def __init__(self, context: cairo.Context[Any], resolution: float) -> None:
        super().__init__(context, swapped=False)
        self.resolution = resolution
        self._images: list[cairo.ImageSurface] = []  # cairo reads them when the page is finished

    def quads(self, corners: Array, colors: Array, alpha: float = 1.0) -> None:
        """Draw the mesh on an image, and the image on the page."""
        if not len(corners):
            return
        low, high = corners.min(axis=(0, 1)), corners.max(axis=(0, 1))
        width, height = (int(size) for size in np.ceil((high - low) * self.resolution))
        image = cairo.ImageSurface(cairo.FORMAT_ARGB32, max(width, 1), max(height, 1))
        inner = cairo.Context(image)
        inner.scale(self.resolution, -self.resolution)
        inner.translate(-low[0], -high[1])
        Canvas(inner, swapped=False).quads(corners, self.tone(colors))
        image.set_mime_data("image/png", png(image))
        self._images.append(image)
        context = self.context
        context.save()
        context.translate(low[0], high[1])
        context.scale(1 / self.resolution, -1 / self.resolution)
        context.set_source_surface(image, 0, 0)
        context.paint_with_alpha(alpha)
        context.restore()


class PageCamera(KitCamera):
    """Draws on a canvas's cairo surface; what Manim draws by setting pixels is refused.

    Such a mobject raises TypeError when it is drawn, not when the camera is made.

    Args:
        page: what everything is drawn on, instead of the camera's array of pixels.
        options: Manim's options for a camera.
    """

    def __init__(self, page: Canvas, **options: Any) -> None:
        super().__init__(**options)
        self.page = page

    def type_or_raise(self, mobject: Mobject) -> Any:
        """The class whose display function draws ``mobject``."""
        found = super().type_or_raise(mobject)
        is_plain = found is VMobject and mobject.get_background_image() is None
        if found not in (Painted, Mobject) and not is_plain:
            raise TypeError(f"{mobject} is drawn by pixels; a figure holds only VMobjects and Painted ones")
        return found

    def get_cairo_context(self, pixel_array: Any) -> Any:
        """The page's context, whatever the array."""
        return self.page.context

    def apply_stroke(self, ctx: cairo.Context[Any], vmobject: VMobject, background: bool = False) -> Self:
        """Stroke the outline as Manim does, as broad as lines are on this page."""
        if self.page.line_widths is None:
            return super().apply_stroke(ctx, vmobject, background)
        unit = self.cairo_line_width_multiple
        dash = getattr(vmobject, "dash", 0.0)
        width, above = unit * vmobject.get_stroke_width(background), unit * getattr(vmobject, "line_above", 0)
        self.set_cairo_context_color(ctx, self.get_stroke_rgbas(vmobject, background), vmobject)
        broad = self.page.line_width(width, above)
        ctx.set_line_width(broad)
        own = [broad * length for length in self.page.pattern(vmobject.get_stroke_color()).dash]
        ctx.set_dash([dash, 0.6 * dash] if dash else own)
        ctx.set_line_join(LINE_JOIN_MAP[vmobject.joint_type])
        ctx.set_line_cap(CAP_STYLE_MAP[vmobject.cap_style])
        ctx.stroke_preserve()
        ctx.set_dash([])
        return self

    def fill(self, ctx: cairo.Context[Any], vmobject: VMobject, rgbas: Any) -> None:
        """Fill the outline; without colors by its pattern, unless it is a letter."""
        if self.page.monochrome is None or getattr(vmobject, "is_letter", False):
            super().fill(ctx, vmobject, rgbas)
            return
        color, alpha = vmobject.get_fill_color(), float(rgbas[0][3])
        gray = self.page.rgb(color)[0]
        fill_patterned(ctx, gray, alpha, self.page.pattern(color), self.page.thin)

    def set_cairo_context_color(self, ctx: Any, rgbas: Any, vmobject: VMobject) -> Any:
        """Set the color, red and blue in their usual order."""
        colors = np.asarray(rgbas, dtype=float)
        shown = np.concatenate([self.page.tone(colors[:, :3]), colors[:, 3:]], axis=1)
        return super().set_cairo_context_color(ctx, shown[:, [2, 1, 0, 3]], vmobject)

    def show(self, mobjects: Sequence[Mobject], shown: Sequence[Mobject]) -> None:
        """Draw ``shown``, each without its parts, in the page's layers; they all belong to ``mobjects``."""
        for layer in self.page.layered(mobjects, shown):
            self.draw(layer, self.pixel_array)

    def capture_mobjects(self, mobjects: Iterable[Mobject], **_: Any) -> None:
        """Draw ``mobjects`` and all that belongs to them."""
        drawn = list(mobjects)
        self.show(drawn, self.get_mobjects_to_display(drawn))

    def display_painted(self, painted: list[Painted], pixel_array: Any) -> None:
        """Let each draw itself on the page."""
        for mobject in painted:
            if mobject.opacity > 0:
                mobject.paint(self.page)


@contextmanager
def in_units(
    context: cairo.Context[Any],
    width: float,
    height: float,
    frame: float,
    center: tuple[float, float] = (0.0, 0.0),
) -> Iterator[None]:
    """Manim's units on a page of ``width`` by ``height``, which shows ``frame`` units across.

    ``center`` is the point of the picture in the middle of the page.
    """
    scale, (x, y) = width / frame, center
    context.save()
    context.set_matrix(cairo.Matrix(scale, 0, 0, -scale, width / 2 - scale * x, height / 2 + scale * y))
    try:
        yield
    finally:
        context.restore()


def picture(image: cairo.ImageSurface) -> Image.Image:
    """The image as Pillow's, its colors not multiplied by their alpha."""
    image.flush()
    size = image.get_width(), image.get_height()
    return Image.frombuffer("RGBA", size, bytes(image.get_data()), "raw", "BGRa", image.get_stride(), 1)


def png(image: cairo.ImageSurface) -> bytes:
    """The image as a PNG."""
    memory = io.BytesIO()
    picture(image).save(memory, format="PNG")
    return memory.getvalue()
