"""Scenes rendered where missing, joined for a moment, and held against the limits of a film."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bnviz.film.make import Listener, Order, film_of, rendered_scenes

if TYPE_CHECKING:
    from bnviz.review.check import Report


def check(order: Order, listener: Listener | None = None) -> Report:
    """Check the film of ``order``, which is not written: its output is not looked at.

    Raises:
        SceneFailed: a scene raised an exception.
        UserError: the lesson cannot be read, or a scene lacks what it needs.
    """
    from bnviz.review.check import check_scenes

    listener = listener or Listener()
    with tempfile.TemporaryDirectory(prefix="bnviz-") as folder:
        beside = Path(folder)
        film = beside / "film.mp4"
        with rendered_scenes(order, beside, listener) as rendered:
            film_of(replace(order, store=None), rendered, film, order.title, listener.joining)
            return check_scenes(rendered, film)
