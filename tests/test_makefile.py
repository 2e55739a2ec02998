"""What `make` is asked for is looked at before anything is set up."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from bnviz.run.quality import QUALITIES

ROOT = Path(__file__).parents[1]


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `make` in a folder whose set-up and programs only leave a line in a file."""
    shutil.copy(ROOT / "Makefile", folder)
    for name in ("bnviz/setup.sh", ".venv/bin/bnviz", ".venv/bin/pytest"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f'#!/bin/sh\necho "{name} $*" >>log\n', encoding="utf-8")
        (folder / name).chmod(0o755)
    return subprocess.run(["make", *arguments], cwd=folder, capture_output=True, text=True, encoding="utf-8")


@pytest.mark.parametrize("target", ["film", "slides", "page", "test"])
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ("QUALITY=nonsense", "QUALITY is 'nonsense'; it must be low, medium, high or 4k"),
        ("QUALITY=", "QUALITY is ''; it must be low, medium, high or 4k"),
        ("QUALITY=low high", "QUALITY is 'low high'; it must be low, medium, high or 4k"),
        ("WORKERS=0", "WORKERS is '0'; it must be a whole number from 1 on"),
        ("WORKERS=-1", "WORKERS is '-1'; it must be a whole number from 1 on"),
        ("WORKERS=two", "WORKERS is 'two'; it must be a whole number from 1 on"),
        ("TEST_WORKERS=", "TEST_WORKERS is ''; it must be auto, logical or a whole number"),
    ],
)
def test_a_wrong_value_is_refused_before_the_set_up(
    target: str, wrong: str, sentence: str, tmp_path: Path
) -> None:
    done = make(tmp_path, target, wrong)
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == sentence
    assert not (tmp_path / "log").exists()


@pytest.mark.parametrize("quality", QUALITIES)
def test_every_quality_that_there_is_can_be_asked_for(quality: str, tmp_path: Path) -> None:
    assert make(tmp_path, "film", f"QUALITY={quality}", "WORKERS=3").returncode == 0
    assert (tmp_path / "log").read_text(encoding="utf-8").splitlines() == [
        "bnviz/setup.sh voice",
        f".venv/bin/bnviz film --quality {quality} --workers 3",
    ]
