"""A user's folders that are called like our packages, or like those we need, do not stand in for them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("bnviz")
OURS, OTHERS = ("scenes", "bn_math", "publish"), ("manim", "typst", "numpy", "font_lato", "hibari")


@pytest.mark.parametrize(
    ("program", "variables", "folders"),
    [
        ([sys.executable, "-m", "bnviz"], {}, OURS + OTHERS),
        ([COMMAND], {"PYTHONPATH": os.pathsep}, OURS),  # an empty entry is the working directory
    ],
    ids=["-m", "PYTHONPATH"],
)
def test_folders_of_the_same_name_are_not_looked_at(
    tmp_path: Path, program: list[str | Path], variables: dict[str, str], folders: tuple[str, ...]
) -> None:
    for folder in folders:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").write_text("raise SystemExit('not ours')", encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [*program, "posters", "--scenes", "Bowl", "--workers", "1"],  # drawn in a worker
        cwd=tmp_path,
        env=environment | variables,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "media" / "posters" / "bowl.png").exists()
