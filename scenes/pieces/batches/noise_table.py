"""The table beside the noise of mini-batches: their sizes, and how far the values and the means spread."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import DOWN, RIGHT, VGroup

from bn_math import Lesson
from scenes.kit import theme
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.typography import HEADING, LABEL, SMALL, Text
from scenes.kit.script.words import Words

COLUMNS = (-4.95, -3.75, -1.95)  # where the columns end
ROOM = 0.35  # what a row of figures needs


def noise_table(
    words: Words, lesson: Lesson, figures: Sequence[Sequence[str]], feet: Sequence[float]
) -> list[VGroup]:
    """The header with the formula below, then for each size its row, empty where there is no room for one.

    Args:
        words: the scene's.
        lesson: whose batch sizes are compared.
        figures: for each size how far the normalized values spread, and how far batch means, as markup.
        feet: y of each row, from the top.
    """
    palette = theme.current()
    header = VGroup()
    for key, end in zip(("size", "spread", "mean_spread"), COLUMNS, strict=True):
        name = typography.label(words.label(key), size=SMALL)
        header.add(name.move_to(layout.at(end, feet[0] + 0.55), DOWN).set_x(end, RIGHT))
    theory = typography.Formula(words.label("theory"), LABEL, palette.muted)
    header.add(theory.move_to(layout.at(COLUMNS[2], feet[-1] - 0.75)).set_x(COLUMNS[2], RIGHT))
    all_rows = typography.label(words.label("all_rows"), size=SMALL)
    header.add(all_rows.move_to(layout.at(theory.get_left()[0] - 0.4, theory.get_y()), RIGHT))
    pitch = (feet[0] - feet[-1]) / (len(feet) - 1) if len(feet) > 1 else ROOM
    every, rows = int(np.ceil(ROOM / pitch)), []
    for place, (size, figure, y) in enumerate(zip(lesson.batches.noise_sizes, figures, feet, strict=True)):
        cells = (
            Text(words.label("rows", size=size), HEADING),
            Text(figure[0], HEADING, palette.ball),
            Text(figure[1], HEADING, palette.muted),
        )
        row = [
            typography.align_baseline(cell, y + 0.04, right=end)
            for cell, end in zip(cells, COLUMNS, strict=True)
        ]
        rows.append(VGroup(*row) if place % every == 0 else VGroup())
    return [header, *rows]
