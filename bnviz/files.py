"""Files and folders that appear whole or not at all, and in whose place nothing is lost.

They are written into a temporary folder beside, brought to the disk, and renamed: whatever happens meanwhile,
there is the old one or the new one. What lies in the way and is not of the program's making is refused.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import stat
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from bnviz.errors import UserError
from bnviz.system import NO_LINKS, NO_WAITING, sync
from bnviz.temporary import BEFORE, temporary_folder
from scenes.kit.file_names import alike

CONTENTS = ".bnviz"
"""In a folder that is replaced as a whole: what was written there, a name a line. Nothing else may go."""

_NEW = "new"
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")


def content_of(path: Path) -> str:
    """A short text that is another one for another content of the file: its SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def opened(path: Path, limit: int) -> Iterator[BinaryIO]:
    """Open a file to read; never a device or a pipe, whose end nobody knows, and never through a link.

    Raises:
        OSError: it is not there, is no file or a link, or has more than ``limit`` bytes.
    """
    if kind := _in_the_way(path):
        raise OSError(errno.EINVAL, f"it is {kind} and no file", str(path))
    with os.fdopen(os.open(path, os.O_RDONLY | NO_WAITING | NO_LINKS), "rb") as file:
        if (size := os.fstat(file.fileno()).st_size) > limit:
            raise OSError(errno.EFBIG, f"it has {size} bytes, {limit} are the most", str(path))
        yield file


def absolute(path: Path) -> Path:
    """``path`` from the root on, so that FFmpeg takes nothing in it for a protocol.

    Raises:
        UserError: it is an address, such as ``http://host/film.mp4``.
    """
    if _ADDRESS.match(path.as_posix()):
        raise UserError(f"{path} is an address; an output must name a file or folder on this machine")
    return path.absolute()


def require_files(targets: Sequence[Path]) -> None:
    """Refuse to write files where something else is.

    Raises:
        UserError: a folder, a link or a device is in the way, or two names differ by case alone.
        OSError: it cannot be looked at.
    """
    if same := alike(map(str, targets)):
        raise UserError(f"{' and '.join(same)} are one file where capitals do not count; name one otherwise")
    for target in map(absolute, targets):
        if kind := _in_the_way(target):
            raise UserError(f"{target} is {kind}; a file is to be written there: move it, or name another")


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a path to write to; what is there then takes the place of ``target`` if the block succeeds.

    Several processes may write the same file at once: one of them is there.

    Raises:
        UserError: a folder, a link or a device is in the way.
    """
    with replacing_together([target]) as (new,):
        yield new


@contextmanager
def replacing_together(targets: Sequence[Path]) -> Iterator[list[Path]]:
    """As :func:`replacing`, for several files: all take their places, or none does."""
    require_files(targets)
    targets = [absolute(target) for target in targets]
    with ExitStack() as stack:
        parents = dict.fromkeys(target.parent for target in targets)
        beside = {parent: stack.enter_context(_workplace(parent)) for parent in parents}
        new = [beside[target.parent] / _NEW / target.name for target in targets]
        yield new
        require_files(targets)  # a film takes minutes
        _take_places(new, targets)


@contextmanager
def replacing_folder(folder: Path) -> Iterator[Path]:
    """Give an empty folder to fill; it takes the place of ``folder`` as a whole if the block succeeds.

    Raises:
        UserError: ``folder`` is no folder, or holds what was not written in this way.
    """
    folder = absolute(folder)
    require_ours(folder)
    with _workplace(folder.parent) as place:
        new = place / _NEW / folder.name
        new.mkdir()
        yield new
        _write_contents(new)
        require_ours(folder)
        _take_places([new], [folder])


@contextmanager
def filling(folder: Path) -> Iterator[Path]:
    """Give an empty folder; what the block puts there moves into ``folder``, all of it or nothing.

    Files and folders of the same names are replaced; everything else in ``folder`` stays.

    Raises:
        UserError: something else than the program's is in the way.
    """
    folder = absolute(folder)
    with _workplace(folder) as place:
        yield place / _NEW
        new = sorted((place / _NEW).iterdir())
        for item in new:
            if item.is_dir():
                _write_contents(item)
                require_ours(folder / item.name)
            else:
                require_files([folder / item.name])
        _take_places(new, [folder / item.name for item in new])


def require_ours(folder: Path) -> None:
    """Refuse to replace a folder that holds what was not written here.

    Raises:
        UserError: it does, or is no folder.
    """
    kind = _in_the_way(folder)
    if kind is None and not folder.exists():
        return
    if kind != "a folder":
        raise UserError(f"{folder} is {kind or 'a file'}; a folder is to be written there: name another")
    listed = {CONTENTS}
    with suppress(OSError, ValueError), opened(folder / CONTENTS, 1_000_000) as file:
        listed |= set(file.read().decode().splitlines())
    if others := [name for name in _names_in(folder) if name not in listed]:
        raise UserError(
            f"{folder} would be replaced as a whole, but holds {others[0]}, which is not in its list "
            f"{CONTENTS} of what was written there; move it away, or name another folder"
        )


def _names_in(folder: Path) -> list[str]:
    """Everything in it that is no folder, by its path from there."""
    found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return sorted(path.relative_to(folder).as_posix() for path in found)


def _write_contents(folder: Path) -> None:
    (folder / CONTENTS).write_text("\n".join(_names_in(folder)) + "\n", encoding="utf-8", newline="\n")


@contextmanager
def _workplace(beside: Path) -> Iterator[Path]:
    with temporary_folder(beside) as place:
        (place / _NEW).mkdir()
        (place / BEFORE).mkdir()
        yield place


def _take_places(new: Sequence[Path], targets: Sequence[Path]) -> None:
    """Rename each of ``new`` to its target; if one cannot, all are as they were."""
    for item in new:
        _bring_to_disk(item)
    with ExitStack() as undo:
        for item, target in zip(new, targets, strict=True):
            old = item.parent.parent / BEFORE / item.name
            is_new = not os.path.lexists(target)
            undo.callback(_remove if is_new else _put_back, target, old)
            try:
                if target.is_dir() or (len(new) > 1 and not is_new):
                    _set_aside(target, old)
                os.replace(item, target)
            except PermissionError as error:  # so says Windows of what another program has open
                raise UserError(
                    f"{target} cannot be replaced, and is as it was: another program has it open, or you may "
                    f"not write there ({error.strerror}); close it there, then run this again"
                ) from error
        undo.pop_all()


def _set_aside(target: Path, old: Path) -> None:
    """Keep a file under a second name; a folder cannot have two, and is moved."""
    if target.is_dir():
        os.rename(target, old)
        return
    try:
        os.link(target, old)
    except OSError:  # not every disk knows second names
        shutil.copy2(target, old)


def _put_back(target: Path, old: Path) -> None:
    if old.exists():
        if old.is_dir():  # a folder that holds something can not be replaced
            _remove(target, old)
        with suppress(PermissionError):  # another program has it open, so that nothing has taken its place
            os.replace(old, target)


def _remove(target: Path, old: Path) -> None:
    """Remove what has just been written to ``target``."""
    if target.is_dir():
        shutil.rmtree(target)
    else:
        target.unlink(missing_ok=True)


def _bring_to_disk(path: Path) -> None:
    for item in (path, *(path.rglob("*") if path.is_dir() else ())):
        sync(item)


def _in_the_way(target: Path) -> str | None:
    """What is there instead of a file."""
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(mode):
        return f"a link to {os.readlink(target)}"
    if stat.S_ISDIR(mode):
        return "a folder"
    return None if stat.S_ISREG(mode) else "a device or a pipe"
