"""The checks of form: format, lint, types, and who may import whom."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CHECKS = {
    "format": [sys.executable, "-m", "ruff", "format", "--check", "."],
    "lint": [sys.executable, "-m", "ruff", "check", "."],
    "types": [sys.executable, "-m", "mypy"],
    "imports": [str(Path(sys.executable).with_name("lint-imports"))],
}


@pytest.mark.parametrize("check", CHECKS)
def test_check_passes(check: str) -> None:
    done = subprocess.run(
        CHECKS[check], cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_constraints_pin_exactly_and_name_no_address() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert len(pins) > 50
    for pin in pins:
        name, _, version = pin.partition("==")
        assert name and version.replace(".", "").isalnum(), pin


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt", "Makefile", "bnviz/setup.sh"])
def test_set_up_names_no_registry(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for word in ("http://", "https://", "--index-url", "--extra-index-url", "--find-links"):
        assert word not in text


# What is forbidden: a line that is added to a file, and how the broken contract names it.
FORBIDDEN = {
    "scenes/bowl.py": ("import scenes.valley", "scenes.bowl -> scenes.valley"),
    "scenes/kit/surface/ball.py": ("import scenes.question", "scenes.kit.surface.ball -> scenes.question"),
    "scenes/pieces/depth.py": ("import scenes.recap", "scenes.pieces.depth -> scenes.recap"),
    "bn_math/checks.py": ("import manim", "bn_math.checks -> manim"),
    "bn_math/data/split.py": ("import scenes.kit.theme", "bn_math.data.split -> scenes.kit.theme"),
    "bnviz/film/make.py": ("import scenes.two_scales", "bnviz.film.make -> scenes.two_scales"),
    "scenes/standardize.py": ("import bnviz.files", "scenes.standardize -> bnviz.files"),
    "bnviz/media/cut.py": ("import bnviz.run.discover", "bnviz.media is not allowed to import bnviz.run"),
}


def test_the_import_contracts_catch_what_they_forbid(tmp_path: Path) -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    assert len(contracts) <= 5
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in ("bn_math", "bnviz", "scenes"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    for file, (line, _) in FORBIDDEN.items():
        with (tmp_path / file).open("a", encoding="utf-8") as open_file:
            open_file.write(f"\n{line}\n")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "COLUMNS": "300"}
    done = subprocess.run(
        [*CHECKS["imports"], "--no-cache"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert f"Contracts: 0 kept, {len(contracts)} broken." in done.stdout, done.stdout + done.stderr
    missed = [chain for _, chain in FORBIDDEN.values() if chain not in done.stdout]
    assert missed == [], done.stdout


def test_no_python_file_is_long_and_no_folder_is_a_hall() -> None:
    """A file has one reason to change, and a folder is a room: `scenes` with its scenes aside."""
    files = [
        path
        for folder in ("bn_math", "bnviz", "scenes", "tests", "benchmarks", "docs")
        for path in (ROOT / folder).rglob("*.py")
    ]
    lengths = {path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {path: length for path, length in lengths.items() if length > 300} == {}
    rooms: dict[Path, int] = {}
    for path in (path for path in lengths if path.stem != "__init__"):
        rooms[path.parent] = rooms.get(path.parent, 0) + 1
    del rooms[Path("scenes")]
    assert {room: count for room, count in rooms.items() if count > 15} == {}
