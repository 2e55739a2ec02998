"""The command ``python -m benchmarks``: measures everything and writes docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from benchmarks import cut_out as drawn
from benchmarks import growth as growing
from benchmarks import maths as arithmetic
from benchmarks import page as pages
from benchmarks import profiling, shots
from benchmarks import scenes as filming
from benchmarks.author import measure as waiting
from benchmarks.encoders.compare import COUNT, compare
from benchmarks.orders import measure as orders
from benchmarks.plot import draw
from benchmarks.processes import in_a_process, networks_trained_before
from bnviz.cli.app import Plain
from bnviz.cli.options import QualityName, QualityOption, ScenesOption
from bnviz.run import discover
from bnviz.run.quality import QUALITIES, UHD
from scenes.kit.settings import Settings

WORKERS = 2
LARGE = ("Correlation", "BatchSplit")  # one with a surface, one with many dots and words
progress = Console(stderr=True)
app = typer.Typer(
    cls=Plain,
    name="python -m benchmarks",
    help="Measure everything, in an hour, and write docs/benchmarks.md; or one part of it.",
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

PageOption = Annotated[
    Path | None,
    typer.Option(
        exists=True,
        dir_okay=False,
        help="The page to write to; by default docs/benchmarks.md, if all is measured, and alone.",
    ),
]
WorkersOption = Annotated[int, typer.Option(min=1, help="Processes side by side, for the whole film.")]
SecondsOption = Annotated[float, typer.Option(min=0.1, help="Length of the shot.")]
ManimGLOption = Annotated[
    Path | None,
    typer.Option(exists=True, dir_okay=False, help="A Python that has ManimGL and av, if this one does not."),
]
FFmpegOption = Annotated[
    Path | None,
    typer.Option(exists=True, dir_okay=False, help="An FFmpeg program with the filter libvmaf, for VMAF."),
]
FramesOption = Annotated[int, typer.Option(min=2, help="Frames of each kind of picture.")]


@app.callback()
def everything(context: typer.Context, manimgl: ManimGLOption = None, ffmpeg: FFmpegOption = None) -> None:
    """Measure everything, unless one part is asked for."""
    if context.invoked_subcommand is None:
        maths()
        surface(manimgl=manimgl)
        cut_out()
        author()
        scenes()
        large()
        encoders(ffmpeg=ffmpeg)
        growth()


@app.command()
def scenes(
    scenes: ScenesOption = None,
    quality: QualityOption = QualityName.high,
    workers: WorkersOption = WORKERS,
    page: PageOption = None,
) -> None:
    """Every scene and the whole film against encoding alone: speed and memory."""
    settings, sources = Settings(), _sources(scenes)
    _tell("nothing yet: networks are trained first")
    with networks_trained_before(settings.lesson.network):
        film = filming.film_cost(sources, settings, QUALITIES[quality.value], workers, _tell)
    is_full = scenes is None and quality is QualityName.high and workers == WORKERS
    _report("scenes", pages.film_lines(film), page, is_full and film.is_undisturbed)


@app.command()
def large(page: PageOption = None) -> None:
    """Two scenes at 2160p60 against encoding alone: speed and memory."""
    settings = Settings()
    with networks_trained_before(settings.lesson.network):
        film = filming.film_cost(discover.film(LARGE), settings, UHD, WORKERS, _tell)
    _report("large", pages.film_lines(film), page, film.is_undisturbed)


@app.command()
def author(page: PageOption = None) -> None:
    """What an author waits for: the list, a beat's still, a word that changes."""
    with networks_trained_before(Settings().lesson.network):
        found = list(waiting.waits(_tell))
    _report("author", pages.wait_lines(found), page, is_worth_it=True)


@app.command()
def surface(
    seconds: SecondsOption = 5.0,
    quality: QualityOption = QualityName.high,
    manimgl: ManimGLOption = None,
    page: PageOption = None,
) -> None:
    """A turning surface against stock Manim, Matplotlib and ManimGL."""
    speeds = shots.speeds(seconds, QUALITIES[quality.value], manimgl, _tell)
    _report("surface", pages.speed_lines(speeds), page, seconds == 5.0 and quality is QualityName.high)


@app.command()
def cut_out(quality: QualityOption = QualityName.high, page: PageOption = None) -> None:
    """A loss cut out at one value against the mesh: what a frame costs to draw."""
    costs = drawn.frame_costs(QUALITIES[quality.value], tell=_tell)
    _report("cut-out", pages.frame_lines(costs), page, quality is QualityName.high)


@app.command()
def encoders(
    ffmpeg: FFmpegOption = None,
    frames: FramesOption = COUNT,
    page: PageOption = None,
) -> None:
    """Encoders' settings on every kind of picture: CPU time, size, and how near the worst frame comes."""
    settings = Settings()
    with networks_trained_before(settings.lesson.network):
        tried = compare(settings, QUALITIES["high"], ffmpeg, _tell, frames)
    _report("encoders", pages.encoder_lines(tried), page, frames == COUNT and ffmpeg is not None)


@app.command()
def growth(page: PageOption = None) -> None:
    """How time grows with picture, frame rate, surface, film and processes: a table and a plot."""
    target = page or pages.PAGE
    series = list(growing.growth(Settings(), _tell))
    draw(series, target.with_name(pages.PLOT))
    _report("growth", pages.growth_lines(series), page, is_worth_it=True)


@app.command()
def maths(page: PageOption = None) -> None:
    """Many descents at once against a loop, counting steps against taking them."""
    _tell("the maths")
    runs, counts = in_a_process(arithmetic.everything)
    _report("maths", pages.maths_lines(runs, counts), page, is_worth_it=True)


@app.command()
def batch(
    films: Annotated[int, typer.Option(min=1, help="How many lessons.")] = 20,
    scenes: Annotated[str, typer.Option(help="Scenes of each film.")] = "BatchSplit,ScaleShift",
    workers: Annotated[str, typer.Option(help="Numbers of workers, separated by commas.")] = "1,2,4",
    page: PageOption = None,
) -> None:
    """An order of films of different lessons at 480p15, by numbers of workers; not part of everything."""
    numbers = [int(number) for number in workers.split(",")]
    names = [source.name for source in _sources(scenes)]
    costs = list(orders.order_costs(films, names, numbers, Settings().lesson.network, _tell))
    _report("batch", orders.order_lines(costs, names), page, is_worth_it=False)


@app.command()
def profile(
    scene: Annotated[str | None, typer.Argument(help="One scene's class, at length; else all.")] = None,
    quality: QualityOption = QualityName.high,
) -> None:
    """Where drawing time goes, without encoding."""
    profiles = []
    for source in _sources(scene):
        _tell(f"{source.name} under the profiler")
        profiles.append(in_a_process(profiling.profile, source, Settings(), QUALITIES[quality.value]))
    _print(pages.profile_lines(profiles))


def _sources(names: str | None) -> Sequence[discover.SceneSource]:
    return discover.film([name.strip() for name in names.split(",")] if names else None)


def _tell(what: str) -> None:
    progress.print(f"measuring {what}", highlight=False)


def _report(part: str, lines: Iterable[str], page: Path | None, is_worth_it: bool) -> None:
    """Print what was measured, and put it into the page if it is worth it."""
    written = list(lines)
    _print(written)
    target = page or (pages.PAGE if is_worth_it else None)
    if target:
        pages.put(target, part, written)
        progress.print(f"written to {target}", highlight=False)
    else:
        progress.print(
            "not written down, since not everything was measured at full size, or other programs ran "
            "meanwhile; --page does"
        )


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)


if __name__ == "__main__":
    app()
