"""Frame tests: the last picture of every beat against a stored control.

A control is a PNG, ``tests/scenes/control/<scene>/<beat>.png``. Cairo rounds a little differently from one
machine to the next, so a few pixels may differ; a line that moved by a pixel may not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bnviz.run import png
from bnviz.run.discover import file_name
from bnviz.run.stills import Picture, Still

WIDTH, HEIGHT = 426, 240
VISIBLE = 24  # a channel that differs by less is not seen
SHARE = 0.003  # of all pixels that may differ visibly
MEAN = 0.5  # of 255, the mean difference allowed


@dataclass(frozen=True)
class Comparison:
    """A still against its control; ``problem`` is None when they agree, ``control`` when there is none."""

    scene: str
    beat: str
    problem: str | None
    control: Picture | None = None
    now: Picture | None = None


def control_file(folder: Path, scene: str, beat: str) -> Path:
    """Where a control lies."""
    return folder / Path(file_name(scene)).stem / f"{beat}.png"


def compare(scene: str, stills: Mapping[str, Still], folder: Path) -> list[Comparison]:
    """Every beat of a scene against its control, then the controls that have no beat any more."""
    found = []
    for beat, still in stills.items():
        path = control_file(folder, scene, beat)
        control = png.read(path) if path.exists() else None
        problem = f"there is no control {path}" if control is None else differs(control, still.picture)
        found.append(Comparison(scene, beat, problem, control, still.picture))
    for path in sorted(control_file(folder, scene, "any").parent.glob("*.png")):
        if path.stem not in stills:
            found.append(Comparison(scene, path.stem, f"{path} is the control of a beat that is gone"))
    return found


def differs(control: Picture, now: Picture) -> str | None:
    """How a picture differs from its control, None when it is the same to the eye."""
    if control.shape != now.shape:
        return (
            f"the control is {control.shape[1]}x{control.shape[0]}, the picture {now.shape[1]}x{now.shape[0]}"
        )
    far = png.difference(control, now)
    share, mean = float(np.mean(far >= VISIBLE)), float(far.mean())
    if share <= SHARE and mean <= MEAN:
        return None
    return (
        f"{share:.2%} of the pixels differ visibly ({SHARE:.2%} may), by {mean:.2f} on average ({MEAN:g} may)"
    )


def renew(scene: str, stills: Mapping[str, Still], folder: Path) -> list[Path]:
    """Make the stills a scene's controls; returns the files that changed."""
    changed = []
    for beat, still in stills.items():
        path = control_file(folder, scene, beat)
        if not path.exists() or not np.array_equal(png.read(path), still.picture):
            png.write(still.picture, path)
            changed.append(path)
    for path in control_file(folder, scene, "any").parent.glob("*.png"):
        if path.stem not in stills:
            path.unlink()
            changed.append(path)
    return changed


def show(comparison: Comparison, folder: Path) -> Path | None:
    """Write control, picture and difference side by side; None when there is nothing to lay side by side."""
    if comparison.control is None or comparison.now is None:
        return None
    path = control_file(folder, comparison.scene, comparison.beat)
    png.write(png.side_by_side(comparison.control, comparison.now), path)
    return path
