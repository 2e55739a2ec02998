"""Importing Manim with its own defaults, and without what a plugin says about a program nobody here needs."""

from __future__ import annotations

import importlib
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bnviz.run.manim_defaults import without_users_files


def import_manim() -> None:
    """Import Manim, not as a ``manim.cfg`` of the user's would have it, and quietly.

    Its plugin manim-voiceover looks for the program SoX and complains when there is none. The shell complains
    too, to the process's standard error, so this is turned away for as long as it takes.
    """
    if "manim" in sys.modules:
        return
    logging.getLogger("sox").disabled = True
    with silenced(2), without_users_files():
        importlib.import_module("manim")


@contextmanager
def silenced(*descriptors: int) -> Iterator[None]:
    """Nothing is heard of these file descriptors of the process: 1 is its output, 2 its error."""
    kept, nowhere = [os.dup(item) for item in descriptors], os.open(os.devnull, os.O_WRONLY)
    for item in descriptors:
        os.dup2(nowhere, item)
    os.close(nowhere)
    try:
        yield
    finally:
        for item, before in zip(descriptors, kept, strict=True):
            os.dup2(before, item)
            os.close(before)
