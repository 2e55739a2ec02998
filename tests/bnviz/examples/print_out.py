"""A scene with all that a figure may hold, and with what it must not, for the tests of publishing."""

import numpy as np
from manim import LEFT, RIGHT, UP, Circle, Create, FadeOut, LaggedStart, Line, Square, ValueTracker

from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.typography import Formula, label
from scenes.kit.script import words
from scenes.kit.surface.landscape import Landscape
from scenes.kit.surface.viewpoint import Viewpoint

words._book("en")["PrintOut"] = {
    "title": "Print <out>",
    "rows": "all {data.count} rows",
    "steps": "steps",
    "half": "{half:.1f} of it",
    "beats": {
        "surface": {"title": "A surface", "say": ["Down & down, {raw.steps} steps,"]},
        "flat": {"title": "Flat", "say": ["Nothing."], "alt": "A line on {data.count} rows."},
    },
}


class PrintOut(BeatScene):
    """A surface with a ball, a line, letters and a counter; then only the line."""

    @classmethod
    def data(cls, lesson):
        """The descent, and its curvatures."""
        return {
            "descent": data_tables.descent(lesson.standardized),
            "spectrum": data_tables.spectrum(lesson.raw),
        }

    def construct(self):
        land = Landscape(self.lesson.standardized, Viewpoint(azimuth=122, center=(2.3, 0.36), scale=1.22))
        land.clock.set_value(3)
        line = Line(LEFT * 6, LEFT * 2 + UP, color=self.theme.alarm, stroke_width=8)
        text = label(self.words.label("rows")).move_to(LEFT * 4 + UP * 2)
        half = label(self.words.label("half", half=0.5)).move_to(LEFT * 4 + UP * 3)
        steps = key_figure(Counter(ValueTracker(7)), self.words.label("steps")).move_to(LEFT * 4 - UP * 2)
        outside = Square(color=self.theme.valley, fill_opacity=1).shift(RIGHT * 20)
        clear = Circle(color="#123456", fill_opacity=0, stroke_opacity=0)
        gone = label("gone")
        bar = Formula("frac(1, 2)").move_to(LEFT * 6 - UP * 3)
        with self.beat("surface"):
            self.add(land, land.trail, land.ball, text, half, steps, outside, clear, gone, bar)
            self.play(LaggedStart(Create(line), FadeOut(gone)), run_time=0.4)
        with self.beat("flat"):
            self.remove(land, land.trail, land.ball, steps, text, half, bar)
            assert np.allclose(line.get_start(), LEFT * 6)
