"""What was measured, as Markdown for docs/benchmarks.md. Every table says on which machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks import maths, scenes
from benchmarks.author.measure import Wait
from benchmarks.cut_out import FrameCost
from benchmarks.encoders.candidates import CHOSEN
from benchmarks.encoders.compare import Tried
from benchmarks.encoders.likeness import Likeness
from benchmarks.encoders.samples import SAMPLES
from benchmarks.growth import Series
from benchmarks.machine import described
from benchmarks.maths import AtOnce, Counted
from benchmarks.profiling import Profile
from benchmarks.scenes import FilmCost
from benchmarks.shots import Speed
from bnviz.posters.readme_table import renew

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
PLOT = "benchmarks.svg"
LARGEST = 3  # costs of each scene in the table of profiles
COSTS = 30  # of one scene


def put(page: Path, part: str, lines: Iterable[str]) -> None:
    """Put what was measured between the comments of ``part`` in ``page``.

    Raises:
        UserError: the comments are not there, each once and in order.
    """
    text = "\n".join(lines)
    renew(page, text, f"<!-- {part}: written by python -m benchmarks -->", f"<!-- end of {part} -->")


def film_lines(film: FilmCost) -> Iterator[str]:
    """Every scene and the whole film against encoding alone."""
    yield from _table(
        ("scene", "frames", "frames a second", "share of encoding alone", "peak memory"),
        [
            *(
                (
                    scene.name,
                    str(scene.frames),
                    f"{scene.frames_a_second:.1f}",
                    f"{scene.encoding_share:.0%}",
                    _megabytes(scene.peak_bytes),
                )
                for scene in film.scenes
            ),
            (
                f"**all, {film.workers} processes**",
                str(film.frames),
                f"{film.frames_a_second:.1f}",
                f"{1 / film.ratio:.0%}",
                f"{_megabytes(film.peak_bytes)} a process",
            ),
        ],
    )
    yield ""
    yield (
        f"In quality {film.quality}, all of it takes **{film.ratio:.2f} times** what encoding its frames "
        f"alone takes with as many processes, on the clock on the wall; the goal is {scenes.GOAL}. In CPU "
        f"time, drawing and encoding the scenes takes {film.cpu_ratio:.2f} times what encoding them takes. "
        f"These {film.made.seconds / 60:.1f} minutes of film took {film.seconds / 60:.1f} minutes, and are "
        f"{film.made.size / 1e6:.0f} MB."
    )
    yield ""
    disturbed = "" if film.is_undisturbed else " **Other programs ran meanwhile: measure it anew.**"
    yield f"While the clock ran, the encoders were at work {film.busy:.0%} of the time.{disturbed}"
    yield ""
    yield described()


def wait_lines(waits: Sequence[Wait]) -> Iterator[str]:
    """Whole commands in seconds; Manim's start alone comes first."""
    alone = waits[0].middle
    yield from _table(
        ("what is waited for", "times", "least", "median", "most", "median over the first"),
        [
            (
                item.name,
                str(item.times),
                *(f"{seconds:.1f} s" for seconds in (item.least, item.middle, item.most)),
                f"{item.middle / alone:.1f}",
            )
            for item in waits
        ],
    )
    yield ""
    yield described()


def speed_lines(speeds: Sequence[Speed]) -> Iterator[str]:
    """The turning surface, ours over each of the others; ours comes first."""
    ours = speeds[0].frames_a_second or 0.0
    rows = []
    for item in speeds:
        grid = " × ".join(map(str, item.grid))
        if item.frames_a_second is None:
            rows.append((item.name, grid, "not installed", ""))
        else:
            rows.append(
                (item.name, grid, f"{item.frames_a_second:.1f}", f"{ours / item.frames_a_second:.1f}")
            )
    yield from _table(("surface", "grid", "frames a second", "times as fast is ours"), rows)
    yield ""
    yield described()


def frame_lines(costs: Sequence[FrameCost]) -> Iterator[str]:
    """A frame of a turning surface, over the mesh with its lines; that comes first."""
    yield from _table(
        ("one frame of a turning surface at 1080p", "ms", "over the mesh with its lines"),
        [(item.name, f"{item.milliseconds:.1f}", f"{item.ratio:.2f}") for item in costs],
    )
    yield ""
    yield described()


def growth_lines(series: Sequence[Series], plot: str = PLOT) -> Iterator[str]:
    """How many times as much, and how many times as long."""
    yield f"![Rendering time over the size of what is rendered, one panel each]({plot})"
    yield ""
    rows = []
    for item in series:
        steps = zip(item.points, item.growth, strict=True)
        rows.append((item.name, ", ".join(f"{point.label}: {time:.2f}" for point, (_, time) in steps)))
    yield from _table(("what grows", "how many times as long as the first"), rows)
    yield ""
    yield described()


def maths_lines(runs: Sequence[AtOnce], counts: Sequence[Counted]) -> Iterator[str]:
    """Many runs at once, and steps counted."""
    yield (
        f"`descend` over {maths.RUNS:,} runs of {maths.STEPS:,} steps, against a loop of single runs, of "
        f"which {maths.SAMPLE} were taken and the time scaled up; the goal is {maths.GOAL:g} times as fast."
    )
    yield ""
    yield from _table(
        ("rule", "times as fast", "memory, over what it returns"),
        [(item.rule, f"{item.ratio:.0f}", f"{item.memory:.2f}") for item in runs],
    )
    yield ""
    yield "`steps_to` on the raw data, against taking every step and looking where it leads."
    yield ""
    yield from _table(
        ("rule", "steps", "times as fast"),
        [(item.rule, str(item.steps), f"{item.ratio:.0f}") for item in counts],
    )
    yield ""
    yield described()


def encoder_lines(tried: Sequence[Tried]) -> Iterator[str]:
    """Every encoder's settings against the first, then the film's own on each kind of picture."""
    measures: dict[str, Callable[[Likeness], float]] = {
        "SSIM": lambda item: item.ssim.worst,
        "VMAF": lambda item: item.vmaf.worst if item.vmaf else float("nan"),
    }
    head = ["settings", "CPU ms a frame", "over the first", "size over the first", "worst PSNR"]
    head += [f"worst {name} ({word})" for name in measures for word in ("of all", "least over the first's")]
    rows = []
    for item in tried:
        row = [item.candidate.name, f"{item.milliseconds:.1f}", f"{item.time:.2f}", f"{item.size:.2f}"]
        row.append(f"{item.worst(lambda found: found.psnr.worst):.1f} dB")
        for name, value in measures.items():
            digits = 4 if name == "SSIM" else 2
            row += [f"{item.worst(value):.{digits}f}", f"{item.margin(value):+.{digits}f}"]
        rows.append(row)
    yield from _table(head, rows)
    yield ""
    own = next(item for item in tried if item.candidate is CHOSEN)
    pairs = zip(SAMPLES, own.yardstick, own.own, strict=True)
    yield from _table(
        (
            f"kind of picture, {tried[0].candidate.name} and {CHOSEN.name}",
            "CPU ms",
            "kB a frame",
            "SSIM",
            "VMAF",
        ),
        [
            (
                sample.kind,
                f"{one.milliseconds:.1f}, {two.milliseconds:.1f}",
                f"{one.kilobytes:.2f}, {two.kilobytes:.2f}",
                ", ".join(f"{measures['SSIM'](item.likeness):.4f}" for item in (one, two)),
                ", ".join(f"{measures['VMAF'](item.likeness):.2f}" for item in (one, two)),
            )
            for sample, one, two in pairs
        ],
    )
    yield ""
    yield described()


def profile_lines(profiles: Sequence[Profile]) -> Iterator[str]:
    """One scene at length, or a line for each of several."""
    if len(profiles) == 1:
        (one,) = profiles
        yield f"{one.scene}: {one.milliseconds:.1f} ms a moving frame, {one.moving} of them, without encoding"
        yield ""
        yield from _table(
            ("share", "calls", "function"),
            [(f"{one.share(cost):.1%}", str(cost.calls), f"`{cost.function}`") for cost in one.costs[:COSTS]],
        )
    else:
        yield from _table(
            ("scene", "moving frames", "ms each", "largest costs"),
            [
                (
                    one.scene,
                    str(one.moving),
                    f"{one.milliseconds:.1f}",
                    ", ".join(f"`{cost.function}` {one.share(cost):.0%}" for cost in one.costs[:LARGEST]),
                )
                for one in profiles
            ],
        )
    yield ""
    yield described()


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|---" * len(head) + "|"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f} MB"
