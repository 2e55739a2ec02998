"""The package as a whole: its public names, and what it may not import."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import bn_math

PACKAGE = Path(bn_math.__file__).parent


def test_every_public_name_is_there_and_documented() -> None:
    for name in bn_math.__all__:
        assert getattr(bn_math, name).__doc__, name
    promised = """article_dataset Dataset LeastSquares Spectrum Trajectory descend steps_to Lesson
    BatchNorm GradientDescent HeavyBall Nesterov AdaGrad RMSProp Adam split_batches batch_mean_spread
    standardize rescale"""
    assert set(promised.split()) <= set(bn_math.__all__)


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_only_numpy_and_scipy_are_imported(path: Path) -> None:
    allowed = set(sys.stdlib_module_names) | {"numpy", "scipy", "bn_math"}
    if path == PACKAGE / "data" / "frames.py":  # where the extra `data` is asked for, see the next test
        allowed |= {"polars", "fastexcel"}
    if (
        path == PACKAGE / "networks" / "trained" / "study.py"
    ):  # the one place that says how many threads multiply
        allowed |= {"threadpoolctl"}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    imports = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    names = {
        name.split(".")[0]
        for node in imports
        for name in (
            [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
    }
    assert names <= allowed


def test_the_readers_of_the_extra_are_imported_when_a_file_needs_them() -> None:
    code = "import sys, bn_math; print(*{'polars', 'pandas', 'fastexcel'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert done.stdout.strip() == ""


def test_the_package_says_that_it_is_typed() -> None:
    assert (PACKAGE / "py.typed").is_file()
