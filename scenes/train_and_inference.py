"""One row alone: what training keeps for it, what happens where that is forgotten, and how the layer goes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    Dot,
    FadeIn,
    FadeOut,
    Line,
    ManimColor,
    Mobject,
    ValueTracker,
    VGroup,
    linear,
    smooth,
    squish_rate_func,
    there_and_back,
)

from bn_math import Lesson
from bn_math.checks import Indices
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.kit.lettering.places import Box
from scenes.kit.script import numbers
from scenes.pieces.noise.asked import Asked
from scenes.pieces.noise.axis import Axis
from scenes.pieces.noise.company import RISE, Company
from scenes.pieces.noise.feature_values import FeatureValues
from scenes.pieces.noise.folding import Folding
from scenes.pieces.noise.one_row import ASKS, FEATURE, ROW, asked, in_use, passes
from scenes.pieces.noise.running_bar import RunningBar
from scenes.pieces.noise.sums import Sums
from scenes.pieces.rows.row_one import RowOne

SLOWLY = 3  # batches that are looked at one by one
FIRST_ASKS = 3  # of them one by one
UPPER = 0.78  # of the height: the line
CHART = 0.5  # of the height: the chart below the upper line
ABOVE = RISE  # of the running bar over its line: that of the batches' bars
LARGE = 1.5  # size of the row on its line
NAMED, SUM = 48.0, 84.0  # sizes of what is called by name, and of the sum for a row alone
BATCHES, KEPT = -1.5, -3.2  # over the line, in picture units: the batches' bars, and the running one
FIRST, THEN = (squish_rate_func(smooth, *span) for span in ((0.0, 0.45), (0.45, 1.0)))
FALLS = 3  # times that the row is asked in use, in other company each time
JOINING = 1.4  # seconds
UNDER_NUMBERS = 0.9  # picture units below the line
HEAVIER = 3.6  # of a batch's bar: the running one's line, when it is fixed


class TrainAndInference(BeatScene):
    """Scene 16: training and use."""

    poster = "forgotten"
    begins_on: ClassVar[str | None] = "row_one"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The running statistics, batch by batch; and what the row becomes each time it is asked."""
        return {
            "running": data_tables.running(lesson, passes(lesson)),
            "asked": {
                "ask": np.arange(1, ASKS + 1),
                "in_training_mode": asked(lesson),
                "in_evaluation_mode": np.full(ASKS, in_use(lesson)),
            },
        }

    def construct(self) -> None:
        """The row alone; what training has kept; forgotten; folded."""
        self.row = RowOne(self.places.whole.at())
        self.add(self.row)
        self.chase()
        self.step_in()
        if self.tells("forgotten"):
            self.forget()
        self.fold()

    # -- the running statistics ------------------------------------------------------------------------------
    def chase(self) -> None:
        """The row has nothing over it; in training, a bar goes after those of the batches."""
        with self.beat("running") as beat:
            self.show_heading()
            line, seen, shown = self.line, ValueTracker(0), ValueTracker(0)
            large = self.row.animate.put(line.at(self.feature.values[ROW])).scale(LARGE)
            self.play(large, FadeIn(line), run_time=0.9)
            asked = self.alone()
            for part in asked:
                self.play(FadeIn(part, shift=0.3 * DOWN), run_time=0.5)
            swelling = asked[1].animate(rate_func=there_and_back).scale(1.25)
            self.play(swelling, run_time=max(beat.time_left, 0.8))
            company = Company(line.lane, self.feature.values, self.batches, ROW, shown, BATCHES)
            bar = RunningBar(line, *self.running, seen, KEPT, company)
            name = typography.figure(self.words.label("running"), self.theme.bowl, NAMED)
            follow(name, (seen,), lambda it: it.move_to(self.inside(bar.middle + 1.35 * DOWN, it)))
            one = typography.figure(self.words.label("batch"), self.theme.text, NAMED)
            whole = self.places.whole
            one.move_to([whole.right - one.width / 2, line.at(0.0, BATCHES)[1] - 0.5, 0.0])
            beat.next_sentence()
            self.play(FadeOut(asked), FadeIn(bar, company, name), run_time=0.4)
            self.play(company.animate.light(), FadeIn(one), run_time=0.35)
            self.play(seen.animate.set_value(1), run_time=0.5)
            for batch in range(1, SLOWLY):
                self.play(shown.animate.set_value(batch), run_time=0.3)
                self.play(seen.animate.set_value(batch + 1), run_time=0.4)
            last, time = len(self.batches), max(beat.time_left, 2.0)
            self.play(
                shown.animate(run_time=time, rate_func=linear).set_value(last - 1),
                seen.animate(run_time=time, rate_func=linear).set_value(last),
            )
            self.bar, self.name, self.company, self.one = bar, name, company, one

    def alone(self) -> VGroup:
        """What standardizing alone would be: a row less itself, which is nought for any row."""
        value = float(self.feature.values[ROW])
        made = VGroup(
            typography.figure(self.words.label("alone", value=value), self.theme.muted, SUM),
            typography.figure(self.words.label("becomes"), self.theme.text, SUM),
        )
        typography.align_baseline(made[0], 0.0, right=0.0)
        typography.align_baseline(made[1], 0.0, left=0.3)
        note = typography.figure(self.words.label("whatever"), self.theme.text, NAMED)
        made.add(note.next_to(made, DOWN, buff=0.35, aligned_edge=RIGHT))
        whole = self.places.whole
        made.scale(min(whole.width / made.width, 1.0)).next_to(self.row, DOWN, buff=1.2)
        return made.move_to(self.inside(made.get_center(), made))

    def step_in(self) -> None:
        """The running bar is fixed; by its spreads the row is so far from its mean, in any company."""
        with self.beat("inference") as beat:
            value, foot = float(self.feature.values[ROW]), self.bar.at(float(self.feature.values[ROW]))
            ruler, color = self.bar.ruler(), self.theme.bowl
            drop = Line(self.line.at(value, -UNDER_NUMBERS), foot, color=color, stroke_width=4)
            reach = Line(self.bar.middle, foot, color=color, stroke_width=6)
            told = typography.figure(
                self.words.label("running_value", value=in_use(self.lesson)), color, NAMED
            )
            whole = self.places.whole
            room = foot[0] - whole.left, whole.right - foot[0]
            is_right = room[1] >= told.width + 0.3 if value >= self.bar.now[0] else room[0] < told.width + 0.3
            told.next_to(foot + 0.75 * UP, RIGHT if is_right else LEFT, buff=0.25)
            self.play(
                self.bar.animate(rate_func=there_and_back).weigh(HEAVIER),
                FadeOut(self.one),
                self.company.animate.leave_the_bar(),
                FadeIn(ruler),
                run_time=0.6,
            )
            self.play(self.bar.animate.stay(), run_time=0.2)
            locked = Dot(self.row.place, 0.16, color=self.theme.text).set_z_index(2)
            self.play(Create(drop), locked.animate.move_to(foot), Create(reach), run_time=0.7)
            self.play(FadeIn(told), run_time=0.3)
            for ask in range(1, FALLS + 1):
                shown = self.company.clock.animate.set_value(max(len(self.batches) - 1 - ask, 0))
                self.play(shown, run_time=max(beat.time_left / (FALLS + 1 - ask) - 0.3, 0.35))
                self.play(locked.animate(rate_func=there_and_back).scale(1.5), run_time=0.3)
            self.below = [ruler, drop, reach, locked, told, self.company]

    # -- left in training mode -------------------------------------------------------------------------------
    def forget(self) -> None:
        """Asked in training mode its value jumps; then the mode is switched, and it stands still."""
        with self.beat("forgotten") as beat:
            clock = ValueTracker(1)
            picture = Asked(self.chart_box, asked(self.lesson), in_use(self.lesson), clock)
            company, axis = self.company_asked(clock), picture.axis()
            training = self.mode("training", picture.halves[0], self.theme.text)
            self.play(
                *(FadeOut(it, rate_func=FIRST) for it in (*self.below, self.bar, self.name)),
                *(FadeIn(it, rate_func=THEN) for it in (company, axis, training)),
                run_time=0.6,
            )
            self.play(company.animate.light(), FadeIn(picture), run_time=0.4)
            for ask in range(2, FIRST_ASKS + 1):
                self.play(clock.animate.set_value(ask), run_time=0.45)
            self.go(clock, ASKS, beat.time_left)
            beat.next_sentence()
            evaluation = self.mode("evaluation", picture.halves[1], self.theme.bowl)
            value = typography.figure(numbers.write(in_use(self.lesson), "3s"), self.theme.bowl, NAMED)
            value.next_to(*picture.beside_the_level, buff=0.35)
            self.lift_the_bar()
            shown = (self.bar, self.name, evaluation, value)
            self.play(FadeOut(company), *map(FadeIn, shown), run_time=0.5)
            clock.set_value(ASKS + 1)
            self.go(clock, 2 * ASKS, beat.time_left)
            self.below = [axis, picture, training, evaluation, value]

    def company_asked(self, clock: ValueTracker) -> Company:
        """The rows on their line; those are lit with which the row is asked."""
        batches = self.lesson.batches.batchmates(ROW, self.lesson.batches.size, ASKS)
        return Company(self.line.lane, self.feature.values, [batches[0], *batches], ROW, clock)

    def go(self, clock: ValueTracker, ask: float, run_time: float) -> None:
        """The row is asked again and again."""
        self.play(clock.animate(rate_func=linear).set_value(ask), run_time=max(run_time, 1.8))

    @property
    def chart_box(self) -> Box:
        """Where the values are, beside their numbers and below the modes' names."""
        whole = self.places.whole
        return whole.part(left=1.0 / whole.width, top=CHART)

    def mode(self, key: str, half: Box, color: ManimColor) -> Mobject:
        """A mode's name over its half."""
        name = typography.figure(self.words.label(key), color, NAMED)
        name.scale(min(half.width / name.width, 1.0))
        return name.move_to([half.center[0], half.top + 0.3, 0.0])

    def lift_the_bar(self) -> None:
        """The running bar, where those of the batches were."""
        self.bar = RunningBar(self.line, *self.running, ValueTracker(len(self.batches)), ABOVE)
        self.name = typography.figure(self.words.label("running"), self.theme.bowl, NAMED)
        self.name.move_to(self.inside(self.bar.middle + 0.6 * UP, self.name))

    # -- folded ----------------------------------------------------------------------------------------------
    def fold(self) -> None:
        """Both layers as one line of figures, which joins to a shorter one: the same comes out."""
        with self.beat("folded") as beat:
            folding = Folding(Sums(self.lesson, passes(self.lesson), ROW, FEATURE), self.words, self.fold_box)
            x = folding.both["x"]
            left_behind = (*self.below, self.line, self.name, self.bar)
            self.play(
                self.row.animate.put(x.get_center()).scale(1 / LARGE),
                *(FadeOut(it, rate_func=FIRST) for it in left_behind),
                *(FadeIn(it, rate_func=THEN) for it in (folding.first, folding.panels, folding.part)),
                run_time=0.9,
            )
            self.play(FadeOut(self.row), run_time=0.2)
            self.play(*folding.join(max(beat.time_left - 0.7, JOINING)))
            outs = folding.both["out"], folding.one["out"]
            self.play(*(it.animate(rate_func=there_and_back).scale(1.2) for it in outs), run_time=0.6)

    @property
    def fold_box(self) -> Box:
        """Where the figures are."""
        return self.places.whole

    # -- what is shown ---------------------------------------------------------------------------------------
    @cached_property
    def feature(self) -> FeatureValues:
        """The feature of all rows."""
        return FeatureValues(self.lesson, FEATURE)

    @cached_property
    def batches(self) -> Sequence[Indices]:
        """The rows of all batches that are shown."""
        return self.lesson.batches.over_epochs(passes(self.lesson))

    @cached_property
    def running(self) -> tuple[Array, Array]:
        """The running mean, and the root of the running variance, before and after each batch."""
        mean, variance = self.lesson.batches.running_statistics(passes(self.lesson))
        scaled = self.feature.scaled
        return scaled(mean[:, FEATURE]), scaled(np.sqrt(variance[:, FEATURE]))

    @cached_property
    def line(self) -> Axis:
        """The feature's values; zero, where the running mean begins, is on it if it is not far away."""
        low, high = float(self.feature.values.min()), float(self.feature.values.max())
        if min(abs(low), abs(high)) < high - low:
            low, high = min(low, 0.0), max(high, 0.0)
        room = 0.06 * (high - low)
        whole = self.places.whole
        return Axis((low - room, high + room), whole.at(0.0, UPPER), whole.width)

    def inside(self, place: Array, mobject: Mobject) -> Array:
        """The middle for ``mobject`` at ``place``, or as near to it as the picture has room."""
        whole, half = self.places.whole, mobject.width / 2
        x = float(np.clip(place[0], whole.left + half, whole.right - half))
        return np.array([x, place[1], 0.0])
