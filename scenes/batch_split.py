"""The rows shuffled, dealt into mini-batches, every row once, and the statistics of each mini-batch."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Dot,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    LaggedStart,
    Line,
    ManimColor,
    Mobject,
    TransformFromCopy,
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
from scenes.kit.charts.lanes import Lanes, ValueAxis
from scenes.kit.charts.marks import dimension
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.typography import SMALL
from scenes.kit.script.magnitude import Magnitude
from scenes.pieces.batches.axis_names import axis_names

DECK, SMALL_DECK, LARGEST = (
    5.6,
    2.7,
    0.4,
)  # how tall the rows lie: alone, while they are dealt; and the largest dot
LEFT_END, RIGHT_END = -1.0, layout.RIGHT_EDGE - 0.2  # of the lanes, one for each mini-batch
TOP, FLOOR = 2.75, -3.25  # of the lanes while rows are dealt
BOTTOM, MEANS, THEORY, MEASURED, AXIS = -1.15, -1.45, -1.85, -2.2, -2.58  # when they have been
FLIGHT = 0.8  # seconds that a row is under way
FEATURE = 0  # A


class BatchSplit(BeatScene):
    """The mini-batches."""

    poster = "statistics"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The rows as they are dealt, and what each mini-batch makes of them."""
        return {"rows": data_tables.dealt(lesson), "batches": data_tables.batches(lesson)}

    def construct(self) -> None:
        """Shuffle, deal, measure."""
        self.order = np.concatenate(self.lesson.batches.rows)
        values = self.lesson.data.features[:, FEATURE]
        self.power = Magnitude.of(values)
        self.values = values * self.power.share(1.0)
        self.shuffle()
        self.deal()
        if self.tells("statistics"):
            self.measure()

    def shuffle(self) -> None:
        """The rows lie in the table's order, shaded from first to last; then in the order of dealing."""
        with self.beat("shuffle") as beat:
            self.heading = layout.heading(typography.title(self.words.title))
            self.left = ValueTracker(self.lesson.data.count)
            self.figure, self.name = key_figure(Counter(self.left), self.words.label("rows"))
            layout.place(VGroup(self.figure, self.name), layout.LEFT_EDGE, 1.55)
            places = self.deck(DECK, *layout.PICTURE_CENTER)
            radius = min(0.3 * DECK / np.sqrt(len(places)), LARGEST)
            self.dots = VGroup(*(Dot(at, radius, color=self.shade(row)) for row, at in enumerate(places)))
            self.key = self.shades().next_to(self.name, DOWN, buff=0.6, aligned_edge=LEFT)
            self.play(FadeIn(self.heading, self.figure, self.name), run_time=0.5)
            self.play(FadeIn(self.dots, lag_ratio=0.02), FadeIn(self.key), run_time=1.2)
            beat.next_sentence()
            moves = [
                self.dots[row].animate(path_arc=1.6).move_to(at)
                for row, at in zip(self.order, places, strict=True)
            ]
            self.play(LaggedStart(*moves, lag_ratio=0.006), run_time=max(beat.time_left, 2.2))

    def deal(self) -> None:
        """The deck goes down; every row goes to one place in one batch."""
        with self.beat("deal") as beat:
            places = self.deck(SMALL_DECK, layout.LEFT_EDGE + SMALL_DECK / 2, -1.2)
            moves = [
                self.dots[row].animate.scale(SMALL_DECK / DECK).move_to(at)
                for row, at in zip(self.order, places, strict=True)
            ]
            rows_left = typography.label(self.words.label("left")).move_to(self.name, aligned_edge=LEFT)
            self.lanes = Lanes(
                self.lesson.batches.count, LEFT_END, RIGHT_END, TOP, FLOOR, self.words.label("batch")
            )
            lanes = [self.lanes.lines, self.lanes.numbers, self.lanes.head]
            self.play(FadeOut(self.key, self.name), *moves, run_time=0.8)
            self.name = rows_left
            self.play(FadeIn(self.name), FadeIn(*lanes, lag_ratio=0.05), run_time=0.6)
            first = len(self.lesson.batches.rows[0])
            self.hand_out(0, first, max(beat.time_left, 1.8))
            if first < len(self.order):
                beat.next_sentence()
                self.hand_out(first, len(self.order), max(beat.time_left, 3.2))

    def measure(self) -> None:
        """Every batch laid out by its values, with its own mean and spread; and how far the means spread."""
        with self.beat("statistics") as beat:
            self.play(FadeOut(self.figure, self.name, self.lanes.lines), run_time=0.4)
            statistics = self.statistics()
            self.axis = ValueAxis(self.reached(statistics), self.lanes, AXIS, self.axis_names())
            late = squish_rate_func(smooth, 0.5, 1.0)  # when the lanes have made room for it
            self.play(FadeIn(self.axis, rate_func=late), *self.slides(), run_time=1.5)
            self.play(FadeIn(self.axis.band(*self.whole, self.words.label("all_rows"))), run_time=0.5)
            beat.next_sentence()
            marks = [self.axis.mark(mean, std, lane) for lane, (mean, std) in enumerate(statistics)]
            self.play(self.dots.animate.set_opacity(0.45), FadeIn(self.sample()), run_time=0.4)
            self.play(LaggedStart(*(GrowFromCenter(mark) for mark in marks), lag_ratio=0.12), run_time=2.2)
            beat.next_sentence()
            means = VGroup(*(mark[1].copy().stretch_to_fit_height(0.3).set_y(MEANS) for mark in marks))
            flights = [TransformFromCopy(mark[1], mean) for mark, mean in zip(marks, means, strict=True)]
            heading, theory, measured = self.spreads()
            self.play(
                FadeIn(self.lanes.name(self.words.label("means"), MEANS), heading),
                LaggedStart(*flights, lag_ratio=0.05),
                run_time=1.4,
            )
            self.play(GrowFromCenter(theory[0]), FadeIn(theory[1:]), run_time=0.8)
            self.pause(beat.time_left - 2.2)
            self.play(GrowFromCenter(measured[0]), FadeIn(measured[1:]), run_time=0.8)
            count_off = [mean.animate(rate_func=there_and_back).scale(1.45) for mean in means]
            self.play(LaggedStart(*count_off, lag_ratio=0.3), run_time=max(beat.time_left, 1.0))

    # -- the deck --------------------------------------------------------------------------------------------
    def deck(self, size: float, x: float, y: float) -> list[Array]:
        """A place for every row, in a square as far as they go, from the upper left."""
        side = int(np.ceil(np.sqrt(self.lesson.data.count)))
        step = size / side
        corner = np.array([x - size / 2 + step / 2, y + size / 2 - step / 2, 0.0])
        turns = range(self.lesson.data.count)
        return [corner + step * np.array([turn % side, -(turn // side), 0.0]) for turn in turns]

    def shade(self, row: float) -> ManimColor:
        """Bright for the table's first row, dim for its last."""
        return self.theme.text.interpolate(self.theme.rule, row / (self.lesson.data.count - 1))

    def shades(self) -> VGroup:
        """What the shades mean."""
        rows = np.linspace(0, self.lesson.data.count - 1, 7)
        dots = VGroup(*(Dot(radius=0.1, color=self.shade(row)) for row in rows)).arrange(RIGHT, buff=0.26)
        dots.move_to([0.0, 0.0, 0.0], aligned_edge=LEFT)
        ends = [typography.label(self.words.label(key), size=SMALL) for key in ("first_row", "last_row")]
        typography.align_baseline(ends[0], -0.5, left=0.0)
        typography.align_baseline(ends[1], -0.5, right=dots.get_right()[0])
        return VGroup(dots, *ends)

    # -- the numbers -----------------------------------------------------------------------------------------
    @property
    def whole(self) -> tuple[float, float]:
        """The mean and the spread of all rows, in the power of ten of the axis."""
        data, share = self.lesson.data, self.power.share
        return share(float(data.means[FEATURE])), share(float(data.stds[FEATURE]))

    def statistics(self) -> Array:
        """The mean and the spread of every batch, in the power of ten of the axis, (k, 2)."""
        batches = self.lesson.batches
        return np.column_stack([batches.means[:, FEATURE], batches.stds[:, FEATURE]]) * self.power.share(1.0)

    def reached(self, statistics: Array) -> Array:
        """What the axis has to show: the rows, and as far as the bars of batches and of all rows reach."""
        means, stds = np.vstack([statistics, self.whole]).T
        return np.concatenate([self.values, means - stds, means + stds])

    def axis_names(self) -> list[str]:
        """What the axis is called, the first that there is room for."""
        return axis_names(self.words, "a", self.power)

    # -- the lanes -------------------------------------------------------------------------------------------
    def hand_out(self, start: int, end: int, duration: float) -> None:
        """Deal the rows that have turns ``start`` to ``end``, while what is left is counted."""
        seats, moves = self.lesson.batches.size, []
        for turn in range(start, end):
            batch, place = divmod(turn, seats)
            move = self.dots[self.order[turn]].animate(path_arc=-0.3)
            move = move.scale_to_fit_width(self.lanes.seat_size(seats))
            moves.append(move.move_to(self.lanes.seat(batch, place, seats)))
        lag = (duration / FLIGHT - 1) / max(end - start - 1, 1)
        count = self.left.animate(run_time=duration - FLIGHT, rate_func=linear)
        self.play(
            LaggedStart(*moves, lag_ratio=lag, run_time=duration), count.set_value(len(self.order) - end)
        )

    def slides(self) -> list[Animation]:
        """The lanes move together, and every row goes to the value it has."""
        moves = self.lanes.squeeze(BOTTOM)
        size = min(self.dots[0].width, 0.7 * self.lanes.pitch)
        for batch, rows in enumerate(self.lesson.batches.rows):
            for row in rows:
                move = self.dots[row].animate.set_color(self.theme.feature_a).scale_to_fit_width(size)
                moves.append(move.move_to(self.axis.point(self.values[row], self.lanes.height(batch))))
        return moves

    def sample(self) -> VGroup:
        """What a batch's marks mean."""
        bar = Line(LEFT * 0.4, RIGHT * 0.4, stroke_width=4.0)
        mark = VGroup(bar, Line(DOWN * 0.14, UP * 0.14, stroke_width=6.0)).set_color(self.theme.text)
        name = typography.align_baseline(typography.label(self.words.label("own")), -0.09, left=0.65)
        return layout.place(VGroup(mark, name), layout.LEFT_EDGE, 1.7)

    def spreads(self) -> tuple[Mobject, VGroup, VGroup]:
        """How far batch means spread, in theory and here: each a line below them, its name, and a figure."""
        found = (self.lesson.batches.mean_spread, float(self.lesson.batches.measured_mean_spread[FEATURE]))
        ways = [self.words.label(key) for key in ("spread", "spread_short")]
        heading = fitted(ways, LEFT_END - 1.3 - layout.LEFT_EDGE, self.theme.text)
        figures = [
            key_figure(typography.figure(self.words.label("sigmas", spread=spread)), self.words.label(key))
            for spread, key in zip(found, ("in_theory", "in_these"), strict=True)
        ]
        layout.column(heading, *figures, top=0.75, gap=0.45)
        mean, std = self.whole
        rows = []
        for spread, key, height, figure in zip(
            found, ("theory", "these"), (THEORY, MEASURED), figures, strict=True
        ):
            left, right = (self.axis.point(mean + side * spread * std, height) for side in (-1, 1))
            name = self.lanes.name(self.words.label(key), height)
            rows.append(VGroup(dimension(left, right, self.theme.text), name, figure))
        return heading, *rows
