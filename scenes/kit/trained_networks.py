"""Networks that a scene trains while it is rendered by plain Manim: what is computed is said.

Where results are kept between runs is publishing's business.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from bn_math.networks.trained.settings import NetworkSettings
from bn_math.networks.trained.store import Memo, current_store, use_store


class ToldMemo(Memo):
    """Results in this process's memory; each that has to be computed is said on standard error."""

    def result(self, settings: NetworkSettings, part: str, compute: Callable[[], Any]) -> Any:
        """What is kept, else what ``compute`` returns, which is kept."""

        def told() -> Any:
            print(f"training networks ({part}), which may take minutes", file=sys.stderr, flush=True)
            return compute()

        return super().result(settings, part, told)


def say_what_is_trained() -> None:
    """From now on say what networks are trained, unless somebody keeps their results already."""
    if type(current_store()) is Memo:
        use_store(ToldMemo())
