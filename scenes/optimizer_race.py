"""Could a cleverer rule do? Optimizers on the maps of valley and bowl, two at a time; all as bars."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import ClassVar

import numpy as np
from manim import (
    LEFT,
    Animation,
    FadeIn,
    FadeOut,
    GrowFromEdge,
    LaggedStart,
    Mobject,
    UpdateFromAlphaFunc,
    ValueTracker,
    VGroup,
    linear,
    there_and_back_with_pause,
)

from bn_math import Lesson
from bn_math.descent.optimizers.registry import ENTRIES
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import NAME, SMALL
from scenes.kit.script import numbers
from scenes.kit.surface.trough.trail import RunTrail
from scenes.kit.surface.trough.trough import Trough
from scenes.pieces.optimizer_styles import styled
from scenes.pieces.race import legend
from scenes.pieces.race.bars import StepBars
from scenes.pieces.race.race_map import RaceMap, from_above
from scenes.pieces.trough.parked import window_of

FIRST, MOMENTUM = "gradient_descent", "heavy_ball"
JUMPS, JUMP = 7, 0.4  # jumps made one by one, and seconds for each
EASE = 3.0  # then the steps go with this power of the time
FLIGHT, HOME = 4.0, 2.5  # seconds in which momentum flies out, and comes in
FEW = 40  # steps of which each is seen
LARGEST = 1_000_000  # counts from here on are written with a power of ten


class OptimizerRace(BeatScene):
    """Scene 8: the race of optimizers."""

    poster = "all"
    begins_on: ClassVar[str | None] = "bowl_from_above"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """Every optimizer's descent, in the valley and in the bowl."""
        return data_tables.races((lesson.raw, lesson.standardized))

    def construct(self) -> None:
        """Gradient descent on both maps; beside it momentum, then those that rescale; all as bars."""
        self.stages = (self.lesson.raw, self.lesson.standardized)
        self.styles = styled(self.lesson.raw.optimizers)
        self.clock = ValueTracker(0)
        self.begin_on_the_bowl()
        self.descend()
        self.add_momentum()
        self.rescale()
        self.compare_all()

    def begin_on_the_bowl(self) -> None:
        """Just what the scene before ends on: the bowl from straight above."""
        _, bowl = self.stages
        view = from_above(bowl, self.places.second)
        self.bowl = Trough(window_of(bowl.loss, bowl.start), view)
        self.add(self.bowl)

    def descend(self) -> None:
        """The bowl becomes a map, the valley's comes beside it; gradient descent on both."""
        with self.beat("maps") as beat:
            self.show_heading()
            self.maps = [self.map_of(which) for which in (0, 1)]
            nearer = self.bowl.view.animate.look(center=self.maps[1].room.center, scale=self.maps[1].unit)
            self.play(nearer, run_time=1.0)
            for race_map in reversed(self.maps):
                self.play(FadeIn(race_map.map), run_time=0.7)
            self.remove(self.bowl)
            self.play(*(FadeIn(race_map.name) for race_map in self.maps), run_time=0.4)
            clock = ValueTracker(0)
            self.legend = self.legend_with(tuning=ENTRIES[FIRST].tuning)
            self.trails = self.trails_of(FIRST, clock)
            self.counts = self.counts_of(FIRST, clock, 1)
            starts = [race_map.start for race_map in self.maps]
            self.play(*map(FadeIn, (*self.trails, *starts, self.legend, *self.counts)), run_time=0.4)
            self.jump(clock, self.last_of(FIRST))
            beat.next_sentence()
            self.speed_up(clock, self.last_of(FIRST), max(beat.time_left, 3.0))

    def add_momentum(self) -> None:
        """Heavy ball: out, as far as it flies, and home."""
        with self.beat("momentum") as beat:
            self.enter(MOMENTUM)
            first = min(2, self.last_of(MOMENTUM))
            self.jump(self.clock, first, beat.time_left / first)
            beat.next_sentence()
            raw = self.maps[0]
            peak = int(np.argmin(raw.zooms))
            notes = []
            if self.lesson.story.heavy_ball_flies_out:
                now = int(self.clock.get_value())
                if now < peak:
                    time = max(beat.time_left, FLIGHT)
                    self.play(self.clock.animate(rate_func=linear).set_value(peak), run_time=time)
                notes.append(raw.note(self.words.label("farthest"), self.words.label("of_the_start")))
                self.play(FadeIn(notes[0]), run_time=0.4)
                beat.next_sentence()
            self.speed_up(self.clock, self.last_of(MOMENTUM), max(beat.time_left, HOME), 1.6)
            if notes:
                self.fade_out(*notes, run_time=0.3)

    def rescale(self) -> None:
        """AdaGrad, RMSProp and Adam, one after the other."""
        with self.beat("adaptive") as beat:
            for place, name in enumerate(("adagrad", "rmsprop", "adam")):
                if place:
                    beat.next_sentence()
                self.leave()
                self.enter(name)
                self.jump(self.clock, min(3, self.last_of(name)))
                self.speed_up(self.clock, self.last_of(name), max(beat.time_left, 2.0), 2.2)

    def compare_all(self) -> None:
        """The steps of all of them, on both losses."""
        with self.beat("all") as beat:
            maps = [part for it in self.maps for part in (it.map, it.name, it.start)]
            self.fade_out(*maps, *self.trails, *self.others, *self.counts, *self.other_counts, self.legend)
            bars, rule = self.bars()
            self.play(*map(FadeIn, bars.names), FadeIn(rule), run_time=0.5)
            self.grow(bars.first, bars.first_counts, max(beat.time_left, 2.0))
            beat.next_sentence()
            self.grow(bars.second, bars.second_counts, max(beat.time_left - 1.0, 2.0))
            beat.next_sentence()
            self.point_out(bars, beat.time_left)

    def point_out(self, bars: StepBars, run_time: float) -> None:
        """Gradient descent on the better shape, and the best rule on the other; the rest steps back."""
        rows = list(self.styles)
        kept = [(bars.second, bars.second_counts, FIRST), (bars.first, bars.first_counts, self.best)]
        stay = {id(column[rows.index(name)]) for *columns, name in kept for column in columns}
        every = (*bars.first, *bars.second, *bars.first_counts, *bars.second_counts)
        back = [it.animate(rate_func=_for_a_while).set_opacity(0.2) for it in every if id(it) not in stay]
        self.play(*back, run_time=max(run_time, 2.0))

    # -- the maps --------------------------------------------------------------------------------------------
    @cached_property
    def boxes(self) -> tuple[Box, Box]:
        """Where the two maps are; where the foot is narrow, with room for a second line above it."""
        first, second = self.places.first, self.places.second
        return (first, second) if self.is_wide else (first.part(bottom=0.08), second.part(bottom=0.16))

    @property
    def is_wide(self) -> bool:
        """Whether the maps stand side by side."""
        return self.places.first.right < self.places.second.left

    @cached_property
    def foot(self) -> Box:
        """Where the legend is."""
        foot = self.places.foot
        return Box(foot.left, foot.right, foot.bottom, self.boxes[1].bottom - 0.1)

    def map_of(self, which: int) -> RaceMap:
        """The map of the raw data (0), or of the standardized (1)."""
        name, color = (("valley", self.theme.valley), ("bowl", self.theme.bowl))[which]
        return RaceMap(self.stages[which], self.boxes[which], self.words.label(name), color, self.clock)

    def trails_of(self, name: str, clock: ValueTracker) -> list[RunTrail]:
        """An optimizer's way on both maps."""
        return [race_map.trail(name, self.styles[name], clock) for race_map in self.maps]

    def counts_of(self, name: str, clock: ValueTracker, place: int) -> list[VGroup]:
        """Its steps, above both maps."""
        return [race_map.count(name, self.styles[name], clock, place) for race_map in self.maps]

    def last_of(self, name: str) -> int:
        """The last step of an optimizer that is drawn, on whichever map it takes more."""
        return max(race_map.last(name) for race_map in self.maps)

    def enter(self, name: str) -> None:
        """An optimizer stands at the start of both maps, and is named below them."""
        self.clock.set_value(0)
        for race_map in self.maps:
            race_map.follow(name)
        sign = legend.entry(self.styles[name], self.words.label(name))
        before, self.legend = self.legend, self.legend_with(sign, ENTRIES[name].tuning)
        self.others, self.other_counts = self.trails_of(name, self.clock), self.counts_of(name, self.clock, 0)
        coming = (*self.others, *self.other_counts, self.legend)
        self.play(FadeOut(before), *map(FadeIn, coming), run_time=0.4)

    def leave(self) -> None:
        """The one that has run leaves."""
        self.fade_out(*self.others, *self.other_counts, run_time=0.3)

    def legend_with(self, sign: Mobject | None = None, tuning: str | None = None) -> VGroup:
        """Gradient descent's sign, another's, and how its learning rate was found."""
        signs = [legend.entry(self.styles[FIRST], self.words.label(FIRST)), *([sign] if sign else [])]
        note = None
        if tuning:
            tried = len(self.lesson.settings.race.shares)
            ways = [self.words.label(f"{tuning}{form}", tried=tried) for form in ("", "_short")]
            room = self.foot.width - (VGroup(*signs).width + 2 * legend.GAP if self.is_wide else 0.0)
            note = fitted(ways, room, None, NAME, SMALL)
        return legend.laid_out(signs, note, self.foot)

    def jump(self, clock: ValueTracker, last: int, run_time: float = JUMP) -> None:
        """A few jumps one by one, each in so many seconds."""
        for _ in range(min(JUMPS, last)):
            self.play(clock.animate.increment_value(1), run_time=max(run_time, JUMP))

    def speed_up(self, clock: ValueTracker, last: int, run_time: float, ease: float = EASE) -> None:
        """The rest ever faster; of steps to and fro only every second one is shown."""
        first = int(clock.get_value())
        if first < last:
            self.play(
                UpdateFromAlphaFunc(
                    clock, _ever_faster(first, last, ease), run_time=run_time, rate_func=linear
                )
            )

    # -- the bars --------------------------------------------------------------------------------------------
    @property
    def best(self) -> str:
        """The optimizer that takes the fewest steps on the raw data; gradient descent where none arrives."""
        steps = {name: count for name, count in self.stages[0].optimizer_steps.items() if count is not None}
        return min(steps, key=steps.__getitem__, default=FIRST)

    def bars(self) -> tuple[StepBars, Mobject]:
        """Two bars for each optimizer, and what they count."""
        whole, foot = self.places.whole, self.places.foot
        counts = [stage.optimizer_steps for stage in self.stages]
        written = {steps: self.written(steps) for column in counts for steps in column.values()}
        bars = StepBars(
            self.styles,
            {name: self.words.label(name) for name in self.styles},
            counts,
            (self.words.label("valley"), self.words.label("bowl")),
            (self.theme.valley, self.theme.bowl),
            written,
            Box(whole.left, whole.right, foot.top + 0.25, whole.top),
        )
        kind = "counted_unsettled" if None in written else "counted"
        ways = [self.words.label(f"{kind}{form}") for form in ("", "_short")]
        return bars, foot.put(fitted(ways, foot.width, None, NAME, SMALL), 0.0, 0.5)

    def written(self, steps: int | None) -> str:
        """A count, or the sign for none."""
        if steps is None:
            return self.words.label("unsettled")
        return numbers.write(steps, "d" if steps < LARGEST else ".2e")

    def grow(self, bars: list[Mobject], counts: list[Mobject], run_time: float) -> None:
        """Bars grow one after another, each with its count."""
        rows: list[Animation] = []
        for bar, count in zip(bars, counts, strict=True):
            rows += [GrowFromEdge(bar, LEFT), FadeIn(count)]
        self.play(LaggedStart(*rows, lag_ratio=0.2), run_time=run_time)


def _for_a_while(share: float) -> float:
    return float(there_and_back_with_pause(share, 0.2))


def _ever_faster(first: int, last: int, ease: float) -> Callable[[Mobject, float], None]:
    def run(clock: Mobject, alpha: float) -> None:
        assert isinstance(clock, ValueTracker)
        done = (last - first) * alpha**ease
        shown = done if last - first < FEW else 2 * int(done / 2)
        clock.set_value(last if alpha >= 1 else first + shown)

    return run
