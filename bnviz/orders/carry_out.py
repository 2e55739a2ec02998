"""Making one product after the other: what is there stays, and what cannot be made stops none of the rest.

All share one store: scenes that do not depend on what differs are rendered once. What was made is noted there
with its content, so that a command that was stopped goes on where it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from bnviz.cache.code_key import RenderEnvironment, everything
from bnviz.cache.read_tracking import values_now
from bnviz.errors import UserError
from bnviz.figures.look import Layout
from bnviz.figures.make import FigureRequest, make_figures
from bnviz.files import content_of
from bnviz.film.file_names import files_of
from bnviz.film.make import FilmRequest, Listener, make_film
from bnviz.orders.order import Product
from bnviz.run.quiet import import_manim

Prepare = Callable[[Product], FilmRequest]
"""Loads a product's lesson, and says which scenes are rendered and how; a UserError says why none can be."""


@dataclass(frozen=True)
class Outcome:
    """A product, whether it was there already, and the sentence that says why it is not there now."""

    product: Product
    was_there: bool = False
    error: str = ""


def carry_out(
    products: Sequence[Product],
    prepare: Prepare,
    listen: Callable[[], AbstractContextManager[Listener]],
    on_start: Callable[[int, Product], None] = lambda number, product: None,
) -> Iterator[Outcome]:
    """Make ``products`` one after the other, and yield what became of each.

    Args:
        products: what is to be made.
        prepare: from a product to a request for its scenes.
        listen: gives what hears how far a product is, for as long as it is being made.
        on_start: told the number of each, from 1 on, before it is begun.
    """
    for number, product in enumerate(products, 1):
        on_start(number, product)
        try:
            yield _made(product, prepare(product), listen)
        except (UserError, OSError) as error:
            yield Outcome(product, error=str(error))


def _made(
    product: Product, request: FilmRequest, listen: Callable[[], AbstractContextManager[Listener]]
) -> Outcome:
    key, store = _key(product, request), request.store
    there = _content(product)
    if store and there and store.noted(key) == there:
        return Outcome(product, was_there=True)
    with listen() as listener:
        _MAKERS[product.kind](request, listener)
    if store:
        store.note(key, _content(product))
    return Outcome(product)


def _film(request: FilmRequest, listener: Listener) -> None:
    make_film(request, listener)


def _slides(request: FilmRequest, listener: Listener) -> None:
    import_manim()  # quietly, before anything else imports it
    from bnviz.talk.slides import Talk, make_slides

    make_slides(Talk(request), listener)


def _page(request: FilmRequest, listener: Listener) -> None:
    from bnviz.page.make import make_page

    make_page(request, listener)


def _figures(request: FilmRequest, listener: Listener) -> None:
    layout = Layout.column
    make_figures(
        FigureRequest(
            sources=request.sources,
            settings=request.settings,
            folder=request.output,
            workers=request.workers,
            width=layout.usual_width,
            layout=layout,
        )
    )


_MAKERS: dict[str, Callable[[FilmRequest, Listener], None]] = {
    "film": _film,
    "slides": _slides,
    "page": _page,
    "figures": _figures,
}


def _key(product: Product, request: FilmRequest) -> str:
    """All that a product is made from: every file of the project, and what was chosen."""
    environment = RenderEnvironment(request.settings, request.quality)
    scenes = [(source.name, source.beats, content_of(source.path)) for source in request.sources]
    parts = (
        *(product.kind, product.path.absolute(), environment.chosen, everything()),
        *(request.title, scenes, values_now(request.settings)),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _content(product: Product) -> str:
    """What lies at the product's path; empty if something of it is missing."""
    film = product.kind == "film"
    files = files_of(product.path) if film else sorted(_files_in(product.path))
    try:
        contents = [(path.relative_to(product.path.parent).as_posix(), content_of(path)) for path in files]
    except OSError:
        return ""
    return hashlib.sha256(repr(contents).encode()).hexdigest() if contents else ""


def _files_in(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
