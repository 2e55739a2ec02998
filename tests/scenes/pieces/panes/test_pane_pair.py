"""The pair of panes begins as the stack's last pane and ends with every cloud inside of its box."""

from __future__ import annotations

import numpy as np
import pytest
from manim import ManimColor, ValueTracker

from scenes.kit.lettering.places import WIDE
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.panes.clouds import WITH, WITHOUT, LayerClouds
from scenes.pieces.panes.pane_pair import PanePair
from scenes.pieces.panes.pane_stack import PaneStack, two_spreads_round
from scenes.pieces.panes.pictures import Pictures
from scenes.pieces.panes.stage import Stage
from tests.scenes.pieces.panes.test_clouds import drift


def pair(opened: float) -> PanePair:
    clouds = LayerClouds.of(drift(), 3)
    pictures = Pictures(np.random.default_rng(0).random((32, 64)))
    colors = [ManimColor("#FFFFFF")] * 2
    stack = PaneStack(clouds, pictures, np.zeros((2, 5, 2)), colors, Viewpoint(-50.0, 79.0, 0.03), Stage())
    boxes = WIDE.whole.part(right=0.47), WIDE.whole.part(left=0.53)
    return PanePair(stack, boxes, ValueTracker(opened))


def test_both_begin_where_the_last_pane_of_the_stack_is() -> None:
    found, flat = pair(0.0), np.array([[0.3, -0.4], [1.0, 1.0]])
    for which in (WITHOUT, WITH):
        np.testing.assert_allclose(found.place(which, flat), found.stack.place(3, flat))


@pytest.mark.parametrize("which", [WITHOUT, WITH])
def test_in_the_end_all_of_a_cloud_is_inside_of_its_pane_at_every_step(which: int) -> None:
    found = pair(1.0)
    box = found.boxes[which]
    for step in found.stack.clouds.steps:
        cloud = found.cloud(which, float(step))
        spots = found.place(which, np.concatenate([cloud, two_spreads_round(cloud)]))
        assert (np.abs(spots - box.center) <= np.array([box.width, box.height]) / 2).all()


def test_a_unit_is_as_long_in_both() -> None:
    found, flat = pair(1.0), np.array([[0.0, 0.0], [1.0, 0.5]])
    ways = [np.diff(found.place(which, flat), axis=0) for which in (WITHOUT, WITH)]
    np.testing.assert_allclose(*ways)
