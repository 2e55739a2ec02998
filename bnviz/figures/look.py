"""How figures look: the film's pictures as they are, or set for print; how wide; in colors or without."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

FILM_SIZE, SQUARE_SIZE = (1920, 1080), (1080, 1080)
"""What scenes run at: Manim draws a formula's bars thinner the fewer pixels a picture has."""

WIDE_FROM = 125.0  # mm: narrower figures are made of the square layout of a scene
FILM_WIDTH, COLUMN_WIDTH = 160.0, 85.0  # mm, where nobody says another


class Layout(StrEnum):
    """The film's picture as it is, or sizes in points and nothing that only a film needs."""

    column = "column"
    film = "film"

    @property
    def usual_width(self) -> float:
        """In mm."""
        return COLUMN_WIDTH if self is Layout.column else FILM_WIDTH


@dataclass(frozen=True)
class Look:
    """How figures look.

    Args:
        layout: whether they are the film's pictures or set for print.
        width: in mm.
        dpi: dots an inch.
        transparent: whether they are without the background.
        monochrome: whether there is no color; it needs the layout for print.
    """

    layout: Layout = Layout.film
    width: float = FILM_WIDTH
    dpi: int = 300
    transparent: bool = False
    monochrome: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels that a scene runs at."""
        is_square = self.layout is Layout.column and self.width < WIDE_FROM
        return SQUARE_SIZE if is_square else FILM_SIZE
