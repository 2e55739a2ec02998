"""Files that appear whole or not at all: written beside, then renamed."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path


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
                    undo.callback(os.replace, old, target)
                else:
                    undo.callback(target.unlink, missing_ok=True)
                os.replace(new, target)
            undo.pop_all()
    finally:
        for left_over in (*beside, *before):
            left_over.unlink(missing_ok=True)
