"""The commands for the frame tests: ``bnviz frames check``, ``show`` and ``renew``."""

from __future__ import annotations

from pathlib import Path

import typer

from bnviz.cli.common import console, settings_of, sources_of
from bnviz.cli.options import CORES, ScenesOption, WorkersOption
from scenes.kit.palettes import FILM

CONTROL = Path("tests/scenes/control")
app = typer.Typer(no_args_is_help=True, help="The last picture of every beat against its control.")


@app.command(name="check")
def compare(workers: WorkersOption = CORES, scenes: ScenesOption = None) -> None:
    """Compare every beat's last picture with its control."""
    _compare(scenes, workers, show=False)


@app.command()
def show(workers: WorkersOption = CORES, scenes: ScenesOption = None) -> None:
    """Compare, and write what differs side by side into media/differences."""
    _compare(scenes, workers, show=True)


@app.command()
def renew(workers: WorkersOption = CORES, scenes: ScenesOption = None) -> None:
    """Make today's pictures the controls."""
    from bnviz.posters.overview import all_stills
    from bnviz.review import reference_frames

    sources = sources_of(scenes)
    changed = [
        path
        for name, stills in all_stills(sources, settings_of(FILM, True, None), workers).items()
        for path in reference_frames.renew(name, stills, CONTROL)
    ]
    for path in changed:
        console.print(str(path))
    console.print(f"{len(changed)} controls changed")


def _compare(scenes: str | None, workers: int, show: bool) -> None:
    from bnviz.posters.overview import all_stills
    from bnviz.review import reference_frames

    found = [
        item
        for name, stills in all_stills(sources_of(scenes), settings_of(FILM, True, None), workers).items()
        for item in reference_frames.compare(name, stills, CONTROL)
    ]
    for item in found:
        if item.problem:
            console.print(f"{item.scene}, beat {item.beat!r}: {item.problem}")
            if show and (path := reference_frames.show(item, Path("media/differences"))):
                console.print(f"    {path}")
    wrong = sum(item.problem is not None for item in found)
    console.print(f"{len(found) - wrong} of {len(found)} beats are as their controls")
    if wrong:
        raise typer.Exit(1)
