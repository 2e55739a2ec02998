"""The scenes of one film as the store has them: what is there, and where what is rendered is to be kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bnviz.cache.code_key import RenderEnvironment
from bnviz.cache.entry import CacheEntry
from bnviz.cache.lengths import LengthCache, lengths_of
from bnviz.cache.read_tracking import values_now
from bnviz.cache.store import Store

if TYPE_CHECKING:
    from bnviz.run.discover import SceneSource


class SceneCache:
    """Finds and keeps rendered scenes by what their pictures depend on.

    Args:
        store: where they are kept; None finds nothing and keeps nothing.
        environment: what all scenes of the film are rendered with, and the lesson that they may read.
    """

    def __init__(self, store: Store | None, environment: RenderEnvironment) -> None:
        self._store, self._environment = store, environment
        self._values = values_now(environment.settings)
        self._keys: dict[str, str] = {}

    def rendered(self, sources: Sequence[SceneSource]) -> dict[str, CacheEntry]:
        """Those of ``sources`` that need not be rendered again, by name."""
        if self._store is None:
            return {}
        self._keys = {source.name: self._environment.key(source) for source in sources}
        found = {name: self._store.find(key, self._values, name) for name, key in self._keys.items()}
        return {name: entry for name, entry in found.items() if entry is not None}

    def keep(self, source: SceneSource, entry: CacheEntry) -> None:
        """Keep a scene for the next film.

        One that was edited while it was rendered is neither that of before nor that of now, and is not kept.
        """
        if self._store and self._environment.key(source) == self._keys.get(source.name):
            self._store.keep(self._keys[source.name], entry)
            lengths = LengthCache(self._store, self._environment.settings)
            lengths.keep(source, lengths.key(source), lengths_of(entry.scene), entry.reads)
