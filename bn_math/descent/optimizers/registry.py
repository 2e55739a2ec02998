"""The optimizers of the race: every module of this package that has an ENTRY, by the year it was published.

A new optimizer is a new module here; nothing lists it. (The cache's code key takes in the whole package.)
"""

import importlib
import pkgutil
from pathlib import Path

from bn_math.descent.optimizers.entry import Entry


def _entries() -> list[Entry]:
    package = __name__.rpartition(".")[0]
    names = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])]
    modules = [importlib.import_module(f"{package}.{name}") for name in names if name != "registry"]
    return [module.ENTRY for module in modules if hasattr(module, "ENTRY")]


ENTRIES: dict[str, Entry] = {
    entry.name: entry for entry in sorted(_entries(), key=lambda entry: (entry.year, entry.name))
}
"""By name, in the order of the race."""
