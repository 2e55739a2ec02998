"""The code runs on Linux, macOS and Windows: as far as that can be told on one of them."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = ("bn_math", "bnviz", "scenes", "benchmarks", "docs")


@pytest.mark.parametrize("system", sorted({"darwin", "linux", "win32"} - {sys.platform}))
def test_types_hold_on_the_other_systems_too(system: str) -> None:
    cache = f".mypy_cache/{system}"  # one cache holds one system's
    command = [sys.executable, "-m", "mypy", "--platform", system, "--cache-dir", cache]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("system", ["SIGKILL", "SIGHUP", "getuid", "geteuid", "killpg", "symlink", "fork("])
def test_what_windows_lacks_is_named_in_no_other_file(system: str) -> None:
    named = {path.relative_to(ROOT).as_posix() for path in files(*OURS) if f".{system}" in text_of(path)}
    assert named <= {"bnviz/system.py"}


def test_text_is_opened_with_an_encoding_and_written_with_the_same_line_ends_everywhere() -> None:
    faults = [
        f"{path.relative_to(ROOT)}:{call.lineno} {name} has no {missing}"
        for path in files(*OURS, "tests")
        for call, name in calls(path)
        if (missing := _lacks(call, name, path.is_relative_to(ROOT / "tests")))
    ]
    assert faults == []


@pytest.mark.parametrize(("options", "passes"), [("", False), ('encoding="utf-8"', True)])
def test_an_encoding_that_is_left_out_is_an_error_in_the_tests(
    tmp_path: Path, options: str, passes: bool
) -> None:
    (tmp_path / "tests").mkdir()
    test = tmp_path / "tests" / "test_reads.py"
    test.write_text(f"def test_reads(): open(__file__, {options}).close()\n", encoding="utf-8")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    command = [sys.executable, "-X", "warn_default_encoding", "-m", "pytest", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode == 0) == passes, done.stdout
    assert ("EncodingWarning" in done.stdout) != passes


def _lacks(call: ast.Call, name: str, is_test: bool) -> str | None:
    """The option that a call has to have and has not. Tests need not write the same bytes everywhere."""
    given = {option.arg for option in call.keywords}
    mode = next((a.value for a in call.args[:2] if isinstance(a, ast.Constant) and _is_mode(a.value)), "r")
    is_path = name in ("read_text", "write_text")
    is_open = name == "open" and "b" not in mode and not _is_of_another_library(call)
    says = given & {"encoding", None} or len(call.args) > {"read_text": 0, "write_text": 1}.get(name, 9)
    if (is_path or is_open or (name in PROCESSES and "text" in given)) and not says:
        return "encoding"
    writes = name == "write_text" or (is_open and set(mode) & set("wax"))
    return "newline" if writes and not is_test and "newline" not in given else None


def _is_mode(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) < 4 and set(value) <= set("rwaxbt+")


def _is_of_another_library(call: ast.Call) -> bool:
    """``av.open(path)``, ``browser.open(address)``: a path's own ``open`` begins with the mode."""
    if not isinstance(call.func, ast.Attribute):
        return False
    if not call.args:
        return isinstance(call.func.value, ast.Name) and call.func.value.id in ENCODERS
    return not (isinstance(call.args[0], ast.Constant) and _is_mode(call.args[0].value))


ENCODERS = ("trial",)  # PyAV's contexts are opened, too
PROCESSES = ("run", "Popen", "check_output")


def calls(path: Path) -> Iterator[tuple[ast.Call, str]]:
    """Every call in a file, and the last part of what is called."""
    for node in ast.walk(ast.parse(text_of(path))):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Attribute | ast.Name):
                yield node, function.attr if isinstance(function, ast.Attribute) else function.id


def files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_the_files_of_a_checkout_are_the_same_bytes_everywhere() -> None:
    """Keys of the cache hang on them, and Git would give Windows other line ends."""
    rules = text_of(ROOT / ".gitattributes").splitlines()
    assert "* text=auto eol=lf" in rules
    listed = subprocess.run(["git", "ls-files", "--eol"], cwd=ROOT, capture_output=True, encoding="utf-8")
    if listed.returncode:
        pytest.skip("this is no checkout")
    assert [line for line in listed.stdout.splitlines() if "i/crlf" in line or "i/mixed" in line] == []
