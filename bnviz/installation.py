"""How this program was installed, and the command that installs what is missing.

A checkout has the set-up script, which installs the versions of constraints.txt. An installed wheel has pip.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from bnviz.system_packages import quoted

PROJECT = "valley-to-bowl"
ROOT = Path(__file__).resolve().parent.parent
SCRIPT = Path("bnviz", "setup.sh")


def version() -> str:
    """The installed version."""
    return metadata.version(PROJECT)


def is_checkout(root: Path = ROOT) -> bool:
    """Whether the project's own files lie around its packages."""
    return (root / SCRIPT).is_file() and (root / "pyproject.toml").is_file()


def install(*extras: str, again: bool = False, root: Path = ROOT) -> str:
    """The command that installs what every film needs and ``extras``, for the working directory.

    The set-up script installs the voice too; with ``again`` it looks at what it has already installed. Where
    no script runs, on Windows, pip does the same.
    """
    if not is_checkout(root):
        return quoted(["pip", "install", f"{PROJECT}[{','.join(extras)}]" if extras else PROJECT])
    return _set_up(SCRIPT if Path.cwd() == root else root / SCRIPT, extras, again)


def install_elsewhere(*extras: str, root: Path = ROOT) -> str:
    """What to do on another machine, so that it has ``extras`` and is as this one."""
    if not is_checkout(root):
        return f"with version {version()} of it, run: {install(*extras, root=root)}"
    return f"in a checkout with the same files as here, run: {_set_up(SCRIPT, extras)}"


def _set_up(script: Path, extras: Sequence[str], again: bool = False) -> str:
    others = [extra for extra in extras if extra != "voice"]
    if sys.platform == "win32":  # which has no sh: pip does what the script does
        place = f"{script.parent.parent}[{','.join(['voice', *others])}]"
        return quoted(["pip", "install", "-c", str(script.parent.parent / "constraints.txt"), "-e", place])
    return shlex.join(["sh", str(script), *(["again"] if again else []), "voice", *others])
