"""Looks at the machine: what a film needs, what is there, and the command that mends what is not."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from bnviz import system_packages
from bnviz.installation import PROJECT, ROOT, install, is_checkout
from bnviz.system_packages import CAIRO, COMPILER, HEADERS, PANGO, PKG_CONFIG, PYTHON, remedy

FOR_DEVELOPERS = ("test", "benchmark", "docs")  # the extras that only a checkout has a use for
DISK_BYTES = 1_000_000_000
ENCODERS = ("libx264", "aac", "mov_text")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. ``fix`` is the command to run when it is not ``fine``."""

    what: str
    found: str
    fine: bool
    fix: str
    needed: bool = True


def examine(folder: Path, root: Path = ROOT) -> list[Finding]:
    """Everything a film made in ``folder`` needs."""
    return [
        _python(),
        *_packages(root),
        *_system_libraries(),
        _font(root),
        *_encoders(),
        *_disk(folder / "media"),
    ]


def missing_voice() -> list[str]:
    """The packages of the extra ``voice`` that are not installed."""
    modules = {"manim-voiceover": "manim_voiceover", "hibari-tts": "hibari"}
    return [package for package, module in modules.items() if importlib.util.find_spec(module) is None]


def pinned(constraints: str) -> dict[str, str]:
    """Package names (lower case, with hyphens) and versions in a constraints file's text."""
    pairs = (
        line.split("==") for line in constraints.splitlines() if "==" in line and not line.startswith("#")
    )
    return {_normal(name): version.strip() for name, version in pairs}


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    return Finding(PYTHON, found, sys.version_info >= (3, 11), remedy(PYTHON))


def _packages(root: Path) -> Iterator[Finding]:
    """Each direct requirement: in a checkout the very version that is pinned, else one that is allowed."""
    constraints = root / "constraints.txt"
    wanted = pinned(constraints.read_text(encoding="utf-8")) if is_checkout(root) else {}
    for requirement in map(Requirement, metadata.requires(PROJECT) or []):
        if (extra := _extra(requirement)) is None or (extra in FOR_DEVELOPERS and not is_checkout(root)):
            continue
        name = _normal(requirement.name)
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            version = ""
        pin = wanted.get(name, "")
        is_right = version == pin if pin else requirement.specifier.contains(version, prereleases=True)
        yield Finding(
            what=f"{name} {pin or requirement.specifier}".strip() + (f" (extra {extra})" if extra else ""),
            found=version or "not installed",
            fine=bool(version) and is_right,
            fix=install(*filter(None, [extra]), again=True, root=root),
            needed=not extra,
        )


def _extra(requirement: Requirement) -> str | None:
    """The extra that asks for ``requirement``, "" where every film needs it, None if nothing here does."""
    extras = ("", *(metadata.metadata(PROJECT).get_all("Provides-Extra") or []))
    marker = requirement.marker
    return next((extra for extra in extras if marker is None or marker.evaluate({"extra": extra})), None)


def _system_libraries() -> Iterator[Finding]:
    """What pycairo and ManimPango are compiled against; once they are installed it is not needed any more."""
    if not system_packages.are_needed():
        yield Finding("the system's libraries", "none are needed: every package has a wheel", True, "")
        return
    compiled = all(importlib.util.find_spec(module) for module in ("cairo", "manimpango"))
    compiler = shutil.which(os.environ.get("CC", "cc")) or shutil.which("gcc")
    probes = {
        COMPILER: bool(compiler),
        HEADERS: Path(sysconfig.get_path("include"), "Python.h").exists(),
        PKG_CONFIG: bool(shutil.which("pkg-config")),
        CAIRO: _has_library("cairo"),
        PANGO: _has_library("pangocairo"),
    }
    for what, there in probes.items():
        absent = "not needed: pycairo and ManimPango are installed" if compiled else "missing"
        yield Finding(what, "there" if there else absent, there or compiled, remedy(what))


def _has_library(name: str) -> bool:
    try:
        return subprocess.run(["pkg-config", "--exists", name], check=False).returncode == 0
    except FileNotFoundError:
        return False


def _font(root: Path) -> Finding:
    spec = importlib.util.find_spec("font_lato")
    folder = Path(spec.origin).parent / "files" if spec and spec.origin else None
    files = list(folder.rglob("Lato-*.ttf")) if folder else []
    found = f"{len(files)} files" if files else "missing"
    return Finding("the font Lato", found, bool(files), install(again=True, root=root))


def _encoders() -> Iterator[Finding]:
    try:
        from av.codec import codecs_available as available
    except ImportError:
        available = set()
    for encoder in ENCODERS:
        there = encoder in available
        yield Finding(
            f"encoder {encoder}",
            "there" if there else "missing",
            there,
            "pip install --force-reinstall --only-binary av av  # brings PyAV's own FFmpeg",
        )


def _disk(media: Path) -> Iterator[Finding]:
    there = next(folder for folder in (media, *media.absolute().parents) if folder.exists())
    writable = os.access(there, os.W_OK)
    allow = f"# allow writing to {there}, or work in another folder"
    yield Finding(f"writing to {media.name}/", "allowed" if writable else "not allowed", writable, allow)
    free = shutil.disk_usage(there).free
    yield Finding(
        "1 GB of free disk space",
        f"{free / 1e9:.1f} GB",
        free >= DISK_BYTES,
        f"# make room on the disk of {there}",
    )


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
