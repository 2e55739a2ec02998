"""The commands for talks: ``bnviz slides`` and ``bnviz clip``."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from bnviz.cli.common import (
    beat_of,
    console,
    film_of,
    marks_of,
    request_of,
    require_complete,
    run,
    settings_of,
)
from bnviz.cli.options import (
    CACHE,
    CORES,
    CacheOption,
    CutOption,
    FreshOption,
    LanguageOption,
    LessonOption,
    QualityName,
    QualityOption,
    ScenesOption,
    SchedulerOption,
    ThemeOption,
    WorkersOption,
    nonempty,
)
from bnviz.cli.outputs import require_file, require_folder
from bnviz.errors import UserError
from bnviz.run.quality import QUALITIES
from scenes.kit.languages import ENGLISH
from scenes.kit.palettes import FILM


class SlideFormat(StrEnum):
    """What a talk may be written as."""

    html = "html"
    pptx = "pptx"
    pdf = "pdf"


VoiceOption = Annotated[bool, typer.Option("--voice", help="With the narration; otherwise you speak.")]


def line(text: str) -> str:
    """A text that stands on one line."""
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text):
        raise typer.BadParameter(f"{text!r} must be one line, without control characters")
    return text.strip()


def slides(
    formats: Annotated[
        list[SlideFormat] | None,
        typer.Option("--format", help="May be given more than once; all by default."),
    ] = None,
    quality: QualityOption = QualityName.high,
    workers: WorkersOption = CORES,
    theme: ThemeOption = FILM,
    language: LanguageOption = ENGLISH.code,
    voice: VoiceOption = False,
    scenes: ScenesOption = None,
    cut: CutOption = None,
    loop: Annotated[
        str | None,
        typer.Option(help="Beats that play over and over, separated by commas: Question/race,Bowl/descent."),
    ] = None,
    one_file: Annotated[
        bool, typer.Option("--one-file", help="The HTML holds everything, and nothing lies beside it.")
    ] = False,
    speaker: Annotated[str, typer.Option(callback=line, help="Who speaks: on the first slide.")] = "",
    event: Annotated[str, typer.Option(callback=line, help="Where: on the first slide.")] = "",
    date: Annotated[
        str, typer.Option(callback=line, help="When, as it is to be written on the first slide.")
    ] = "",
    notes: Annotated[
        bool, typer.Option("--notes", help="The PDF on A4, to print: each still with its notes below.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            parser=nonempty,
            metavar="FOLDER",
            help="The folder to write into; by default one in media named for what is shown.",
        ),
    ] = None,
    lesson: LessonOption = None,
    scheduler: SchedulerOption = None,
    cache: CacheOption = CACHE,
    fresh: FreshOption = False,
) -> None:
    """Make a talk: a slide a beat, with what is said as its notes. HTML, PowerPoint, and a PDF of stills.

    Each begins with a title slide and ends with the credits.
    """
    from bnviz.media.cut import CutError
    from bnviz.talk import slides as talks
    from bnviz.talk.file_names import talk_folder
    from bnviz.talk.title_and_credits import Occasion

    chosen = list(dict.fromkeys(item.value for item in formats or SlideFormat))
    sources, settings = film_of(scenes, cut), settings_of(theme, not voice, lesson, language)
    loops = None if loop is None else _listed(loop)
    if loops == []:
        raise UserError("--loop names no beat; it should be like --loop Question/race,Bowl/descent")
    if one_file and SlideFormat.html not in chosen:
        raise UserError("--one-file is about the HTML, which --format leaves out; add --format html")
    folder = output or talk_folder(Path("media"), sources, settings, loops or (), notes, one_file)
    require_folder("--output", folder)
    render_quality = QUALITIES[quality.value]
    request = request_of(sources, settings, folder, render_quality, workers, cache, fresh, scheduler)
    talk = talks.Talk(request, chosen, loops or (), Occasion(speaker, event, date), notes, one_file)
    try:
        made = run(request, lambda _, listener: talks.make_slides(talk, listener))
    except CutError as error:
        raise UserError(str(error)) from error
    for kind in chosen:
        path = folder / f"{talks.NAME}.{kind}"
        console.print(f"{path}  {len(made)} slides, {path.stat().st_size / 1e6:.1f} MB")
    if "html" in chosen:
        needs = "nothing beside it" if one_file else f"{talks.NAME}_files beside it"
        console.print(
            f"The HTML needs {needs}, and no network; S opens the speaker's window, ? says the keys."
        )


def clip(
    what: Annotated[str, typer.Argument(help="A scene or one of its beats: Valley or Valley/descent.")],
    kind: Annotated[
        str | None, typer.Option("--format", help="mp4, gif, or with a clear background webm or mov.")
    ] = None,
    width: Annotated[int | None, typer.Option(min=64, max=3840, help="In pixels; a GIF's is 720.")] = None,
    fps: Annotated[
        int | None, typer.Option(min=1, max=60, help="Frames a second; a GIF's are 20, 10 or 5.")
    ] = None,
    loop: Annotated[bool, typer.Option("--loop", help="The end fades into the beginning.")] = False,
    once: Annotated[bool, typer.Option("--once", help="A GIF plays once, and not for ever.")] = False,
    quality: QualityOption = QualityName.high,
    theme: ThemeOption = FILM,
    language: LanguageOption = ENGLISH.code,
    voice: VoiceOption = False,
    output: Annotated[
        Path | None, typer.Option(parser=nonempty, metavar="FILE", help="The file to write.")
    ] = None,
    lesson: LessonOption = None,
) -> None:
    """Make a file of one scene or one beat: an MP4, a GIF, or a WebM or MOV without the background."""
    from bnviz.talk.clip import ClipRequest, kind_of, make_clip, require_once, size_of

    source, beat = beat_of(what)
    chosen = kind_of(kind, output)
    require_once(once, loop, chosen)
    size, frame_rate = size_of(chosen, QUALITIES[quality.value], width, fps)
    parts = [
        source.path.stem,
        beat,
        *marks_of(theme, language),
        "loop" if loop else "",
        "once" if once else "",
    ]
    default = Path("media/clips") / f"{'-'.join(part for part in parts if part)}.{chosen.name}"
    file = output or default
    require_file("--output", file, [f".{chosen.name}"])
    settings = settings_of(theme, not voice, lesson, language)
    require_complete([source], settings)
    request = ClipRequest(
        source=source,
        beat=beat or None,
        settings=settings,
        kind=chosen,
        size=size,
        frame_rate=frame_rate,
        output=file,
        loop=loop,
        once=once,
    )
    with console.status(Text(f"rendering {what}")) as status:
        try:
            tell = status.update
            made = make_clip(request, lambda frames: tell(Text(f"rendering {what}: {frames} frames")))
        except OSError as error:
            raise UserError(f"--output {request.output}: {error}") from error
    if made.frame_rate < frame_rate:
        console.print(f"{made.frame_rate} frames a second instead of {frame_rate}, to stay below 10 MB")
    console.print(
        f"{request.output}  {made.duration:.1f} s, {size[0]}x{size[1]}, {made.frame_rate} frames a second, "
        f"{made.bytes / 1e6:.1f} MB"
    )


def _listed(text: str) -> list[str]:
    return [item.strip() for item in text.split(",") if item.strip()]
