"""One picture as a file: SVG and PDF of vectors, PNG of pixels; each says in itself what it shows.

Made twice, a file is the same byte for byte: no clock, no counter that outlives it. See
https://reproducible-builds.org/specs/source-date-epoch for the one date that there is, the PDF's.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cairo
from PIL.PngImagePlugin import PngInfo

from bnviz.errors import UserError
from bnviz.figures.svg import tidy_svg

if TYPE_CHECKING:
    from scenes.kit.drawing.canvas import Canvas

INCH, POINT = 25.4, 25.4 / 72  # in mm
ASPECT = 9 / 16  # of the film
_FRAME_WIDTH = 128 / 9  # Manim's units across the film
LARGEST = 16_384  # pixels across: 600 MB while it is drawn, and an A0 poster at 300 dots an inch
SVG_WIDTH = 1920  # of the SVG's own units, so that two decimals are more than any eye or press sees
LAST_SECOND = 253_402_300_799  # of the year 9999, since 1970
FORMATS = ("svg", "pdf", "png")
Draw = Callable[["Canvas", float, float], None]
"""Draws on a canvas whose page has this width and height in its own units."""


@dataclass(frozen=True)
class FigureSheet:
    """How a figure is printed: its ``width`` in mm, dots an inch, and its background (None: transparent).

    ``aspect`` is its height over its width; ``across`` how many of Manim's units are shown across it.
    """

    width: float = 160.0
    dpi: int = 300
    background: tuple[float, float, float] | None = None
    aspect: float = ASPECT
    across: float = _FRAME_WIDTH

    @property
    def height(self) -> float:
        """In mm."""
        return self.width * self.aspect

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return round(self.width / INCH * self.dpi), round(self.height / INCH * self.dpi)


def require_size(width: float, dpi: int, formats: Sequence[str]) -> None:
    """Refuse pictures of more pixels than can be drawn. A PDF holds surfaces as shadings, and has none.

    Raises:
        UserError: ``width`` in mm at ``dpi`` dots an inch is too large for a PNG, or a surface in an SVG.
    """
    across, _ = FigureSheet(width, dpi).size
    if across > LARGEST and set(formats) & {"png", "svg"}:
        raise UserError(
            f"--width {width:g} at --dpi {dpi} makes a picture {across} pixels across; it must be at most "
            f"{LARGEST}: --dpi {int(LARGEST * INCH / width)} or less at this width, or --format pdf alone"
        )


@dataclass(frozen=True)
class About:
    """What a file says about itself."""

    title: str
    description: str
    keywords: tuple[str, ...] = ()


def write(path: Path, draw: Draw, page: FigureSheet, about: About, text: bool = False) -> None:
    """Write a picture in the format that the path's suffix names; an SVG's ids begin with the path's stem.

    Letters are text in a PDF and outlines in an SVG; with ``text`` it is the other way round.
    """
    _WRITERS[path.suffix.lstrip(".")][text](path, draw, page, about)


def _write_svg(path: Path, draw: Draw, page: FigureSheet, about: About) -> None:
    from scenes.kit.drawing.page_canvas import ImageMeshCanvas

    memory = io.BytesIO()
    with cairo.SVGSurface(memory, SVG_WIDTH, SVG_WIDTH * page.aspect) as surface:
        context = _begun(surface, page)
        dots_a_unit = page.width / INCH * page.dpi / page.across
        canvas = ImageMeshCanvas(context, dots_a_unit)  # its images are read when the surface is finished
        draw(canvas, SVG_WIDTH, SVG_WIDTH * page.aspect)
    size = page.width, page.height
    path.write_bytes(tidy_svg(memory.getvalue(), size, path.stem, about.title, about.description))


def _write_svg_of_letters(path: Path, draw: Draw, page: FigureSheet, about: About) -> None:
    from bnviz.figures.set_svg import set_between
    from scenes.kit.lettering.letter_pages import SvgLetterPages

    layers: list[tuple[io.BytesIO, cairo.SVGSurface]] = []

    def begin() -> cairo.Context[Any]:
        memory = io.BytesIO()
        surface = cairo.SVGSurface(memory, SVG_WIDTH, SVG_WIDTH * page.aspect)
        layers.append((memory, surface))
        return _begun(surface, page if len(layers) == 1 else replace(page, background=None))

    canvas = SvgLetterPages(begin, page.width / INCH * page.dpi / page.across)
    draw(canvas, SVG_WIDTH, SVG_WIDTH * page.aspect)
    for _, surface in layers:
        surface.finish()
    size, drawn = (page.width, page.height), [memory.getvalue() for memory, _ in layers]
    path.write_bytes(set_between(drawn, canvas.texts, size, path.stem, about))


def _write_pdf(path: Path, draw: Draw, page: FigureSheet, about: About) -> None:
    from scenes.kit.drawing.page_canvas import PageCanvas

    width, height = page.width / POINT, page.height / POINT
    with cairo.PDFSurface(str(path), width, height) as surface:
        date = creation_date()
        for key, value in {
            cairo.PDF_METADATA_TITLE: about.title,
            cairo.PDF_METADATA_SUBJECT: about.description,
            cairo.PDF_METADATA_KEYWORDS: ", ".join(about.keywords),
            cairo.PDF_METADATA_CREATOR: "bnviz",
            cairo.PDF_METADATA_CREATE_DATE: date,
            cairo.PDF_METADATA_MOD_DATE: date,
        }.items():
            surface.set_metadata(key, value)
        draw(PageCanvas(_begun(surface, page)), width, height)


def _write_pdf_of_letters(path: Path, draw: Draw, page: FigureSheet, about: About) -> None:
    from bnviz.figures.set_pdf import set_over
    from scenes.kit.lettering.letter_pages import PdfLetterPages

    size, memory = (page.width / POINT, page.height / POINT), io.BytesIO()
    with cairo.PDFSurface(memory, *size) as surface:
        canvas = PdfLetterPages(_begun(surface, page))
        draw(canvas, *size)
        surface.show_page()  # without that a last page that is empty is none
    date = datetime.fromisoformat(creation_date())
    path.write_bytes(set_over(memory.getvalue(), canvas.texts, size, about, date))


def _write_png(path: Path, draw: Draw, page: FigureSheet, about: About) -> None:
    from scenes.kit.drawing.canvas import Canvas
    from scenes.kit.drawing.page_canvas import picture

    width, height = page.size
    with cairo.ImageSurface(cairo.FORMAT_ARGB32, width, height) as surface:
        draw(Canvas(_begun(surface, page), swapped=False), width, height)
        made = picture(surface)
    if page.background is not None:
        made = made.convert("RGB")
    text = PngInfo()
    text.add_itxt("Title", about.title)
    text.add_itxt("Description", about.description)
    made.save(path, format="PNG", dpi=(page.dpi, page.dpi), pnginfo=text)


_WRITERS = {
    "svg": (_write_svg, _write_svg_of_letters),
    "pdf": (_write_pdf_of_letters, _write_pdf),
    "png": (_write_png, _write_png),
}


def _begun(surface: cairo.Surface, page: FigureSheet) -> cairo.Context[Any]:
    """A context on the page, its background laid."""
    context = cairo.Context(surface)
    if page.background is not None:
        context.set_source_rgb(*page.background)
        context.paint()
    return context


def creation_date() -> str:
    """The date of every PDF: SOURCE_DATE_EPOCH (seconds since 1970), or the first second of 1980.

    Raises:
        UserError: SOURCE_DATE_EPOCH is no whole number, or beyond the year 9999.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "315532800")
    if not (epoch.isascii() and epoch.isdecimal()) or int(epoch[:13]) > LAST_SECOND:
        raise UserError(f"SOURCE_DATE_EPOCH is {epoch!r}; it must be a whole number of seconds since 1970")
    return datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
