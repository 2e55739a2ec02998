"""The arrays behind a scene's figures as files: one CSV a table, or one NPZ for all of them.

A scene says which they are: :meth:`scenes.kit.beats.BeatScene.data`. A table is columns of one length by
their names; in the NPZ the column ``loss`` of the table ``descent`` is called ``descent.loss``.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bnviz.errors import UserError
from bnviz.files import replacing, replacing_together
from bnviz.run.discover import SceneSource, load
from bnviz.run.run_scene import manim_configured

if TYPE_CHECKING:
    from scenes.kit.settings import Settings

Tables = Mapping[str, Mapping[str, NDArray[np.generic]]]
"""Columns, each (n,), by table and by name."""


def scene_tables(source: SceneSource, settings: Settings) -> Tables:
    """The tables of a scene, computed from the lesson that the settings name; nothing is drawn.

    Raises:
        UserError: the scene has none, or a table's columns differ in length.
    """
    with manim_configured(settings):
        tables = load(source).data(settings.lesson)
    if not tables:
        raise UserError(
            f"{source.name} has no arrays behind its figures; a scene with arrays overrides data()"
        )
    for name, table in tables.items():
        shapes = {column: np.shape(values) for column, values in table.items()}
        if len(set(shapes.values())) != 1 or any(len(shape) != 1 for shape in shapes.values()):
            raise UserError(
                f"{source.name}.data, table {name!r}: columns must be (n,) alike, but are {shapes}"
            )
    return tables


def write_tables(tables: Tables, folder: Path, scene: str, kind: str) -> list[Path]:
    """Write the tables of ``scene`` (its name in files) as ``csv`` or ``npz``; returns the files."""
    if kind == "npz":
        path = folder / f"{scene}.npz"
        columns = {
            f"{name}.{column}": np.asarray(values)
            for name, table in tables.items()
            for column, values in table.items()
        }
        with replacing(path) as beside, beside.open("wb") as file:
            np.savez_compressed(file, allow_pickle=False, **columns)
        return [path]
    paths = [folder / f"{scene}-{name}.csv" for name in tables]
    with replacing_together(paths) as besides:
        for beside, table in zip(besides, tables.values(), strict=True):
            with beside.open("w", encoding="utf-8", newline="") as file:
                rows = csv.writer(file, lineterminator="\n")
                rows.writerow(table)
                rows.writerows(zip(*(np.asarray(values).tolist() for values in table.values()), strict=True))
    return paths
