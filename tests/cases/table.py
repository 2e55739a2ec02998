"""Lessons that once broke something, and what has to become of each."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOM = Path(__file__).parent
LESSONS = ROOM / "lessons"
SLOW = {"ValleyToBowl", "OptimizerRace"}
"""Scenes whose numbers take seconds to compute."""


@dataclass(frozen=True)
class Case:
    """A lesson's file, the columns that are taken, or what its refusal says; and what is told."""

    path: Path
    columns: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


def cases() -> dict[str, Case]:
    """All cases by name, as the table tells them."""
    table = tomllib.loads((ROOM / "table.toml").read_text(encoding="utf-8"))
    return {
        name: Case(LESSONS / f"{name}.toml", **{field: tuple(value) for field, value in row.items()})
        for name, row in table.items()
    }
