"""The command for the store of rendered scenes: ``bnviz cache``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from bnviz.cli.common import console
from bnviz.cli.options import CACHE, CacheOption
from bnviz.cli.outputs import require_no_file


class Action(StrEnum):
    """What can be done to the store."""

    clear = "clear"


def examine(
    action: Annotated[Action | None, typer.Argument(help="Throw away what is kept.")] = None,
    cache: CacheOption = CACHE,
) -> None:
    """Say what is kept of rendered scenes, or throw it away: `bnviz cache clear`."""
    from bnviz.cache.store import Store

    require_no_file("--cache", cache)
    store = Store(cache)
    found = store.contents if action is None else store.clear()
    is_gone = "" if action is None else ", thrown away"
    console.print(f"{cache}  {found.scenes} scenes, {found.size / 1e6:.1f} MB{is_gone}")
