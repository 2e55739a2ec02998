"""The talk as a PDF: a title page, every beat's still as vectors, the credits; on A4 with notes if wanted.

The figures' room draws the stills, a page each; Typst puts the pages together, with words that can be
searched, bookmarks, and alternative texts. Made twice, a file is the same byte for byte.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import typst

from bnviz.figures.make import Figure, FigureRequest, draw_scene
from bnviz.figures.writers import POINT
from bnviz.film.make import FilmRequest
from bnviz.talk.deck import Slide
from bnviz.talk.title_and_credits import CreditsPage, TitlePage
from bnviz.temporary import temporary_folder
from bnviz.workers.pool import Done, Task, run_tasks
from scenes.kit import cjk, languages, theme
from scenes.kit.lettering import fonts

FORMULAS = "New Computer Modern"  # Typst's own, for the Greek letters in notes
WIDTH = 960  # points: as wide as a PowerPoint slide
_ROLES = ("background", "text", "muted", "valley", "bowl")


@dataclass(frozen=True)
class DeckPdf:
    """What goes into the file: the pages of words and the slides with their ``notes`` or not."""

    slides: Sequence[Slide]
    opening: TitlePage
    closing: CreditsPage
    notes: bool = False

    @property
    def words(self) -> str:
        """All that Typst sets."""
        opening, closing = self.opening, self.closing
        said = [slide.notes for slide in self.slides] if self.notes else []
        titles = [slide.title for slide in self.slides]
        return "\n".join(
            [opening.title, opening.subject, *opening.lines, closing.title] + [*closing.lines, *titles, *said]
        )


def write_deck_pdf(path: Path, deck: DeckPdf, request: FilmRequest) -> None:
    """Draw the stills of the request's scenes in worker processes, and write the talk to ``path``."""
    language = languages.named(request.settings.language)
    with temporary_folder() as folder:
        stills = _stills(request, folder)
        source, whole = folder / "deck.typ", folder / "deck.pdf"
        source.write_bytes(resources.files("bnviz.talk").joinpath("deck.typ").read_bytes())
        described = _described(deck, stills, theme.named(request.settings.theme)) | {
            "fonts": [*cjk.fonts_for(deck.words, language), FORMULAS],
            "language": language.code,
        }
        typst.compile(
            str(source),
            output=str(whole),
            format="pdf",
            root=str(folder),
            font_paths=[str(place) for place in fonts.folders(language, deck.words)],
            ignore_system_fonts=True,
            sys_inputs={"deck": json.dumps(described)},
        )
        _pack(whole, path)


def _pack(whole: Path, path: Path) -> None:
    """Write the file again, all of it packed: cairo leaves the shadings of surfaces as they are."""
    logging.getLogger("pikepdf").setLevel(logging.WARNING)  # it says that it is there
    import pikepdf

    with pikepdf.open(whole) as pages:
        pages.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)


def _stills(request: FilmRequest, folder: Path) -> dict[tuple[str, str], Figure]:
    """Every beat's still in ``folder``, by the names of scene and beat."""
    width = WIDTH * POINT
    figures = FigureRequest(
        request.sources, request.settings, folder, request.workers, formats=("pdf",), width=width
    )
    tasks = [Task(source.name, draw_scene, (source, figures, folder)) for source in request.sources]
    done = [event for event in run_tasks(tasks, request.workers) if isinstance(event, Done)]
    return {(figure.scene, figure.beat): figure for event in done for figure in event.result}


def _described(deck: DeckPdf, stills: dict[tuple[str, str], Figure], colors: theme.Theme) -> dict[str, Any]:
    """The deck as deck.typ reads it."""
    opening, closing = deck.opening, deck.closing
    beats = []
    scene = None
    for slide in deck.slides:
        placed = slide.placed
        still = stills[placed.scene.name, placed.beat.name]
        begins = placed.scene.name != scene
        scene = placed.scene.name
        beats.append(
            {
                "scene": placed.scene.title if begins else None,
                "title": placed.beat.title,
                "file": still.files["pdf"],
                "alt": still.alt,
                "notes": [line for line in slide.notes.split("\n") if line] if deck.notes else None,
            }
        )
    return {
        "title": opening.title,
        "author": opening.occasion.speaker,
        "notes": deck.notes,
        "colors": {role: getattr(colors, role).to_hex() for role in _ROLES},
        "opening": {
            "title": opening.title,
            "subject": opening.subject,
            "lines": opening.lines,
        },
        "beats": beats,
        "closing": {"title": closing.title, "lines": list(closing.lines)},
    }
