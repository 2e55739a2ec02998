"""Files and folders that appear whole or not at all: written beside, then renamed."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path


@contextmanager
def overwriting(target: Path) -> Iterator[Path]:
    """As :func:`replacing`, for a file that several processes may write at once: one of them is there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.stem}.{uuid.uuid4().hex[:8]}.new{target.suffix}")
    try:
        yield beside
        os.replace(beside, target)
    finally:
        _remove(beside)


def content_of(path: Path) -> str:
    """A short text that is another one for another content of the file: its SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a path beside ``target`` to write to; it takes the target's place if the block succeeds."""
    with replacing_together([target]) as (beside,):
        yield beside


@contextmanager
def replacing_together(targets: Sequence[Path]) -> Iterator[list[Path]]:
    """Give a path beside each of ``targets``, all to be written; all take their places, or none does."""
    mark = uuid.uuid4().hex[:8]
    beside = [target.with_name(f".{target.stem}.{mark}.new{target.suffix}") for target in targets]
    before = [target.with_name(f".{target.stem}.{mark}.old{target.suffix}") for target in targets]
    for target in targets:
        target.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield beside
        with ExitStack() as undo:
            for target, new, old in zip(targets, beside, before, strict=True):
                if target.exists():
                    os.replace(target, old)
                    undo.callback(_put_back, old, target)
                else:
                    undo.callback(_remove, target)
                os.replace(new, target)
            undo.pop_all()
    finally:
        for left_over in (*beside, *before):
            _remove(left_over)


@contextmanager
def filling(folder: Path) -> Iterator[Path]:
    """Give an empty folder inside of ``folder``; what the block puts there moves up, all of it or nothing.

    It takes the place of its namesakes; everything else in ``folder`` stays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".making-", dir=folder) as place:
        yield Path(place)
        made = sorted(Path(place).iterdir())
        with replacing_together([folder / each.name for each in made]) as beside:
            for each, new in zip(made, beside, strict=True):
                os.replace(each, new)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _put_back(old: Path, target: Path) -> None:
    _remove(target)  # a folder that holds something can not be replaced
    os.replace(old, target)
