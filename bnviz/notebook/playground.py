"""``bnviz.playground``: the page to play with, inside of a notebook's cell."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from bnviz.errors import UserError
from bnviz.notebook.asked import settings_of
from scenes.kit.languages import ENGLISH
from scenes.kit.palettes import FILM

if TYPE_CHECKING:
    from bnviz.notebook.asked import AnyLesson

HEIGHT, LEAST = 900, 200  # pixels


@dataclass(frozen=True, repr=False)
class Playground:
    """The page to play with; Jupyter displays it where it is a cell's last value.

    Args:
        title: what the frame is called.
        page: the whole page as HTML.
        height: of the frame, in pixels.
    """

    title: str
    page: str
    height: int

    def __repr__(self) -> str:
        """A sentence for where no HTML is shown."""
        return f"{self.title!r}: a page to play with, which shows where a notebook displays HTML"

    def _repr_html_(self) -> str:
        """The page in a frame from which it reaches nothing else."""
        return (
            f'<iframe srcdoc="{escape(self.page)}" sandbox="allow-scripts allow-downloads" '
            f'title="{escape(self.title)}" loading="lazy" '
            f'style="width: 100%; height: {self.height}px; border: 0"></iframe>'
        )


def playground(
    lesson: AnyLesson = None, *, language: str = ENGLISH.code, theme: str = FILM, height: int = HEIGHT
) -> Playground:
    """The page to play with on a lesson's data, for a notebook's cell.

    Args:
        lesson: a Lesson, the path of a lesson's or a CSV file, or None for the article's.
        language: its code of two letters.
        theme: the colors.
        height: of the frame, in pixels, at least 200.

    Raises:
        UserError: an argument names what there is not; the message says what would be right.
    """
    from bnviz.film.make import title_of
    from bnviz.run.quiet import import_manim

    import_manim()  # the page's colors need it, and by itself it would write into the cell
    from bnviz.play.make import one_file

    settings = settings_of(lesson, theme, language)
    if not isinstance(height, int) or height < LEAST:
        raise UserError(f"height is {height!r}; it must be {LEAST} or more, in pixels")
    return Playground(title_of(settings), one_file(settings.lesson, language, theme), height)
