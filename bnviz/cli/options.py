"""The options that several commands share, and what they may be."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bnviz.cache.store import CACHE as CACHE
from bnviz.media.hardware import ENCODERS
from scenes.kit.languages import LANGUAGES
from scenes.kit.palettes import PALETTES


class QualityName(StrEnum):
    """The names of the sizes."""

    low = "low"
    medium = "medium"
    high = "high"
    uhd = "4k"


def nonempty(text: str) -> Path:
    """A path, which is never the working directory only because a variable was empty."""
    if not text:
        raise typer.BadParameter("it is empty; it must name a file or folder")
    return Path(text)


def lesson_file(text: str) -> Path:
    """The path of a file that is there, from the root on."""
    found = nonempty(text)
    if not found.is_file():
        what = "is a folder" if found.is_dir() else "is no file" if found.exists() else "does not exist"
        raise typer.BadParameter(f"'{found}' {what}; it must name a lesson's file, TOML or data")
    return found.resolve()


def one_of(known: Iterable[str]) -> Callable[[str], str]:
    """What refuses a name that is not among those that are known."""

    def checked(text: str) -> str:
        if text not in known:
            raise typer.BadParameter(f"{text!r} is not one of {', '.join(map(repr, known))}.")
        return text

    return checked


def finite(number: float | None) -> float | None:
    """Refuse what is within no range and outside of none; None is a number that was not given."""
    if number is not None and not math.isfinite(number):
        raise typer.BadParameter(f"it is {number}; it must be a number")
    return number


QualityOption = Annotated[QualityName, typer.Option(help="480p15, 720p30, 1080p60 or 2160p60.")]
EncoderOptions = Annotated[
    list[str] | None,
    typer.Option("--encoder-option", help="One more option for x264, such as preset=veryfast; repeatable."),
]
EncoderOption = Annotated[
    str,
    typer.Option(
        parser=one_of(ENCODERS),
        metavar=f"[{'|'.join(ENCODERS)}]",
        help="Encode with a graphics card: quicker where it is there, and not the same bytes everywhere.",
    ),
]
WorkersOption = Annotated[int, typer.Option(min=1, help="Processes side by side.")]
SchedulerOption = Annotated[
    str | None,
    typer.Option(help="Render on the Dask cluster of this scheduler instead: tcp://host:8786."),
]
ThemeOption = Annotated[
    str, typer.Option(parser=one_of(PALETTES), metavar=f"[{'|'.join(PALETTES)}]", help="The colors.")
]
LanguageOption = Annotated[
    str,
    typer.Option(
        parser=one_of(LANGUAGES),
        metavar=f"[{'|'.join(LANGUAGES)}]",
        envvar="BNVIZ_LANGUAGE",
        help="What is spoken and written.",
    ),
]
SilentOption = Annotated[
    bool,
    typer.Option(
        "--silent", help="No narration: a beat lasts as long as its captions need, and they are shown."
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        parser=nonempty,
        metavar="FILE",
        help="The MP4 file to write; by default one in media named for how it differs.",
    ),
]
LessonOption = Annotated[
    Path | None,
    typer.Option(
        parser=lesson_file,
        metavar="FILE",
        help="A lesson of your own: TOML, or data such as a CSV file.",
    ),
]
ScenesOption = Annotated[
    str | None, typer.Option(help="Only these, in this order, separated by commas: Valley,Bowl.")
]
CutOption = Annotated[
    str | None,
    typer.Option(help="A cut of the film that scenes/cuts.toml lists: full, short, everything."),
]
CacheOption = Annotated[
    Path,
    typer.Option(
        parser=nonempty,
        metavar="FOLDER",
        help="The folder in which rendered scenes are kept for the next film.",
    ),
]
FreshOption = Annotated[
    bool, typer.Option("--fresh", help="Render every scene and join them, whatever is kept from before.")
]
CORES = os.cpu_count() or 1
