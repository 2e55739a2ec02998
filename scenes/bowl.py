"""The same loss on the standardized features: a bowl, and the few steps to its bottom."""

from __future__ import annotations

from manim import LEFT, RIGHT, UP, FadeIn, FadeOut, Group, LaggedStart, VGroup

from bn_math import Lesson
from scenes.kit import data_tables, opening
from scenes.kit.beats import BeatScene
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.counter import key_figure
from scenes.kit.lettering.fit import fitted
from scenes.kit.script import numbers
from scenes.kit.script.magnitude import written_r
from scenes.kit.surface.cut import Cut
from scenes.kit.surface.landscape import Landscape
from scenes.kit.surface.lens import magnifier
from scenes.pieces import descents

LINE = 0.4  # what stands in one line is not higher
WIDEST = 3.9  # of the words beside the surface


class Bowl(BeatScene):
    """Scene 7: the bowl."""

    poster = "descent"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The bowl, the descent, and the curvatures."""
        return data_tables.landscape(lesson.standardized)

    def construct(self) -> None:
        """The bowl, the descent, the reason."""
        names = (self.words.label("weight_a_scaled"), self.words.label("weight_b_scaled"))
        self.bowl = Landscape(self.lesson.standardized, opening.viewpoint(), names)
        self.show_the_surface()
        self.descend()
        if self.tells("why"):
            self.explain()

    def show_the_surface(self) -> None:
        """The surface rises where the valley rose, and the camera walks the same way."""
        with self.beat("surface") as beat:
            opening.enter(self, beat, self.bowl, self.words.label("standardized"), self.theme.bowl)

    def descend(self) -> None:
        """Every step, one by one."""
        with self.beat("descent") as beat:
            color, bowl = self.theme.bowl, self.bowl
            rate = numbers.write(self.lesson.standardized.spectrum.best_learning_rate, ".2f")
            self.figures = layout.column(
                descents.count(self.words, bowl, color),
                descents.distance_left(self.words, bowl, color),
                key_figure(typography.figure(rate, color), self.words.label("learning_rate")),
                top=1.55,
            )
            self.add(bowl.trail, bowl.ball)
            self.play(FadeIn(bowl.ball), run_time=0.5)
            arrivals = [FadeIn(figure) for figure in self.figures]
            self.play(LaggedStart(*arrivals, lag_ratio=0.8), run_time=max(beat.time_left - 0.3, 1.0))
            if descents.is_whole(bowl):
                self.look_closer()
            beat.next_sentence()
            jumps = min(descents.last_of(bowl), descents.FIRST)
            for jumps_left in range(jumps, 0, -1):
                self.play(bowl.jump(run_time=max(beat.time_left / jumps_left, 0.5)))
            if not descents.are_done([bowl]):
                self.play(bowl.race(run_time=4.0))

    def look_closer(self) -> None:
        """A magnifying glass over the minimum takes the place of the learning rate."""
        map_, lens, enlarged = magnifier(
            self.lesson.standardized, self.bowl.clock, self.words.label("enlarged")
        )
        self.play(FadeOut(self.figures[2]), run_time=0.3)
        self.play(FadeIn(map_), FadeIn(enlarged), FadeIn(lens), run_time=0.4)
        self.figures = Group(*self.figures[:2], map_, lens, enlarged)

    def explain(self) -> None:
        """The curvatures are almost alike, and the reason is the correlation alone."""
        with self.beat("why") as beat:
            spectrum, color = self.lesson.standardized.spectrum, self.theme.bowl
            flat, steep = spectrum.eigenvectors.T
            across = Cut(self.bowl.surface, self.bowl.window, steep, color)
            along = Cut(self.bowl.surface, self.bowl.window, flat, self.theme.text, dash=(14, 10))
            self.fade_out(*self.figures, self.bowl.trail, self.bowl.ball)
            r, largest, smallest, ratio, left = self.rows()
            gap = 0.42 if r[1].height < LINE else 0.32
            layout.column(r, largest, smallest, ratio, left, top=1.75, gap=gap)
            self.play(FadeIn(r), run_time=0.5)
            half = max(beat.time_left / 2, 1.0)
            for cut, row in zip((across, along), (largest, smallest), strict=True):
                cut.show(0.0)
                sample = cut.sample().next_to(row[1], RIGHT, buff=0.3)
                self.add(cut)
                self.play(cut.animate.show(1.0), FadeIn(row), FadeIn(sample), run_time=half)
            beat.next_sentence()
            self.play(FadeIn(ratio, shift=UP * 0.2), run_time=0.6)
            self.pause(beat.time_left - 1.5)
            self.play(FadeIn(left, shift=UP * 0.2), run_time=0.6)

    def rows(self) -> list[VGroup]:
        """The correlation, and what follows from it: each a formula, and its name below."""
        names = {
            "correlation": "between",
            "largest": "curvature",
            "smallest": "curvature",
            "ratio": "condition_number",
            "contraction": "share_left",
        }
        r = self.lesson.correlation
        values = {"correlation": {"r": written_r(r)}, "contraction": {"size": written_r(abs(r))}}
        rows = [
            key_figure(
                typography.Formula(self.words.label(key, **values.get(key, {})), 40), self.words.label(name)
            )
            for key, name in names.items()
        ]
        ways = [self.words.label(key) for key in ("between", "between_in_two")]
        name = fitted(ways, WIDEST).move_to(rows[0][1], LEFT + UP)
        rows[0].submobjects[1] = name
        return rows
