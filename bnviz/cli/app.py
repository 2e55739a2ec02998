"""The command ``bnviz``. Every mistake of its user is answered with a sentence, never with a traceback."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from rich.text import Text
from typer.core import TyperGroup

from bnviz import doctor, installation
from bnviz.cli import batch, cache, check, figures, frames, new, page, talks
from bnviz.cli.authors import lengths, still, watch
from bnviz.cli.common import (
    console,
    film_of,
    marks_of,
    request_of,
    require_complete,
    run,
    settings_of,
    sources_of,
    terminal,
    told_of,
)
from bnviz.cli.options import (
    CACHE,
    CORES,
    CacheOption,
    CutOption,
    EncoderOption,
    EncoderOptions,
    FreshOption,
    LanguageOption,
    LessonOption,
    OutputOption,
    QualityName,
    QualityOption,
    ScenesOption,
    SchedulerOption,
    SilentOption,
    ThemeOption,
    WorkersOption,
)
from bnviz.cli.outputs import require_file
from bnviz.cli.start import STOPPED, say_stopped, stoppable, was_stopped
from bnviz.errors import SceneFailed, UserError
from bnviz.files import replacing
from bnviz.film.file_names import film_file, scene_file
from bnviz.media.hardware import X264
from bnviz.run import discover
from bnviz.run.quality import QUALITIES, with_options
from scenes.kit.languages import ENGLISH
from scenes.kit.palettes import FILM

if TYPE_CHECKING:
    from bnviz.film.make import FilmRequest

MEDIA = Path("media")
README = Path("README.md")
complaints = terminal(stderr=True)


class Plain(TyperGroup):
    """Commands whose errors are sentences."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        with stoppable():
            try:
                _require_working_folder()
                return super().invoke(ctx)
            except UserError as error:
                if was_stopped():
                    raise _stop() from None
                _complain(error)
            except OSError as error:
                if error.errno == errno.EPIPE:  # nobody reads on, which is no mistake
                    raise
                _complain(UserError(f"{error.filename}: {error.strerror}" if error.filename else str(error)))
            except KeyboardInterrupt:
                raise _stop() from None
            raise typer.Exit(1)


def _stop() -> typer.Exit:
    say_stopped()
    return typer.Exit(STOPPED)


def _require_working_folder() -> None:
    try:
        os.getcwd()
    except OSError as error:
        raise UserError(
            f"there is no working folder any more ({error.strerror}); change to one that exists"
        ) from None


def _complain(error: UserError) -> None:
    with suppress(OSError):  # a terminal that was closed
        complaints.print(Text.assemble(("error: ", "bold red"), str(error)))
        if isinstance(error, SceneFailed) and error.details:
            complaints.print(f"{_keep(error.details)} Films made before are untouched.")


def _keep(details: str) -> str:
    """Write the traceback to a file; returns a sentence about it."""
    path = MEDIA / "failure.log"
    try:
        with replacing(path) as new:
            new.write_text(details + "\n", encoding="utf-8", errors="backslashreplace", newline="\n")
    except (OSError, UserError) as error:
        return f"The whole traceback could not be written to {path}: {error}."
    return f"The whole traceback is in {path}."


app = typer.Typer(
    cls=Plain,
    name="bnviz",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _say_version(wanted: bool) -> None:
    if wanted:
        console.print(f"bnviz {installation.version()}", highlight=False)
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_say_version, is_eager=True, help="Say the version and exit."),
    ] = False,
) -> None:
    """From Valley to Bowl: turn the lesson and its scenes into a film."""


if installation.is_checkout():  # the stored pictures lie among its tests
    app.add_typer(frames.app, name="frames")


@app.command()
def film(
    quality: QualityOption = QualityName.high,
    workers: WorkersOption = CORES,
    theme: ThemeOption = FILM,
    language: LanguageOption = ENGLISH.code,
    silent: SilentOption = False,
    scenes: ScenesOption = None,
    cut: CutOption = None,
    output: OutputOption = None,
    lesson: LessonOption = None,
    scheduler: SchedulerOption = None,
    cache: CacheOption = CACHE,
    fresh: FreshOption = False,
    encoder: EncoderOption = X264,
    encoder_option: EncoderOptions = None,
) -> None:
    """Make the film: an MP4 with narration, chapters, captions; beside it .srt, .vtt and a description."""
    sources, settings = film_of(scenes, cut), settings_of(theme, silent, lesson, language)
    path = output or film_file(MEDIA / "film", sources, settings)
    require_file("--output", path, [".mp4"])
    chosen = with_options(QUALITIES[quality.value], encoder_option or (), encoder)
    _make(request_of(sources, settings, path, chosen, workers, cache, fresh, scheduler))


@app.command()
def scene(
    name: Annotated[str, typer.Argument(help="A scene's class, for example Valley.")],
    quality: QualityOption = QualityName.high,
    theme: ThemeOption = FILM,
    language: LanguageOption = ENGLISH.code,
    silent: SilentOption = False,
    output: OutputOption = None,
    lesson: LessonOption = None,
    cache: CacheOption = CACHE,
    fresh: FreshOption = False,
    encoder: EncoderOption = X264,
    encoder_option: EncoderOptions = None,
) -> None:
    """Make an MP4 of one scene, with narration, chapters and captions."""
    source, settings = discover.find(name), settings_of(theme, silent, lesson, language)
    path = output or scene_file(MEDIA / "scenes", source, settings)
    require_file("--output", path, [".mp4"])
    chosen = with_options(QUALITIES[quality.value], encoder_option or (), encoder)
    _make(request_of([source], settings, path, chosen, 1, cache, fresh, title=name))


@app.command()
def where(name: Annotated[str, typer.Argument(help="A scene's class, for example Valley.")]) -> None:
    """Say where a scene's file is, for Manim's own command: manim render "$(bnviz where Valley)" Valley."""
    print(discover.find(name).path)


@app.command(name="doctor")
def examine() -> None:
    """Say what is missing on this machine, and the command that mends it.

    In a checkout also what a new scene, theme or language still lacks.
    """
    findings = doctor.examine(Path.cwd())
    table = Table("", "what", "found", "mend it with")
    for item in findings:
        bad = Text("missing", "red") if item.needed else Text("optional", "yellow")
        mark = Text("ok", "green") if item.fine else bad
        table.add_row(mark, item.what, item.found, "" if item.fine else item.fix)
    console.print(table, soft_wrap=False)
    is_fine = all(item.fine or not item.needed for item in findings)
    if is_fine and installation.is_checkout():
        from bnviz.review import registries

        for problem in registries.problems():
            console.print(problem)
            is_fine = False
    if not is_fine:
        raise typer.Exit(1)


@app.command()
def posters(
    workers: WorkersOption = CORES,
    theme: ThemeOption = FILM,
    language: LanguageOption = ENGLISH.code,
    scenes: ScenesOption = None,
    lesson: LessonOption = None,
) -> None:
    """Write a poster of every scene, its best beat's last picture, and the README's table of them.

    Those of the film's own theme and lesson go to media/posters and into the README.md of this folder, others
    to media/posters-THEME or media/posters-LESSON.
    """
    from bnviz.posters.overview import make_posters, renew_contents

    sources, settings = sources_of(scenes), settings_of(theme, True, lesson, language)
    require_complete(sources, settings)
    sources = told_of(sources, settings)
    marks = [*marks_of(theme, language), *filter(None, [settings.lesson_name])]
    folder = MEDIA / "-".join(["posters", *marks])
    for path, size in make_posters(sources, settings, folder, workers):
        console.print(f"{path}  {size / 1000:.0f} kB")
    if not marks and scenes is None and README.is_file():
        console.print(f"{README}  {'changed' if renew_contents(README, sources, settings) else 'unchanged'}")


def _make(request: FilmRequest) -> None:
    from bnviz.film.make import make_film

    made = run(request, make_film)
    minutes, seconds = divmod(round(made.duration), 60)
    megabytes, count = request.output.stat().st_size / 1e6, len(made.chapters)
    chapters = f"{count} chapter{'' if count == 1 else 's'}"
    console.print(f"{request.output}  {minutes}:{seconds:02} min, {chapters}, {megabytes:.1f} MB")


app.command(name="list")(lengths.list_scenes)
app.command()(still.still)
app.command()(watch.watch)
app.command()(check.check)
app.command()(new.new)
app.command()(talks.slides)
app.command()(talks.clip)
app.command()(figures.figures)
app.command()(figures.data)
app.command()(page.page)
app.command()(page.play)
app.command()(batch.batch)
app.command(name="cache")(cache.examine)
