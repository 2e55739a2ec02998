"""An order of films of different lessons, made by ``bnviz batch`` as a user makes it, with an empty store."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import av

from benchmarks.machine import described
from benchmarks.processes import networks_trained_before
from bn_math.networks.trained.study import NetworkStudy
from bnviz.errors import UserError

FIRST_SEED = 1


@dataclass(frozen=True)
class OrderCost:
    """An order of ``films``, made by so many ``workers``.

    ``seconds`` are those of the whole command with nothing kept, ``again`` those of the same with nothing
    changed. ``rendered`` and ``kept`` are scenes; ``film_minutes`` the length of all films together.
    """

    workers: int
    films: int
    film_minutes: float
    seconds: float
    again: float
    rendered: int
    kept: int


def order_costs(
    films: int,
    scenes: Sequence[str],
    workers: Sequence[int],
    study: NetworkStudy,
    tell: Callable[[str], None],
) -> Iterator[OrderCost]:
    """Make the order once for each number of ``workers``; networks are trained before.

    Raises:
        UserError: a film could not be made.
    """
    tell("nothing yet: networks are trained first")
    with networks_trained_before(study):
        for number in workers:
            tell(f"{films} films with {number} workers")
            with tempfile.TemporaryDirectory(prefix="bnviz-") as folder:
                yield _cost(Path(folder), films, scenes, number)


def _cost(folder: Path, films: int, scenes: Sequence[str], workers: int) -> OrderCost:
    orders = write_orders(folder, films, scenes)
    first, said = _run(orders, workers)
    again, _ = _run(orders, workers)
    lines = said.splitlines()
    lengths = [_seconds(path) for path in (folder / "out" / "film").glob("*.mp4")]
    return OrderCost(
        workers=workers,
        films=len(lengths),
        film_minutes=sum(lengths) / 60,
        seconds=first,
        again=again,
        rendered=sum(" frames, " in line and line.endswith(" beats") for line in lines),
        kept=sum(line.endswith(" s, kept from before") for line in lines),
    )


def write_orders(folder: Path, films: int, scenes: Sequence[str]) -> Path:
    """A file of orders: ``films`` lessons, the article's recipe with other seeds, at 480p15."""
    names = [f"lesson-{FIRST_SEED + number}.toml" for number in range(films)]
    for number, name in enumerate(names):
        (folder / name).write_text(f"seed = {FIRST_SEED + number}\n", encoding="utf-8", newline="\n")
    path = folder / "orders.toml"
    path.write_text(
        f'folder = "{folder / "out"}"\nname = "{{lesson}}"\n[[order]]\nlessons = {names!r}\n'
        f'qualities = ["low"]\nscenes = {list(scenes)!r}\n',
        encoding="utf-8",
        newline="\n",
    )
    return path


def _run(orders: Path, workers: int) -> tuple[float, str]:
    """Seconds of the whole command, and what it said."""
    command = [sys.executable, "-m", "bnviz", "batch", str(orders), "--workers", str(workers)]
    command += ["--cache", str(orders.parent / "cache")]
    start = time.perf_counter()
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"COLUMNS": "200"},
        encoding="utf-8",
    )
    if done.returncode:
        raise UserError(f"the order could not be made: {done.stderr.strip()}")
    return time.perf_counter() - start, done.stdout


def _seconds(film: Path) -> float:
    with av.open(film) as container:
        return float(container.duration or 0) / av.time_base


def order_lines(costs: Sequence[OrderCost], scenes: Sequence[str]) -> Iterator[str]:
    """The table."""
    head = (
        *("workers", "films", "film-minutes", "minutes", "film-minutes a minute"),
        *("scenes rendered", "scenes shared", "again, in seconds"),
    )
    yield f"| {' | '.join(head)} |"
    yield "|---" * len(head) + "|"
    for cost in costs:
        row = (
            *(cost.workers, cost.films, f"{cost.film_minutes:.1f}", f"{cost.seconds / 60:.1f}"),
            *(f"{60 * cost.film_minutes / cost.seconds:.2f}", cost.rendered, cost.kept, f"{cost.again:.1f}"),
        )
        yield f"| {' | '.join(map(str, row))} |"
    yield ""
    yield (
        f"{len(scenes)} scenes ({', '.join(scenes)}) of lessons with other seeds, narrated, at 480p15, each "
        "row with an empty store but for what training networks gives. "
        f"{described()}"
    )
