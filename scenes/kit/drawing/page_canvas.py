"""The scene's picture on any cairo surface: a page of vectors, or an image of any size.

Manim's camera draws with cairo already, but always on its own array of pixels, red and blue swapped.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import cairo
import numpy as np
from manim import Mobject, VMobject
from PIL import Image

from scenes.kit.drawing.camera import KitCamera
from scenes.kit.drawing.canvas import Array, Canvas, Painted


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
        Canvas(inner, swapped=False).quads(corners, colors)
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

    def set_cairo_context_color(self, ctx: Any, rgbas: Any, vmobject: VMobject) -> Any:
        """Set the color, red and blue in their usual order."""
        return super().set_cairo_context_color(ctx, np.asarray(rgbas)[:, [2, 1, 0, 3]], vmobject)

    def display_painted(self, painted: list[Painted], pixel_array: Any) -> None:
        """Let each draw itself on the page."""
        for mobject in painted:
            if mobject.opacity > 0:
                mobject.paint(self.page)


@contextmanager
def in_units(context: cairo.Context[Any], width: float, height: float, frame: float) -> Iterator[None]:
    """Manim's units on a page of ``width`` by ``height``, which shows ``frame`` units across."""
    scale = width / frame
    context.save()
    context.set_matrix(cairo.Matrix(scale, 0, 0, -scale, width / 2, height / 2))
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
