"""Steps needed against the learning rate: up to a cliff, over each one's own, and in plain numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    Group,
    GrowFromEdge,
    ValueTracker,
    VGroup,
    there_and_back,
)

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import KEY, NAME
from scenes.pieces.race.cliff_chart import CliffChart, RateCurve
from scenes.pieces.race.cross_section import CrossSection

NUMBERS = 50.0  # size of those on the axes: their exponents are to be read, too
PAST = 0.1  # how far past its cliff a learning rate is tried on the cut, in shares of it

NUMBERS = 50.0  # size of those on the axes: their exponents are to be read, too


class LearningRates(BeatScene):
    """An extra: how large a step may be."""

    poster = "both"
    ends_on = "two_cliffs"

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
        self.beyond = [ValueTracker(0), ValueTracker(0)]
        names = self.words.label("share"), self.words.label("rate"), self.words.label("steps_needed")
        self.chart = CliffChart(
            self.curves, self.room, self.plain, self.lesson.settings.learning_rates, names, NUMBERS
        )
        side, is_wide = self.places.side, self.places.whole.is_wide
        upper = side.part(bottom=0.42) if is_wide else side
        self.figures = upper.stack(self.count(0), self.count(1), gap=0.5, y=1.0)
        self.cuts = [self.cut(which) for which in (0, 1)]
        self.find_the_cliff()
        self.measure_by_the_cliff()
        self.take_them_plain()

    def find_the_cliff(self) -> None:
        """The raw curve falls, and ends at a wall."""
        with self.beat("cliff") as beat:
            self.show_heading()
            self.axis = self.chart.lying(0)
            self.add(self.chart.upright(), self.axis, self.cuts[0])
            self.add(self.chart.drawn(self.curves[0], self.done[0]))
            self.play(FadeIn(self.figures[0]), run_time=0.4)
            middle = float(np.sqrt(self.curves[0].rates[0] * self.curves[0].best))
            self.draw(0, middle, max(beat.time_left, 1.5))
            beat.next_sentence()
            self.draw(0, self.curves[0].best, max(beat.time_left - 0.5, 1.5))
            self.rings = [self.chart.best(curve) for curve in self.curves]
            self.play(FadeIn(self.rings[0], scale=1.8), run_time=0.5)
            beat.next_sentence()
            self.draw(0, self.curves[0].rates[-1], max(0.2 * beat.time_left, 0.8))
            self.cliffs = [self.chart.cliff(curve) for curve in self.curves]
            self.play(GrowFromEdge(self.cliffs[0], DOWN), run_time=max(0.4 * beat.time_left, 0.8))
            self.play(self.beyond[0].animate.set_value(PAST), run_time=max(beat.time_left, 1.5))

    def measure_by_the_cliff(self) -> None:
        """The standardized curve, each rate as a share of its own cliff."""
        with self.beat("both") as beat:
            self.add(self.chart.drawn(self.curves[1], self.done[1]))
            self.play(FadeIn(self.figures[1]), FadeOut(self.cuts[0]), run_time=0.4)
            self.play(FadeIn(self.cuts[1]), run_time=0.3)
            self.draw(1, self.curves[1].best, max(beat.time_left, 2.0))
            beat.next_sentence()
            self.play(FadeIn(self.rings[1], scale=1.8), run_time=0.5)
            self.draw(1, self.curves[1].rates[-1], max(beat.time_left, 1.0))
            beat.next_sentence()
            share = max(beat.time_left / 2, 0.8)
            best = [self.beyond[which].animate.set_value(self.back_to_the_best(which)) for which in (0, 1)]
            for figure, back in zip(reversed(self.figures), reversed(best), strict=True):
                self.play(self.pulse(figure), back, run_time=share)

    def take_them_plain(self) -> None:
        """The curves slide to their plain rates: other units, other places, the same depths."""
        with self.beat("plain") as beat:
            self.add(self.cliffs[1])
            goal = self.chart.lying(1)
            self.play(FadeOut(self.axis), run_time=0.4)
            self.play(self.plain.animate.set_value(1), run_time=max(beat.time_left - 0.4, 1.6))
            self.play(FadeIn(goal), run_time=0.4)
            beat.next_sentence()
            apart = self.chart.apart(self.words.label("ratio"))
            left = max(beat.time_left, 1.5)
            self.play(Create(apart[0], run_time=left), FadeIn(apart[1], shift=0.15 * UP, run_time=0.6))
            beat.next_sentence()
            share = max(beat.time_left / 2, 1.0)
            for which, (ring, figure) in enumerate(zip(self.rings, self.figures, strict=True)):
                swap = FadeOut(self.cuts[1 - which], run_time=0.3), FadeIn(self.cuts[which], run_time=0.6)
                pulse = ring.animate(rate_func=there_and_back).scale(1.5)
                self.play(pulse, self.pulse(figure), *swap, run_time=share)

    # -- the pieces --
    @property
    def room(self) -> Box:
        """The picture, as far as no screen hides it."""
        picture, whole = self.places.picture, self.places.whole
        return Box(
            max(picture.left, whole.left),
            min(picture.right, whole.right),
            max(picture.bottom, whole.bottom),
            min(picture.top, whole.top),
        )

    def back_to_the_best(self, which: int) -> float:
        """From a curve's end to theory's best rate, in shares of its cliff."""
        curve = self.curves[which]
        return float((curve.best - curve.rates[-1]) / curve.cliff)

    @staticmethod
    def pulse(figure: VGroup) -> Any:
        """A figure becomes larger and comes back; its left edge stays."""
        return figure.animate(rate_func=there_and_back).scale(1.2, about_edge=LEFT)

    def draw(self, which: int, rate: float, run_time: float) -> None:
        """A curve goes on up to a rate."""
        goal = self.chart.until(self.curves[which], rate)
        self.play(self.done[which].animate.set_value(goal), run_time=run_time)

    def cut(self, which: int) -> Group:
        """Steps across the steepest way at the rate that a curve has come to, or past its cliff."""
        curve, done = self.curves[which], self.done[which]
        past = self.beyond[which]

        def share() -> float:
            rate = np.interp(done.get_value(), self.chart.way(curve), curve.rates)
            return float(rate / curve.cliff) + past.get_value()

        side, whole = self.places.side, self.places.whole
        box = Box(side.left, side.right, whole.bottom + 0.9, side.part(top=0.36).top)
        if not whole.is_wide:
            box = self.chart.box.part(0.05, 0.33, 0.05, 0.27)  # below the curves
        cut = CrossSection(box, curve.color, share, (done, past))
        if not whole.is_wide:
            return Group(cut)
        name = typography.name(self.words.label("across"), self.theme.muted)
        return Group(cut, name.move_to([box.center[0], box.bottom - 0.5, 0.0]))

    def count(self, which: int) -> VGroup:
        """The steps at the tip of a curve, which stops counting at the best rate."""
        curve = self.curves[which]

        last = int(np.searchsorted(curve.rates, curve.best))

        def steps(done: float) -> float:
            passed = int(np.searchsorted(self.chart.way(curve), done - 1e-9))
            best = curve.stage.steps or curve.steps[last]  # from one start a rate beside it may take fewer
            return float(max(curve.steps[passed], best) if passed < last else best)

        figure = Counter(self.done[which], "d", KEY, curve.color, value=steps)
        words = self.words.label(("raw_steps", "standardized_steps")[which])
        return key_figure(figure, words, NAME)
