"""One row among other rows: where it lands; and what that does to a ball which such batches drive."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    UP,
    Animation,
    FadeIn,
    FadeOut,
    Line,
    Mobject,
    ValueTracker,
    VGroup,
    linear,
)
from manim.utils.rate_functions import ease_in_quad

from bn_math import Lesson
from bn_math.descent.settling_place import SHOWN_STEPS
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import typography
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import NAME, SMALL
from scenes.pieces.batches.axis_names import axis_names
from scenes.pieces.noise.axis import Axis
from scenes.pieces.noise.bowl_side import BowlSide
from scenes.pieces.noise.company import Company, Landings
from scenes.pieces.noise.feature_values import FeatureValues
from scenes.pieces.noise.pair_line import PairLine, pairs
from scenes.pieces.noise.side_words import SideWords
from scenes.pieces.rows.row_one import RowOne

FEATURE, ROW = 0, 0  # A of the first row
DRAWS, SLOWLY, SEEN = 300, 3, 7  # batches; those looked at one by one; and shown while the rest lands
EARLY = 12  # of these the ones that are looked at
FALL, PAIRING = 0.6, 2.1  # seconds: one row falls; three pairs are standardized
UPPER, LOWER, PILE = 0.68, 0.14, 0.36  # of the height: the two lines, and the pile at most
ARRIVED, MORE, MOST = 0.4, 0.55, 0.8  # of the steps: then seen from nearer; so far then; and so far
LARGE, BESIDE = 1.5, 46.0  # size of the row, and of what is said of its batch
NAMED, NAME_SHARE = 0.85, 0.4  # of a name over its line, in picture units; and of its length at most


class BatchNoise(BeatScene):
    """Scene 15: the noise of mini-batches."""

    poster = "company"
    begins_on: ClassVar[str | None] = "row_one"
    ends_on: ClassVar[str | None] = "row_one"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """Where the row lands in each batch, how that varies with the batch's size, and the ball's way."""
        normalized_values = lesson.batches.noise(ROW, lesson.batches.size, DRAWS)
        draws = {
            "draw": np.arange(1, DRAWS + 1),
            **data_tables.by_feature(lesson.data, "x_hat_", normalized_values),
        }
        settling = lesson.batches.settling
        ways = {f"way-{place}": run for place, run in enumerate(settling.runs, start=1)}
        if ways:
            ways["way-by-all-rows"] = settling.control_run
        return {
            "landings": draws,
            "sizes": data_tables.noise(lesson, ROW),
            **{name: data_tables.way(lesson.data, run) for name, run in ways.items()},
        }

    def construct(self) -> None:
        """The row and where it lands; three balls; and the row alone."""
        self.row = RowOne(self.places.whole.at())
        self.add(self.row)
        if self.tells("company"):
            self.change_company()
        if self.tells("descent"):
            self.let_balls_go()
        rest = [it for it in self.mobjects if it is not self.row]
        alone = RowOne(self.places.whole.at())
        is_seen = self.row in self.mobjects
        back = self.row.animate.become(alone) if is_seen else FadeIn(self.row.become(alone))
        self.play(*map(FadeOut, rest), back, run_time=0.6)
        self.hand_over(self.row)

    # -- where the row lands ---------------------------------------------------------------------------------
    def change_company(self) -> None:
        """A few batches one by one; then where it lands in many piles up."""
        with self.beat("company") as beat:
            self.show_heading()
            above, below = self.upper_line(), self.lower_line()
            shown, clock = ValueTracker(0), ValueTracker(0)
            mates = self.lesson.batches.batchmates(ROW, self.lesson.batches.size, DRAWS)
            company = Company(above.lane, self.feature.values, list(mates[self.order]), ROW, shown)
            placed = RowOne(above.at(self.feature.values[ROW]), LARGE)
            landings = Landings(below, self.landed, placed.place, PILE * self.places.whole.height, clock)
            self.play(self.row.animate.become(placed), *map(FadeIn, (above, company)), run_time=0.6)
            self.bring_to_front(self.row)
            name = typography.figure(self.words.label("batch"), size=BESIDE)
            typography.align_baseline(name, float(above.start[1]) + NAMED, left=self.places.whole.left)
            self.play(company.animate.light(), FadeIn(name), run_time=1.0)
            self.play(FadeIn(below), run_time=0.3)
            self.add(landings)
            self.play(clock.animate.increment_value(1), run_time=float(np.clip(beat.time_left, FALL, 1.6)))
            beat.next_sentence()
            for draw in range(1, SLOWLY):
                self.play(shown.animate.set_value(draw), run_time=0.5)
                self.fall(clock)
            beat.next_sentence()
            rain = max(beat.time_left - 0.5, 2.4)
            self.play(
                clock.animate(run_time=rain, rate_func=linear).set_value(landings.last),
                shown.animate(run_time=rain, rate_func=linear).set_value(SLOWLY - 1 + SEEN),
            )
            self.play(FadeIn(self.by_all_rows(below, landings)), run_time=0.5)

    def fall(self, clock: ValueTracker) -> None:
        """The row falls to where it lands in this batch."""
        self.play(clock.animate.increment_value(1), run_time=FALL)

    @cached_property
    def feature(self) -> FeatureValues:
        """The feature of all rows."""
        return FeatureValues(self.lesson, FEATURE)

    @cached_property
    def landed(self) -> Array:
        """What the row becomes in every batch, (draws,), those first that are looked at one by one."""
        return self._noise[self.order]

    @cached_property
    def order(self) -> list[int]:
        """The batches as they are shown: of the first ones those in which the row lands farthest apart."""
        early = np.argsort(self._noise[:EARLY])
        chosen = [int(early[place]) for place in np.linspace(0, len(early) - 1, SLOWLY).round().astype(int)]
        return [*chosen, *(draw for draw in range(DRAWS) if draw not in chosen)]

    @cached_property
    def _noise(self) -> Array:
        return np.asarray(self.lesson.batches.noise(ROW, self.lesson.batches.size, DRAWS)[:, FEATURE])

    def upper_line(self) -> Axis:
        """The feature's values, with its name."""
        line = self.line(self.feature.values, UPPER)
        names = axis_names(self.words, "a", self.feature.power)
        line.name_it(fitted(names, NAME_SHARE * line.length, self.theme.feature_a, NAME, SMALL), NAMED)
        return line

    def lower_line(self) -> Axis:
        """The standardized values, with their name."""
        line = self.line(self.landed, LOWER)
        is_right = float(np.median(self.landed)) > sum(line.span) / 2
        names = [self.words.label(key) for key in ("lands", "lands_short")]
        name = fitted(names, NAME_SHARE / 2 * line.length, self.theme.muted, NAME, NAME)
        line.name_it(name, NAMED / 3, is_right)
        return line

    def line(self, values: Array, height: float) -> Axis:
        """A line over all of the width, so high."""
        whole, room = self.places.whole, 0.04 * float(np.ptp(values))
        span = (float(values.min()) - room, float(values.max()) + room)
        return Axis(span, whole.at(0.0, height), whole.width)

    def by_all_rows(self, axis: Axis, landings: Landings) -> VGroup:
        """What the row would be by the mean and spread of all rows, in the color of standardized data."""
        value = float(self.lesson.standardized.data.features[ROW, FEATURE])
        top = np.array([axis.at(value)[0], landings.top + 0.58, 0.0])
        line = Line(axis.at(value), top, color=self.theme.bowl, stroke_width=6)
        name = typography.name(self.words.label("all_rows", value=value), self.theme.bowl)
        name.next_to(top, RIGHT, buff=0.2).align_to(line, UP)
        if name.get_right()[0] > self.places.whole.right:
            name.next_to(top, LEFT, buff=0.2).align_to(line, UP)
        return VGroup(line, name)

    # -- the balls -------------------------------------------------------------------------------------------
    def let_balls_go(self) -> None:
        """Balls that batches of several sizes drive, let go together; then all of them seen from nearer."""
        with self.beat("descent") as beat:
            settling = self.lesson.batches.settling
            words = SideWords(self.words, self.places, settling)
            count, clock = len(settling.sizes), ValueTracker(0)
            columns = [words.column(which, count) for which in range(count)]
            sides = [
                BowlSide(self.lesson.standardized, run, words.shape(column), clock)
                for run, column in zip(settling.runs, columns, strict=True)
            ]
            names = [
                words.name(self.words.label("rows", size=size), column)
                for size, column in zip(settling.sizes, columns, strict=True)
            ]
            self.play(*map(FadeOut, self.mobjects), run_time=0.3)
            self.play(*map(FadeIn, (*sides, words.home(sides[0].trough))), run_time=0.6)
            if beat.next_sentence() and self.lesson.story.two_rows_become_signs:
                self.pair_up(words.under(columns[0]), names[0])
            beat.next_sentence()
            lefts = [words.left(clock, it, columns[it]) for it in range(count)]
            new = [name for name in names if name not in self.mobjects]
            self.play(*map(FadeIn, (*new, *lefts)), run_time=0.4)
            self.run(clock, ARRIVED * SHOWN_STEPS, max(beat.time_left, 2.4))
            beat.next_sentence()
            start, goal = np.asarray(settling.runs[0][0]), np.array(words.goal)
            settled = start * (1 - settling.ways[0]) + goal * settling.ways[0]
            times = sides[0].times(settled, goal, words.shape(columns[0]))
            nearer = [side.look_closer(times, side.box) for side in sides]
            self.play(*nearer, self.going(clock, MORE * SHOWN_STEPS), run_time=1.2)
            self.play(self.going(clock, MOST * SHOWN_STEPS), run_time=max(beat.time_left, 0.9))
            beat.next_sentence()
            self.play(self.going(clock, SHOWN_STEPS), run_time=max(beat.time_left, 1.5))

    def pair_up(self, box: Box, name: Mobject) -> None:
        """Near or far from each other, two rows land at -1 and 1 by their own statistics."""
        before, after = pairs(self.lesson, ROW, FEATURE)
        reach, clock = 1.2 * max(float(np.abs(before).max()), 1.0), ValueTracker(0)
        axis = Axis((-reach, reach), box.at(0.05, 0.72), 0.9 * box.width)
        line = PairLine(axis.lane, before, after, clock)
        self.play(*map(FadeIn, (axis, line, name)), run_time=0.3)
        self.play(clock.animate(rate_func=linear).set_value(len(before)), run_time=PAIRING)
        self.play(FadeOut(axis, line), run_time=0.2)

    def run(self, clock: ValueTracker, last: float, run_time: float) -> None:
        """The balls take their steps, the first ones slowly: they bring them nearest home."""
        self.play(clock.animate(rate_func=ease_in_quad).set_value(last), run_time=run_time)

    def going(self, clock: ValueTracker, last: float) -> Animation:
        """They go on, as far as a step."""
        steps: Animation = clock.animate(rate_func=linear).set_value(last).build()
        return steps
