"""In a square frame the side stands below the picture, and nothing is cut off or lies over other things."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from manim import ManimColor

from bnviz.review import legibility
from bnviz.run.stills import Still
from scenes.kit.palettes import PALETTES

SIDE = 480
SQUARE_SCENES = ("TheLoss", "Valley", "ValleyToBowl")


def square_problems(still: Still, background: np.ndarray) -> Iterator[str]:
    """What is wrong with a still: its text, what its frame cuts off, figures over the picture."""
    yield from legibility.still_problems(still)
    assert still.behind is not None
    painted = np.abs(still.behind.astype(int) - background).max(axis=2) > 24
    edges = {"left": painted[:, 0], "right": painted[:, -1], "top": painted[0], "bottom": painted[-1]}
    yield from (
        f"{still.beat}: the {side} edge cuts something off" for side, edge in edges.items() if edge.any()
    )
    for text in still.texts:
        if text.is_key_figure:
            left, top, right, bottom = (round(edge) for edge in text.box)
            if painted[top:bottom, left:right].any():
                yield f"{still.beat}: {text.text!r} stands over the picture"


@pytest.mark.parametrize("scene", SQUARE_SCENES)
def test_in_a_square_frame_nothing_is_cut_off_or_covered(scene: str, stills_of) -> None:
    stills = stills_of(scene, "dark", SIDE, SIDE)
    background = np.array(ManimColor(PALETTES["dark"]["background"]).to_int_rgb())
    assert {still.picture.shape for still in stills.values()} == {(SIDE, SIDE, 3)}
    found = [problem for still in stills.values() for problem in square_problems(still, background)]
    assert found == [], "\n".join(["", *found])


@pytest.mark.parametrize("scene", SQUARE_SCENES)
def test_in_a_square_frame_the_figures_stand_below_the_picture(scene: str, stills_of) -> None:
    for still in stills_of(scene, "dark", SIDE, SIDE).values():
        for text in still.texts:
            if text.is_key_figure:
                assert text.box[1] > 0.6 * SIDE, (still.beat, text.text)
