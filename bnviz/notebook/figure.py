"""``bnviz.figure``: a beat's last picture as vectors in a notebook's cell, and as a file for an article."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from bnviz.cache.store import CACHE
from bnviz.errors import UserError
from bnviz.figures.look import Layout
from bnviz.html.parts import address_of_bytes
from bnviz.notebook.asked import chosen, folder_of, listed, require_shown, scene_and_beat, settings_of
from bnviz.run.beats import beats_of
from scenes.kit.languages import ENGLISH
from scenes.kit.palettes import PRINT

if TYPE_CHECKING:
    from bnviz.figures.make import Figure, FigureRequest
    from bnviz.notebook.asked import AnyLesson

NARROWEST, WIDEST = 10.0, 2000.0  # mm
ON_SCREEN, ON_PAPER = 200, 300  # dots an inch of a surface in an SVG, and of a PNG


@dataclass(frozen=True, repr=False)
class Picture:
    """A beat's last picture; Jupyter displays it where it is a cell's last value.

    Args:
        what: ``Valley/descent``.
        title: what it is called.
        caption: what can be printed below it.
        alt: what it shows, for those who do not see it.
        svg: the SVG file's text.
        size: width and height in mm.
        request: how it was drawn, for other files of it.
    """

    what: str
    title: str
    caption: str
    alt: str
    svg: str
    size: tuple[float, float]
    request: FigureRequest = field(compare=False)

    def __repr__(self) -> str:
        """A sentence for where no picture is shown."""
        width, height = self.size
        return f"{self.what}, {self.title!r}: a figure, {width:.0f} × {height:.0f} mm"

    def _repr_svg_(self) -> str:
        """The picture alone."""
        return self.svg

    def _repr_html_(self) -> str:
        """The picture and its alternative text; as an image, so that no id meets that of another figure."""
        width, _ = self.size
        return (
            f'<img src="{address_of_bytes("image/svg+xml", self.svg.encode())}" alt="{escape(self.alt)}" '
            f'style="width: {width:g}mm; max-width: 100%; height: auto">'
        )

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write it as a file; the path's ending says which: ``.svg``, ``.pdf`` or ``.png``.

        Raises:
            UserError: there is no such format, or the file cannot be written.
        """
        from bnviz.figures.writers import FORMATS
        from bnviz.files import replacing

        target = folder_of("path", path)
        kind = target.suffix.lower().lstrip(".")
        if kind not in FORMATS:
            raise UserError(
                f"path is {str(target)!r}; it must end in {listed(f'.{name}' for name in FORMATS)}"
            )
        _, content = _drawn(replace(self.request, dpi=ON_PAPER), kind)
        try:
            with replacing(target) as beside:
                beside.write_bytes(content)
        except OSError as error:
            raise UserError(f"{target} cannot be written: {error.strerror}") from error


def figure(
    what: str,
    *,
    lesson: AnyLesson = None,
    theme: str = PRINT,
    language: str = ENGLISH.code,
    layout: str = Layout.column,
    width: float | None = None,
    monochrome: bool = False,
) -> Picture:
    """A beat's last picture as an SVG that a notebook displays, with its caption and alternative text.

    Args:
        what: ``"Valley/descent"``; ``bnviz list`` names them all.
        lesson: a Lesson, the path of a lesson's or a CSV file, or None for the article's.
        theme: the colors.
        language: its code of two letters.
        layout: ``"column"``, set for print, or ``"film"``, the film's picture as it is.
        width: in mm, 10 to 2000; without it 85 for a column and 160 for the film's picture.
        monochrome: without colors, which needs the layout for print.

    Raises:
        SceneFailed: the scene raised an exception.
        UserError: an argument names what there is not; the message says what would be right.
    """
    from bnviz.cache.networks import keep_networks
    from bnviz.figures.make import FigureRequest

    source, beat = scene_and_beat(what)
    if beat is None:
        raise UserError(f"{what!r} names a scene; a figure is of a beat: {listed(beats_of(source))}")
    kind = chosen("layout", layout, {item.value: item for item in Layout})
    if monochrome and kind is Layout.film:
        raise UserError("monochrome is True, which needs layout='column'; the film's picture is as it is")
    millimeters = kind.usual_width if width is None else width
    if not isinstance(millimeters, (int, float)) or not NARROWEST <= millimeters <= WIDEST:
        raise UserError(f"width is {width!r}; it must be {NARROWEST:g} to {WIDEST:g}, in mm")
    settings = settings_of(lesson, theme, language)
    require_shown(source, beat, settings)
    keep_networks(CACHE, print)
    request = FigureRequest(
        sources=[source],
        settings=settings,
        folder=Path(),  # a temporary one takes its place
        workers=1,
        width=float(millimeters),
        dpi=ON_SCREEN,
        beats=(beat,),
        layout=kind,
        monochrome=monochrome,
    )
    drawn, content = _drawn(request, "svg")
    return Picture(
        what=what,
        title=drawn.title,
        caption=drawn.caption,
        alt=drawn.alt,
        svg=content.decode(),
        size=(drawn.width_mm, drawn.height_mm),
        request=request,
    )


def _drawn(request: FigureRequest, kind: str) -> tuple[Figure, bytes]:
    """What is known of the figure, and its file of one format."""
    from bnviz.figures.make import make_figures
    from bnviz.temporary import temporary_folder

    with temporary_folder() as folder:
        made = make_figures(replace(request, folder=folder, formats=(kind,)))
        if not made:
            (source,), beats = request.sources, ", ".join(request.beats or ())
            raise UserError(f"{source.name}/{beats} shows words alone; layout='film' draws it as it is")
        return made[0], (folder / made[0].files[kind]).read_bytes()
