"""The numbers of a lesson's stages as a table in HTML: plain, with headers that a screen reader says."""

import math
from collections.abc import Sequence
from html import escape

from bn_math.lesson.settings import LessonSettings
from bn_math.lesson.stage import Stage

HEADERS = (
    "Features",
    "Condition number",
    "Steps",
    "Smallest eigenvalue",
    "Largest eigenvalue",
    "Best learning rate",
)
NAMES = {"centered": "centered only", "scaled": "scaled only"}
TITLE = "From Valley to Bowl"


def stages_table(settings: LessonSettings, stages: Sequence[Stage]) -> str:
    """The table: a row a stage, with five significant digits; steps are whole numbers or "never".

    Steps are those of gradient descent at theory's best learning rate, which is the last column.
    """
    heads = "".join(f'<th scope="col">{name}</th>' for name in HEADERS)
    rows = "".join(map(_row, stages))
    return (
        f"<table><caption>{_caption(settings)}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _caption(settings: LessonSettings) -> str:
    data, labels = settings.data, settings.labels
    first, second, target = map(labels.name, data.names)
    title = escape(labels.title or TITLE)
    return f"{title}: {escape(target)} from {escape(first)} and {escape(second)}, {data.count} rows"


def _row(stage: Stage) -> str:
    spectrum = stage.spectrum
    smallest, largest = float(spectrum.eigenvalues[0]), float(spectrum.eigenvalues[-1])
    steps = "never" if stage.steps is None else str(stage.steps)
    cells = (
        written(spectrum.condition_number),
        steps,
        *map(written, (smallest, largest, spectrum.best_learning_rate)),
    )
    name = NAMES.get(stage.name, stage.name)
    return f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


def written(value: float) -> str:
    """A number with five significant digits, in words if it is not finite."""
    if math.isnan(value):
        return "undefined"
    return f"{value:.5g}" if math.isfinite(value) else "infinite"
