"""Where a command writes, looked at before it does anything else.

files.py checks again when it writes; this earlier check saves the time of a render that could not be kept.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from bnviz.errors import UserError
from bnviz.system import longest_name

ROOM = 40  # characters that a name may grow by, while its file is being written


def require_file(option: str, path: Path, endings: Sequence[str]) -> None:
    """Refuse a path at which no file can be written whose name ends in one of ``endings`` (``.mp4``).

    Raises:
        UserError: it has another ending, a folder is there, or its folder cannot be written to.
    """
    if path.suffix.lower() not in endings:
        raise UserError(f"{option} is {path}; it must end in {', '.join(endings)}")
    if _nearest(option, path) == path and path.is_dir():
        raise UserError(f"{option} is {path}, a folder; it must name a file, as {path / f'film{endings[0]}'}")
    require_folder(option, path.parent)


def require_folder(option: str, path: Path) -> None:
    """Refuse a path at which no folder is and none can be made, or one that cannot be written to.

    Raises:
        UserError: the message says what is in the way.
    """
    found = require_no_file(option, path)
    if not os.access(found, os.W_OK | os.X_OK):
        raise UserError(f"{option} {path}: you may not write into {found}; name another folder")


def require_no_file(option: str, path: Path) -> Path:
    """Refuse a path at which no folder can be; returns the folder, or the closest above it that is there.

    Raises:
        UserError: the message says what is in the way.
    """
    found = _nearest(option, path)
    if not found.is_dir():
        raise UserError(f"{option} {path}: {found} is a file; it must be a folder, or not be there yet")
    return found


def _nearest(option: str, path: Path) -> Path:
    """The path, or the closest above it that is there."""
    try:
        for found in (path, *path.parents):
            if os.path.lexists(found):
                break
        longest = longest_name(found if found.is_dir() else found.parent) - ROOM
    except (OSError, ValueError) as error:
        raise UserError(f"{option} is {str(path)!r}: {getattr(error, 'strerror', None) or error}") from error
    if long := [part for part in path.parts if len(os.fsencode(part)) > longest]:
        raise UserError(f"{option}: {long[0][:20]}... is too long a name; it may have {longest} characters")
    return found
