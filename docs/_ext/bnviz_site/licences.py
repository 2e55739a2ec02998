"""What is installed beside the program, and under which license: as the packages themselves say it."""

from __future__ import annotations

from importlib import metadata

from packaging.requirements import Requirement

PROJECT = "valley-to-bowl"
NOT_SAID = "see the package"
# Classifiers and long texts under one name each, so that the table can be read.
SHORT = {
    "BSD License": "BSD",
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL",
    "SIL Open Font License 1.1 (OFL-1.1)": "OFL-1.1",
    "Python Software Foundation License": "PSF",
    "Other/Proprietary License": "MPL-2.0",  # of selenium-axe-python, whose field names the Mozilla license
}


def installed() -> list[tuple[str, str, str]]:
    """Each direct requirement: its name, the extra that asks for it ("" for none), its license."""
    found = []
    for line in metadata.requires(PROJECT) or []:
        requirement = Requirement(line)
        found.append((requirement.name, _extra(requirement), license_of(requirement.name)))
    return found


def license_of(package: str) -> str:
    """What an installed package says of its license."""
    try:
        told = metadata.metadata(package)
    except metadata.PackageNotFoundError:
        return "not installed here"
    if expression := told["License-Expression"]:
        return str(expression)
    kinds = [line for line in told.get_all("Classifier") or [] if line.startswith("License ::")]
    if kinds:
        kind = str(kinds[0]).rpartition(":: ")[2]
        return SHORT.get(kind, kind)
    written = str(told["License"] or "").strip()
    return written if written and "\n" not in written else NOT_SAID


def _extra(requirement: Requirement) -> str:
    extras = metadata.metadata(PROJECT).get_all("Provides-Extra") or []
    if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
        return ""
    return next((extra for extra in extras if requirement.marker.evaluate({"extra": extra})), "")
