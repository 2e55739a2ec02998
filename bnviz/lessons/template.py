"""A lesson file to begin with: the columns that were found, and every setting with what holds anyway."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bn_math import Lesson
from bn_math.data.choice import DROP
from bn_math.data.reading import Reading
from bn_math.lesson.lesson_file import MOST_SAMPLED
from bnviz.errors import UserError

LISTED = 30  # columns that are named in a comment
LONGEST = 120  # characters of a setting that is shown; a longer one is only described

# What each setting is, in the file's words; a test sees to it that none is forgotten.
FILM = {
    "title": "The film's title, at most 60 characters; without one it is From Valley to Bowl.",
    "subject": "What the data are, in a few words: the line below the title.",
    "source": "Where the data come from: the credit at the film's end.",
}
READING = {
    "missing": 'What becomes of a row without a value: "error" refuses the file, "drop" leaves the row out.',
    "sample": "At most so many rows are taken, drawn at random.",
}
SETTINGS = {
    "start": "The two weights at which every descent starts.",
    "tolerance": "A descent has arrived when this share of the starting distance is left.",
    "batch_size": "How many rows a mini-batch has.",
    "batch_seed": "Another number splits the rows into other mini-batches.",
    "noise_batches": "The mini-batches whose noise is compared, as shares of all rows.",
    "eps": "What batch normalization adds to a variance before it divides by its root.",
    "momentum": 'The weight of the new in its running averages, or "cumulative".',
    "ddof": "0 divides a variance by n, 1 by n - 1.",
    "learning_rates": "From where to where the chart of steps goes.",
    "neuron_learning_rates": "The same for the batch-normalized neuron.",
    "neuron_start": "The two weights at which that neuron starts.",
}
TABLES = {
    "race": "The optimizers' race: the limit of steps, and the optimizers' own settings.",
    "deep": "The deep stack, with and without batch normalization.",
    "exploding": "The stack whose gradients grow.",
    "network": 'The trained networks; data = "..." is a CSV file, the label in its last column.',
}
NAMES = {
    "names": "What the columns are called on the screen; without it, by their headers.",
    "units": "Their units.",
    "spoken": "How the voice says them, where it should not read the name.",
}


def lesson_text(
    data: Path, folder: Path, features: tuple[str, str] | None = None, target: str | None = None
) -> str:
    """The text of a lesson file that lies in ``folder``, on the file of ``data``.

    Every setting stands in it as a comment, ``#name = value``, with the value that holds without it.

    Args:
        data: a file of data: .csv, .tsv, .xlsx or .parquet.
        folder: where the lesson's file will lie.
        features: the two columns to take; by default as a lesson on the data alone takes them.
        target: the target's column, likewise.

    Raises:
        UserError: no lesson can be made of the data; the message says why.
    """
    lesson, is_dropping = _lesson(data, features, target)
    columns = [name for name in Reading().names(data) if name]
    try:
        path = Path(os.path.relpath(data.resolve(), folder.resolve())).as_posix()
    except ValueError:  # on Windows: on another drive
        path = data.resolve().as_posix()
    return "\n".join(_lines(lesson, path, columns, is_dropping)) + "\n"


def _lesson(data: Path, features: tuple[str, str] | None, target: str | None) -> tuple[Lesson, bool]:
    """The lesson on the data, and whether rows without a value have to be dropped for it."""
    try:
        try:
            return Lesson.from_csv(data, features, target), False
        except ValueError as error:
            if f'missing = "{DROP}"' not in str(error):
                raise
            return Lesson.from_csv(data, features, target, missing=DROP), True
    except FileNotFoundError:
        raise UserError(f"there is no file {data}") from None
    except (ValueError, OSError) as error:
        raise UserError(f"{error}; other columns are named with --feature and --target") from error


def _lines(lesson: Lesson, path: str, columns: list[str], is_dropping: bool) -> Iterator[str]:
    data, settings = lesson.data, lesson.settings
    yield "# A lesson for bnviz: which data its film is about, what they are called, and every setting."
    yield "# Lines that begin with # are not read. Those with a setting show what holds anyway: take the #"
    yield "# away to change it. What the film will tell, in seconds: bnviz check, and this file's name."
    yield ""
    yield "# Comma-separated values, also .tsv, .xlsx and .parquet; from this file's folder."
    yield f"data = {toml(path)}"
    yield ""
    more = ", ..." if len(columns) > LISTED else ""
    yield "# Two of its columns, and the one that is to be predicted. Its columns are:"
    yield from (f"#   {toml(name)}" for name in columns[:LISTED])
    if more:
        yield f"#   and {len(columns) - LISTED} more"
    yield f"features = {toml(data.feature_names)}"
    yield f"target = {toml(data.target_name)}"
    yield from _described(
        READING, {"missing": "error", "sample": MOST_SAMPLED}, {"missing": DROP} if is_dropping else {}
    )
    yield from _described(FILM, dict.fromkeys(FILM, ""))
    yield from _described(SETTINGS, {name: getattr(settings, name) for name in SETTINGS})
    headers, labels = data.names, settings.labels
    shown = {"names": labels.name, "units": labels.unit, "spoken": labels.said}
    for table, what in NAMES.items():
        yield from _table(table, what, {header: shown[table](header) for header in headers}, quoted=True)
    for table, what in TABLES.items():
        part = getattr(settings, table)
        held = {item.name: getattr(part, item.name) for item in dataclasses.fields(part)}
        yield from _table(table, what, {key: value for key, value in held.items() if value is not None})


def _described(
    what: dict[str, str], values: dict[str, Any], changed: dict[str, Any] | None = None
) -> Iterator[str]:
    for name, sentence in what.items():
        yield ""
        yield f"# {sentence}"
        is_set = name in (changed or {})
        yield f"{'' if is_set else '#'}{name} = {toml((changed or values)[name] if is_set else values[name])}"


def _table(name: str, what: str, values: dict[str, Any], quoted: bool = False) -> Iterator[str]:
    """A table whose head is read and whose entries are comments."""
    yield ""
    yield f"# {what}"
    yield f"[{name}]"
    for key, value in values.items():
        if len(written := toml(value)) <= LONGEST or quoted:
            yield f"#{toml(key) if quoted else key} = {written}"


def toml(value: Any) -> str:
    """A value as TOML: a text, a number, a truth, or a row of such."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case int() | float():
            return repr(value)
        case tuple() | list():
            return f"[{', '.join(map(toml, value))}]"
        case None:
            return '"cumulative"'  # the one setting that may be none is the momentum
    raise TypeError(f"{value!r} has no form in a lesson file")
