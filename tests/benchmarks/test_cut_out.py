"""Every way to draw a surface is measured on the same turn."""

from __future__ import annotations

from benchmarks import cut_out, page
from bnviz.run.quality import Quality


def test_every_way_has_its_cost_over_the_mesh_s() -> None:
    costs = cut_out.measure(Quality("tiny", 160, 90, 10, 23), frames=3)
    assert costs[0].name == cut_out.MESH and costs[0].ratio == 1
    assert len(costs) == 3 and all(item.milliseconds > 0 for item in costs)
    for item in costs:
        assert item.ratio == item.milliseconds / costs[0].milliseconds


def test_the_table_has_a_line_for_each() -> None:
    costs = [cut_out.FrameCost("one", 30.0, 1.0), cut_out.FrameCost("other", 15.0, 0.5)]
    lines = list(page.frame_lines(costs))
    assert "| other | 15.0 | 0.50 |" in lines
