"""Every number of a lesson that is shown, gathered without drawing a picture.

Three things hold them: the words, with the lesson's numbers filled in; the fields and properties of the
lesson and its stages, which scenes write as labels; the tables behind the scenes' figures.
Run as a program it prints them as JSON, for comparing one processor's with another's.
"""

from __future__ import annotations

import dataclasses
import functools
import inspect
import json
import os
import string
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

import scenes
from bn_math import Lesson, MiniBatches, rate_grid
from bn_math.data.dataset import Dataset
from bn_math.descent.losses import LeastSquares
from bn_math.descent.spectrum import Spectrum
from bn_math.lesson.stage import Stage
from bnviz.cache.networks import VARIABLE, keep_networks
from bnviz.run import discover
from scenes.kit.script import words
from scenes.kit.script.words import Words

GIVEN = {"settings", "size", "tolerance", "start"}  # settings, not computed
ROOMS = (Lesson, MiniBatches, Stage, Spectrum, LeastSquares, Dataset)
SKIPPED = {"optimizers", "stages", "features", "target"}  # known under another name
FEW = 12  # a longer array is data


def computed(thing: Any, path: str = "", slow: bool = True) -> Iterator[tuple[str, float]]:
    """Every number that a lesson computes, by name: all fields and properties, down through its stages.

    Without ``slow``, the optimizers are not tuned.
    """
    fields = {field.name for field in dataclasses.fields(thing)} if dataclasses.is_dataclass(thing) else set()
    kinds = (property, functools.cached_property)
    members = inspect.getmembers_static(type(thing), lambda member: isinstance(member, kinds))
    names = fields | {name for name, _ in members if not name.startswith("_")}
    names -= GIVEN if isinstance(thing, Lesson | MiniBatches | Stage) else set()
    names -= SKIPPED if slow else SKIPPED | {"optimizer_steps", "fewest_steps", "heavy_ball_excursion"}
    if isinstance(thing, LeastSquares):
        names -= {"spectrum", "data"}  # the stage has both
    if isinstance(thing, MiniBatches):
        names -= {"data", "standardized"}  # the lesson has the one, the other is data
    for name in sorted(names):
        yield from leaves(getattr(thing, name), f"{path}{name}", slow)


def leaves(value: Any, path: str, slow: bool) -> Iterator[tuple[str, float]]:
    """The numbers in a field's value, by name."""
    if isinstance(value, ROOMS):
        yield from computed(value, f"{path}.", slow)
    elif isinstance(value, bool | str) or value is None:
        return
    elif isinstance(value, int | float | np.number):
        if np.isfinite(value):
            yield path, float(value)
    elif isinstance(value, np.ndarray):
        if value.dtype.kind == "f" and value.size <= FEW:
            for index, item in np.ndenumerate(value):
                yield f"{path}{list(index)}", float(item)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from leaves(item, f"{path}[{key}]", slow)
    elif isinstance(value, tuple) and len(value) <= FEW:
        for place, item in enumerate(value):
            yield from leaves(item, f"{path}[{place}]", slow)


def texts(scene: str, lesson: Lesson) -> dict[str, str]:
    """Everything that is said, and every label that the lesson's numbers suffice for."""
    page, book = Words(scene, lesson), words._book("en")
    found = {f"{scene} {beat} alt": page.alt(beat) for beat in page.beats}
    for beat in page.beats:
        found[f"{scene} {beat} said"] = " / ".join(f"{s.caption} {s.spoken}" for s in page.narration(beat))
    for key, text in book[scene].items():
        if isinstance(text, str) and all(resolves(name, lesson) for name in placeholders(text)):
            found[f"{scene} {key}"] = page.label(key)
    return found


def placeholders(text: str) -> list[str]:
    """The names in braces."""
    return [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]


def resolves(name: str, lesson: Lesson) -> bool:
    """Whether a name is a symbol, or something that the lesson has."""
    try:
        string.Formatter().get_field(f"lesson.{name}", (), {"lesson": lesson})
    except (AttributeError, KeyError, IndexError, TypeError):
        return name in words._book("en")["symbols"]
    return True


def quick_article(**settings: Any) -> Lesson:
    """The article's lesson, but the neuron's chart has one rate a decade instead of twenty-four."""
    lesson = Lesson.article(**settings)
    vars(lesson)["neuron_rates"] = rate_grid(*lesson.settings.neuron_learning_rates, per_decade=1)
    return lesson


def figures(lesson: Lesson) -> dict[str, str]:
    """Every text with a number, and every number of the lesson: a count as it is, else with six digits."""
    found = {name: text for scene in scenes.ORDER for name, text in texts(scene, lesson).items()}
    for name, value in computed(lesson):
        shown = 0.0 if abs(value) < 1e-12 else value  # a mean of 0, but for rounding
        found[name] = f"{shown:.0f}" if shown.is_integer() else f"{shown:.6g}"
    return found


def tables(lesson: Lesson, without: Sequence[str] = ()) -> dict[str, list[float]]:
    """The columns behind the figures of the scenes (`without` some); of long ones some sixty values."""
    found = {}
    for scene in (name for name in scenes.ORDER if name not in without):
        for table, columns in discover.load(discover.find(scene)).data(lesson).items():
            for column, values in columns.items():
                numbers = np.asarray(values, dtype=float)
                few = [*range(0, len(numbers), len(numbers) // 60 + 1), len(numbers) - 1]
                found[f"{scene} {table} {column} of {len(numbers)}"] = numbers[few].tolist()
    return found


if __name__ == "__main__":
    if folder := os.environ.get(VARIABLE):  # no kernel's networks are trained twice
        keep_networks(Path(folder), lambda told: print(told, file=sys.stderr))
    article = quick_article()
    print(json.dumps({"figures": figures(article), "tables": tables(article)}))
