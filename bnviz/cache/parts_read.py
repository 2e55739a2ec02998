"""Which results of trained networks scenes may ask for, read in their code before any of them runs.

Where nothing is shared with who renders, these are computed first, and sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bn_math.networks.trained.store import current_store
from bn_math.networks.trained.study import NetworkStudy
from bnviz.cache.code_key import ROOT, modules
from bnviz.cache.networks import NetworkFiles, packed

if TYPE_CHECKING:
    from bnviz.run.discover import SceneSource

_READ = re.compile(r"\blesson\.network\b(?:\.(\w+))?")


def parts_read(
    sources: Iterable[SceneSource],
    study: NetworkStudy,
    root: Path = ROOT,
    places: Sequence[str] = ("scenes", "bn_math/lesson"),
) -> list[str]:
    """Names of the ``study``'s parts that the code of ``sources`` may read: all where that is not plain.

    Of their own code what lies in ``places`` below ``root`` is read.
    """
    rooms = [root / place for place in places]
    found = set[str]()
    for path in modules([source.path for source in sources], root):
        if path.suffix == ".py" and (any(map(path.is_relative_to, rooms)) or not path.is_relative_to(root)):
            found |= {match[1] or "" for match in _READ.finditer(path.read_text(encoding="utf-8"))}
    by_name = {name: [part for part in study.parts if part.split(".")[0] == name] for name in found}
    if not all(by_name.values()):
        return list(study.parts)
    return [part for part in study.parts if part.split(".")[0] in by_name]


def filled(sources: Iterable[SceneSource], study: NetworkStudy) -> dict[str, bytes]:
    """The parts that ``sources`` may read, as bytes to send, by name; what is not kept is computed here."""
    return {name: packed(study.part(name)) for name in parts_read(sources, study)}


def to_be_trained(sources: Iterable[SceneSource], study: NetworkStudy) -> list[str]:
    """Names of the parts that scenes show and that are not kept: they are computed where they are needed."""
    store = current_store()
    parts = parts_read(sources, study, places=("scenes",))
    if not isinstance(store, NetworkFiles):
        return parts
    return [part for part in parts if not store.holds(study.settings, part)]
