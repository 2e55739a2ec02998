"""The command that begins a lesson: ``bnviz new``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bnviz.cli.common import console
from bnviz.cli.options import nonempty
from bnviz.cli.outputs import require_file
from bnviz.errors import UserError
from bnviz.files import replacing


def new(
    data: Annotated[
        Path,
        typer.Argument(parser=nonempty, metavar="DATA", help="A file of data: .csv, .tsv, .xlsx, .parquet."),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            parser=nonempty,
            metavar="FILE",
            help="The lesson's file; by default named as the data, with .toml.",
        ),
    ] = None,
    features: Annotated[
        list[str] | None, typer.Option("--feature", help="A column to take as a feature; give two of them.")
    ] = None,
    target: Annotated[str | None, typer.Option(help="The column that is to be predicted.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write a lesson file on your data: the columns that were found, and every setting as a comment."""
    from bnviz.lessons.template import lesson_text

    if features is not None and len(features) != 2:
        raise UserError(f"--feature must be given twice, but is given {len(features)} times")
    path = output or Path(data.with_suffix(".toml").name)
    require_file("--output", path, [".toml"])
    if path.exists() and not force:
        raise UserError(f"--output {path} is there already; name another file, or replace it with --force")
    text = lesson_text(data, path.parent, (features[0], features[1]) if features else None, target)
    with replacing(path) as place:
        place.write_text(text, encoding="utf-8", newline="\n")
    console.print(f"{path}  try it: bnviz check {path}")
