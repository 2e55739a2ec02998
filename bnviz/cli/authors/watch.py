"""The command that shows what a change has made of a beat: ``bnviz watch``."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from bnviz.cli.common import beat_of, console, settings_of, terminal
from bnviz.cli.options import LanguageOption, LessonOption, ThemeOption, nonempty
from bnviz.cli.outputs import require_file
from bnviz.errors import UserError
from bnviz.files import replacing
from bnviz.run import discover
from scenes.kit.languages import ENGLISH
from scenes.kit.palettes import FILM


def watch(
    what: Annotated[
        list[str] | None,
        typer.Argument(help="Scenes and beats: Valley, Bowl/descent; without any, all. The first is shown."),
    ] = None,
    clip: Annotated[
        bool, typer.Option("--clip", help="The beat's clip, at 480p15, and not its still.")
    ] = False,
    theme: ThemeOption = FILM,
    language: LanguageOption = ENGLISH.code,
    lesson: LessonOption = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Of the page on this machine; by default a free one.")
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            "--file", parser=nonempty, metavar="FILE", help="Write the picture there instead, each time."
        ),
    ] = None,
) -> None:
    """Show the beat whose words, code or lesson have just been saved, on a page that reloads itself.

    The page is for this machine alone. Errors are told, and looking goes on; Ctrl-C ends it.
    """
    from bnviz.watch.files import Watched
    from bnviz.watch.loop import Author, Target, follow
    from bnviz.watch.page import Board, Shown, served
    from bnviz.watch.picture import ENDINGS, Wish

    targets = [Target(*beat_of(item)) for item in what or ()]
    if file is not None:
        if port is not None:
            raise UserError("--port is of the page, which --file leaves out; give one of them")
        require_file("--file", file, [f".{ENDINGS[clip]}"])
    settings_of(theme, True, lesson, language)  # what is wrong with these is told at once
    first = targets[0] if targets else Target(discover.film()[0])
    wish = Wish(first.source, first.beat, theme, language, lesson, clip)
    watched = Watched(lesson)
    author = Author(watched, targets, wish, is_shown=bool(targets))
    board, complaints = Board(), terminal(stderr=True)
    with ExitStack() as stack:
        if file is None:
            console.print(f"{stack.enter_context(served(board, port or 0))}  Ctrl-C ends it", highlight=False)
        try:
            for news in follow(
                author, watched, lambda title: board.show(replace(board.shown, title=title, is_busy=True))
            ):
                if news.made is None:
                    complaints.print(f"{news.title}: {news.error}", style="red", highlight=False)
                    board.show(replace(board.shown, title=news.title, error=news.error, is_busy=False))
                    continue
                board.show(Shown(news.title, ENDINGS[clip], news.made.content))
                if file is not None:
                    with replacing(file) as beside:
                        beside.write_bytes(news.made.content)
                console.print(f"{news.title}  {news.seconds:.1f} s", highlight=False)
        except KeyboardInterrupt:
            console.print("watching has ended", highlight=False)
