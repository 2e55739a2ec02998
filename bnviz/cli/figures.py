"""The commands for figures and the arrays behind them: ``bnviz figures`` and ``bnviz data``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bnviz.cli.common import console, require_complete, settings_of, sources_of, told_of
from bnviz.cli.options import (
    CORES,
    LanguageOption,
    LessonOption,
    ScenesOption,
    ThemeOption,
    WorkersOption,
    finite,
    nonempty,
)
from bnviz.cli.outputs import require_folder
from bnviz.errors import UserError
from bnviz.figures.look import Layout
from bnviz.run import discover
from scenes.kit.languages import ENGLISH, SANS, SERIF
from scenes.kit.palettes import PRINT


class FigureFormat(StrEnum):
    """What a figure may be written as."""

    svg = "svg"
    pdf = "pdf"
    png = "png"


class Letters(StrEnum):
    """In which letters words are set; formulas always have serifs."""

    sans = SANS
    serif = SERIF


class DataFormat(StrEnum):
    """What arrays may be written as."""

    csv = "csv"
    npz = "npz"


FolderOption = Annotated[
    Path | None, typer.Option(parser=nonempty, metavar="FOLDER", help="The folder to write into.")
]


def figures(
    formats: Annotated[
        list[FigureFormat] | None,
        typer.Option("--format", help="May be given more than once; all by default."),
    ] = None,
    theme: ThemeOption = PRINT,
    language: LanguageOption = ENGLISH.code,
    layout: Annotated[
        Layout, typer.Option(help="Set for a journal's column, or the film's picture as it is.")
    ] = Layout.column,
    width: Annotated[
        float | None,
        typer.Option(
            min=10,
            max=2000,
            callback=finite,
            help="In mm; 85 for a column, 160 for the film's picture.",
        ),
    ] = None,
    monochrome: Annotated[
        bool, typer.Option("--monochrome", help="Without colors: dashes, rings and hatching instead.")
    ] = False,
    panels: Annotated[
        bool, typer.Option("--panels", help="Only the figures of several beats, each with a letter.")
    ] = False,
    listed: Annotated[
        Path | None,
        typer.Option(
            "--list",
            parser=nonempty,
            metavar="FILE",
            help="Only the figures of several beats that this file lists; see docs/figures.md.",
        ),
    ] = None,
    dpi: Annotated[int, typer.Option(min=36, max=1200, help="Of a PNG, and of a surface in an SVG.")] = 300,
    transparent: Annotated[bool, typer.Option("--transparent", help="Without the background.")] = False,
    text: Annotated[
        bool,
        typer.Option("--text", help="Letters as text in SVGs and as outlines in PDFs, not the other way."),
    ] = False,
    letters: Annotated[
        Letters, typer.Option(help="Of the words: those of the film, or of one family with the formulas.")
    ] = Letters.sans,
    scenes: ScenesOption = None,
    beats: Annotated[
        str | None, typer.Option(help="Only these beats, separated by commas: surface,descent.")
    ] = None,
    output: FolderOption = None,
    workers: WorkersOption = CORES,
    lesson: LessonOption = None,
) -> None:
    """Draw the last picture of every beat for an article, into media/figures, with an index of them all.

    Beside them figures of several beats, where no scene or beat is chosen.
    """
    from bnviz.figures.make import INDEX, FigureRequest, make_figures
    from bnviz.figures.panel_lists import panel_figures, panel_sources

    _require_for_print(layout, {"monochrome": monochrome, "panels": panels, "list": listed is not None})
    only_panels = panels or listed is not None
    if only_panels and (scenes, beats) != (None, None):
        raise UserError(
            "--panels and --list draw figures of several beats; --scenes and --beats go without them"
        )
    has_panels = layout is Layout.column and (scenes, beats) == (None, None)
    several = panel_figures(listed) if has_panels else []
    sources = [] if only_panels else sources_of(scenes)
    settings = replace(settings_of(theme, True, lesson, language), letters=letters.value)
    require_complete([*sources, *panel_sources(several)], settings)
    sources = told_of(sources, settings) if sources else []
    request = FigureRequest(
        sources=sources,
        settings=settings,
        folder=output or Path("media/figures"),
        workers=workers,
        formats=tuple(dict.fromkeys(item.value for item in formats or FigureFormat)),
        width=width or layout.usual_width,
        dpi=dpi,
        transparent=transparent,
        beats=_beats(beats),
        layout=layout,
        monochrome=monochrome,
        panels=several,
        panel_width=width,
        text=text,
    )
    require_folder("--output", request.folder)
    with console.status("drawing") as status:
        try:
            made = make_figures(request, lambda scene: status.update(f"drawing: {scene} is done"))
        except OSError as error:
            raise UserError(f"--output {request.folder}: {error}") from error
    files = [
        request.folder / file for item in made for file in (*item.files.values(), *item.alias_files.values())
    ]
    megabytes = sum(path.stat().st_size for path in files) / 1e6
    console.print(
        f"{request.folder}  {len(made)} figures, {len(files)} files, {megabytes:.1f} MB; "
        f"{INDEX} says what they show"
    )


def data(
    scene: Annotated[str, typer.Option(help="A scene's class, for example Valley.")],
    kind: Annotated[DataFormat, typer.Option("--format", help="A folder of CSV files, or one NPZ.")] = (
        DataFormat.csv
    ),
    output: FolderOption = None,
    lesson: LessonOption = None,
) -> None:
    """Write the arrays behind a scene's figures, into media/data, for those who draw their own."""
    from bnviz.figures.data_files import scene_tables, write_tables

    source, settings = discover.find(scene), settings_of(PRINT, True, lesson)
    folder = output or Path("media/data")
    require_folder("--output", folder)
    tables = scene_tables(source, settings)
    # As with films and figures, another lesson's files never replace the article's.
    name = "-".join(part for part in (source.path.stem.replace("_", "-"), settings.lesson_name) if part)
    try:
        written = write_tables(tables, folder, name, kind.value)
    except OSError as error:
        raise UserError(f"--output {folder}: {error}") from error
    for path in written:
        console.print(str(path))


def _require_for_print(layout: Layout, needed: Mapping[str, bool]) -> None:
    """Refuse what only figures set for print have."""
    for option, is_given in needed.items():
        if is_given and layout is Layout.film:
            raise UserError(f"--{option} needs --layout column; the film's picture is as it is in the film")


def _beats(listed: str | None) -> list[str] | None:
    if listed is None:
        return None
    names = [name.strip() for name in listed.split(",") if name.strip()]
    if not names:
        raise UserError("--beats names no beat; it should be like --beats surface,descent")
    return names
