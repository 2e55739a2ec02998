"""What an author does a hundred times a day, as whole commands: listing, a still, a word that changes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import bn_math
import bnviz
import scenes
from bnviz.errors import UserError
from bnviz.run.beats import beats_of
from bnviz.run.discover import find

WATCHED, WORD, OTHER = "Valley/descent", "A ball steps downhill", "A ball goes downhill"
TIMES = 3
PATIENCE = 60.0  # seconds until a picture that does not come is a mistake


@dataclass(frozen=True)
class Wait:
    """What is waited for, and the least, middle and largest seconds of ``times`` times."""

    name: str
    least: float
    middle: float
    most: float
    times: int

    @staticmethod
    def of(name: str, seconds: list[float]) -> Wait:
        """From seconds, at least one of them."""
        return Wait(name, min(seconds), float(np.median(seconds)), max(seconds), len(seconds))


def waits(tell: Callable[[str], None]) -> Iterator[Wait]:
    """All of them, one after the other; the first is Manim alone, which everything that draws begins with."""
    tell("the start of Manim alone")
    yield Wait.of("`import manim` alone", [_command("-c", "import manim") for _ in range(TIMES)])
    with tempfile.TemporaryDirectory(prefix="bnviz-") as folder:
        tell("bnviz list")
        listed = ("-m", "bnviz", "list", "--cache", str(Path(folder, "cache")))
        yield Wait.of("`bnviz list`, nothing kept", [_command(*listed)])
        yield Wait.of(
            "`bnviz list --exact`, which keeps the lengths, as a film does", [_command(*listed, "--exact")]
        )
        yield Wait.of("`bnviz list`, lengths kept", [_command(*listed) for _ in range(TIMES)])
        stills = []
        for item in scenes.cuts()["full"]:
            beat = beats_of(find(item.name))[-1]
            tell(f"the still {item.name}/{beat}")
            output = str(Path(folder, f"{item.name}.png"))
            stills.append(_command("-m", "bnviz", "still", f"{item.name}/{beat}", "--output", output))
        yield Wait.of("`bnviz still`, the last beat of each scene of the film", stills)
    tell("bnviz watch, a word changed")
    yield Wait.of("`bnviz watch`, from a word saved to its picture", list(_watched()))


def _command(*arguments: str) -> float:
    """Seconds of a whole Python process.

    Raises:
        UserError: it failed.
    """
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=False, encoding="utf-8"
    )
    if done.returncode:
        raise UserError(f"{' '.join(arguments)} failed: {done.stderr.strip()}")
    return time.perf_counter() - started


def _watched() -> Iterator[float]:
    """Seconds from saving a changed word to the picture's file, on a copy of the project."""
    with tempfile.TemporaryDirectory(prefix="bnviz-") as folder:
        for package in (bn_math, bnviz, scenes):
            home = Path(str(package.__file__)).parent
            shutil.copytree(home, Path(folder, home.name), ignore=shutil.ignore_patterns("__pycache__"))
        words, picture = Path(folder, "scenes", "words", "en.toml"), Path(folder, "still.png")
        one = words.read_text(encoding="utf-8")
        if WORD not in one:
            raise UserError(f"{words.name} does not say {WORD!r} any more; benchmarks/author changes it")
        with _watching(folder, picture):
            _changed(picture, None)
            for number in range(TIMES):
                before = picture.stat().st_mtime_ns
                text = one.replace(WORD, f"{OTHER}, number {number}")
                started = time.perf_counter()
                words.write_text(text, encoding="utf-8", newline="\n")
                _changed(picture, before)
                yield time.perf_counter() - started


@contextmanager
def _watching(folder: str, picture: Path) -> Iterator[None]:
    command = [sys.executable, "-m", "bnviz", "watch", WATCHED, "--file", str(picture)]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, cwd=folder, stdout=quiet, stderr=quiet, env=os.environ | {"PYTHONPATH": folder}
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _changed(picture: Path, before: int | None) -> None:
    """Wait until there is a picture, and another than the one written at ``before``."""
    end = time.perf_counter() + PATIENCE
    while not picture.exists() or picture.stat().st_mtime_ns == before:
        if time.perf_counter() > end:
            raise UserError(f"bnviz watch wrote no picture of {WATCHED} within {PATIENCE:g} s")
        time.sleep(0.01)
