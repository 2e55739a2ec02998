"""What a film is called by default: a variant never replaces the whole, narrated, dark, English film."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bnviz.run.cuts import name_of
from bnviz.run.discover import SceneSource
from scenes import FULL as FULL_CUT
from scenes.kit import languages, palettes

if TYPE_CHECKING:
    from scenes.kit.settings import Settings

FILM = "valley-to-bowl"
_NAMED = 3  # an excerpt of more scenes is not named after them


def film_file(folder: Path, sources: Sequence[SceneSource], settings: Settings) -> Path:
    """The film of ``sources``: ``valley-to-bowl.mp4``, or ``valley-to-bowl-bowl-light-silent.mp4``.

    That of another cut than the full one is called after it: ``valley-to-bowl-short.mp4``.
    """
    cut = name_of(sources)
    if cut is None:
        parts = [source.path.stem for source in sources] if len(sources) <= _NAMED else ["excerpt"]
    else:
        parts = [] if cut == FULL_CUT else [cut]
    return folder / f"{'-'.join([FILM, *parts, *_marks(settings)])}.mp4".replace("_", "-")


def scene_file(folder: Path, source: SceneSource, settings: Settings) -> Path:
    """One scene: ``two_scales.mp4``, or ``two_scales-light.mp4``."""
    return folder / f"{'-'.join([source.path.stem, *_marks(settings)])}.mp4"


def _marks(settings: Settings) -> list[str]:
    """What is not as in the whole film."""
    marks = {
        settings.theme: settings.theme != palettes.FILM,
        settings.language: settings.language != languages.ENGLISH.code,
        "silent": not settings.voice,
        settings.lesson_name or "": settings.lesson_name is not None,
    }
    return [mark for mark, differs in marks.items() if differs]


def files_of(film: Path) -> tuple[Path, ...]:
    """A film, its captions, and its description."""
    return tuple(film.with_suffix(suffix) for suffix in (".mp4", ".srt", ".vtt", ".description.txt"))
