"""What a talk's folder is called by default: one talk never takes the place of another."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bnviz.run.cuts import name_of
from bnviz.run.discover import SceneSource
from scenes import FULL as FULL_CUT
from scenes.kit import languages, palettes

if TYPE_CHECKING:
    from scenes.kit.settings import Settings

SLIDES = "slides"
_LONGEST = 40  # characters of a list that is written out; a longer one is told from others by its digest


def talk_folder(
    folder: Path,
    sources: Sequence[SceneSource],
    settings: Settings,
    loops: Sequence[str] = (),
    notes: bool = False,
    one_file: bool = False,
) -> Path:
    """The folder of a talk: ``slides``, or ``slides-short-light-voice-loop-question-race`` in ``folder``.

    Args:
        folder: what it lies in.
        sources: the scenes that are shown. Those of another cut than the full one give it the cut's name,
            others their own names.
        settings: what is not as in the film, and a lesson of one's own, is named, and a voice that is heard.
        loops: the beats that play over and over, as ``Scene/beat``.
        notes: whether the PDF has notes.
        one_file: whether the HTML is one file.
    """
    cut = name_of(sources)
    if cut is None:
        shown = [_listed([source.path.stem for source in sources], "scenes")]
    else:
        shown = [] if cut == FULL_CUT else [cut]
    marks = {
        settings.theme: settings.theme != palettes.FILM,
        settings.language: settings.language != languages.ENGLISH.code,
        settings.lesson_name or "": settings.lesson_name is not None,
        "voice": settings.voice,
        f"loop-{_listed([loop.lower().replace('/', '-') for loop in loops], 'beats')}": bool(loops),
        "notes": notes,
        "one-file": one_file,
    }
    parts = [SLIDES, *shown, *(mark for mark, is_so in marks.items() if is_so)]
    return folder / "-".join(parts).replace("_", "-")


def _listed(names: Sequence[str], what: str) -> str:
    """The names, or how many they are and a digest: ``5-scenes-1f3870``."""
    text = "-".join(names)
    if len(text) <= _LONGEST:
        return text
    return f"{len(names)}-{what}-{hashlib.sha256(text.encode()).hexdigest()[:6]}"
