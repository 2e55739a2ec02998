"""Importing Manim without what one of its plugins says, at import, about a program that nobody here needs."""

from __future__ import annotations

import importlib
import logging
import os
import sys


def import_manim() -> None:
    """Import Manim; its plugin manim-voiceover looks for the program SoX and complains when there is none.

    The shell complains too, to the process's standard error, so this is turned away for as long as it takes.
    """
    if "manim" in sys.modules:
        return
    logging.getLogger("sox").disabled = True
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        importlib.import_module("manim")
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
