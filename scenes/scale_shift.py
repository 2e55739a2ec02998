"""Gamma and beta: a batch stretched and shifted; then the layer's formula, with both as sliders."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import (
    DOWN,
    RIGHT,
    Animation,
    FadeIn,
    FadeOut,
    ManimColor,
    Succession,
    Transform,
    ValueTracker,
    VGroup,
    VMobject,
    smooth,
    squish_rate_func,
)

from bn_math import Lesson, rescale
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import layout, typography
from scenes.pieces.scaling.handles import Handles
from scenes.pieces.scaling.layer_formula import LayerFormula, in_room
from scenes.pieces.scaling.mean_box import MeanBox, kept_within
from scenes.pieces.scaling.mini_batch import MiniBatch, formula_place
from scenes.pieces.scaling.moving_batches import OWN
from scenes.pieces.scaling.sliders import Sliders

EARLY = squish_rate_func(smooth, 0.0, 0.4)
LATE = squish_rate_func(smooth, 0.5, 1.0)  # when what was there has gone
FORMULA = 260.0  # size of the layer's formula, at most, in pixels at 1080p
LEARNED = (0.7, 1.4), (0.85, 0.6)  # times gamma and beta as they are: where training may take them


class ScaleShift(BeatScene):
    """Scene 13: scale and shift."""

    poster = "name"
    begins_on: ClassVar[str | None] = "standardized_batch"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The rows of every mini-batch, before and after standardizing."""
        return {"rows": data_tables.dealt(lesson)}

    def construct(self) -> None:
        """The handles on the cloud; then the whole layer as a formula."""
        self.batch = MiniBatch(self.lesson, self.words, self.places, ValueTracker(1.0))
        self.near, self.plane = self.batch.near, self.batch.plane
        self.gamma, self.beta = ([ValueTracker(it), ValueTracker(it)] for it in (1.0, 0.0))
        self.turned = ValueTracker(0.0)
        self.box = MeanBox(
            self.rows, self.at, self.color, self.trackers, self.plane.box, self.batch.spread_colors
        )
        follow(self.batch.cloud, self.trackers, lambda it: it.put(self.places_now))
        self.formula = LayerFormula(self.words, *formula_place(self.places)).whole
        *below, cloud = self.batch.parts
        self.add(*below, self.box, cloud, self.formula)
        self.stretch_and_shift()
        self.say_its_name()

    def stretch_and_shift(self) -> None:
        """Each feature is stretched by its own gamma, then shifted by its own beta; then elsewhere."""
        with self.beat("dials") as beat:
            self.show_heading()
            self.handles = Handles(self.box)
            gamma, beta = self.plane.turned()
            there = rescale(self.batch.batches.standardized[OWN], gamma, beta)
            self.letters = self.handles.letters(self.words, self.plane.at(there, 1.0))
            self.add(self.handles, self.batch.cloud)
            self.play(FadeIn(self.handles, self.letters[:2]), run_time=0.5)
            third = max(beat.time_left / 3, 0.9)
            for feature in self.plane.order:
                self.play(self.gamma[feature].animate.set_value(gamma[feature]), run_time=third)
            shifts = [it.animate.set_value(to) for it, to in zip(self.beta, beta, strict=True)]
            turned = self.turned.animate.set_value(1.0)
            self.play(*shifts, turned, FadeIn(self.letters[2], run_time=0.4), run_time=third)
            beat.next_sentence()
            half = max(beat.time_left / 2, 1.2)
            for stretch, shift in LEARNED:
                goals = [(it, stretch * to) for it, to in zip(self.gamma, gamma, strict=True)]
                goals += [(it, shift * to) for it, to in zip(self.beta, beta, strict=True)]
                self.play(*(it.animate.set_value(to) for it, to in goals), run_time=half)

    def say_its_name(self) -> None:
        """The formula grows to the picture's width; its letters light up as their sliders move."""
        with self.beat("name") as beat:
            name, whole, sources = self.whole_layer()
            sliders = Sliders(whole, self.theme.scale_shift)
            gone = [it for it in self.mobjects if it is not self.formula]
            self.play(*(FadeOut(it, rate_func=EARLY) for it in gone), *self.grow(whole), run_time=1.0)
            self.remove(*self.formula, self.formula)
            self.add(whole)
            third = max((beat.time_left - 0.5) / 3, 0.8)
            standardizes = [*whole.select("mean"), *whole.select("mu"), *whole.select("spread")]
            self.play(*(self.swell(it, self.theme.bowl) for it in standardizes), run_time=third)
            for key in ("gamma", "beta"):
                lit = [self.swell(it, self.theme.scale_shift) for it in whole.select(key)]
                self.play(FadeIn(sliders.of(key)), run_time=0.3)
                self.play(*lit, sliders.swing(key), run_time=max(third - 0.3, 0.7))
            self.play(FadeIn(name, scale=0.8), run_time=0.5)
            beat.next_sentence()
            half = max(beat.time_left / 2, 1.0)
            swell = [self.swell(it, self.theme.bowl) for key in ("mu", "spread") for it in whole.select(key)]
            self.play(*swell, FadeIn(sources[0]), run_time=half)
            swings = [sliders.swing(key) for key in ("gamma", "beta")]
            self.play(*swings, FadeIn(sources[1]), run_time=half)

    def swell(self, part: VMobject, color: ManimColor) -> Animation:
        """A letter grows, takes a color and is as large as before."""
        larger = part.copy().scale(1.3).set_fill(color)
        after = part.copy().set_fill(color)
        return Succession(Transform(part, larger), Transform(part, after))

    # -- one batch --
    @property
    def trackers(self) -> tuple[ValueTracker, ...]:
        """What the batch's place depends on."""
        return *self.gamma, *self.beta, self.near, self.turned

    def rows(self) -> Array:
        """Row 1's batch now: gamma times what it is standardized, plus beta."""
        gamma, beta = (np.array([it.get_value() for it in pair]) for pair in (self.gamma, self.beta))
        return np.asarray(rescale(self.batch.batches.standardized[OWN], gamma, beta))

    @property
    def places_now(self) -> Array:
        """Where the batch's rows are seen, as far as the plane reaches."""
        return kept_within(self.at(self.rows()), self.plane.box)

    def color(self) -> ManimColor:
        """Of the box: that of standardized data, or of what is scaled and shifted."""
        return self.theme.bowl.interpolate(self.theme.scale_shift, self.turned.get_value())

    def at(self, values: Array) -> Array:
        """Where values are seen now."""
        return self.plane.at(values, self.near.get_value())

    # -- the layer --
    def grow(self, whole: typography.Formula) -> list[Animation]:
        """What standardizes goes to its place in the layer's formula; the rest of that comes."""
        moves: list[Animation] = []
        kept, placed = set(), set()
        for source, goals in (("mean", ("mean", "mu")), ("spread", ("spread",))):
            one = VGroup(*self.formula.select(source))
            other = VGroup(*(it for key in goals for it in whole.select(key)))
            kept |= {id(it) for it in one}
            placed |= {id(it) for it in other}
            moves.append(Transform(one, other))
        moves += [FadeOut(it, rate_func=EARLY) for it in self.formula if id(it) not in kept]
        return moves + [FadeIn(it, rate_func=LATE) for it in whole if id(it) not in placed]

    def whole_layer(self) -> tuple[typography.Text, typography.Formula, VGroup]:
        """The layer's name above its formula, which fills the width, and where its numbers come from."""
        whole = self.places.whole
        formula = whole.put(
            in_room(self.words.label("layer"), whole.part(bottom=0.4, top=0.85), FORMULA), 0.5, 0.62
        )
        name = whole.put(typography.figure(self.words.label("name")), 0.5, 1.0)
        notes = VGroup(
            typography.figure(self.words.label("from_the_batch"), self.theme.bowl),
            typography.figure(self.words.label("learned"), self.theme.scale_shift),
        )
        is_row = whole.is_wide
        notes.arrange(RIGHT if is_row else DOWN, buff=1.2 if is_row else 0.2)
        layout.fit_width(notes, whole.width)
        whole.put(notes, 0.5, 0.0)
        return name, formula, notes
