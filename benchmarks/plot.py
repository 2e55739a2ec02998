"""The plot of growth: one small panel a series, in a file that is legible on a light and on a dark page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.growth import Series
from bnviz.errors import UserError
from bnviz.files import replacing
from bnviz.installation import install

COLUMNS = 3
PAPER, INK, LINE, PROPORTION = "#f7f7f4", "#222222", "#1f6f8b", "#999999"


def draw(series: Sequence[Series], path: Path) -> None:
    """Write the plot as SVG: how many times as long it takes, over how many times as much there is.

    Raises:
        UserError: Matplotlib is not installed.
    """
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError as error:
        raise UserError(
            f"the plot needs Matplotlib, which is not installed; install it with: {install('benchmark')}"
        ) from error
    rows = -(-len(series) // COLUMNS)
    # The same numbers give the same file: no random identifiers, no date.
    with matplotlib.rc_context({"svg.hashsalt": "benchmarks", "font.size": 9}):
        figure = Figure(figsize=(9, 2.8 * rows), facecolor=PAPER, layout="constrained")
        for number, item in enumerate(series, start=1):
            axes = figure.add_subplot(rows, COLUMNS, number, facecolor=PAPER)
            amounts, times = zip(*item.growth, strict=True)
            ideal = [1 / amount for amount in amounts] if item.shared else amounts
            axes.plot(amounts, ideal, color=PROPORTION, linestyle="--", linewidth=1)
            axes.plot(amounts, times, color=LINE, marker="o", markersize=4)
            for point, place in zip(item.points, item.growth, strict=True):
                axes.annotate(
                    point.label, place, (0, -13), textcoords="offset points", ha="center", color=INK
                )
            axes.set_xscale("log", base=2)
            axes.set_yscale("log", base=2)
            axes.margins(0.2)
            axes.set_title(item.name, color=INK)
            axes.set_xlabel(f"times as many {item.unit}", color=INK)
            for axis in (axes.xaxis, axes.yaxis):
                axis.set_major_formatter("{x:g}")
                axis.minorticks_off()
            if number % COLUMNS == 1:
                axes.set_ylabel("times as long", color=INK)
        with replacing(path) as beside:
            figure.savefig(beside, format="svg", metadata={"Date": None, "Creator": None})
