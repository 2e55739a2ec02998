"""From a TOML file, a file of data, a frame or a seed to the fields of a lesson, and what was decided."""

import difflib
import os
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, NamedTuple

from bn_math.checks import integer, shown
from bn_math.data.choice import Columns
from bn_math.data.dataset import article_dataset, article_recipe, dataset_of
from bn_math.data.labels import DataLabels
from bn_math.data.reading import Reading
from bn_math.data.text_files import text_of
from bn_math.lesson.feasible import FEWEST_ROWS
from bn_math.lesson.settings import MOST_ROWS, TABLES, LessonSettings
from bn_math.networks.stack import DeepStack

# A lesson is a page of settings. Longer files are no lessons, and could keep a parser busy for hours.
MOST_BYTES, LONGEST_LINE = 32_000, 1000

# More rows are a blot on every chart and take long to draw: so many are taken unless `sample` is given.
MOST_SAMPLED = 2000

_DEFAULTS: dict[str, Any] = {field.name: field.default for field in fields(LessonSettings)}
_READING = tuple(field.name for field in fields(Reading))


class Read(NamedTuple):
    """The fields of a lesson, and what was decided while they were read, in sentences."""

    fields: dict[str, Any]
    notes: tuple[str, ...] = ()


def seeded(seed: int) -> dict[str, Any]:
    """The fields besides `data` that a seed sets: the split into batches, and the stacks' weights."""
    stacks = {name: value for name, value in _DEFAULTS.items() if isinstance(value, DeepStack)}
    return {"batch_seed": seed, **{name: replace(stack, seed=seed) for name, stack in stacks.items()}}


def parsed(path: Path) -> dict[str, Any]:
    """What is written in the file.

    Raises ValueError naming a file that is not TOML, that has more than 32,000 bytes or a line of more than
    1,000 characters, or that is a device or a pipe; FileNotFoundError if there is none.
    """
    text = text_of(path, MOST_BYTES, LONGEST_LINE)
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError(f"{path} is not a lesson: its tables and lists are nested too deep") from None
    except ValueError as error:  # TOML that is none, and whole numbers of thousands of digits
        raise ValueError(f"{path} is not valid TOML: {error}") from error


def fields_of(written: Mapping[str, Any], folder: Path) -> Read:
    """The fields of a lesson that are `written` in a file in `folder`, from which its data are looked for.

    Raises ValueError naming a field that is unknown, or that cannot be read.
    """
    labels = [field.name for field in fields(DataLabels)]
    _check_known(written, [*(name for name in _DEFAULTS if name != "labels"), *labels, "seed", *_READING])
    written, named = _without(written, labels)
    if named:
        written["labels"] = DataLabels(**named)
    found = {name: value for name, value in written.items() if name not in ("data", "seed", *_READING)}
    for name in TABLES:
        if name in found:
            found[name] = _from_table(name, _default(name, written), found[name], folder)
    if found.get("momentum") == "cumulative":
        found["momentum"] = None
    if "data" in written and "seed" in written:
        raise ValueError("data and seed exclude each other: give the data file's path or the recipe's seed")
    if "data" not in written and (needless := [name for name in _READING if name in written]):
        raise ValueError(f"{needless[0]} needs data, the path of a file of data, which is not given")
    if "seed" in written:
        seed = _seed(written)
        return Read({"data": article_recipe(seed), **seeded(seed), **found})
    if "data" not in written:
        return Read({"data": article_dataset(), **found})
    right = "data must be the path of a CSV file"
    if not isinstance(written["data"], str):
        raise ValueError(f"{right}, in quotes, but is {shown(written['data'])}")
    file = folder / written["data"]
    try:
        return from_file(file, {name: written[name] for name in _READING if name in written} | found)
    except OSError as error:
        reason = (
            f"there is no {file}" if isinstance(error, FileNotFoundError) else f"{file}: {error.strerror}"
        )
        if "\\" in written["data"]:
            reason += "; between folders write /, which every system takes"
        raise ValueError(f"{right}, from this file's folder, but {reason}") from error


def named(features: Sequence[str] | None, target: str | None) -> dict[str, Any]:
    """The columns' names that are given, as settings of the reading."""
    given = {"features": features, "target": target}
    return {name: value for name, value in given.items() if value is not None}


def from_file(path: str | os.PathLike[str], settings: Mapping[str, Any]) -> Read:
    """The fields of a lesson on the data of a file; `settings` are the lesson's and the reading's by name.

    Raises ValueError naming the file, row and column of what is wrong, or the field; OSError for a file that
    cannot be read.
    """
    return _read(lambda reading, seed: reading.file(path, seed), settings)


def from_frame(frame: Any, settings: Mapping[str, Any]) -> Read:
    """The fields of a lesson on a pandas or polars frame; `settings` as for `from_file`.

    Raises ValueError naming the row and column of what is wrong, or the field; TypeError for no frame.
    """
    return _read(lambda reading, seed: reading.frame(frame, seed), settings)


def _read(columns_by: Callable[[Reading, int], Columns], settings: Mapping[str, Any]) -> Read:
    others = {name: value for name, value in settings.items() if name not in _READING}
    own = {name: settings[name] for name in _READING if name in settings}
    seed = integer("batch_seed", others.get("batch_seed", _DEFAULTS["batch_seed"]), at_least=0)
    if own.get("sample") is not None:
        integer("sample", own["sample"], at_least=FEWEST_ROWS, at_most=MOST_ROWS)
    columns = columns_by(Reading(**({"sample": MOST_SAMPLED} | own)), seed)
    return Read({"data": dataset_of(columns), **others}, columns.notes)


def _without(written: Mapping[str, Any], names: Sequence[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """`written` without what is called one of `names`, and that."""
    return (
        {name: value for name, value in written.items() if name not in names},
        {name: value for name, value in written.items() if name in names},
    )


def _seed(written: Mapping[str, Any]) -> int:
    return integer("seed", written["seed"], at_least=0)


def _default(name: str, written: Mapping[str, Any]) -> Any:
    """What a table changes: a stack's weights are drawn by the seed, if one is written."""
    default = _DEFAULTS[name]
    if isinstance(default, DeepStack) and "seed" in written:
        return replace(default, seed=_seed(written))
    return default


def _from_table(name: str, default: Any, table: object, folder: Path) -> Any:
    """`default` with what `table` changes; `data` in it is a path from `folder`."""
    if not isinstance(table, Mapping):
        raise ValueError(f"{name} must be a table, [{name}], but is {shown(table)}")
    try:
        _check_known(table, [field.name for field in fields(default)])
        if isinstance(path := table.get("data"), str):
            table = {**table, "data": folder / path}
        return replace(default, **table)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


def _check_known(settings: Mapping[str, Any], known: Sequence[str]) -> None:
    for key in settings:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"the fields are {', '.join(known)}"
            raise ValueError(
                f"unknown field {key if key.isidentifier() and len(key) < 80 else shown(key)}; {hint}"
            )
