"""The command that makes many films, talks, pages and figures at once: ``bnviz batch``."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bnviz.cli.common import console, film_of, remember_networks, request_of, settings_of, terminal
from bnviz.cli.options import CACHE, CORES, CacheOption, SchedulerOption, WorkersOption
from bnviz.cli.outputs import require_file, require_folder, require_no_file
from bnviz.errors import UserError
from bnviz.run.quality import QUALITIES
from bnviz.workers.scheduler import require_scheduler

if TYPE_CHECKING:
    from bnviz.cache.store import Store
    from bnviz.film.make import FilmRequest
    from bnviz.orders.order import Product


def batch(
    orders: Annotated[
        Path, typer.Argument(metavar="ORDERS", help="A TOML file of orders, see docs/scaling.md.")
    ],
    plan: Annotated[bool, typer.Option("--plan", help="Only say what would be made.")] = False,
    workers: WorkersOption = CORES,
    scheduler: SchedulerOption = None,
    cache: CacheOption = CACHE,
) -> None:
    """Make all that a file of orders asks for: films, talks, pages, figures of many lessons.

    What is there already stays: a command that was stopped goes on where it was. What cannot be made is told
    at the end, and stops none of the rest.
    """
    from bnviz.cache.store import LIMIT, Store
    from bnviz.cli.progress import FilmProgress, tell
    from bnviz.orders.carry_out import carry_out
    from bnviz.orders.order import products

    wanted = products(orders)
    if plan:
        for product in wanted:
            console.print(str(product.path))
        return
    for product in wanted:
        if product.kind == "film":
            require_file(f"{orders}: name", product.path, [".mp4"])
        else:
            require_folder(f"{orders}: name", product.path)
    if scheduler is not None:
        require_scheduler(scheduler)
    require_no_file("--cache", cache)
    # Nothing that another of them may need is thrown away meanwhile.
    store = Store(cache, limit=sys.maxsize, tell=partial(tell, console))
    failed = []
    for outcome in carry_out(
        wanted,
        partial(_request, store=store, workers=workers, scheduler=scheduler),
        lambda: FilmProgress(console),
        lambda number, product: console.print(f"{number} of {len(wanted)}: {product.path}", highlight=False),
    ):
        if outcome.error:
            failed.append(outcome)
            tell(console, outcome.error)
        elif outcome.was_there:
            console.print("there already", style="dim")
    _say_how_large(store, LIMIT)
    if failed:
        complaints = terminal(stderr=True)
        complaints.print(f"{len(failed)} of {len(wanted)} could not be made:", style="red", highlight=False)
        for outcome in failed:
            complaints.print(f"{outcome.product.path}: {outcome.error}", highlight=False)
        raise typer.Exit(1)
    console.print(f"all {len(wanted)} are there", highlight=False)


def _request(product: Product, store: Store, workers: int, scheduler: str | None) -> FilmRequest:
    """The scenes of a product, and how they are rendered.

    Raises:
        UserError: the lesson is refused, or tells nothing of what is to be shown.
    """
    try:
        settings = settings_of(product.theme, product.silent, product.lesson, product.language)
    except UserError as error:
        raise UserError(str(error).removeprefix("--lesson ")) from error
    remember_networks(store.folder)
    sources = film_of(",".join(product.scenes) or None, product.cut)
    request = request_of(
        sources, settings, product.path, QUALITIES[product.quality], workers, store.folder, False, scheduler
    )
    return replace(request, store=store)


def _say_how_large(store: Store, limit: int) -> None:
    if (size := store.contents.size) > limit:
        console.print(
            f"{store.folder} holds {size / 1e9:.1f} GB now; with the next film the longest unused scenes go, "
            f"down to {limit / 1e9:.0f} GB",
            highlight=False,
        )
