"""Where results are kept: in the process, by settings; a program may put another store in its place."""

from collections.abc import Callable
from typing import Any, Protocol

from bn_math.networks.trained.settings import NetworkSettings


class ResultStore(Protocol):
    """Keeps what was computed for some settings, so that nothing is trained twice."""

    def result(self, settings: NetworkSettings, part: str, compute: Callable[[], Any]) -> Any:
        """The result `part` for `settings`: what is kept, else what `compute` returns, which is kept."""
        ...


class Memo:
    """A store in the process's memory."""

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self._kept: dict[tuple[NetworkSettings, str], Any] = {}

    def result(self, settings: NetworkSettings, part: str, compute: Callable[[], Any]) -> Any:
        """What is kept, else what `compute` returns, which is kept."""
        key = settings, part
        if key not in self._kept:
            self._kept[key] = compute()
        return self._kept[key]


_stores: list[ResultStore] = [Memo()]


def current_store() -> ResultStore:
    """The store in use."""
    return _stores[0]


def use_store(store: ResultStore) -> ResultStore:
    """Puts `store` in place of the one in use, for this process, and returns that."""
    before, _stores[0] = _stores[0], store
    return before
