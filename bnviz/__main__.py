"""Starts the command: as ``bnviz``, and as ``python -m bnviz``."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from bnviz import own_modules


def main() -> None:
    """Run the command with the project's own modules, and none of the working directory's."""
    with suppress(FileNotFoundError):  # the working directory may be gone
        if Path(sys.path[0]).resolve() == Path.cwd():
            del sys.path[0]
    own_modules.come_first()
    from bnviz.cli import start

    start.main()


if __name__ == "__main__":
    main()
