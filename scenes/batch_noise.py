"""One row standardized in many random mini-batches: where it lands, and for larger batches."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from manim import (
    DOWN,
    UP,
    Dot,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    GrowFromEdge,
    LaggedStart,
    Line,
    Mobject,
    ReplacementTransform,
    Transform,
    TransformFromCopy,
    ValueTracker,
    VGroup,
    linear,
)

from bn_math import Lesson, NormalizedValueDistribution, batch_mean_spread
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.charts.axes import RealLine
from scenes.kit.charts.cloud import Cloud
from scenes.kit.charts.histograms import Histogram, Place
from scenes.kit.charts.line_ticks import fitting
from scenes.kit.charts.marks import dimension
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.typography import HEADING, SMALL, Text
from scenes.kit.script import numbers
from scenes.kit.script.magnitude import Magnitude
from scenes.pieces.batches.axis_names import axis_names
from scenes.pieces.batches.feature_value import feature_value
from scenes.pieces.batches.noise_table import noise_table

FEATURE, ROW = 0, 0  # A of the first row
DRAWS, SLOWLY = 300, 3  # batches, and how many of them are looked at one by one
LEFT_END, RIGHT_END = -1.2, layout.RIGHT_EDGE - 0.1
LETTER, LONGEST = 0.6, 3.3  # a name at the left of its line, and one above it, at most
ABOVE, BELOW = 1.6, -2.7  # the two lines: the batch, and where the row lands
BIN, FEW, MANY, BINS = 0.05, 30, 170, 75  # of the histograms; how many there are, and else should be
FIRST_ROW, LAST_ROW = 1.1, -2.2  # feet of the first and last histogram
TALL, TALL_FIRST, LOWEST = 0.8, 0.5, 0.1  # the tallest of them, the first one at most, and all at least
FALL = 0.7  # seconds
TAIL = 2e-4  # what of a law, at each of its ends, is too thin to be drawn


class Shown(NamedTuple):
    """What is drawn of a law: the share of each bin, its middle and its standard deviation."""

    shares: Array
    center: float
    std: float


class BatchNoise(BeatScene):
    """The noise of mini-batches."""

    poster = "sizes"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """Where the row lands in each batch, and how that varies with the batch's size."""
        normalized_values = lesson.batches.noise(ROW, lesson.batches.size, DRAWS)
        draws = {
            "draw": np.arange(1, DRAWS + 1),
            **data_tables.by_feature(lesson.data, "x_hat_", normalized_values),
        }
        return {"landings": draws, "sizes": data_tables.noise(lesson, ROW)}

    def construct(self) -> None:
        """Many batches, then larger batches."""
        lesson = self.lesson
        if not self.words.beats:
            return
        values = lesson.data.features[:, FEATURE]
        self.power = Magnitude.of(values)
        self.values = values * self.power.share(1.0)
        self.head = self.heading()
        self.batchmates = lesson.batches.batchmates(ROW, lesson.batches.size, DRAWS)
        self.normalized_values = lesson.batches.noise(ROW, lesson.batches.size, DRAWS)[:, FEATURE]
        self.edges, self.laws = self.binned()
        self.line, self.below = self.lines()
        self.leaving: list[Mobject] = []
        if self.tells("company"):
            self.change_company()
        if self.tells("sizes"):
            self.compare_sizes()

    def heading(self) -> VGroup:
        """The title, and the row that is followed."""
        value = feature_value(self.lesson, FEATURE, float(self.lesson.data.features[ROW, FEATURE]))
        subject = self.words.label("row", row=ROW + 1, value=value)
        return layout.heading(typography.title(self.words.title), typography.label(subject, self.theme.ball))

    def change_company(self) -> None:
        """A few batches one by one; then the landings of many pile up."""
        with self.beat("company") as beat:
            ball = Dot(self.line.at(self.values[ROW]), radius=0.15, color=self.theme.ball).set_z_index(1)
            self.landed, self.seats = self.pile(ball)
            drawn = ValueTracker(0)
            figure = key_figure(Counter(drawn, value=np.floor), self.words.label("batches"))
            layout.place(figure, layout.LEFT_EDGE, 1.2)
            self.play(FadeIn(self.head, self.line, ball), run_time=0.5)
            marks, others = self.cloud(0)
            falls = [FadeIn(dot, shift=0.35 * DOWN) for dot in others]
            self.play(LaggedStart(*falls, lag_ratio=0.1), run_time=1.0)
            own = typography.label(self.words.label("own"), size=SMALL)
            typography.align_baseline(own, ABOVE + 0.95, left=LEFT_END)
            self.play(*map(GrowFromCenter, marks), FadeIn(own, figure, self.below), run_time=0.7)
            self.drop(0, drawn)
            beat.next_sentence()
            for draw in range(1, SLOWLY):
                others = self.change(marks, others, draw)
                self.drop(draw, drawn)
            beat.next_sentence()
            rows = self.line.dots(np.delete(self.values, ROW), self.theme.feature_a, 0.06).set_opacity(0.5)
            rest = zip(self.landed[SLOWLY:], self.seats[SLOWLY:], strict=True)
            falls = [dot.animate(run_time=FALL).move_to(seat) for dot, seat in rest]
            time = max(beat.time_left + 0.3, 2.7)
            lag = (time / FALL - 1) / max(len(falls) - 1, 1)
            self.add(self.landed)
            self.play(
                FadeOut(others, marks, own, run_time=0.5),
                FadeIn(rows, run_time=0.5),
                LaggedStart(*falls, lag_ratio=lag, run_time=time),
                drawn.animate(run_time=time, rate_func=linear).set_value(DRAWS),
            )
            self.leaving = [self.landed, self.line, ball, rows, figure]

    def compare_sizes(self) -> None:
        """The pile becomes the law behind it; the laws for other sizes stand above and below."""
        with self.beat("sizes") as beat:
            feet, shapes, marks = self.rows()
            header, *table = noise_table(self.words, self.lesson, self.figures(), self.feet())
            over = typography.label(self.words.label("over", row=ROW + 1), size=SMALL)
            typography.align_baseline(over, FIRST_ROW + 0.63, left=LEFT_END)
            self.stack(feet, shapes, VGroup(header, over))
            read = [FadeIn(mark, cells) for mark, cells in zip(marks, table, strict=True)]
            self.play(LaggedStart(*read, lag_ratio=0.6), run_time=max(beat.time_left, 1.4))

    def stack(self, feet: VGroup, shapes: list[Histogram], words: VGroup) -> None:
        """The pile becomes the law for its size, the others grow from that; without one, from their feet."""
        sizes = self.lesson.batches.noise_sizes
        if not self.leaving:
            self.play(FadeIn(self.head, self.below), run_time=0.5)
        if not self.leaving or self.lesson.batches.size not in sizes:
            self.play(*map(FadeOut, self.leaving), FadeIn(feet, words), run_time=0.7)
            grow = [GrowFromEdge(shape, DOWN) for shape in shapes]
            self.play(LaggedStart(*grow, lag_ratio=0.15), run_time=1.1)
            return
        same = sizes.index(self.lesson.batches.size)
        pile = self.as_histogram()
        landed, leaving = self.landed, [part for part in self.leaving if part is not self.landed]
        self.play(FadeIn(pile), FadeOut(landed), *map(FadeOut, leaving), run_time=0.4)
        first, others = shapes[same], [shape for shape in shapes if shape is not shapes[same]]
        self.play(ReplacementTransform(pile, first), FadeIn(feet[same]), run_time=0.7)
        grow = [TransformFromCopy(first, other) for other in others]
        rest = VGroup(*(foot for foot in feet if foot is not feet[same]))
        self.play(LaggedStart(*grow, lag_ratio=0.15), FadeIn(rest, *words), run_time=1.1)

    def as_histogram(self) -> Histogram:
        """The pile of dots as a histogram: a seat is as wide as a bin and holds one of the draws."""
        shares = np.histogram(self.normalized_values, self.edges)[0] / DRAWS
        place = self.standing(BELOW, DRAWS * self.bin * self.seat)
        return Histogram(place, shares, self.edges, self.theme.ball)

    # -- one batch -------------------------------------------------------------------------------------------
    def lines(self) -> tuple[RealLine, RealLine]:
        """The values of the feature above, standardized ones below."""
        room = 0.03 * float(np.ptp(self.values))
        span = (float(self.values.min()) - room, float(self.values.max()) + room)
        made = []
        for (start, end), name, color, y in (
            (span, axis_names(self.words, "a", self.power)[-1], self.theme.feature_a, ABOVE),
            (
                (float(self.edges[0]), float(self.edges[-1])),
                self.words.label("lands"),
                self.theme.ball,
                BELOW,
            ),
        ):
            ticks = fitting((start, end), (LEFT_END, RIGHT_END), 6, LEFT_END - 0.4)
            line = RealLine((start, end), RIGHT_END - LEFT_END, ticks)
            line.shift(layout.at(LEFT_END, y) - line.at(start))
            text = Text(name, HEADING, color)
            line.add(text.move_to(layout.at(LEFT_END - 0.4, y)))
            if text.width > LETTER:
                text = fitted(axis_names(self.words, "a", self.power), LONGEST, color, HEADING)
                line.submobjects[-1] = typography.align_baseline(text, y + 0.95, right=RIGHT_END)
            made.append(line)
        return made[0], made[1]

    def binned(self) -> tuple[Array, list[Shown]]:
        """The edges of the bins, and each law in them; its millions of values are not kept."""
        laws = [self.lesson.batches.noise_distribution(ROW, size) for size in self.lesson.batches.noise_sizes]
        ends = np.array([*(end for law in laws for end in self.reach(law)), *self.normalized_values])
        span = float(np.ptp(ends))
        self.bin = BIN if FEW <= span / BIN <= MANY else float(np.diff(numbers.ticks(0.0, span, BINS))[0])
        edges = np.arange(np.floor(ends.min() / self.bin), np.ceil(ends.max() / self.bin) + 1) * self.bin
        return edges, [
            Shown(
                np.maximum(law.shares(edges)[:, FEATURE], 0.0),
                float(law.center[FEATURE]),
                float(law.std[FEATURE]),
            )
            for law in laws
        ]

    def reach(self, law: NormalizedValueDistribution) -> list[float]:
        """From where to where a law can be seen."""
        order = np.argsort(law.values[:, FEATURE])
        places, below = law.values[order, FEATURE], np.cumsum(law.weights[order, FEATURE])
        return [float(places[np.searchsorted(below, share)]) for share in (TAIL, 1 - TAIL)]

    def cloud(self, draw: int) -> tuple[VGroup, VGroup]:
        """A batch's mean and spread, and the dots of the other rows; the row itself has a ball of its own."""
        cloud = Cloud(self.values[self.batchmates[draw]], self.line.at, self.theme.feature_a, 0.1)
        return VGroup(cloud.tick, cloud.bar), cloud.dots[1:]

    def change(self, marks: VGroup, others: VGroup, draw: int) -> VGroup:
        """Others come in their place, and the mean and the spread move."""
        moved, come = self.cloud(draw)
        leave = [FadeOut(dot, shift=0.35 * UP) for dot in others]
        arrive = [FadeIn(dot, shift=0.35 * DOWN) for dot in come]
        self.play(LaggedStart(*leave, lag_ratio=0.04), LaggedStart(*arrive, lag_ratio=0.04), run_time=0.6)
        self.play(Transform(marks, moved), run_time=0.4)
        return come

    def pile(self, ball: Dot) -> tuple[VGroup, list[Array]]:
        """A dot for every landing, still with the ball, and its seat: bins are filled from below."""
        wide = self.below.at(self.bin)[0] - self.below.at(0.0)[0]
        bins = np.clip(np.digitize(self.normalized_values, self.edges) - 1, 0, len(self.edges) - 2)
        most = int(np.bincount(bins).max())
        self.seat = min(wide, (ABOVE - 0.9 - BELOW) / most)
        filled, seats = np.zeros(len(self.edges)), []
        for place in bins:
            seats.append(self.below.at(self.edges[place] + self.bin / 2, (filled[place] + 0.5) * self.seat))
            filled[place] += 1
        size = 0.44 * min(wide, self.seat)
        dots = VGroup(*(Dot(ball.get_center(), radius=size, color=self.theme.ball) for _ in seats))
        return dots, seats

    def drop(self, draw: int, drawn: ValueTracker) -> None:
        """The row falls to where it lands in this batch."""
        dot, seat = self.landed[draw], self.seats[draw]
        falling = Dot(dot.get_center(), radius=0.15, color=self.theme.ball)
        sink = falling.animate.move_to(seat).scale_to_fit_width(dot.width)
        self.play(sink, drawn.animate.set_value(draw + 1), run_time=FALL)
        self.remove(falling)
        self.add(dot.move_to(seat))

    # -- the sizes -------------------------------------------------------------------------------------------
    def standing(self, base: float, unit: float) -> Place:
        """Histograms stand at the height ``base``, a density of 1 as tall as ``unit``."""
        return lambda value, density: layout.at(self.below.at(value)[0], base + unit * density)

    def feet(self) -> list[float]:
        """Where the histograms stand."""
        return np.linspace(FIRST_ROW, LAST_ROW, len(self.laws)).tolist()

    @property
    def pitch(self) -> float:
        """From one histogram's foot to the next."""
        return (FIRST_ROW - LAST_ROW) / max(len(self.laws) - 1, 1)

    def rows(self) -> tuple[VGroup, list[Histogram], VGroup]:
        """For each size the line it stands on, the exact law, and one standard deviation to each side."""
        tallest = min(TALL, 0.75 * self.pitch)
        peaks = [float(law.shares.max()) / self.bin for law in self.laws]
        units = np.full(len(peaks), min(tallest / max(peaks), TALL_FIRST / peaks[0]))
        if min(peaks) * units[0] < LOWEST:  # beside a law of a few values, others would lie flat
            units = np.minimum([TALL_FIRST] + [tallest] * len(peaks[1:]), tallest) / peaks
        feet, shapes, marks = VGroup(), [], VGroup()
        for law, y, unit in zip(self.laws, self.feet(), units, strict=True):
            feet.add(
                Line(layout.at(LEFT_END, y), layout.at(RIGHT_END, y), color=self.theme.grid, stroke_width=2)
            )
            shapes.append(Histogram(self.standing(y, unit), law.shares, self.edges, self.theme.ball))
            low, high = (
                layout.at(self.below.at(law.center + side * law.std)[0], y - 0.16) for side in (-1, 1)
            )
            marks.add(dimension(low, high, self.theme.text, 0.08))
        return feet, shapes, marks

    def figures(self) -> list[list[str]]:
        """How far the values spread, and how far the batches' means, for each size."""
        sizes, count = self.lesson.batches.noise_sizes, self.lesson.data.count
        pairs = [(law.std, batch_mean_spread(count, m)) for law, m in zip(self.laws, sizes, strict=True)]
        return [[self.words.label("value", spread=spread) for spread in pair] for pair in pairs]
