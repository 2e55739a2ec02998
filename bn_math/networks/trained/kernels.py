"""Whether what is shown of a study is the same under other kernels of the matrix product.

`python -m bn_math.networks.trained kernels` trains the default study once under each and tells what differs;
that takes some minutes a kernel. A kernel is chosen when a process starts, by the variable OPENBLAS_CORETYPE.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from bn_math.checks import Array
from bn_math.networks.trained.figures import Figure
from bn_math.networks.trained.results import Whole
from bn_math.networks.trained.settings import NetworkSettings
from bn_math.networks.trained.study import NetworkStudy
from bn_math.networks.trained.verdicts import arrivals

VARIABLE = "OPENBLAS_CORETYPE"
KERNELS = ("Prescott", "Nehalem", "Haswell")
# The code of the process that is started, with the settings' fields and the parts that are asked for.
_CHILD = (
    "import json, sys; from bn_math.networks.trained.kernels import shown; "
    "from bn_math.networks.trained.settings import NetworkSettings; "
    "given = json.loads(sys.argv[1]); print(json.dumps(shown(NetworkSettings(**given[0]), given[1])))"
)


def shown(settings: NetworkSettings, parts: Iterable[str]) -> dict[str, Any]:
    """Figures, to the digits that hold, and verdicts of some parts of a study, by name."""
    study, found = NetworkStudy(settings), dict[str, Any]()
    for part in parts:
        result = study.part(part)
        if part.startswith("depths."):
            found |= _steps(part, result.steps)
        elif part == "starts":
            found |= _steps(f"{part} at one rate", result.steps) | _steps(part, result.best_steps)
        elif part == "rates":
            found[f"{part} that train"] = result.trains.tolist()
        elif part == "unseen":
            found |= _figures(part, result.accuracy)
        elif part.startswith("along."):
            found |= _figures(part, result.swing)
        elif part == "shaking":
            found |= _figures(f"{part}: steps to the mark", result.arrived)
        elif part == "start":
            found |= _figures(f"{part}: growth", result.growth)
        elif part == "walls":
            found |= _figures(f"{part}: accuracy in the end", result.accuracy[:, :, -1])
    return found


def under(kernel: str, settings: dict[str, Any], parts: Sequence[str]) -> dict[str, Any] | None:
    """What `shown` gives in a process of its own under a kernel; None if the processor cannot run it."""
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, json.dumps([settings, list(parts)])],
        env={**os.environ, VARIABLE: kernel},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if done.returncode < 0:
        return None
    if done.returncode:
        raise RuntimeError(f"under {kernel}: {done.stderr.strip()[-2000:]}")
    return dict(json.loads(done.stdout))


def differences(found: dict[str, dict[str, Any]]) -> list[str]:
    """Sentences that tell what is not the same under all kernels; `found` holds what each gave."""
    told = []
    names = list(next(iter(found.values()))) if found else []
    for name in names:
        values = {kernel: values[name] for kernel, values in found.items()}
        if len({json.dumps(value) for value in values.values()}) > 1:
            told.append(f"{name}: " + "; ".join(f"{kernel} {value}" for kernel, value in values.items()))
    return told


def _steps(name: str, steps: Whole) -> dict[str, Any]:
    places = np.ndindex(steps.shape[:-1])
    figures = {f"{name}, {at}": Figure.of_steps(steps[at]).rounded for at in places}
    return {**figures, f"{name}: verdict": arrivals(steps).tolist()}


def _figures(name: str, values: Array) -> dict[str, Any]:
    places = np.ndindex(values.shape[:-1])
    return {f"{name}, {at}": Figure.of(values[at]).rounded for at in places}
