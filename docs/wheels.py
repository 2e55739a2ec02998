"""Which systems need a compiler or libraries of their own: asked of pip, and written into docs/install.md.

    python docs/wheels.py                 every system and Python; a few minutes, needs the package index
    python docs/wheels.py --python 3.12   one Python alone, printed and not written

For each system, chip and Python, `pip install --dry-run --only-binary=:all:` resolves the wheel with
all its extras. A package that it finds no wheel of is noted, replaced by an empty one that asks for the same
others, and pip is run again, until it resolves. Packages of pure Python need no compiler, and are not noted.
pip reads a requirement's marker (`sys_platform == "win32"`) for the system that it runs on; here it is
read for the system that is asked about.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
PAGE = Path(__file__).with_name("install.md")
PROJECT = "valley-to-bowl"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
EXTRAS = ("voice", "slides", "data", "fonts-cjk", "cluster")
BEGIN, END = "<!-- wheels: written by python docs/wheels.py -->", "<!-- end of wheels -->"
_EMPTY = ".dev0"
_REPORT = "report.json"
_MISSING = re.compile(
    r"(?:No matching distribution found for|no matching distributions available for your environment:)"
    r"\s+([A-Za-z0-9._-]+)"
)
# pip's own marker environment is replaced before it begins: it has no option for that.
_PIP = """
import json, sys
from pip._vendor.packaging import markers
target, usual = json.loads(sys.argv.pop(1)), markers.default_environment
markers.default_environment = lambda: {**usual(), **target}
from pip._internal.cli.main import main
sys.exit(main())
"""


@dataclass(frozen=True)
class System:
    """A system and chip: what pip calls it, and how Python's markers describe it."""

    name: str
    platforms: tuple[str, ...]
    markers: Mapping[str, str]


def _linux(chip: str) -> System:
    tags = tuple(f"manylinux_2_{minor}_{chip}" for minor in range(36, 16, -1))  # glibc 2.36 is Debian 12's
    markers = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}
    return System(f"Linux, {chip}", (*tags, f"manylinux2014_{chip}"), markers | {"platform_machine": chip})


def _macos(name: str, chip: str) -> System:
    markers = {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"}
    return System(name, (f"macosx_14_0_{chip}",), markers | {"platform_machine": chip})


SYSTEMS = (
    System(
        "Windows",
        ("win_amd64",),
        {
            "sys_platform": "win32",
            "platform_system": "Windows",
            "os_name": "nt",
            "platform_machine": "AMD64",
        },
    ),
    _macos("macOS, Apple's chips", "arm64"),
    _macos("macOS, Intel", "x86_64"),
    _linux("x86_64"),
    _linux("aarch64"),
)


def environment(system: System, python: str) -> dict[str, str]:
    """What Python's markers say there."""
    return {**system.markers, "python_version": python, "python_full_version": f"{python}.0"}


def lacking(wheel: Path, system: System, python: str, empty: Path) -> dict[str, list[str]]:
    """By extra ("" is what every film needs) the compiled packages of which there is no wheel there.

    Args:
        wheel: the project's.
        system: where it is to be installed.
        python: for which Python.
        empty: a folder of empty wheels, to which those that are missing here are added.

    Raises:
        RuntimeError: pip failed for another reason.
    """
    target = environment(system, python)
    while True:
        done = _resolve(wheel, system, python, target, empty)
        if done.returncode == 0:
            installed = [
                item["metadata"]
                for item in json.loads((empty / _REPORT).read_text(encoding="utf-8"))["install"]
            ]
            without = [item["name"] for item in installed if item["version"].endswith(_EMPTY)]
            return _by_extra(installed, set(filter(_is_compiled, without)), target)
        found = _MISSING.search(done.stdout)
        if found is None or not _write_empty_wheel(canonicalize_name(found[1]), empty):
            raise RuntimeError(f"{system.name}, Python {python}: {done.stdout[-2000:]}")


def _resolve(
    wheel: Path, system: System, python: str, target: Mapping[str, str], folder: Path
) -> subprocess.CompletedProcess[str]:
    platforms = [word for platform in system.platforms for word in ("--platform", platform)]
    return subprocess.run(
        [sys.executable, "-c", _PIP, json.dumps(target), "install", "--dry-run", "--ignore-installed"]
        + ["--report", str(folder / _REPORT), "--only-binary=:all:", "--target", str(folder / "none")]
        + ["--implementation", "cp", "--python-version", python, *platforms, "--find-links", str(folder)]
        + [f"{PROJECT}[{','.join(EXTRAS)}] @ {wheel.as_uri()}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


def _is_compiled(name: str) -> bool:
    """Whether the package, as it is installed here, holds machine code."""
    return any(path.suffix in (".so", ".pyd", ".dylib") for path in metadata.files(name) or ())


def _write_empty_wheel(name: str, folder: Path) -> bool:
    """Whether a wheel of nothing could be added, which asks for what the package asks for.

    It is like the one that is installed here, but of a version in development, which pip takes only where
    there is a wheel of no other.
    """
    release = Version(metadata.version(name)).release
    version = f"{'.'.join(map(str, (*release[:-1], release[-1] + 1)))}{_EMPTY}"
    about = f"{name.replace('-', '_')}-{version}"
    path = folder / f"{about}-py3-none-any.whl"
    if path.exists():
        return False
    asked = "".join(f"Requires-Dist: {item}\n" for item in metadata.requires(name) or ())
    head = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(f"{about}.dist-info/METADATA", head + asked)
        file.writestr(
            f"{about}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        file.writestr(f"{about}.dist-info/RECORD", "")
    return True


def _by_extra(
    installed: Sequence[Mapping[str, Any]], without: set[str], target: Mapping[str, str]
) -> dict[str, list[str]]:
    """Which of ``without`` each extra brings in, those aside that every film needs."""
    asked = {
        canonicalize_name(item["name"]): [Requirement(text) for text in item.get("requires_dist", ())]
        for item in installed
    }
    every = _reached(asked, [(PROJECT, "")], target)
    found = {"": sorted(without & every)}
    for extra in EXTRAS:
        found[extra] = sorted(without & _reached(asked, [(PROJECT, extra)], target) - every)
    return found


def _reached(
    asked: Mapping[str, Sequence[Requirement]], start: Sequence[tuple[str, str]], target: Mapping[str, str]
) -> set[str]:
    """The packages that are asked for, by others' requirements, from ``start``: names with an extra each."""
    seen, left = set[tuple[str, str]](), list(start)
    while left:
        name, extra = item = left.pop()
        if item in seen:
            continue
        seen.add(item)
        for requirement in asked.get(name, ()):
            if requirement.marker is None or requirement.marker.evaluate({**target, "extra": extra}):
                other = canonicalize_name(requirement.name)
                left += [(other, ""), *((other, extra) for extra in requirement.extras)]
    return {name for name, _ in seen}


def table(found: Mapping[tuple[str, str], Mapping[str, Sequence[str]]], pythons: Sequence[str]) -> list[str]:
    """A row a system, a column an extra: the packages without a wheel, and for which Pythons."""
    names = list(dict.fromkeys(system for system, _ in found))
    lines = [
        "| system | every film | " + " | ".join(f"`{extra}`" for extra in EXTRAS) + " |",
        "|---" * (len(EXTRAS) + 2) + "|",
    ]
    for name in names:
        cells = [_cell({python: found[name, python][extra] for python in pythons}) for extra in ("", *EXTRAS)]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def _cell(by_python: Mapping[str, Iterable[str]]) -> str:
    """``pycairo`` where every Python lacks it, ``onnxruntime (3.14)`` where some do."""
    packages = dict.fromkeys(package for lacked in by_python.values() for package in lacked)
    told = []
    for package in packages:
        lacks = [python for python, lacked in by_python.items() if package in lacked]
        told.append(package if len(lacks) == len(by_python) else f"{package} ({', '.join(lacks)})")
    return ", ".join(told) or "wheels"


def _built(folder: Path) -> Path:
    """The project's wheel, built from a copy: what setuptools leaves behind would be in the next one."""
    aside = shutil.ignore_patterns(".*", "media", "tests", "build", "*.egg-info", "__pycache__")
    shutil.copytree(ROOT, folder / "source", ignore=aside)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder)]
    subprocess.run([*command, str(folder / "source")], check=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


def main() -> None:
    """Ask pip, print the table, and write it if every Python was asked about."""
    parser = argparse.ArgumentParser(description="Which systems need a compiler or libraries of their own.")
    parser.add_argument("--python", choices=PYTHONS, help="this one alone, printed and not written")
    only = parser.parse_args().python
    pythons = (only,) if only else PYTHONS
    with tempfile.TemporaryDirectory() as folder:
        wheel, empty = _built(Path(folder)), Path(folder, "empty")
        empty.mkdir()
        found = {}
        for system in SYSTEMS:
            for python in pythons:
                print(f"asking pip for {system.name}, Python {python}", file=sys.stderr, flush=True)
                found[system.name, python] = lacking(wheel, system, python, empty)
    lines = table(found, pythons)
    print("\n".join(lines))
    if not only:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        text = "\n".join([before + BEGIN, *lines, END]) + rest.partition(END)[2]
        PAGE.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
