"""All claims, from the modules beside this one."""

from __future__ import annotations

import importlib
import pkgutil

from tests.scenes.words import claims
from tests.scenes.words.claims import Claim


def all_claims() -> dict[str, Claim]:
    """Every claim by its key."""
    found: dict[str, Claim] = {}
    for module in pkgutil.iter_modules(claims.__path__):
        if module.name != "registry":
            found |= importlib.import_module(f"{claims.__name__}.{module.name}").CLAIMS
    return found
