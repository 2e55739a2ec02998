"""The command for those who hand it on: ``bnviz page``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from publish.errors import UserError
from publish.options import (
    CACHE,
    CORES,
    CacheOption,
    FreshOption,
    LessonOption,
    QualityName,
    QualityOption,
    ScenesOption,
    SchedulerOption,
    SilentOption,
    ThemeName,
    ThemeOption,
    WorkersOption,
)
from publish.quality import QUALITIES


def page(
    quality: QualityOption = QualityName.high,
    workers: WorkersOption = CORES,
    theme: ThemeOption = ThemeName.dark,
    silent: SilentOption = False,
    scenes: ScenesOption = None,
    output: Annotated[
        Path | None,
        typer.Option(file_okay=False, help="The folder, replaced as a whole; media/page by default."),
    ] = None,
    lesson: LessonOption = None,
    scheduler: SchedulerOption = None,
    cache: CacheOption = CACHE,
    fresh: FreshOption = False,
) -> None:
    """Make a page to hand out: film, chapters, scenes, figures and numbers in one folder, without a network.

    The theme is the film's; the page itself is light or dark as its reader's system is.
    """
    from publish import cli
    from publish.film import Order
    from publish.page import PAGE, make_page
    from publish.progress import FilmProgress

    folder = output or Path("media/page")
    settings = cli._settings(theme, silent, lesson)
    order = Order(
        cli._sources(scenes),
        settings,
        folder,
        QUALITIES[quality.value],
        workers,
        cache=cache,
        fresh=fresh,
        scheduler=scheduler,
    )
    try:
        with FilmProgress(cli.console) as progress:
            made = make_page(order, progress, cli.console.print)
    except OSError as error:
        raise UserError(f"--output {folder}: {error}") from error
    megabytes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    cli.console.print(
        f"{folder / PAGE}  {len(made.scenes)} scenes, {len(made.figures)} figures, {megabytes:.1f} MB"
    )
