"""The commands that make pages: ``bnviz page`` to hand out, ``bnviz play`` to play with."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bnviz.cli.common import console, film_of, marks_of, request_of, run, settings_of
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
    SilentOption,
    ThemeOption,
    WorkersOption,
    nonempty,
)
from bnviz.cli.outputs import require_file, require_folder
from bnviz.errors import UserError
from bnviz.run.quality import QUALITIES
from scenes.kit.languages import ENGLISH
from scenes.kit.palettes import FILM


def page(
    quality: QualityOption = QualityName.high,
    workers: WorkersOption = CORES,
    theme: ThemeOption = FILM,
    language: LanguageOption = ENGLISH.code,
    silent: SilentOption = False,
    scenes: ScenesOption = None,
    cut: CutOption = None,
    output: Annotated[
        Path | None,
        typer.Option(
            parser=nonempty, metavar="FOLDER", help="The folder, replaced as a whole; media/page by default."
        ),
    ] = None,
    lesson: LessonOption = None,
    scheduler: SchedulerOption = None,
    cache: CacheOption = CACHE,
    fresh: FreshOption = False,
) -> None:
    """Make a page to hand out: film, chapters, scenes, figures and numbers in one folder, without a network.

    The theme is the film's; the page itself is light or dark as its reader's system is.
    """
    from bnviz.page.make import PAGE, make_page

    folder = output or Path("media/page")
    _require_outside(folder)
    sources, settings = film_of(scenes, cut), settings_of(theme, silent, lesson, language)
    chosen = QUALITIES[quality.value]
    request = request_of(sources, settings, folder, chosen, workers, cache, fresh, scheduler)
    made = run(request, partial(make_page, on_step=console.print))
    sizes = {path: path.stat().st_size / 1e6 for path in folder.rglob("*") if path.is_file()}
    films = sum(size for path, size in sizes.items() if path.suffix == ".mp4")
    console.print(
        f"{folder / PAGE}  {len(made.scenes)} scenes, {len(made.figures)} figures, "
        f"{sum(sizes.values()) - films:.1f} MB and {films:.1f} MB of films"
    )


def play(
    theme: ThemeOption = FILM,
    language: LanguageOption = ENGLISH.code,
    lesson: LessonOption = None,
    one_file: Annotated[
        bool, typer.Option("--one-file", help="One HTML file instead of a folder, to be sent or embedded.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            parser=nonempty,
            metavar="PATH",
            help="The folder, replaced as a whole, or the file; media/play or media/play.html by default.",
        ),
    ] = None,
) -> None:
    """Make the page to play with: data, loss, layer and norms with knobs, without a network or a server."""
    from bnviz.play.make import make_play, write_one_file

    settings = settings_of(theme, True, lesson, language)
    marks = [*marks_of(theme, language), *filter(None, [settings.lesson_name])]
    stem = "-".join(["play", *marks])
    if one_file:
        path = output or Path("media") / f"{stem}.html"
        require_file("--output", path, [".html"])
        write_one_file(settings, path)
    else:
        folder = output or Path("media") / stem
        _require_outside(folder)
        path = make_play(settings, folder)
    files = [path] if one_file else [item for item in path.parent.rglob("*") if item.is_file()]
    console.print(f"{path}  {sum(item.stat().st_size for item in files) / 1e6:.1f} MB")


def _require_outside(folder: Path) -> None:
    require_folder("--output", folder)
    if Path.cwd().is_relative_to(folder.resolve()):
        raise UserError(
            f"--output {folder} would be replaced as a whole, and you are in it; name another folder"
        )
