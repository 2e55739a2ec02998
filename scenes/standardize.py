"""One mini-batch standardized in the plane of both features, part by part of the formula; then every one."""

from __future__ import annotations

from typing import ClassVar

from manim import (
    Animation,
    Create,
    FadeIn,
    FadeOut,
    ManimColor,
    ValueTracker,
    linear,
    rate_functions,
    there_and_back,
)

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.pieces.scaling.crowd import Crowd
from scenes.pieces.scaling.layer_formula import LayerFormula
from scenes.pieces.scaling.mean_box import MeanBox, kept_within
from scenes.pieces.scaling.measured_figures import MeasuredFigures
from scenes.pieces.scaling.mini_batch import MiniBatch, figures_room, formula_place
from scenes.pieces.scaling.moving_batches import OWN

DIM, BRIGHT = 0.3, 0.9  # opacity of the dots


class Standardize(BeatScene):
    """Scene 12: standardizing."""

    poster = "divide"
    begins_on: ClassVar[str | None] = "mini_batch"
    ends_on: ClassVar[str | None] = "standardized_batch"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The rows, before and after, and the statistics of each mini-batch."""
        return {"rows": data_tables.dealt(lesson), "batches": data_tables.batches(lesson)}

    def construct(self) -> None:
        """A batch, its mean away, over its spread, epsilon, and all batches."""
        self.centered, self.divided, self.flat = (ValueTracker(0.0) for _ in range(3))
        self.batch = MiniBatch(self.lesson, self.words, self.places)
        self.near, self.plane = self.batch.near, self.batch.plane
        self.add(*self.batch.parts)
        self.subtract_the_mean()
        self.divide_by_the_spread()
        self.add_epsilon()
        if self.tells("every-batch"):
            self.treat_every_batch()
        self.hand_over(*self.batch.parts, self.box, self.formula.whole)

    def subtract_the_mean(self) -> None:
        """A cross at the mean, and a box as wide as the spreads; it slides until its mean is at zero."""
        with self.beat("center") as beat:
            self.show_heading()
            self.box = self.mean_box()
            follow(self.batch.cloud, self.trackers, lambda it: it.put(self.places_now))
            self.formula = LayerFormula(self.words, *formula_place(self.places))
            self.add(self.box, self.batch.cloud, self.formula.plain)
            self.figures = self.spread_figures()
            self.play(self.box.animate(run_time=0.9).show(1, 0), *self.dim_the_dots(DIM))
            time = max(beat.time_left, 1.6)
            self.play(self.box.animate(run_time=time).show(1, 1), FadeIn(self.figures, run_time=0.5))
            beat.next_sentence()
            self.play(self.formula.color("mean", self.theme.bowl), *self.dim_the_dots(BRIGHT), run_time=0.4)
            self.play(self.centered.animate.set_value(1), run_time=max(beat.time_left, 2.0))

    def dim_the_dots(self, opacity: float) -> list[Animation]:
        """In a strip the dots cover its box: they make room for it."""
        if not self.lesson.story.own_batch_is_a_strip:
            return []
        return [self.batch.cloud.others.animate.set_fill(opacity=opacity).build()]

    def divide_by_the_spread(self) -> None:
        """It is squeezed while the viewer comes nearer: no row leaves the picture, and the strip opens."""
        with self.beat("divide") as beat:
            calm, lit = (
                self.formula.color("mean", self.theme.text),
                self.formula.color("spread", self.theme.bowl),
            )
            self.play(calm, lit, self.formula.draw_bar(), run_time=0.4)
            if not self.lesson.story.own_batch_outweighs_eps:
                self.bring_epsilon_in()
            both = [it.animate.set_value(1) for it in (self.divided, self.near)]
            self.play(*both, run_time=max(beat.time_left - 0.4, 2.8))
            self.light("left", "spread")

    def add_epsilon(self) -> None:
        """Without any spread the line below would be zero; with a tiny number there, zero stays zero."""
        with self.beat("eps") as beat:
            self.light("spread", "left")
            self.play(self.flat.animate.set_value(1), run_time=max(beat.time_left - 0.9, 1.2))
            gone = self.divide_by_zero()
            beat.next_sentence()
            if not self.formula.is_whole:
                self.bring_epsilon_in(*gone)
            eps = self.epsilon()
            self.play(self.formula.color("eps", self.theme.bowl), FadeIn(eps), run_time=0.5)
            pulse = self.formula.whole.select("eps").animate(rate_func=there_and_back).scale(1.6)
            self.play(pulse, run_time=max(beat.time_left - 0.4, 0.9))
            calm = [self.formula.color(it, self.theme.text) for it in ("spread", "eps")]
            self.play(*calm, FadeOut(eps), run_time=0.4)
            self.add(self.formula.whole)  # its parts are one thing again
            if not self.tells("every-batch"):
                self.leave_the_flat_one()
                self.play(*map(FadeIn, (self.box, self.batch.cloud)), run_time=0.6)

    def divide_by_zero(self) -> list[Animation]:
        """The plain formula breaks, if it still stands; what takes the break away again."""
        if self.formula.is_whole:
            return []
        self.play(self.formula.let_the_spread_vanish(self.theme.alarm), run_time=0.5)
        strike = self.formula.strike(self.theme.alarm)
        self.play(Create(strike), run_time=0.4)
        return [FadeOut(strike)]

    def leave_the_flat_one(self, *others: Animation) -> None:
        """The batch without a spread goes, as it is: nothing gives it one back."""
        self.play(*map(FadeOut, (self.box, self.batch.cloud)), *others, run_time=0.5)
        self.flat.set_value(0)

    def light(self, one: str, other: str) -> None:
        """One part of the formula is bright, and the other no more."""
        colors = self.formula.color(one, self.theme.bowl), self.formula.color(other, self.theme.text)
        self.play(*colors, run_time=0.4)

    def bring_epsilon_in(self, *others: Animation) -> None:
        """The plain formula becomes the whole one."""
        self.play(*self.formula.become_whole(), *others, run_time=0.8)
        self.remove(self.formula.plain, *self.formula.plain)
        self.add(self.formula.whole)

    def treat_every_batch(self) -> None:
        """From far again: every batch, as it comes, goes the same way to the same place."""
        with self.beat("every-batch") as beat:
            centered, divided = ValueTracker(0.0), ValueTracker(0.0)
            crowd = Crowd(self.plane, centered, divided, self.near)
            self.leave_the_flat_one(FadeOut(self.figures), self.near.animate.set_value(0))
            for it in (self.centered, self.divided):
                it.set_value(0)
            self.play(*map(FadeIn, (crowd, self.box, self.batch.cloud)), run_time=0.5)
            time = max(beat.time_left, 3.5)
            slide = centered.animate(rate_func=linear).set_value(1)
            self.play(slide, self.centered.animate(run_time=0.2 * time).set_value(1), run_time=0.4 * time)
            divide = [it.animate.set_value(1) for it in (divided, self.divided, self.near)]
            self.play(*divide, run_time=0.6 * time, rate_func=rate_functions.ease_in_out_sine)

    # -- the pieces --
    @property
    def trackers(self) -> tuple[ValueTracker, ...]:
        """What the batch's place depends on."""
        return self.centered, self.divided, self.flat, self.near

    def rows(self) -> Array:
        """Where row 1's batch is now; at the end of ``flat`` one of its features has no spread."""
        found = self.batch.batches.at(OWN, self.centered.get_value(), self.divided.get_value())
        found[:, self.plane.order[1]] *= 1 - self.flat.get_value()
        return found

    def at(self, values: Array) -> Array:
        """Where values are seen now."""
        return self.plane.at(values, self.near.get_value())

    @property
    def places_now(self) -> Array:
        """Where the batch's rows are seen, as far as the plane reaches."""
        return kept_within(self.at(self.rows()), self.plane.box)

    def color(self) -> ManimColor:
        """From the raw data's to that of standardized ones."""
        return self.theme.valley.interpolate(self.theme.bowl, self.divided.get_value())

    def mean_box(self) -> MeanBox:
        """The batch's mean and spreads, not yet drawn."""
        colors = self.batch.spread_colors
        return MeanBox(self.rows, self.at, self.color, self.trackers, self.plane.box, colors).show(0, 0)

    def spread_figures(self) -> MeasuredFigures:
        """Both spreads as numbers, the upright feature's first."""
        ends = [*self.batch.batches.stds[OWN], *self.batch.batches.standardized[OWN].std(axis=0)]
        order = self.plane.order[::-1]
        return MeasuredFigures(self.box, self.words, figures_room(self.places), order, ends)

    def epsilon(self) -> typography.Text:
        """How small it is, below the formula."""
        text = typography.figure(self.words.label("eps"), self.theme.bowl)
        return text.next_to(self.formula.whole, (0, -1, 0), buff=0.3, aligned_edge=(-1, 0, 0))
