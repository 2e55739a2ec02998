"""Could a cleverer rule do? Optimizers in the valley, their steps as bars, the best beside the bowl."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar

import numpy as np
from manim import (
    RIGHT,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    Mobject,
    UpdateFromAlphaFunc,
    ValueTracker,
    VGroup,
    linear,
    there_and_back,
    there_and_back_with_pause,
)

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.lettering import typography
from scenes.kit.surface.trough.trough import Trough
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.optimizer_styles import styled
from scenes.pieces.race.boxes import RaceBoxes
from scenes.pieces.race.measures import of_flight
from scenes.pieces.race.pace import FEW, ever_faster
from scenes.pieces.race.race_map import GAP, RaceMap, from_above
from scenes.pieces.race.rows import StepRows
from scenes.pieces.race.two_parts import TwoParts
from scenes.pieces.trough.parked import window_of

FIRST, MOMENTUM, RESCALING, BOTH = "gradient_descent", "heavy_ball", ("adagrad", "rmsprop"), "adam"
ALIKE = "nesterov"  # momentum as well, which has a column alone
BOWL = "bowl"  # what the bar of gradient descent there is called
SWINGS = 12  # steps that are seen on the way home
JUMPS, JUMP = 4, 0.35  # jumps made one by one, and seconds for each
EASE = 3.0  # then the steps go with this power of the time


class OptimizerRace(BeatScene):
    """Scene 8: the race of optimizers."""

    poster = "shape"
    begins_on: ClassVar[str | None] = "bowl_from_above"
    ends_on: ClassVar[str | None] = "bowl_from_above"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """Every optimizer's descent, in the valley and in the bowl."""
        return data_tables.races((lesson.raw, lesson.standardized))

    def construct(self) -> None:
        """Plain descent on both; in the valley momentum, and those that rescale; the best beside the bowl."""
        self.stages = (self.lesson.raw, self.lesson.standardized)
        self.styles = styled(self.lesson.raw.optimizers)
        self.clock, self.plain, self.aside = ValueTracker(0), ValueTracker(0), ValueTracker(0)
        self.add(self.a_bowl())  # just what the scene before ends on
        self.descend()
        self.add_momentum()
        self.rescale()
        self.find_the_best()
        self.compare_rule_and_shape()
        self.leave_the_bowl()

    def descend(self) -> None:
        """The bowl becomes a map, the valley's comes beside it; gradient descent on both, and its bars."""
        with self.beat("maps") as beat:
            self.show_heading()
            self.valley, self.bowl = (self.map_of(which) for which in (0, 1))
            maps = self.valley, self.bowl
            self.play(self.trough.view.animate.become(self.near()), run_time=1.1)
            self.play(*(FadeIn(it.map) for it in maps), run_time=0.7)
            self.remove(self.trough)
            self.shown: list[Mobject] = [it.trail(FIRST, self.styles[FIRST], self.plain) for it in maps]
            self.play(*map(FadeIn, (*(it.start for it in maps), *self.shown)), run_time=0.6)
            counts = [it.count(FIRST, self.styles[FIRST], self.plain) for it in maps]
            self.shown += counts
            bars = self.rows.make(FIRST, self.styles[FIRST], self.plain)
            bars += self.rows.make(BOWL, self.styles[FIRST], self.plain, self.theme.bowl)
            what = typography.name(self.words.label("tuned"), self.theme.muted)
            bars += [what] if self.rows.put_aside(what) else []
            self.play(*map(FadeIn, (*(it.name for it in maps), *self.shown[2:], *bars)), run_time=0.4)
            last = max(it.last(FIRST) for it in maps)
            self.jump(self.plain, min(last, JUMPS))
            self.speed_up(self.plain, last, max(beat.time_left, 2.0))
            self.finish(FIRST, BOWL)

    def add_momentum(self) -> None:
        """The valley alone. Heavy ball: out, as far as it flies, and home."""
        with self.beat("momentum") as beat:
            self.bowl_parts = [self.bowl.map, self.bowl.name, self.bowl.start]
            gone = *self.bowl_parts, *self.shown
            self.play(*(FadeOut(it, run_time=0.4) for it in dict.fromkeys(gone)), self.spread(1))
            alike = [name for name in self.styles if name == ALIKE]
            self.enter(MOMENTUM, alike=alike)
            last = self.valley.last(MOMENTUM)
            self.jump(self.clock, min(last, 3))
            beat.next_sentence()
            measures = VGroup()
            if self.lesson.story.heavy_ball_flies_out:
                measures = self.fly_out(max(beat.time_left - 2.2, 1.5))
                if beat.time_left > 1:
                    self.pause(min(beat.time_left, 1.2))
            beat.next_sentence()
            if len(measures):
                self.fade_out(measures, run_time=0.3)
            swings = self.clock.animate(rate_func=linear)
            self.play(swings.set_value(min(self.clock.get_value() + SWINGS, last)), run_time=1.4)
            self.speed_up(self.clock, last, max(beat.time_left, 1.2), 1.6)
            self.finish(MOMENTUM, *alike)

    def fly_out(self, run_time: float) -> VGroup:
        """To where it is the farthest; then both distances as lines."""
        peak = int(np.argmin(self.valley.zooms))
        if self.clock.get_value() < peak:
            self.play(self.clock.animate(rate_func=linear).set_value(peak), run_time=run_time)
        words = self.words.label("start"), self.words.label("farthest")
        measures = of_flight(self.valley, self.valley.run(MOMENTUM), *words)
        for line, text, run_time in zip(measures[::2], measures[1::2], (0.6, 1.2), strict=True):
            self.play(*map(Create, line), FadeIn(text), run_time=run_time)
        return measures

    def rescale(self) -> None:
        """A step's two parts, each divided by the size of its slopes; then AdaGrad and RMSProp."""
        with self.beat("adaptive") as beat:
            self.leave()
            parts, room = TwoParts(self.stages[0], self.valley.map), self.valley.room
            self.play(*map(FadeIn, parts), run_time=0.4)
            words = typography.figure(self.words.label("divided"), self.theme.text)
            typography.align_baseline(words, room.top + 0.22, right=room.right)
            division = parts.divided.animate.set_value(1)
            self.play(division, FadeIn(words, run_time=0.5), run_time=max(beat.time_left - 0.6, 2.0))
            beat.next_sentence()
            holding = self.valley.closer.animate(run_time=0.7).set_value(self.valley.holding(*RESCALING))
            self.play(*(FadeOut(it, run_time=0.3) for it in (*parts, words)), holding)
            self.enter(*RESCALING)
            last = max(map(self.valley.last, RESCALING))
            self.jump(self.clock, min(3, last))
            self.speed_up(self.clock, last, max(beat.time_left, 1.5), 2.0)
            self.finish(*RESCALING)

    def find_the_best(self) -> None:
        """Adam, with all that these do; whoever is not told of; and the one with the fewest steps."""
        with self.beat("all") as beat:
            nearer = self.valley.closer.animate(run_time=0.6).set_value(1)
            self.play(*(FadeOut(it, run_time=0.3) for it in self.shown), nearer)
            others = [name for name in self.styles if name not in (*self.rows.drawn, BOTH)]
            self.enter(BOTH, alike=others)
            last = self.valley.last(BOTH)
            self.jump(self.clock, min(3, last))
            self.speed_up(self.clock, last, max(beat.time_left, 1.2), 2.0)
            self.finish(BOTH, *others)
            beat.next_sentence()
            if self.best != BOTH:
                self.leave()
                self.enter(self.best)
                self.speed_up(self.clock, self.valley.last(self.best), 1.0)
            rest = [bar for name, bar in self.rows.drawn.items() if name != self.best]
            back = [it.animate(rate_func=there_and_back_with_pause).set_opacity(0.25) for it in rest]
            self.play(*back, run_time=max(beat.time_left, 1.5))

    def compare_rule_and_shape(self) -> None:
        """The best rule's way in the valley; beside it plain descent in the bowl, step by step."""
        with self.beat("shape") as beat:
            style, self.plain = self.styles[FIRST], ValueTracker(0)
            number = self.shown[0]
            aside = [self.boxes.valley.right - self.boxes.both.right, 0.0, 0.0]
            self.play(self.spread(0), number.animate(run_time=1.0).shift(aside))
            count = self.bowl.count(FIRST, style, self.plain)
            coming = [
                self.bowl.map,
                self.bowl.name,
                self.bowl.start,
                self.bowl.trail(FIRST, style, self.plain),
            ]
            self.play(*map(FadeIn, (*coming, count)), run_time=0.4)
            home = self.bowl.last(FIRST)
            step_by_step = self.plain.animate(rate_func=linear).set_value(min(home, FEW))
            self.play(step_by_step, run_time=max(beat.time_left, 2.0))
            self.speed_up(self.plain, home, 1.5)
            swelling = [count, number]
            for _ in range(2):
                now = (it.animate(rate_func=there_and_back).scale(1.2, about_edge=RIGHT) for it in swelling)
                self.play(*now, run_time=1.2)

    def leave_the_bowl(self) -> None:
        """The map becomes the bowl from above again, which the next scene begins with."""
        self.trough = self.a_bowl()
        whole = self.trough.view.copy()
        self.trough.view.become(self.near())
        gone = list(self.mobjects)
        self.add(self.trough)
        self.play(*map(FadeOut, gone), run_time=0.6)
        self.play(self.trough.view.animate.become(whole), run_time=0.9)
        self.hand_over(self.trough)

    # -- the maps --------------------------------------------------------------------------------------------
    @cached_property
    def boxes(self) -> RaceBoxes:
        """Where things stand."""
        return RaceBoxes.of(self.places)

    @cached_property
    def rows(self) -> StepRows:
        """The steps of all optimizers in the valley, and of gradient descent in the bowl."""
        counts = {**self.stages[0].optimizer_steps, BOWL: self.stages[1].optimizer_steps[FIRST]}
        labels = {name: self.words.label(name) for name in counts}
        never = self.words.label("unsettled") if None in counts.values() else ""
        return StepRows(counts, labels, self.boxes.rows, never)

    def a_bowl(self) -> Trough:
        """The bowl from straight above, in its place."""
        stage = self.stages[1]
        self.trough = Trough(window_of(stage.loss, stage.start), from_above(stage, self.places.second))
        return self.trough

    def near(self) -> Viewpoint:
        """From where the bowl is as large as on its map."""
        view: Viewpoint = self.trough.view.copy()
        return view.look(center=self.bowl.room.center, scale=self.bowl.unit)

    def map_of(self, which: int) -> RaceMap:
        """The map of the raw data (0), or of the standardized (1)."""
        name, color = (("valley", self.theme.valley), ("bowl", self.theme.bowl))[which]
        words, clock, box = self.words.label(name), self.clock, (self.boxes.valley, self.boxes.bowl)[which]
        return RaceMap(self.stages[which], box, self.boxes.both, words, color, clock)

    # -- who runs --------------------------------------------------------------------------------------------
    def enter(self, *names: str, alike: Sequence[str] = ()) -> None:
        """Optimizers stand at the start in the valley, and have bars with their names.

        Those that are ``alike`` are not on the map.
        """
        self.clock.set_value(0)
        self.valley.follow(*names)
        room, self.shown = self.valley.room, []
        right = room.right
        for place, name in reversed(list(enumerate(names))):
            style = self.styles[name]
            count = self.valley.count(name, style, self.clock, right)
            right = float(count.get_left()[0]) - GAP
            side = 0 if len(names) == 1 else 2 * place - 1
            self.shown += [count, self.valley.trail(name, style, self.clock, side)]
        self.aside = ValueTracker(0)
        clocks = {name: self.clock for name in names} | {name: self.aside for name in alike}
        new = {name: clock for name, clock in clocks.items() if name not in self.rows.drawn}
        bars = [part for name in new for part in self.rows.make(name, self.styles[name], new[name])]
        self.play(*map(FadeIn, (*reversed(self.shown), *bars)), run_time=0.4)

    def finish(self, *names: str) -> None:
        """Bars that have grown have their numbers and stay; those that grow aside do so now."""
        numbers = [FadeIn(self.rows.drawn[name][2]) for name in names]
        self.play(*numbers, self.aside.animate.set_value(self.rows.most), run_time=0.4)
        self.rows.keep(*names)

    def leave(self) -> None:
        """Those that have run leave; their bars stay."""
        self.fade_out(*self.shown, run_time=0.3)

    def spread(self, share: float) -> Animation:
        """The valley's map comes to fill the place of both maps (1), or goes back to its own (0)."""
        goal: Animation = self.valley.spread.animate(run_time=1.0).set_value(share).build()
        return goal

    def jump(self, clock: ValueTracker, last: int, run_time: float = JUMP) -> None:
        """A few jumps one by one, each in so many seconds."""
        for _ in range(min(JUMPS, last)):
            self.play(clock.animate.increment_value(1), run_time=max(run_time, JUMP))

    def speed_up(self, clock: ValueTracker, last: int, run_time: float, ease: float = EASE) -> None:
        """The rest ever faster; of steps to and fro only every second one is shown."""
        first = int(clock.get_value())
        if first < last:
            faster = ever_faster(first, last, ease)
            self.play(UpdateFromAlphaFunc(clock, faster, run_time=run_time, rate_func=linear))

    # -- all of them -----------------------------------------------------------------------------------------
    @cached_property
    def best(self) -> str:
        """The optimizer that takes the fewest steps on the raw data; gradient descent where none arrives."""
        steps = {name: count for name, count in self.stages[0].optimizer_steps.items() if count is not None}
        return min(steps, key=steps.__getitem__, default=FIRST)
