"""A scene with all that a figure for a column is set from, for the tests of publishing."""

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Circle, Dot, Line, Rectangle, ValueTracker

from scenes.kit.beats import BeatScene
from scenes.kit.charts.axes import Chart
from scenes.kit.drawing.furniture import furniture
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import FIGURE, KEY, Formula, Text, label
from scenes.kit.script import words
from scenes.kit.surface.trough.framing import framed
from scenes.kit.surface.trough.trail import RunTrail
from scenes.kit.surface.trough.trough import Trough
from scenes.kit.surface.trough.window import CutWindow

words._book("en")["Column"] = {
    "title": "Heading",
    "beats": {
        "lines": {"title": "Lines", "say": ["Lines."]},
        "chart": {"title": "A chart", "say": ["A chart."]},
        "loss": {"title": "A loss", "say": ["A loss."]},
        "words": {"title": "Words", "say": ["Only words."]},
    },
}


class Column(BeatScene):
    """Lines, dots and letters; a chart; a loss on its floor; then nothing but furniture."""

    def construct(self):
        """One after the other."""
        palette = self.theme
        steps = furniture(
            key_figure(Counter(ValueTracker(7), size=KEY), "steps").move_to(2 * DOWN + 2 * LEFT)
        )
        thin, thick = (
            Line(2 * LEFT + y * UP, 2 * RIGHT + y * UP, color=palette.valley, stroke_width=width)
            for y, width in ((0.5, 0.6), (-0.5, 9.0))
        )
        bar = Rectangle(width=1.0, height=1.5, color=palette.bowl, fill_opacity=1, stroke_width=0)
        dots = Dot(radius=0.1, color=palette.feature_b).move_to(1.2 * UP), Circle(0.3, color=palette.bowl)
        big, small = Text("H", KEY).move_to(UP + LEFT), Text("H", 12).move_to(UP + RIGHT)
        index = Formula("H_H", FIGURE).move_to(1.6 * DOWN)
        with self.beat("lines"):
            self.show_heading()
            self.add(thin, thick, bar.shift(3 * RIGHT), *dots, big, small, index, steps)
            self.pause(1.0)
        self.clear()
        chart = Chart((0, 1), (0, 2), 4.0, 2.0, [0, 0.5, 1], [0, 1, 2], "across", "up")
        with self.beat("chart"):
            self.add(chart, chart.curve(np.array([0.0, 1.0]), np.array([0.0, 2.0]), palette.valley))
        self.clear()
        stage = self.lesson.standardized
        run = np.asarray(stage.descent.points)
        window = CutWindow.around(stage.loss, run[0])
        trough = Trough(window, framed(window, Box(-3.5, 3.5, -3.0, 3.0)))
        with self.beat("loss"):
            self.add(trough.view, trough, RunTrail(trough, run, ValueTracker(len(run) - 1)))
        self.clear()
        with self.beat("words"):
            self.add(furniture(label("only words")))
