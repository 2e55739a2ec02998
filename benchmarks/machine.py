"""The machine a table was measured on, in one sentence."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from pathlib import Path

PACKAGES = ("manim", "av", "numpy", "scipy", "pycairo")


def described() -> str:
    """Processor, cores, system, Python and the packages that draw and encode."""
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    cores = os.cpu_count() or 1
    return (
        f"Measured on {cores} core{'s' if cores != 1 else ''} of {processor()} with "
        f"{platform.system()}, Python {platform.python_version()}, {versions}."
    )


def processor() -> str:
    """The processor's name, as the system gives it."""
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or platform.machine() or "an unnamed processor"
