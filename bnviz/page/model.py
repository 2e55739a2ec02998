"""The page as data: scenes, chapters and figures, as its template writes them. Nothing is made here."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bnviz.figures.make import Figure
    from bnviz.film.chapters import Chapter
    from bnviz.film.timeline import PlacedBeat, PlacedScene, Timeline

CLOSE = 1e-6  # seconds: times that differ by less are one


@dataclass(frozen=True)
class PageChapter:
    """A chapter of the film: ``start`` in seconds from the film's start, and what is said in it.

    ``title`` is what it is called beside its scene, empty if it is all of it.
    """

    title: str
    start: float
    text: str


@dataclass(frozen=True)
class PageScene:
    """A scene: ``start`` in the film, ``seconds`` long; ``stem`` is what its files are called."""

    name: str
    stem: str
    title: str
    start: float
    seconds: float
    chapters: tuple[PageChapter, ...]


@dataclass(frozen=True)
class PageFigure:
    """A figure to be shown, in a picture for each scheme, and the same to be taken away, by format.

    ``is_key`` is whether it stands for its scene, as its poster does.
    """

    figure: Figure
    dark: str
    files: dict[str, Path]
    is_key: bool = False


def scenes_of(plan: Timeline, stems: Sequence[str]) -> list[PageScene]:
    """The scenes as they stand in the film; ``stems`` are what their files are called."""
    return [
        PageScene(
            name=placed.scene.name,
            stem=stem,
            title=placed.scene.title,
            start=placed.start,
            seconds=placed.scene.duration,
            chapters=tuple(_chapters(placed, plan.chapters)),
        )
        for placed, stem in zip(plan.scenes, stems, strict=True)
    ]


def _chapters(placed: PlacedScene, chapters: Sequence[Chapter]) -> Iterator[PageChapter]:
    """The scene's beats, those of one chapter of the film together."""
    starts = [chapter.start for chapter in chapters]

    def number(beat: PlacedBeat) -> int:
        return bisect_right(starts, beat.start + CLOSE) - 1

    for index, group in groupby(placed.beats, number):
        beats, chapter = list(group), chapters[index]
        begins_here = abs(chapter.start - beats[0].start) < CLOSE
        title = chapter.title if begins_here else beats[0].title
        yield PageChapter(beside(title, placed.scene.title), beats[0].start, _said(beats))


def _said(beats: Iterable[PlacedBeat]) -> str:
    """What is said in ``beats``, in a row, as a paragraph that ends as one."""
    words = (word for item in beats for cue in item.beat.cues for word in cue.text.split())
    text = " ".join(words).rstrip(",;: ")
    return text if not text or text.endswith((".", "?", "!", "…")) else f"{text}."


def beside(title: str, scene: str) -> str:
    """What a title such as ``Scene: beat`` or ``Scene? Beat`` says beside the scene's own; maybe nothing."""
    return title.removeprefix(scene).lstrip(": ")


def size(path: Path) -> str:
    """How big a file is: ``3.4 MB``, ``87 kB``."""
    count = path.stat().st_size
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(count / 1e3, 1):.0f} kB"


def captions_script(place: Path) -> str:
    """The caption files in ``place`` as a script, by their addresses on the page.

    A page that is opened from its file may not read a file beside it, but may run it.
    """
    texts = {
        path.relative_to(place).as_posix(): path.read_text(encoding="utf-8") for path in place.rglob("*.vtt")
    }
    return f"window.captionFiles = {json.dumps(texts, indent=1, ensure_ascii=False, sort_keys=True)};\n"
