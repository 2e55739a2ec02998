"""Could a cleverer rule do? Optimizers in the valley, all as bars, and the best of them beside the bowl."""

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
)

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.lettering import typography
from scenes.kit.lettering.places import Box
from scenes.kit.surface.trough.trough import Trough
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.optimizer_styles import styled
from scenes.pieces.race import legend
from scenes.pieces.race.bars import StepBars
from scenes.pieces.race.measures import two_distances
from scenes.pieces.race.pace import FEW, ever_faster
from scenes.pieces.race.race_map import GAP, WORDS, RaceMap, from_above
from scenes.pieces.race.two_parts import TwoParts
from scenes.pieces.trough.parked import window_of

FIRST, MOMENTUM, RESCALING, BOTH = "gradient_descent", "heavy_ball", ("adagrad", "rmsprop"), "adam"
JUMPS, JUMP = 4, 0.35  # jumps made one by one, and seconds for each
SIGN = 0.65  # in picture units, the room for marks and names below a map
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
        self.clock, self.plain = ValueTracker(0), ValueTracker(0)
        self.begin_on_the_bowl()
        self.descend()
        self.add_momentum()
        self.rescale()
        self.count_all()
        self.compare_rule_and_shape()
        self.leave_the_bowl()

    def begin_on_the_bowl(self) -> None:
        """Just what the scene before ends on: the bowl from straight above."""
        self.add(self.a_bowl())

    def descend(self) -> None:
        """The bowl becomes a map, the valley's comes beside it; gradient descent on both."""
        with self.beat("maps") as beat:
            self.show_heading()
            self.valley, self.bowl = (self.map_of(which) for which in (0, 1))
            self.play(self.trough.view.animate.become(self.near()), run_time=0.8)
            self.play(FadeIn(self.bowl.map), FadeIn(self.valley.map), run_time=0.5)
            self.remove(self.trough)
            maps = self.valley, self.bowl
            self.shown = [
                *(it.trail(FIRST, self.styles[FIRST], self.plain) for it in maps),
                *(it.count(FIRST, self.styles[FIRST], self.plain) for it in maps),
                *self.signs([FIRST], self.both),
            ]
            self.play(*map(FadeIn, (*(it.start for it in maps), *self.shown)), run_time=0.4)
            last = max(it.last(FIRST) for it in maps)
            self.jump(self.plain, min(last, 2))  # by then the heading has left
            self.play(*(FadeIn(it.name) for it in maps), run_time=0.3)
            self.speed_up(self.plain, last, max(beat.time_left, 2.0))

    def add_momentum(self) -> None:
        """The valley alone, as wide as the frame. Heavy ball: out, as far as it flies, and home."""
        with self.beat("momentum") as beat:
            gone = self.bowl.map, self.bowl.name, self.bowl.start, *self.shown
            self.play(*(FadeOut(it, run_time=0.4) for it in gone), self.spread(1))
            self.enter(MOMENTUM)
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
            self.speed_up(self.clock, last, max(beat.time_left, 2.2), 1.6)

    def fly_out(self, run_time: float) -> VGroup:
        """To where it is the farthest; then both distances as lines."""
        peak = int(np.argmin(self.valley.zooms))
        if self.clock.get_value() < peak:
            self.play(self.clock.animate(rate_func=linear).set_value(peak), run_time=run_time)
        run, lay = self.valley.run(MOMENTUM), self.valley.map.lay
        minimum, start, farthest = (
            lay(np.asarray(weights))[0]
            for weights in (self.stages[0].loss.minimizer, self.stages[0].start, run[peak])
        )
        distance = float(np.linalg.norm(start - minimum))
        words = self.words.label("start"), self.words.label("farthest")
        measures = two_distances(minimum, farthest, distance, *words)
        short, name, long, number = measures
        self.play(Create(short), FadeIn(name), run_time=0.6)
        self.play(Create(long), FadeIn(number), run_time=1.2)
        return measures

    def rescale(self) -> None:
        """A step's two parts, each divided by the size of its slopes; then AdaGrad and RMSProp."""
        with self.beat("adaptive") as beat:
            self.leave()
            parts = TwoParts(self.stages[0], self.valley.map)
            self.play(*map(FadeIn, parts), run_time=0.4)
            room = self.valley.room
            words = typography.figure(self.words.label("divided"), self.theme.text)
            typography.align_baseline(words, room.top + 0.22, right=room.right)
            self.play(
                parts.divided.animate.set_value(1),
                FadeIn(words, run_time=0.5),
                run_time=max(beat.time_left - 0.6, 2.0),
            )
            beat.next_sentence()
            self.play(*map(FadeOut, (*parts, words)), run_time=0.3)
            self.enter(*RESCALING)
            last = max(map(self.valley.last, RESCALING))
            self.jump(self.clock, min(3, last))
            self.speed_up(self.clock, last, max(beat.time_left, 1.5), 2.0)

    def count_all(self) -> None:
        """Adam, with all that these do; and the steps of all of them as bars."""
        with self.beat("all") as beat:
            self.play(*(FadeOut(it, run_time=0.4) for it in self.shown), self.spread(0))
            made = ValueTracker(0)
            bars = self.bars(made)
            what = typography.figure(self.words.label("tuned"), self.theme.text)
            typography.align_baseline(what, bars.box.top + 0.22, left=bars.box.left)
            self.enter(BOTH, others=(*bars.names, what))
            self.bars_shown = [*bars, what]
            self.pause(beat.time_left)
            beat.next_sentence()
            self.add(*bars.bars, *bars.counts)
            run_time = max(beat.time_left, 3.0)
            goal, there = self.valley.last(BOTH), 0.7 * run_time
            self.play(
                UpdateFromAlphaFunc(
                    made, ever_faster(0, bars.most, EASE), run_time=run_time, rate_func=linear
                ),
                UpdateFromAlphaFunc(self.clock, ever_faster(0, goal, 2.0), run_time=there, rate_func=linear),
            )

    def compare_rule_and_shape(self) -> None:
        """The best rule in the valley, plain descent in the bowl: both start at once, step by step."""
        with self.beat("shape") as beat:
            self.leave(*self.bars_shown)
            self.enter(self.best)
            style, self.plain = self.styles[FIRST], ValueTracker(0)
            runs = self.bowl.trail(FIRST, style, self.plain), self.bowl.count(FIRST, style, self.plain)
            signs = self.signs([FIRST], self.boxes[1])
            coming = (self.bowl.map, self.bowl.name, self.bowl.start, *runs, *signs)
            self.play(*map(FadeIn, coming), run_time=0.5)
            first = min(self.bowl.last(FIRST), self.valley.last(self.best), FEW)
            both = (it.animate(rate_func=linear).set_value(first) for it in (self.clock, self.plain))
            self.play(*both, run_time=max(beat.time_left, 2.0))
            self.speed_up(self.plain, self.bowl.last(FIRST), 1.5)
            beat.next_sentence()
            self.speed_up(self.clock, self.valley.last(self.best), max(beat.time_left, 2.0), 2.0)
            numbers = runs[1], self.shown[0]
            swelling = (it.animate(rate_func=there_and_back).scale(1.15, about_edge=RIGHT) for it in numbers)
            self.play(*swelling, run_time=1.4)

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
    def boxes(self) -> tuple[Box, Box]:
        """Where the two maps are, with room for their signs below them."""
        first, second = self.places.first, self.places.second
        if first.right < second.left:
            return first, second
        return first.part(bottom=SIGN / first.height), second.part(top=1 - 0.1 / second.height)

    @property
    def both(self) -> Box:
        """The place of both maps."""
        first, second = self.boxes
        return Box(first.left, second.right, second.bottom, first.top)

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
        words, clock = self.words.label(name), self.clock
        return RaceMap(self.stages[which], self.boxes[which], self.both, words, color, clock)

    # -- who runs --------------------------------------------------------------------------------------------
    def enter(self, *names: str, others: Sequence[Mobject] = ()) -> None:
        """Optimizers stand at the start in the valley, and are named below it."""
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
        self.shown += self.signs(names, room)
        self.play(*map(FadeIn, (*reversed(self.shown), *others)), run_time=0.4)

    def leave(self, *others: Mobject) -> None:
        """Those that have run leave."""
        self.fade_out(*self.shown, *others, run_time=0.3)

    def signs(self, names: Sequence[str], box: Box) -> list[Mobject]:
        """Optimizers' marks and names, in the middle below ``box``."""
        made = VGroup(*(legend.sign(self.styles[name], self.words.label(name)) for name in names))
        made.arrange(RIGHT, buff=GAP).move_to([box.center[0], box.bottom - SIGN / 2, 0.0])
        return list(made)

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
    @property
    def best(self) -> str:
        """The optimizer that takes the fewest steps on the raw data; gradient descent where none arrives."""
        steps = {name: count for name, count in self.stages[0].optimizer_steps.items() if count is not None}
        return min(steps, key=steps.__getitem__, default=FIRST)

    def bars(self, made: ValueTracker) -> StepBars:
        """Every optimizer's steps in the valley, in the place of the other map."""
        box, foot = self.boxes[1], self.places.foot
        labels = {name: self.words.label(name) for name in self.styles}
        never = self.words.label("unsettled")
        box = Box(box.left + 0.2, box.right, foot.bottom, box.top - WORDS)
        return StepBars(self.styles, labels, self.stages[0].optimizer_steps, never, made, box)
