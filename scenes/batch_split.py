"""The rows dealt into mini-batches, every row once; each mini-batch has a mean and a spread of its own."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import (
    Arrow,
    DashedLine,
    FadeIn,
    FadeOut,
    Mobject,
    RoundedRectangle,
    Transform,
    ValueTracker,
    VGroup,
    linear,
    smooth,
    squish_rate_func,
    there_and_back,
)

from bn_math import Lesson
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.charts.features import feature_colors
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.layout import fit_width
from scenes.pieces.batches.dealing import Dealing
from scenes.pieces.batches.dealt_rows import DealtRows
from scenes.pieces.batches.own_spreads import ALL, EVEN, MARKED, OUT, SHUT, OwnSpreads
from scenes.pieces.rows.row_one import RowOne
from scenes.pieces.scaling.batch_cloud import BatchCloud
from scenes.pieces.scaling.mini_batch import MiniBatch
from scenes.pieces.scaling.moving_batches import OWN

NAMES = 50.0  # size of numbers and names
AXIS = 0.085  # of the height, for the axis below the lanes
TRAY = 0.9  # of a lane's height
LATE = squish_rate_func(smooth, 0.3, 0.7)  # when the lanes have gone


class BatchSplit(BeatScene):
    """Scene 11: the mini-batches."""

    poster = "own"
    begins_on: ClassVar[str | None] = "row_one"
    ends_on: ClassVar[str | None] = "mini_batch"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The rows as they are dealt, and what each mini-batch makes of them."""
        return {"rows": data_tables.dealt(lesson), "batches": data_tables.batches(lesson)}

    def construct(self) -> None:
        """All rows, dealt; row 1's mini-batch measured, then each; row 1's, seen from near."""
        self.row = RowOne(self.places.whole.at())
        self.add(self.row)
        self.dealing = Dealing(self.lesson, self.places.whole.part(bottom=AXIS))
        self.deal()
        self.marks: list[Mobject] = []
        if self.tells("own"):
            self.measure()
        self.come_near()
        self.hand_over(*self.mini.parts)

    def deal(self) -> None:
        """The other rows come, the strip goes up, and every row falls into one lane."""
        with self.beat("deal") as beat:
            self.show_heading()
            self.dealt, self.risen, self.come = (ValueTracker(0.0) for _ in range(3))
            self.rows = DealtRows(self.dealing, self.dealt, self.risen, self.come)
            start = self.rows.row_one
            smaller = self.row.animate(run_time=0.5).scale(self.rows.size).move_to(start)
            self.axis = self.lying_axis()
            self.add(self.rows, self.row)
            come = self.come.animate(rate_func=linear, run_time=1.6).set_value(1)
            self.play(come, smaller, FadeIn(self.axis, run_time=0.5))
            follow(self.row, (self.dealt, self.risen), lambda _: self.row.put(self.rows.row_one))
            trays, numbers = self.trays(), self.lane_numbers()
            self.own_tray, self.lanes = trays[self.dealing.own], [*trays, *numbers]
            self.play(self.risen.animate.set_value(1), run_time=1.1)
            self.play(*map(FadeIn, self.lanes), run_time=max(beat.time_left, 0.5))
            self.bring_to_front(self.rows, self.row)
            beat.next_sentence()
            dealt = self.dealt.animate(rate_func=linear).set_value(1)
            self.play(dealt, run_time=max(beat.time_left, 2.3))
            self.row.clear_updaters()

    def measure(self) -> None:
        """Row 1's lane: a mean, the rows' ways from it, the spread that they come to; then each lane's."""
        with self.beat("own") as beat:
            stage = ValueTracker(0.0)
            spreads = OwnSpreads(self.dealing, stage)
            own = spreads.measured(self.dealing.own)
            mean, spread = self.names(*own)
            self.add(spreads)
            self.bring_to_front(self.row)
            lit = self.own_tray.animate.set_stroke(self.theme.muted, 4)
            self.play(lit, self.rows.dimmed.animate.set_value(1), run_time=0.6)
            marked = stage.animate.set_value(MARKED)
            guide = self.guide(own[0])
            self.play(marked, FadeIn(mean, guide), run_time=max(beat.time_left, 1.0))
            beat.next_sentence()
            length = max(beat.time_left, 3.0) + 0.7  # the bar is to be seen before the others come
            self.play(stage.animate.set_value(OUT), run_time=0.35 * length)
            self.play(stage.animate.set_value(EVEN), run_time=0.35 * length)
            self.play(stage.animate.set_value(SHUT), FadeIn(spread), run_time=0.3 * length)
            beat.next_sentence()
            moves = [
                it.animate.move_to(to)
                for it, to in zip((mean, spread), self.names(*spreads.of_all), strict=True)
            ]
            whole = self.mean_of_all(spreads)
            every = stage.animate(rate_func=linear).set_value(ALL)
            come = [FadeOut(guide), *map(FadeIn, whole)]
            self.play(every, *moves, *come, run_time=max(beat.time_left, 2.5))
            self.marks = [spreads, mean, spread, *whole]

    def come_near(self) -> None:
        """Row 1's mini-batch grows to fill the picture, the others go."""
        with self.beat("first") as beat:
            self.mini = MiniBatch(self.lesson, self.words, self.places)
            ring = self.row.ring.animate(rate_func=there_and_back).scale(1.5)
            self.play(ring, run_time=0.7)
            numbers = self.mini.batches.numbers[OWN]
            places = np.pad(self.dealing.below[numbers], ((0, 0), (0, 1)))
            cloud = BatchCloud(places, self.rows.size)
            self.remove(self.row)
            self.add(cloud)
            gone = (self.rows, *self.marks, *self.lanes, self.axis)
            time = max(beat.time_left, 1.6)
            new = (self.mini.ground, self.mini.numbers, self.mini.names)
            self.play(
                *(FadeOut(it, run_time=0.5) for it in gone),
                *(FadeIn(it, run_time=time, rate_func=LATE) for it in new),
                Transform(cloud, self.mini.cloud, run_time=time),
            )
            self.remove(cloud)
            self.add(self.mini.cloud)

    # -- words -----------------------------------------------------------------------------------------------
    def lane_numbers(self) -> list[Mobject]:
        """At the left of each lane which mini-batch it is."""
        made = []
        for lane, number in enumerate(self.dealing.shown):
            box = self.dealing.lane(lane)
            text = typography.figure(str(number + 1), self.theme.muted, NAMES)
            made.append(text.move_to([box.left - 0.3, box.center[1], 0]))
        return made

    def trays(self) -> list[RoundedRectangle]:
        """What the rows of each mini-batch lie in."""
        made: list[RoundedRectangle] = []
        for lane in range(len(self.dealing.shown)):
            box = self.dealing.lane(lane)
            tray = RoundedRectangle(
                corner_radius=0.08,
                width=box.width,
                height=TRAY * box.height,
                stroke_width=0,
                fill_color=self.theme.panel,
                fill_opacity=1,
            )
            made.append(tray.move_to([*box.center, 0]))
        return made

    def names(self, mean: float, spread: float) -> tuple[Mobject, Mobject]:
        """What a mark and a bar are, at the top: left of a mean, and right of the bar that begins there."""
        color = feature_colors()[self.dealing.order[0]]
        one = typography.figure(self.words.label("mean"), size=NAMES)
        other = typography.figure(self.words.label("spread"), color, NAMES)
        y = self.dealing.strip.center[1]
        one.move_to([mean - 0.3 - one.width / 2, y, 0])
        return one, other.move_to([mean + spread + 0.3 + other.width / 2, y, 0])

    def guide(self, mean: float) -> DashedLine:
        """From the top down to the mean of row 1's mini-batch."""
        lane, top = self.dealing.lane(self.dealing.own), self.dealing.strip.center[1]
        ends = [mean, top + 0.2, 0], [mean, lane.top, 0]
        return DashedLine(*ends, dash_length=0.1, color=self.theme.muted, stroke_width=3)

    def mean_of_all(self, spreads: OwnSpreads) -> list[Mobject]:
        """A line through the mean of all rows, and through every lane where they stand in one column."""
        strip, low = self.dealing.strip, self.dealing.lane(len(self.dealing.shown) - 1)
        mean, muted = spreads.of_all[0], self.theme.muted
        ends = [mean, strip.bottom, 0], [mean, low.bottom, 0]
        line = DashedLine(*ends, dash_length=0.1, color=muted, stroke_width=2)
        every = typography.figure(self.words.label("all_rows"), muted, NAMES)
        every.move_to([strip.left - 0.35, strip.center[1], 0])
        return [line, every] if self.dealing.columns == 1 else []

    def lying_axis(self) -> VGroup:
        """Below the lanes the feature that lies, and which way it grows."""
        feature, whole = self.dealing.order[0], self.places.whole
        color = feature_colors()[feature]
        ways = [self.words.label(f"axis_{'ab'[feature]}{form}") for form in ("", "_short")]
        name = fit_width(fitted(ways, 0.5 * whole.width, color, NAMES, NAMES), 0.5 * whole.width)
        whole.put(name, 1.0, 0.0)
        left, y = self.dealing.lane(0).left, name.get_y()
        line = Arrow([left, y, 0], [name.get_left()[0] - 0.15, y, 0], buff=0, stroke_width=5, tip_length=0.22)
        return VGroup(line.set_color(color), name)
