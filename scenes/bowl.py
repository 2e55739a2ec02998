"""The same loss on the standardized features: a bowl, and the few steps to its bottom."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, UP, FadeIn, FadeOut, LaggedStart

from scenes.kit import layout, numbers, typography
from scenes.kit.beats import BeatScene
from scenes.kit.counter import Counter, key_figure
from scenes.kit.curves import Cut
from scenes.kit.landscape import Landscape
from scenes.kit.space import Viewpoint


class Bowl(BeatScene):
    """Scene 7: the bowl."""

    poster = "descent"
    formulas = ("largest", "smallest", "ratio", "contraction")

    def construct(self) -> None:
        """The bowl, the descent, the reason."""
        self.view = Viewpoint(azimuth=122, centre=(2.3, 0.36), scale=1.22)
        names = (self.words.label("weight_a_scaled"), self.words.label("weight_b_scaled"))
        self.bowl = Landscape(self.lesson.standardized, self.view, names)
        self.show_the_surface()
        self.descend()
        self.explain()

    def show_the_surface(self) -> None:
        """The surface rises where the valley rose, and the camera walks the same way."""
        with self.beat("surface") as beat:
            subtitle = typography.label(self.words.label("standardized"), self.theme.bowl)
            self.heading = layout.heading(typography.title(self.words.title), subtitle)
            bowl = self.bowl
            bowl.surface.set_lift(0.0)
            self.add(*bowl)
            self.play(*map(FadeIn, (self.heading, *bowl)), run_time=0.8)
            self.play(bowl.rise(run_time=1.8))
            beat.next_sentence()
            self.play(self.view.animate.look(azimuth=144), run_time=beat.time_left - 0.4)
            weights = self.bowl.rim_weights
            rim = self.words.label("loss_at_the_rim", loss=float(self.bowl.window.loss.value(weights)))
            self.rim = self.bowl.mark_rim(typography.label(rim, size=typography.SMALL), weights)
            self.play(FadeIn(self.rim), run_time=0.4)

    def descend(self) -> None:
        """Every step, one by one."""
        with self.beat("descent") as beat:
            color, bowl = self.theme.bowl, self.bowl
            rate = numbers.write(self.lesson.standardized.spectrum.best_learning_rate, ".2f")
            left = Counter(bowl.clock, ".6f", color=color, value=bowl.path.distance_left)
            self.figures = layout.column(
                key_figure(typography.figure(rate, color), self.words.label("learning_rate")),
                key_figure(Counter(bowl.clock, color=color, value=np.floor), self.words.label("steps")),
                key_figure(left, self.words.label("distance_left")),
                top=1.55,
            )
            self.add(bowl.trail, bowl.ball)
            self.play(FadeIn(bowl.ball), run_time=0.5)
            arrivals = [FadeIn(figure) for figure in self.figures]
            self.play(LaggedStart(*arrivals, lag_ratio=0.8), run_time=max(beat.time_left - 0.3, 1.0))
            beat.next_sentence()
            for _ in range(len(bowl.path) - 1):
                self.play(bowl.jump(run_time=0.75))

    def explain(self) -> None:
        """The curvatures are almost alike, and the reason is the correlation alone."""
        with self.beat("why") as beat:
            spectrum, color = self.lesson.standardized.spectrum, self.theme.bowl
            flat, steep = spectrum.eigenvectors.T
            across = Cut(self.bowl.surface, self.bowl.window, steep, color)
            along = Cut(self.bowl.surface, self.bowl.window, flat, self.theme.text, dash=(14, 10))
            self.play(FadeOut(self.figures), FadeOut(self.bowl.trail), FadeOut(self.bowl.ball), run_time=0.5)
            rows = [typography.Formula(self.words.label(key), 40) for key in self.formulas]
            rows[3] = key_figure(rows[3], self.words.label("share_left"))
            layout.column(*rows, top=1.75, gap=0.6)
            samples = [
                cut.sample().next_to(row, DOWN, buff=0.2, aligned_edge=LEFT)
                for cut, row in zip((across, along), rows, strict=False)
            ]
            half = max(beat.time_left / 2, 1.1)
            for cut, row, sample in zip((across, along), rows, samples, strict=False):
                cut.show(0.0)
                self.add(cut)
                self.play(cut.animate.show(1.0), FadeIn(row), FadeIn(sample), run_time=half)
            beat.next_sentence()
            self.play(FadeIn(rows[2], shift=UP * 0.2), run_time=0.6)
            beat.next_sentence()
            self.play(FadeIn(rows[3], shift=UP * 0.2), run_time=0.6)
