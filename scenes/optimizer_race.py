"""Could a cleverer rule do? Three rules let go at once in the valley, and then in the bowl."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

import numpy as np
from manim import (
    Animation,
    FadeIn,
    FadeOut,
    LaggedStart,
    ManimColor,
    Mobject,
    Rectangle,
    ReplacementTransform,
    UpdateFromAlphaFunc,
    ValueTracker,
    linear,
    smooth,
    squish_rate_func,
)

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.lettering import typography
from scenes.kit.surface.trough.trough import ON_IT, Trough
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.race.boxes import RaceBoxes
from scenes.pieces.race.lane import Lane
from scenes.pieces.race.pace import ever_faster
from scenes.pieces.race.race_map import from_above
from scenes.pieces.trough.parked import window_of

RUN = "gradient_descent", "heavy_ball", "adam"
PLAIN, MOMENTUM, ADAM = range(3)
SHADE = 0.62  # of the background, over rules that are not told of
SLOW, SOME = 3, 3  # steps of all while momentum is explained, and while Adam is
LATE = squish_rate_func(smooth, 0.6, 0.9)  # when momentum is home
EASE = 2.6  # then the steps go with this power of the time


class OptimizerRace(BeatScene):
    """Scene 8: the race of optimizers."""

    poster = "bowl"
    begins_on: ClassVar[str | None] = "bowl_from_above"
    ends_on: ClassVar[str | None] = "bowl_from_above"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """Every optimizer's descent, in the valley and in the bowl."""
        return data_tables.races((lesson.raw, lesson.standardized))

    def construct(self) -> None:
        """The three in the valley, the two rules while they begin; then in the bowl."""
        self.add(self.a_bowl())  # just what the scene before ends on
        self.line_them_up()
        self.begin()
        self.race()
        self.change_the_shape()
        self.leave_the_bowl()

    def line_them_up(self) -> None:
        """The bowl goes to the first place; there the valley's map comes, and two more beside it."""
        with self.beat("maps") as beat:
            self.show_heading()
            self.valley = self.lanes(raw=True)
            self.play(self.trough.view.animate.become(self.near(self.valley)), run_time=0.8)
            first, *others = self.valley
            self.play(FadeOut(self.trough), *map(FadeIn, (*first.place, first.name)), run_time=0.5)
            coming = [FadeIn(it) for lane in others for it in (*lane.place, lane.name)]
            self.play(LaggedStart(*coming, lag_ratio=0.15), run_time=max(beat.time_left, 1.2))

    def begin(self) -> None:
        """The first steps, slowly: how momentum makes them, then how Adam does."""
        with self.beat("rules") as beat:
            momentum = self.valley[MOMENTUM]
            self.stage_name = self.named("valley", self.theme.valley)
            trails = [it for lane in self.valley for it in (lane.trail, lane.counter)]
            self.play(*map(FadeIn, (*trails, self.stage_name)), run_time=0.3)
            shades = self.shades(MOMENTUM)
            away = momentum.race_map.holding(momentum.rule)
            self.play(
                *map(FadeIn, (*shades, momentum.race_map.ring)),
                momentum.race_map.closer.animate.set_value(away),
                run_time=0.8,
            )
            self.step_to(SLOW, max(beat.time_left, 1.2))
            beat.next_sentence()
            self.play(*map(FadeOut, shades), *map(FadeIn, shades := self.shades(ADAM)), run_time=0.4)
            self.step_to(SLOW + SOME, max(beat.time_left - 0.3, 1.5))
            self.play(*map(FadeOut, shades), run_time=0.3)

    def race(self) -> None:
        """Out, as far as momentum flies; then ever faster, until each is home."""
        with self.beat("valley") as beat:
            lane = self.valley[MOMENTUM]
            if self.lesson.story.heavy_ball_flies_out:
                run = lane.race_map.run(lane.rule)
                peak = int(np.argmax(self.lesson.raw.loss.distance(run)))
                self.step_to(max(peak, SLOW + SOME), max(beat.time_left, 1.5))
            beat.next_sentence()
            nearer = lane.race_map.closer.animate(rate_func=LATE).set_value(1.0)
            gone = FadeOut(lane.race_map.ring, rate_func=LATE)
            most = max(it.last for it in self.valley)
            self.speed_up(most, max(beat.time_left + 0.2, 2.5), EASE, nearer, gone)

    def change_the_shape(self) -> None:
        """Every map becomes the bowl's, and the three are let go again."""
        with self.beat("bowl") as beat:
            bowls = self.lanes(raw=False)
            unsettled = any(lane.steps is None for lane in (*self.valley, *bowls))
            never = self.words.label("unsettled") if unsettled else ""
            was = [lane.earlier(self.theme.valley, never) for lane in self.valley]
            smaller = [
                ReplacementTransform(lane.result(never), text)
                for lane, text in zip(self.valley, was, strict=True)
            ]
            gone = [it for lane in self.valley for it in (lane.trail, lane.counter, lane.race_map.start)]
            self.play(*map(FadeOut, gone), *smaller, run_time=0.6)
            named = self.named("bowl", self.theme.bowl)
            self.play(
                *(FadeOut(lane.race_map.map) for lane in self.valley),
                *(FadeIn(it) for lane in bowls for it in lane.place),
                FadeOut(self.stage_name),
                FadeIn(named),
                run_time=0.7,
            )
            self.play(*(FadeIn(it) for lane in bowls for it in (lane.trail, lane.counter)), run_time=0.3)
            soon = [lane.last for lane in bowls[:ADAM]]
            self.step_to(max(soon), max(beat.time_left, 1.8))
            beat.next_sentence()
            self.speed_up(max(lane.last for lane in bowls), max(beat.time_left, 1.4), 1.6)
            self.mend(bowls, never)
            if beat.next_sentence():
                shades = self.shades(PLAIN)
                self.play(*map(FadeIn, shades), run_time=0.5)
            self.bowls = bowls

    def mend(self, lanes: list[Lane], never: str) -> None:
        """The counters of those that never settle say so."""
        for lane in lanes:
            if lane.steps is None:
                self.play(FadeOut(lane.counter), FadeIn(lane.result(never)), run_time=0.3)

    def leave_the_bowl(self) -> None:
        """The first map becomes the bowl from above again, which the next scene begins with."""
        self.trough = self.a_bowl()
        whole = self.trough.view.copy()
        self.trough.view.become(self.near(self.bowls))
        gone = list(self.mobjects)
        self.add(self.trough)
        self.play(*map(FadeOut, gone), run_time=0.3)
        self.play(self.trough.view.animate.become(whole), run_time=0.7)
        self.hand_over(self.trough)

    # -- the places ------------------------------------------------------------------------------------------
    @cached_property
    def boxes(self) -> RaceBoxes:
        """Where things stand."""
        return RaceBoxes.of(self.places, len(RUN))

    def lanes(self, raw: bool) -> list[Lane]:
        """The three on the raw data, or on the standardized, at their start."""
        self.clock = ValueTracker(0)
        stage = self.lesson.raw if raw else self.lesson.standardized
        return [
            Lane(stage, rule, self.words.label(rule), column, self.clock)
            for rule, column in zip(RUN, self.boxes.columns, strict=True)
        ]

    def named(self, key: str, color: ManimColor) -> Mobject:
        """Which shape it is, and what is counted, in the line above the maps."""
        line = self.boxes.line
        text = typography.figure(self.words.label(key), color)
        return typography.align_baseline(text, line.bottom + 0.2, left=line.left)

    def a_bowl(self) -> Trough:
        """The bowl from straight above, in its place."""
        stage = self.lesson.standardized
        self.trough = Trough(window_of(stage.loss, stage.start), from_above(stage, self.places.second))
        return self.trough

    def near(self, lanes: list[Lane]) -> Viewpoint:
        """From where the bowl is as large as a map of it, in the first place."""
        view: Viewpoint = self.trough.view.copy()
        first = lanes[PLAIN].race_map
        return view.look(center=first.room.center, scale=min(first.unit, view.scale_factor))

    def shades(self, which: int) -> list[Mobject]:
        """What darkens all places but one."""
        shades = []
        for place, column in enumerate(self.boxes.columns):
            if place != which:
                height, width = column.name.top - column.figure.bottom, column.map.width
                shade = Rectangle(width=width + 0.1, height=height, stroke_width=0)
                shade.set_fill(self.theme.background, SHADE).set_z_index(ON_IT + 1)
                middle = (column.name.top + column.figure.bottom) / 2
                shades.append(shade.move_to([column.map.center[0], middle, 0.0]))
        return shades

    # -- the steps -------------------------------------------------------------------------------------------
    def step_to(self, last: int, run_time: float) -> None:
        """All make their steps one by one, each in the same time."""
        self.play(self.clock.animate(rate_func=linear).set_value(last), run_time=run_time)

    def speed_up(self, last: int, run_time: float, ease: float, *also: Animation) -> None:
        """The rest ever faster; of steps to and fro only every second one is shown."""
        first = int(self.clock.get_value())
        if first < last:
            faster = ever_faster(first, last, ease)
            steps = UpdateFromAlphaFunc(self.clock, faster, rate_func=linear)
            self.play(steps, *also, run_time=run_time)
