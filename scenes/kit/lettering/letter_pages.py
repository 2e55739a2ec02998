"""Canvases of files that hold letters: what is drawn comes in layers, with texts to be set between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import cairo
import numpy as np
from manim import ManimColor, Mobject, VMobject

from scenes.kit.drawing.canvas import Array, Canvas
from scenes.kit.drawing.page_canvas import ImageMeshCanvas, PageCanvas
from scenes.kit.lettering.set_again import SetText, letterings, letters_of, on_page, set_again

Edges = tuple[float, float, float, float]
"""Left, top, right and bottom on the page."""


class LetterPages(Canvas):
    """Keeps back the texts that can be set again, and begins a new layer where something lies over them.

    ``texts`` holds, for each layer, those that stand on it.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.texts: list[list[SetText]] = [[]]

    def next_layer(self) -> None:
        """What is drawn from here on lies over the texts so far."""
        self.texts.append([])

    def is_set(self, text: SetText) -> bool:
        """Whether this file can hold it as text."""
        return True

    def layered(self, mobjects: Iterable[Mobject], shown: Sequence[Mobject]) -> Iterator[Sequence[Mobject]]:
        """What is drawn of ``shown``, layer by layer; ``mobjects`` are what it all belongs to."""
        matrix = self.context.get_matrix()
        found = self._found(mobjects, shown, matrix)
        waiting: list[Mobject] = []
        for mobject in shown:
            if (text := found.get(id(mobject))) is not None:
                if text not in self.texts[-1]:
                    self.texts[-1].append(text)
                continue
            if self._lies_over_a_text(mobject, matrix):
                yield waiting
                waiting = []
                self.next_layer()
            waiting.append(mobject)
        yield waiting

    def _found(
        self, mobjects: Iterable[Mobject], shown: Sequence[Mobject], matrix: cairo.Matrix
    ) -> dict[int, SetText]:
        """The texts that can be set, by their outlines."""
        drawn, found = set(map(id, shown)), dict[int, SetText]()
        clip = self.context.clip_extents()
        for lettering in letterings(mobjects):
            letters = letters_of(lettering)
            if not letters or not all(id(part) in drawn and _is_inside(part, clip) for part in letters):
                continue
            text = set_again(lettering, matrix, self._hexadecimal)
            if text is not None and self.is_set(text):
                found |= dict.fromkeys(map(id, letters), text)
        return found

    def _hexadecimal(self, color: ManimColor) -> str:
        return "#" + "".join(f"{round(255 * channel):02x}" for channel in self.rgb(color))

    def _lies_over_a_text(self, mobject: Mobject, matrix: cairo.Matrix) -> bool:
        texts = self.texts[-1]
        if not texts or (isinstance(mobject, VMobject) and not _is_drawn(mobject)):
            return False
        if not isinstance(mobject, VMobject):  # it paints where it likes
            return True
        places = on_page(matrix, mobject.points)
        room = abs(matrix.xx) * 0.01 * max(map(float, (mobject.get_stroke_width(), 1.0)))
        (left, top), (right, bottom) = places.min(axis=0) - room, places.max(axis=0) + room
        return any(
            left < text.box[2] and right > text.box[0] and top < text.box[3] and bottom > text.box[1]
            for text in texts
        )


def _is_drawn(mobject: VMobject) -> bool:
    rgbas = [mobject.get_fill_rgbas(), mobject.get_stroke_rgbas(), mobject.get_stroke_rgbas(True)]
    return bool(max(float(np.asarray(found)[:, 3].max()) for found in rgbas if len(found)) > 0)


def _is_inside(part: VMobject, clip: Edges) -> bool:
    """Whether all of an outline lies in what is drawn at all, in Manim's units."""
    points: Array = part.points[:, :2]
    low, high = points.min(axis=0), points.max(axis=0)
    return bool(low[0] >= clip[0] and low[1] >= clip[1] and high[0] <= clip[2] and high[1] <= clip[3])


class PdfLetterPages(LetterPages, PageCanvas):
    """Each layer is a page of a PDF."""

    def next_layer(self) -> None:
        """Turn the page."""
        super().next_layer()
        self.context.show_page()


class SvgLetterPages(LetterPages, ImageMeshCanvas):
    """Each layer is an SVG; only plain lines are text there.

    Args:
        begin: makes the context of a new layer.
        resolution: of shaded meshes, in pixels for one picture unit.
    """

    def __init__(self, begin: Callable[[], cairo.Context[Any]], resolution: float) -> None:
        super().__init__(begin(), resolution)
        self._begin = begin

    def next_layer(self) -> None:
        """Take a new sheet."""
        super().next_layer()
        matrix = self.context.get_matrix()
        self.context = self._begin()
        self.context.set_matrix(matrix)

    def is_set(self, text: SetText) -> bool:
        """Whether it is plain lines."""
        return bool(text.lines)
