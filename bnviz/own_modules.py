"""Our own packages are found before a user's that are called the same."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

ROOT = str(Path(__file__).resolve().parent.parent)


def come_first() -> None:
    """Make ``import scenes`` mean the folder beside this package, whatever lies in the working directory.

    Python looks there first with ``python -m``, and with a ``PYTHONPATH`` that has an empty entry.
    """
    if sys.path[:1] != [ROOT]:
        sys.path.insert(0, ROOT)


def come_alone() -> None:
    """For a command: what ``python -m`` adds, the working directory, is left out besides."""
    with suppress(FileNotFoundError):  # it may be gone
        if Path(sys.path[0]).resolve() == Path.cwd():
            del sys.path[0]
    come_first()
