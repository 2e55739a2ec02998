"""Steps needed against the learning rate: up to a cliff, over each one's own, and in plain numbers."""

from __future__ import annotations

import numpy as np
from manim import DOWN, UP, Create, FadeIn, FadeOut, GrowFromEdge, ValueTracker, VGroup, there_and_back

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import KEY, NAME
from scenes.pieces.race.cliff_chart import CliffChart, RateCurve


class LearningRates(BeatScene):
    """An extra: how large a step may be."""

    poster = "both"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The steps at every learning rate; inf where the descent never arrives."""
        stages = (lesson.raw, lesson.standardized)
        steps = {stage.name: stage.steps_against(lesson.rates) for stage in stages}
        return {"steps": {"learning_rate": lesson.rates, **steps}}

    def construct(self) -> None:
        """The raw curve and its cliff; the other by its own cliff; both in plain rates."""
        colors = (self.theme.valley, self.theme.bowl)
        stages = (self.lesson.raw, self.lesson.standardized)
        self.curves = [RateCurve(stage, color) for stage, color in zip(stages, colors, strict=True)]
        self.plain, self.done = ValueTracker(0), [ValueTracker(0), ValueTracker(0)]
        names = self.words.label("share"), self.words.label("rate"), self.words.label("steps_needed")
        self.chart = CliffChart(
            self.curves, self.room, self.plain, self.lesson.settings.learning_rates, names
        )
        self.figures = self.places.side.stack(self.count(0), self.count(1), gap=0.7)
        self.find_the_cliff()
        self.measure_by_the_cliff()
        self.take_them_plain()

    def find_the_cliff(self) -> None:
        """The raw curve falls, and ends at a wall."""
        with self.beat("cliff") as beat:
            self.show_heading()
            self.axis = self.chart.lying(0)
            self.play(FadeIn(self.chart.upright(), self.axis), run_time=0.5)
            self.add(self.chart.drawn(self.curves[0], self.done[0]))
            self.play(FadeIn(self.figures[0]), run_time=0.4)
            middle = float(np.sqrt(self.curves[0].rates[0] * self.curves[0].best))
            self.draw(0, middle, max(beat.time_left, 1.5))
            beat.next_sentence()
            self.draw(0, self.curves[0].best, max(beat.time_left - 0.5, 1.5))
            self.rings = [self.chart.best(curve) for curve in self.curves]
            self.play(FadeIn(self.rings[0], scale=1.8), run_time=0.5)
            beat.next_sentence()
            self.draw(0, self.curves[0].rates[-1], max(0.4 * beat.time_left, 1.0))
            self.cliffs = [self.chart.cliff(curve) for curve in self.curves]
            self.play(GrowFromEdge(self.cliffs[0], DOWN), run_time=max(beat.time_left, 0.8))

    def measure_by_the_cliff(self) -> None:
        """The standardized curve, each rate as a share of its own cliff."""
        with self.beat("both") as beat:
            self.add(self.chart.drawn(self.curves[1], self.done[1]))
            self.play(FadeIn(self.figures[1]), run_time=0.4)
            self.draw(1, self.curves[1].best, max(beat.time_left, 2.0))
            beat.next_sentence()
            self.play(FadeIn(self.rings[1], scale=1.8), run_time=0.5)
            self.draw(1, self.curves[1].rates[-1], max(beat.time_left, 1.0))
            beat.next_sentence()
            share = max(beat.time_left / 2, 0.8)
            for figure in self.figures:
                self.play(figure.animate(rate_func=there_and_back).scale(1.2), run_time=share)

    def take_them_plain(self) -> None:
        """The curves slide to their plain rates: other units, other places, the same depths."""
        with self.beat("plain") as beat:
            self.add(self.cliffs[1])
            goal = self.chart.lying(1)
            self.play(FadeOut(self.axis), run_time=0.4)
            self.play(self.plain.animate.set_value(1), run_time=max(beat.time_left - 0.4, 2.5))
            self.play(FadeIn(goal), run_time=0.4)
            beat.next_sentence()
            apart = self.chart.apart(self.words.label("ratio"))
            self.play(Create(apart[0]), run_time=max(beat.time_left - 0.6, 1.0))
            self.play(FadeIn(apart[1], shift=0.15 * UP), run_time=0.5)
            beat.next_sentence()
            for ring in self.rings:
                self.play(
                    ring.animate(rate_func=there_and_back).scale(1.7), run_time=max(beat.time_left / 2, 1)
                )

    # -- the pieces --
    @property
    def room(self) -> Box:
        """The picture, as far as no screen hides it."""
        picture, whole = self.places.picture, self.places.whole
        return Box(
            picture.left,
            min(picture.right, whole.right),
            max(picture.bottom, whole.bottom),
            min(picture.top, whole.top),
        )

    def draw(self, which: int, rate: float, run_time: float) -> None:
        """A curve goes on up to a rate."""
        goal = self.chart.until(self.curves[which], rate)
        self.play(self.done[which].animate.set_value(goal), run_time=run_time)

    def count(self, which: int) -> VGroup:
        """The steps at the tip of a curve, which stops counting at the best rate."""
        curve = self.curves[which]

        last = int(np.searchsorted(curve.rates, curve.best))

        def steps(done: float) -> float:
            passed = int(np.searchsorted(self.chart.way(curve), done - 1e-9))
            return float(curve.steps[passed] if passed < last else curve.stage.steps or curve.steps[last])

        figure = Counter(self.done[which], "d", KEY, curve.color, value=steps)
        words = self.words.label(("raw_steps", "standardized_steps")[which])
        return key_figure(figure, words, NAME)
