"""In training running statistics follow the batches; in use they stand in for the batch that is not there."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Circle,
    DashedVMobject,
    Dot,
    FadeIn,
    FadeOut,
    Line,
    Mobject,
    ValueTracker,
    VGroup,
    linear,
)

from bn_math import Lesson
from bn_math.data.split import batch_means, batch_stds
from scenes.kit import data_tables
from scenes.kit.beats import BeatScene
from scenes.kit.charts.axes import RealLine
from scenes.kit.charts.line_ticks import fitting
from scenes.kit.charts.marks import stop_sign
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.lettering.fit import fitted, fitted_formula
from scenes.kit.lettering.typography import HEADING, SMALL
from scenes.kit.script.magnitude import Magnitude, short
from scenes.pieces.batches.axis_names import axis_names
from scenes.pieces.batches.feature_value import feature_value, in_brackets, in_formula, statistic
from scenes.pieces.batches.landed import trained_and_used
from scenes.pieces.batches.value_line import free_place
from scenes.pieces.running import RunningChart, running_key

FEATURE = 0  # A
PASSES, MOST_BATCHES = 4, 400  # over the mini-batches, and how many of these are shown
MOST_SEATS = 40  # of a batch
MOST = 1e5  # numbers at an axis are given in a power of ten from here on
SAMPLE = 0  # the row that comes alone
DRAWS = 24  # batches in whose company it is shown
STOPS = (0.6, 0.64, 0.56, 0.68, 0.52, 0.72)  # where the value of a batch of one may come to rest
LEFT_END, RIGHT_END = -1.6, layout.RIGHT_EDGE - 0.15  # of the pictures
TALL, FLOORS = 1.95, (0.78, -2.42)  # of the charts: their height, and where they stand


class TrainAndInference(BeatScene):
    """Training and use."""

    poster = "inference"

    @classmethod
    def data(cls, lesson: Lesson) -> data_tables.Tables:
        """The running statistics, batch by batch."""
        return {"running": data_tables.running(lesson, passes(lesson))}

    def construct(self) -> None:
        """The running statistics, one sample alone, a batch of one."""
        self.passes = passes(self.lesson)
        rows = self.lesson.batches.over_epochs(self.passes)
        sizes = np.array([len(batch) for batch in rows])
        features = self.lesson.data.features
        self.means = batch_means(features, rows)[:, FEATURE]
        # The layer's running variance takes the unbiased variance of each batch.
        self.variances = batch_stds(features, rows)[:, FEATURE] ** 2 * sizes / (sizes - 1)
        self.running = [part[:, FEATURE] for part in self.lesson.batches.running_statistics(self.passes)]
        self.value = float(features[SAMPLE, FEATURE])
        self.power = Magnitude.of(features[:, FEATURE], most=MOST)
        self.heading = layout.heading(typography.title(self.words.title))
        self.follow_the_batches()
        self.infer()
        self.refuse()

    def follow_the_batches(self) -> None:
        """Batch by batch, a line goes after the dots; what is left of its start is counted."""
        with self.beat("running") as beat:
            self.clock = ValueTracker(0)
            charts = self.charts()
            parts = [(chart.level(), chart.batches(), chart.line()) for chart in charts]
            key = running_key([self.words.label(name) for name in ("a_batch", "running", "all_rows")])
            figure = self.start_left()
            weight = typography.label(self.words.label("weight", weight=self.weight), size=SMALL)
            layout.column(key, figure, weight, top=1.75, gap=0.62)
            self.play(FadeIn(self.heading), *map(FadeIn, charts), FadeIn(key[:2]), run_time=0.6)
            for level, dots, line in parts:
                self.add(level, dots, line)
            self.play(*(FadeIn(level) for level, *_ in parts), FadeIn(key[2]), run_time=0.4)
            first = self.lesson.batches.count
            run = self.clock.animate(run_time=max(beat.time_left, 2.5), rate_func=linear)
            self.play(run.set_value(first))
            beat.next_sentence()
            self.play(FadeIn(figure, weight), run_time=0.5)
            run = self.clock.animate(run_time=max(beat.time_left - 0.2, 2.5), rate_func=linear)
            self.play(run.set_value(len(self.means)))
            self.shown = [*charts, *(part for item in parts for part in item), key, figure, weight]
            self.lines = [line.clear_updaters() for *_, line in parts]

    def infer(self) -> None:
        """A batch's seats, all but one empty; the running statistics fill the formula, for good."""
        with self.beat("inference") as beat:
            final = [float(part[-1]) for part in self.running]
            figures = VGroup(
                *(
                    key_figure(
                        typography.figure(short(value, ".2f")),
                        self.words.label(key),
                    )
                    for value, key in zip(final, ("running_mean", "running_variance"), strict=True)
                )
            )
            fixed = typography.label(self.words.label("fixed"), self.theme.text)
            layout.column(*figures, fixed, top=1.75, gap=0.55)
            last = [Dot(line.get_end(), 0.13, color=self.theme.text) for line in self.lines]
            rest = [FadeOut(part) for part in self.shown if part not in self.lines]
            self.play(*(FadeIn(dot, scale=0.3) for dot in last), *rest, run_time=0.4)
            run = [dot.animate.move_to(figure[0]) for dot, figure in zip(last, figures, strict=True)]
            self.play(*run, *map(FadeOut, self.lines), run_time=0.9)
            self.play(*(FadeOut(dot, scale=0.3) for dot in last), FadeIn(figures), run_time=0.4)
            seats, dot, name = self.seats()
            self.play(FadeIn(seats, lag_ratio=0.05), FadeIn(dot, name), run_time=0.8)
            row = self.trained_and_used()
            self.pause(beat.time_left - 0.9)
            self.play(FadeIn(row[0], row[1], lag_ratio=0.05), run_time=0.8)
            beat.next_sentence()
            formula = self.formula(*final).move_to(layout.at((LEFT_END + RIGHT_END) / 2, 0.75))
            self.play(FadeIn(formula, fixed), FadeIn(row[2][0]), run_time=0.5)
            landing = row[2][1]
            self.add(landing)
            for _ in range(3):
                flying = dot.copy()
                self.play(flying.animate.move_to(landing), run_time=0.9)
                self.play(landing[1].animate.scale(1.25), run_time=0.15)
                self.play(landing[1].animate.scale(0.8), run_time=0.15)
                self.remove(flying)
                landing[0].set_opacity(1)
            self.play(FadeIn(row[3]), run_time=0.3)
            self.shown = [figures, fixed, seats, dot, name, row, formula]

    def refuse(self) -> None:
        """Wherever the one value goes, its mean goes too: nothing is left, and the layer says so."""
        with self.beat("refusal") as beat:
            self.fade_out(*self.shown, run_time=0.4)
            at = ValueTracker(self.power.share(self.value))
            line = self.value_line()
            dot = Dot(radius=0.17, color=self.theme.ball)
            follow(dot, (at,), lambda it: it.move_to(line.at(at.get_value())))
            tick = Line(UP * 0.42, DOWN * 0.42, color=self.theme.text, stroke_width=6)
            follow(tick, (at,), lambda it: it.move_to(line.at(at.get_value())))
            mean = typography.label(self.words.label("own_mean"), self.theme.text)
            follow(mean, (at,), lambda it: it.move_to(inside(line.at(at.get_value(), 0.85), it.width)))
            nothing = typography.Formula(self.words.label("nothing"), typography.TITLE)
            whatever = typography.label(self.words.label("whatever"), self.theme.text)
            nothing = VGroup(nothing, whatever).arrange(RIGHT, buff=0.5)
            nothing.move_to(layout.at((LEFT_END + RIGHT_END) / 2, -0.45))
            one = typography.Text(self.words.label("one"), HEADING, self.theme.ball)
            layout.place(one, layout.LEFT_EDGE, 1.75)
            self.play(FadeIn(line, one), FadeIn(dot, tick, mean), run_time=0.6)
            low, high = self.ends
            self.play(FadeIn(nothing), at.animate.set_value(low + 0.15 * (high - low)), run_time=1.3)
            self.play(
                at.animate.set_value(free_place(line, [low + share * (high - low) for share in STOPS])),
                run_time=1.2,
            )
            beat.next_sentence()
            self.play(FadeIn(self.stop(), scale=0.95), run_time=0.5)

    # -- the running statistics ------------------------------------------------------------------------------
    @property
    def weight(self) -> float:
        """How much a new batch weighs; in a cumulative average, the last of them."""
        return 1 / len(self.means) if self.lesson.settings.momentum is None else self.lesson.settings.momentum

    def start_left(self) -> VGroup:
        """What the initial 0 and 1 still weigh, in percent, as batches are seen."""
        left = Counter(self.clock, value=lambda batches: 100 * self.lesson.batches.start_left(int(batches)))
        figure = key_figure(left, self.words.label("left"))
        unit = typography.figure(self.words.label("percent"))
        typography.align_baseline(unit, left.corner[1])
        follow(unit, (left,), lambda it: it.set_x(left.get_right()[0] + 0.15, LEFT))
        figure.add(unit)
        return figure

    def charts(self) -> list[RunningChart]:
        """The running mean above, the running variance below, where the batches are counted."""
        data = self.lesson.data
        levels = (float(data.means[FEATURE]), float(data.standard_deviations(1)[FEATURE] ** 2))
        charts = []
        for key, values, running, level in zip(
            ("mean", "variance"), (self.means, self.variances), self.running, levels, strict=True
        ):
            power = Magnitude.of([*values, *running], most=MOST)
            name = self.words.label(key)
            if power.power:
                name = self.words.label("name_in_powers", name=name, power=power.markup)
            charts.append(
                RunningChart(
                    self.clock,
                    values * power.share(1.0),
                    running * power.share(1.0),
                    power.share(level),
                    self.lesson.batches.count,
                    (LEFT_END, RIGHT_END),
                    TALL,
                    name,
                    numbered=key == "variance",
                )
            )
        for chart, floor in zip(charts, FLOORS, strict=True):
            chart.shift(layout.at(LEFT_END, floor) - chart.at(0, chart.base))
        name = typography.label(self.words.label("batches"), size=SMALL)
        charts[1].add(name.next_to(charts[1].numbers[0], LEFT, buff=0.3))
        return charts

    # -- one sample alone ------------------------------------------------------------------------------------
    def seats(self) -> tuple[VGroup, Dot, Mobject]:
        """The places of a batch, of which only the first is taken."""
        count = min(self.lesson.batches.size, MOST_SEATS)
        pitch = min((RIGHT_END - LEFT_END) / count, 0.72)
        start = LEFT_END + 0.3
        places = [layout.at(start + pitch * seat, 2.3) for seat in range(count)]
        radius = min(0.2, 0.36 * pitch)
        empty = [
            DashedVMobject(Circle(radius, color=self.theme.rule, stroke_width=3), num_dashes=10).move_to(at)
            for at in places[1:]
        ]
        dot = Dot(places[0], radius, color=self.theme.ball)
        value = feature_value(self.lesson, FEATURE, self.value)
        name = typography.label(self.words.label("sample", value=value), self.theme.ball)
        name.next_to(dot, DOWN, buff=0.25).align_to(dot, LEFT)
        return VGroup(*empty), dot, name

    def formula(self, mean: float, variance: float) -> Mobject:
        """The layer's formula with the running statistics in it, and what comes out."""
        x_hat = float(self.lesson.batches.inferred(self.lesson.data.features[SAMPLE], self.passes)[FEATURE])
        values = {
            "value": feature_value(self.lesson, FEATURE, self.value),
            "mean": in_brackets(feature_value(self.lesson, FEATURE, mean, is_whole=False), mean),
            "variance": statistic(variance),
            "x_hat": statistic(x_hat),
        }
        values = {key: in_formula(value) for key, value in values.items()}
        formula = fitted_formula(self.words.label("formula", **values), RIGHT_END - LEFT_END, 46)
        formula.select("x").set_color(self.theme.ball)
        return formula

    def trained_and_used(self) -> VGroup:
        """Where the sample lands in training batches, and where it lands in use."""
        landed = self.lesson.batches.noise(SAMPLE, self.lesson.batches.size, DRAWS)[:, FEATURE]
        x_hat = float(self.lesson.batches.inferred(self.lesson.data.features[SAMPLE], self.passes)[FEATURE])
        return trained_and_used(self.words, landed, x_hat, (LEFT_END, RIGHT_END))

    # -- a batch of one --------------------------------------------------------------------------------------
    def value_line(self) -> RealLine:
        """The values of A."""
        low, high = self.ends
        room = 0.05 * (high - low)
        span = (low - room, high + room)
        marks = fitting(span, (LEFT_END, RIGHT_END), 5)
        line = RealLine(span, RIGHT_END - LEFT_END, marks)
        names = axis_names(self.words, "a", self.power)
        name = fitted(names, LEFT_END - 0.45 - layout.LEFT_EDGE, self.theme.feature_a)
        line.names.add(name.next_to(line.line, LEFT, buff=0.45))
        line.shift(layout.at(LEFT_END, 1.1) - line.at(span[0]))
        return line

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the greatest value of A, in the power of ten of its line."""
        data = self.lesson.data
        return self.power.share(float(data.lows[FEATURE])), self.power.share(float(data.highs[FEATURE]))

    def stop(self) -> VGroup:
        """A stop sign, the reason, and the words of the error itself, as far as its first comma."""
        head = typography.Text(self.words.label("refused"), HEADING, self.theme.alarm)
        quoted = f"“{self.lesson.batches.refusal.split(',')[0]}”"
        reason = typography.label(self.words.label("no_spread"), self.theme.text)
        message = VGroup(reason, typography.label(quoted, size=SMALL))
        message.arrange(DOWN, buff=0.2, aligned_edge=LEFT)
        return stop_sign(head, message).move_to(layout.at((LEFT_END + RIGHT_END) / 2, -2.25))


def passes(lesson: Lesson) -> int:
    """How many passes over the mini-batches are shown: fewer where there are many batches."""
    return min(max(MOST_BATCHES // lesson.batches.count, 1), PASSES)


def inside(place: Array, width: float) -> Array:
    """The place of a text's middle, moved so that the text is inside of the picture."""
    half = width / 2
    return layout.at(min(max(place[0], LEFT_END + half - 0.3), layout.RIGHT_EDGE - half), place[1])
